package files

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path"
	"strings"
	"time"
)

// temporaryName is beside the file, as a rename must not cross file systems.
func temporaryName(name string) string {
	dir, base := path.Split(name)
	return dir + "." + base + "." + rand.Text()[:8] + temporarySuffix
}

const temporarySuffix = ".apigw-cors-tmp"

// isTemporary reports whether a name is one of [temporaryName].
func isTemporary(base string) bool {
	// The letters of [rand.Text].
	ours, err := path.Match(".*."+strings.Repeat("[A-Z2-7]", 8)+temporarySuffix, base)
	return ours && err == nil
}

var errLocked = errors.New("another run is writing here")

// The longest that another run is waited for, and how often it is asked about.
const (
	lockPatience = 5 * time.Second
	lockInterval = 10 * time.Millisecond
)

// patiently takes the lock of a folder, and waits for another run to write the
// few files of an API, but not beyond the end of ctx.
func patiently(ctx context.Context, dir *os.File) (bool, error) {
	for end := time.Now().Add(lockPatience); ; {
		held, err := lock(dir)
		if !errors.Is(err, errLocked) || time.Now().After(end) {
			return held, err
		}
		select {
		case <-ctx.Done():
			return false, ctx.Err()
		case <-time.After(lockInterval):
		}
	}
}

// abandonedAfter is how old a temporary file is whose run is taken for dead
// where folders cannot be locked.
const abandonedAfter = time.Hour

// sweep removes the temporary files of runs that died in a folder. With its
// lock held no other run is at work there. What cannot be removed is left: it
// keeps nothing from being written.
func (u *Update) sweep(dir string, open *os.File, locked bool) {
	names, _ := open.Readdirnames(-1)
	for _, base := range names {
		if !isTemporary(base) {
			continue
		}
		name := path.Join(dir, base)
		info, err := u.folder.root.Lstat(name)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		if locked || time.Since(info.ModTime()) > abandonedAfter {
			u.folder.root.Remove(name)
		}
	}
}

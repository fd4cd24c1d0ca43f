package output

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"apigw-cors/cmd/report"
	"apigw-cors/generator"
)

// Folder is the destination of --out. All access goes through an [os.Root], so
// that no symbolic link below the folder leads a write out of it.
type Folder struct {
	dir   string
	force bool
	// root is nil until the folder exists.
	root     *os.Root
	inTheWay []error
	Clash    bool
	// written and same count the files.
	written, same int
}

// OpenFolder opens the folder, which need not be there yet. With force files of
// other content are replaced.
func OpenFolder(dir string, force bool) (*Folder, error) {
	root, err := os.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return &Folder{dir: dir, force: force}, nil
	}
	if err != nil {
		if info, statErr := os.Stat(dir); statErr == nil && !info.IsDir() {
			err = errors.New(dir + ": a file, where a folder belongs")
		}
		return nil, err
	}
	return &Folder{dir: dir, force: force, root: root}, nil
}

// state compares a file with what is to be written: whether it is there with
// the same bytes, or why it must not be replaced.
func (d *Folder) state(name string, content []byte) (same bool, err error) {
	if d.root == nil {
		return false, nil
	}
	shown := filepath.Join(d.dir, filepath.FromSlash(name))
	info, err := d.root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("%s: %w", shown, plainError(err))
	case info.IsDir():
		return false, errors.New(shown + ": a folder is in the way")
	case info.Mode()&fs.ModeSymlink != 0:
		return false, errors.New(shown + ": a symbolic link is in the way")
	case !info.Mode().IsRegular():
		return false, errors.New(shown + ": something that is not a file is in the way")
	}
	if info.Size() == int64(len(content)) {
		old, err := d.root.ReadFile(name)
		if err != nil {
			return false, fmt.Errorf("%s: %w", shown, plainError(err))
		}
		if bytes.Equal(old, content) {
			return true, nil
		}
	}
	if !d.force {
		d.Clash = true
		return false, errors.New(shown + ": there with other content")
	}
	return false, nil
}

// plainError takes the path off, which the caller shows as the person gave it.
func plainError(err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

// Inspect looks for files that must not be replaced.
func (d *Folder) Inspect(r Rendering) {
	for _, f := range r.Files {
		if _, err := d.state(r.path(f), f.Content); err != nil {
			d.inTheWay = append(d.inTheWay, err)
		}
	}
}

// Obstacles reports every file that must not be replaced.
func (d *Folder) Obstacles() error {
	const most = 20
	if len(d.inTheWay) == 0 {
		return nil
	}
	shown := d.inTheWay
	if more := len(shown) - most; more > 0 {
		shown = append(shown[:most:most], fmt.Errorf("and %d more", more))
	}
	hint := "move it away, or write to another folder"
	if d.Clash {
		hint = "--check shows the difference, --force overwrites"
	}
	return &report.HintedError{Err: errors.Join(append(shown, errors.New("nothing was written"))...), Hint: hint}
}

// Write puts the files of one API in their places together: first all of them
// beside their places, then each in its place, which cannot run out of space.
func (d *Folder) Write(r Rendering) error {
	if d.root == nil {
		if err := os.MkdirAll(d.dir, 0o777); err != nil {
			return err
		}
		root, err := os.OpenRoot(d.dir)
		if err != nil {
			return err
		}
		d.root = root
	}
	staged := map[string]string{}
	defer func() {
		for _, temporary := range staged {
			d.root.Remove(temporary)
		}
	}()
	var order []string
	for _, f := range r.Files {
		name := r.path(f)
		same, err := d.state(name, f.Content)
		if err != nil {
			return err
		}
		if same {
			d.same++
			continue
		}
		temporary := temporaryName(name)
		staged[name] = temporary
		order = append(order, name)
		if err := d.stage(temporary, f); err != nil {
			return fmt.Errorf("%s: %w", filepath.Join(d.dir, filepath.FromSlash(name)), plainError(err))
		}
	}
	for _, name := range order {
		if err := d.root.Rename(staged[name], name); err != nil {
			return err
		}
		delete(staged, name)
		d.written++
	}
	return nil
}

// temporaryName is in the same folder, as a rename must not cross file systems.
func temporaryName(name string) string {
	dir, base := path.Split(name)
	return dir + "." + base + "." + rand.Text()[:8]
}

func (d *Folder) stage(temporary string, f generator.File) error {
	if err := d.root.MkdirAll(path.Dir(temporary), 0o777); err != nil {
		return err
	}
	mode := fs.FileMode(0o644)
	if f.Executable {
		mode = 0o755
	}
	out, err := d.root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = out.Write(f.Content)
	return errors.Join(err, out.Close())
}

// Close lets go of the folder.
func (d *Folder) Close() error {
	if d.root == nil {
		return nil
	}
	return d.root.Close()
}

// Summary says what was done, in words.
func (d *Folder) Summary() []string {
	if d.written == 0 {
		return []string{report.Plural(d.same, "file") + " in " + d.dir + " up to date"}
	}
	line := "wrote " + report.Plural(d.written, "file") + " to " + d.dir
	if d.same > 0 {
		line += fmt.Sprintf(", %d up to date", d.same)
	}
	return []string{line, "the first lines of each file say where it goes, and what is left to do"}
}

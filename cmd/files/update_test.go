package files

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// list gives the names of all files below a folder, with slashes.
func list(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && path != dir {
			name, _ := filepath.Rel(dir, path)
			names = append(names, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// begin stages new files that hold "ours".
func begin(t *testing.T, dir string, replace bool, names ...string) *Update {
	t.Helper()
	folder, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { folder.Close() })
	u, err := folder.Update(t.Context(), names)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(u.Close)
	for _, name := range names {
		if err := u.Stage(name, []byte("ours"), false, replace); err != nil {
			t.Fatal(err)
		}
	}
	return u
}

// Review of the race: 84 of 84 files that appeared between the look and the
// rename were overwritten.
func TestNoClobberInARace(t *testing.T) {
	for _, replace := range []bool{false, true} {
		dir := t.TempDir()
		u := begin(t, dir, replace, "a/first", "b/second")
		// Nothing was there at the look, so that there was nothing to force.
		put(t, filepath.Join(dir, "b/second"), "theirs")
		err := u.Commit()
		u.Close()
		if err == nil || !strings.Contains(err.Error(), filepath.Join("b", "second")) {
			t.Errorf("replace %v: %v", replace, err)
		}
		if text, _ := os.ReadFile(filepath.Join(dir, "b/second")); string(text) != "theirs" {
			t.Errorf("replace %v: overwritten with %q", replace, text)
		}
		// The files come together or not at all, and so do their folders.
		if got, want := list(t, dir), []string{"b", "b/second"}; !slices.Equal(got, want) {
			t.Errorf("replace %v: left behind %q, not %q", replace, got, want)
		}
	}
}

func TestPlaceWithoutLinks(t *testing.T) {
	dir := t.TempDir()
	u := begin(t, dir, false, "free", "taken", "lost")
	if err := u.flush(); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, "taken"), "theirs")
	if err := os.Remove(filepath.Join(dir, u.staged[2].temporary)); err != nil {
		t.Fatal(err)
	}
	for i, fails := range []bool{false, true, true} {
		if err := u.folder.placeWithoutLink(u.staged[i]); (err != nil) != fails {
			t.Errorf("%s: %v", u.staged[i].name, err)
		}
	}
	u.Close()
	for name, want := range map[string]string{"free": "ours", "taken": "theirs"} {
		if text, err := os.ReadFile(filepath.Join(dir, name)); string(text) != want {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
	if got := list(t, dir); len(got) != 2 {
		t.Errorf("left behind %q", got)
	}
}

func TestSweep(t *testing.T) {
	dir := t.TempDir()
	dead, theirs := temporaryName("sam/template.yaml"), []string{"sam/.template.yaml.swp", "sam/.x.apigw-cors-tmp", "sam/notes.ABCDEFGH.apigw-cors-tmp"}
	for _, name := range append(theirs, dead, temporaryName("other/file")) {
		put(t, filepath.Join(dir, name), "half")
	}
	if _, err := os.Stat(filepath.Join(dir, dead)); err != nil {
		t.Fatal(err)
	}
	hours := time.Now().Add(-2 * abandonedAfter)
	if err := os.Chtimes(filepath.Join(dir, dead), hours, hours); err != nil {
		t.Fatal(err)
	}
	u := begin(t, dir, false, "sam/template.yaml")
	if err := u.Commit(); err != nil {
		t.Fatal(err)
	}
	var sam []string
	for _, name := range list(t, dir) {
		if strings.HasPrefix(name, "sam/") {
			sam = append(sam, name)
		}
	}
	want := append(theirs, "sam/template.yaml")
	slices.Sort(want)
	slices.Sort(sam)
	if !slices.Equal(sam, want) {
		t.Errorf("%q, not %q", sam, want)
	}
}

// The temporary files of a run that is at work are not swept, however young the
// other.
func TestRunsWaitForEachOther(t *testing.T) {
	dir := t.TempDir()
	first := begin(t, dir, false, "a")
	if held, err := lock(first.entered["."]); err != nil || !held {
		t.Skip("folders cannot be locked here")
	}
	second, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	entered := make(chan error)
	go func() {
		u, err := second.Update(t.Context(), []string{"b"})
		if err == nil {
			u.Close()
		}
		entered <- err
	}()
	if err := first.Commit(); err != nil {
		t.Errorf("swept: %v", err)
	}
	first.Close()
	if err := <-entered; err != nil {
		t.Error(err)
	}
	if got := list(t, dir); !slices.Equal(got, []string{"a"}) {
		t.Errorf("%q", got)
	}
}

func TestReplaceKeepsTheMode(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no modes")
	}
	for _, tt := range []struct {
		before     fs.FileMode
		executable bool
		want       fs.FileMode
	}{
		{0o600, false, 0o600}, {0o640, true, 0o750}, {0o400, true, 0o500}, {0o666, false, 0o666}, {0o755, false, 0o755},
	} {
		dir := t.TempDir()
		place := filepath.Join(dir, "f")
		put(t, place, "theirs")
		if err := os.Chmod(place, tt.before); err != nil {
			t.Fatal(err)
		}
		folder, err := OpenFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		u, err := folder.Update(t.Context(), []string{"f"})
		if err != nil {
			t.Fatal(err)
		}
		if err := u.Stage("f", []byte("ours"), tt.executable, true); err != nil {
			t.Fatal(err)
		}
		if err := u.Commit(); err != nil {
			t.Fatal(err)
		}
		u.Close()
		folder.Close()
		if info, err := os.Stat(place); err != nil || info.Mode() != tt.want || info.Size() != 4 {
			t.Errorf("%v, executable %v: %v, %v", tt.before, tt.executable, info.Mode(), err)
		}
	}
}

func TestNamesBelowTheFolder(t *testing.T) {
	folder, err := OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	for _, name := range []string{"../x", "a/../x", "a/../../x", "/x", "", "a//x", "./x", "a/."} {
		if _, err := folder.Look(name); err == nil || !strings.Contains(err.Error(), "not a name below") {
			t.Errorf("%q: %v", name, err)
		}
		if u, err := folder.Update(t.Context(), []string{name}); err == nil {
			u.Close()
			t.Errorf("%q: may be written", name)
		}
	}
}

func TestSettled(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.MkdirAll("there/below", 0o777); err != nil {
		t.Fatal(err)
	}
	for dir, want := range map[string]string{
		"y": "y", "x/../y": "y", "x/..": ".", "a/b/../../y": "y", "a/b/../c": "a/c", "../y": "../y", "./x/../y": "./y",
		"there/../y": "there/../y", "there/x/../y": "there/y", "there/below/../x/../y": "there/below/../y", "x/../../y": "../y",
	} {
		if got := filepath.ToSlash(settled(filepath.FromSlash(dir))); got != want {
			t.Errorf("%s: %s, not %s", dir, got, want)
		}
	}
}

// TestWaitingForAnotherRunHeedsTheEnd: a run that waits for another to leave the
// folder ends when it is told to, and leaves nothing behind.
func TestWaitingForAnotherRunHeedsTheEnd(t *testing.T) {
	if nonblocking == 0 {
		t.Skip("folders cannot be locked here")
	}
	dir := t.TempDir()
	begin := func(ctx context.Context) (*Update, error) {
		folder, err := OpenFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { folder.Close() })
		return folder.Update(ctx, []string{"a/b"})
	}
	other, err := begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := begin(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if there, err := os.ReadDir(filepath.Join(dir, "a")); err != nil || len(there) > 0 {
		t.Errorf("in the folder: %v, %v", there, err)
	}
}

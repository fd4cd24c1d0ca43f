package output

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"apigw-cors/cmd/report"
	"apigw-cors/generator"
)

// The model: what stands at each place of a small folder.
type (
	place struct {
		kind placeKind
		text string
		mode fs.FileMode
	}
	placeKind int
	shelf     map[string]place
)

const (
	absent placeKind = iota
	regular
	directory
	link
)

// version is one of the policies that the steps render.
func version(n int) Rendering {
	head := "#!/bin/sh\n# Rendered by\n#   apigw-cors generate " + string(rune('0'+n)) + "\n"
	r := Rendering{Files: []generator.File{
		{Path: "aws-cli/apply.sh", Content: []byte(head), Executable: true},
		{Path: "sam/template.yaml", Content: []byte("#" + head)},
	}}
	if n != 1 {
		r.Files = append(r.Files, generator.File{Path: "aws-cli/gateway-response.json", Content: []byte("{}\n")})
	}
	return r
}

func places() []string {
	return []string{"aws-cli/apply.sh", "aws-cli/gateway-response.json", "sam/template.yaml"}
}

// generate gives what a run leaves, and whether it is done.
func (s shelf) generate(r Rendering, force bool, umask fs.FileMode) (shelf, bool) {
	after := maps.Clone(s)
	for _, f := range r.Files {
		p := s[f.Path]
		switch {
		case p.kind == absent:
			p = place{regular, string(f.Content), 0o644}
			if f.Executable {
				p.mode = 0o755
			}
			p.mode &^= umask
		case p.kind != regular, p.text != string(f.Content) && !force:
			return s, false
		default:
			p.text = string(f.Content)
			if f.Executable && p.mode&0o100 == 0 {
				p.mode |= p.mode & 0o444 >> 2
			}
		}
		after[f.Path] = p
	}
	return after, true
}

// check gives the states of the files, or none where something is in the way.
func (s shelf) check(r Rendering) map[string]report.FileState {
	states := map[string]report.FileState{}
	for _, f := range r.Files {
		switch p := s[f.Path]; {
		case p.kind == absent:
			states[f.Path] = report.MissingFile
		case p.kind != regular:
			return nil
		case p.text != string(f.Content), f.Executable && p.mode&0o100 == 0:
			states[f.Path] = report.WouldChange
		default:
			states[f.Path] = report.Unchanged
		}
	}
	const document = "aws-cli/gateway-response.json"
	ours := func(name string) bool {
		return s[name].kind == regular && strings.Contains(s[name].text, "Rendered by")
	}
	if _, rendered := states[document]; !rendered && s[document].kind == regular && (ours("aws-cli/apply.sh") || ours(document)) {
		states[document] = report.Stale
	}
	return states
}

// readShelf is the folder as it is.
func readShelf(t *testing.T, dir string) shelf {
	t.Helper()
	s := shelf{}
	err := filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || file == dir {
			return err
		}
		name, _ := filepath.Rel(dir, file)
		name = filepath.ToSlash(name)
		if d.IsDir() && path.Dir(name) == "." {
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		switch {
		case d.IsDir():
			s[name] = place{kind: directory}
		case info.Mode()&fs.ModeSymlink != 0:
			s[name] = place{kind: link}
		default:
			text, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			s[name] = place{regular, string(text), info.Mode().Perm()}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// set puts something in a place, as anybody may at any time.
func (s shelf) set(t *testing.T, dir, outside, name string, p place) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	delete(s, name)
	err := errors.Join(os.RemoveAll(file), os.MkdirAll(filepath.Dir(file), 0o777))
	switch p.kind {
	case regular:
		err = errors.Join(err, os.WriteFile(file, []byte(p.text), 0o666), os.Chmod(file, p.mode))
	case directory:
		err = errors.Join(err, os.Mkdir(file, 0o777))
	case link:
		err = errors.Join(err, os.Symlink(outside, file))
	}
	if err != nil {
		t.Fatal(err)
	}
	if p.kind != absent {
		s[name] = p
	}
}

// FuzzFolder runs steps that the bytes choose, and holds the folder, the errors
// and the states to the model.
func FuzzFolder(f *testing.F) {
	if runtime.GOOS == "windows" {
		f.Skip("compares modes, and makes links")
	}
	for _, steps := range []string{
		"\x00\x06", "\x00\x01\x07\x04", "\x10\x00\x03\x06", "\x20\x03\x06", "\x30\x03\x06\x31\x03", "\x18\x06\x00\x06", "\x00\x40\x41\x06\x03",
		"\x19\x00\x50\x03\x06\x12\x22\x32\x42\x52\x01\x04\x07\x02\x05\x08",
	} {
		f.Add([]byte(steps))
	}
	f.Fuzz(func(t *testing.T, steps []byte) {
		if len(steps) > 40 {
			return
		}
		dir, outside := t.TempDir(), filepath.Join(t.TempDir(), "file")
		const theirs = "somebody else's"
		if err := os.WriteFile(outside, []byte(theirs), 0o600); err != nil {
			t.Fatal(err)
		}
		umask := umaskOf(t)
		model := shelf{}
		for i, step := range steps {
			if step < 0x10 {
				n, force := int(step%3), step/3%3 == 1
				if step/3%3 == 2 {
					compareChecked(t, dir, i, version(n), model.check(version(n)))
				} else {
					after, ok := model.generate(version(n), force, umask)
					if err := generateInto(dir, version(n), force); (err == nil) != ok {
						t.Fatalf("step %d: generate, force %v: %v", i, force, err)
					}
					model = after
				}
			} else {
				r := version(int(step) % 3)
				name := places()[int(step)%len(places())]
				p := []place{
					{}, {regular, "by hand", 0o600}, {regular, string(r.Files[0].Content), 0o640}, {kind: directory}, {kind: link}, {regular, "{}\n", 0o444},
				}[step>>4%6]
				model.set(t, dir, outside, name, p)
			}
			if got := readShelf(t, dir); !maps.Equal(got, model) {
				t.Fatalf("step %d of %x:\n got %v\nwant %v", i, steps, got, model)
			}
		}
		if text, err := os.ReadFile(outside); err != nil || string(text) != theirs {
			t.Errorf("outside of the folder: %q, %v", text, err)
		}
	})
}

// umaskOf is what the system takes off the mode of a new file.
func umaskOf(t *testing.T) fs.FileMode {
	t.Helper()
	file, err := os.OpenFile(filepath.Join(t.TempDir(), "all"), os.O_CREATE|os.O_WRONLY, 0o777)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	return 0o777 &^ info.Mode().Perm()
}

func generateInto(dir string, r Rendering, force bool) error {
	d, err := OpenFolder(dir, force)
	if err != nil {
		return err
	}
	defer d.Close()
	d.Inspect(r)
	if err := d.Obstacles(); err != nil {
		return err
	}
	return d.Write(context.Background(), r)
}

func compareChecked(t *testing.T, dir string, step int, r Rendering, want map[string]report.FileState) {
	t.Helper()
	c, err := OpenComparison(dir, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	c.Inspect(r)
	if err := c.Obstacles(); (err != nil) != (want == nil) {
		t.Fatalf("step %d: check: %v", step, err)
	}
	if want == nil {
		return
	}
	if err := c.Write(context.Background(), r); err != nil {
		t.Fatal(err)
	}
	got := map[string]report.FileState{}
	for _, f := range c.Files() {
		name, _ := filepath.Rel(dir, filepath.FromSlash(f.Path))
		got[filepath.ToSlash(name)] = f.State
	}
	if !maps.Equal(got, want) {
		t.Errorf("step %d: %v, not %v", step, got, want)
	}
	differs := slices.ContainsFunc(slices.Collect(maps.Values(want)), func(s report.FileState) bool { return s != report.Unchanged })
	if err := c.Close(); differs != errors.Is(err, report.Differs) {
		t.Errorf("step %d: %v", step, err)
	}
}

package output

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"apigw-cors/generator"
)

// filesBelow lists the files of a folder, hidden ones included.
func filesBelow(t *testing.T, dir string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name, _ := filepath.Rel(dir, path)
			files = append(files, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func writeTo(t *testing.T, dir string, force bool, files ...generator.File) error {
	t.Helper()
	d, err := OpenFolder(dir, force)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Write(context.Background(), Rendering{Files: files})
}

// The files of an API come together or not at all.
func TestFolderWritesAllOrNothing(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("takes longer names")
	}
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "sam"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "sam/template.yaml"), []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	err := writeTo(t, dir, true,
		generator.File{Path: "sam/template.yaml", Content: []byte("new")},
		generator.File{Path: "cdk/" + strings.Repeat("x", 300), Content: []byte("cannot be created")},
	)
	if err == nil {
		t.Fatal("no error")
	}
	if files := filesBelow(t, dir); len(files) != 1 {
		t.Errorf("left behind: %q", files)
	}
	if text, _ := os.ReadFile(filepath.Join(dir, "sam/template.yaml")); string(text) != "old" {
		t.Errorf("%q", text)
	}
}

func TestFolderModes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no execute permission")
	}
	dir := filepath.Join(t.TempDir(), "a", "b")
	err := writeTo(t, dir, false,
		generator.File{Path: "aws-cli/apply.sh", Executable: true}, generator.File{Path: "aws-cli/cors.json", Content: []byte("{}")},
	)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]fs.FileMode{"apply.sh": 0o100, "cors.json": 0} {
		info, err := os.Stat(filepath.Join(dir, "aws-cli", name))
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode()&0o100 != want {
			t.Errorf("%s has mode %v", name, info.Mode())
		}
	}
}

// What appears between the look and the write is not overwritten either.
func TestFolderRace(t *testing.T) {
	dir := t.TempDir()
	d, err := OpenFolder(dir, false)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	r := Rendering{Files: []generator.File{{Path: "a", Content: []byte("ours")}}}
	d.Inspect(r)
	if err := d.Obstacles(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "a"), []byte("theirs"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := d.Write(context.Background(), r); err == nil {
		t.Error("overwritten")
	}
	if files := filesBelow(t, dir); len(files) != 1 {
		t.Errorf("left behind: %q", files)
	}
}

// TestAnotherVersionIsNoDifference: a file that another version rendered passes
// --check and stays as it is, whether or not that version named itself, until
// something else differs.
func TestAnotherVersionIsNoDifference(t *testing.T) {
	const head, command = "# Rendered by", "\n#   apigw-cors generate --api rest\n"
	for _, tt := range []struct {
		desc, there, rendered string
		same                  bool
	}{
		{"an older one", head + " apigw-cors v1.9.0" + command, head + " apigw-cors v1.10.0" + command, true},
		{"one of no version", head + command, head + " apigw-cors v1.10.0" + command, true},
		{"another content", head + " apigw-cors v1.9.0" + command + "a: b\n", head + " apigw-cors v1.10.0" + command + "a: c\n", false},
		{"another command", head + " apigw-cors v1.9.0" + command, head + " apigw-cors v1.9.0\n#   apigw-cors generate --api http\n", false},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "template.yaml")
		if err := os.WriteFile(path, []byte(tt.there), 0o666); err != nil {
			t.Fatal(err)
		}
		file := generator.File{Path: "template.yaml", Content: []byte(tt.rendered)}
		c, err := OpenComparison(dir, io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Write(t.Context(), Rendering{Files: []generator.File{file}}); err != nil {
			t.Fatal(err)
		}
		if err := c.Close(); (err == nil) != tt.same {
			t.Errorf("%s: --check says %v", tt.desc, err)
		}
		if err := writeTo(t, dir, false, file); (err == nil) != tt.same {
			t.Errorf("%s: without --force: %v", tt.desc, err)
		}
		if there, err := os.ReadFile(path); err != nil || string(there) != tt.there {
			t.Errorf("%s: now %q %v", tt.desc, there, err)
		}
	}
}

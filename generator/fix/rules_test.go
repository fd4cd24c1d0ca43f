package fix_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/fix"
	"apigw-cors/generator/reader"
)

// mendFS makes the edits of all that is found in some files, safe or not, and
// leaves the files as they are after them.
func mendFS(t testing.TB, files fstest.MapFS, o fix.Options) (all []fix.Result) {
	t.Helper()
	names, err := reader.Find(files, ".", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		r, err := fix.Run(context.Background(), files, name, o, fix.Rules)
		if err != nil {
			t.Fatal(err)
		}
		for file, text := range r.Files {
			files[file] = &fstest.MapFile{Data: text}
		}
		all = append(all, r)
	}
	return all
}

func readFolder(t testing.TB, dir string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		text, err := os.ReadFile(path.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = &fstest.MapFile{Data: text}
	}
	return files
}

// TestRules mends the folder of each rule in lint's tests, and says which rules
// are for a person.
func TestRules(t *testing.T) {
	const folders = "../lint/testdata/rules"
	entries, err := os.ReadDir(folders)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		files := readFolder(t, path.Join(folders, e.Name()))
		if names, _ := fs.Glob(files, "*.tf"); len(names) > 0 {
			continue
		}
		t.Run(e.Name(), func(t *testing.T) {
			var left []string
			for _, r := range mendFS(t, files, fix.Options{Unsafe: true}) {
				for _, o := range r.Outcomes {
					if o.Status != fix.Fixed {
						left = append(left, fmt.Sprintf("%s %s: %s", o.Finding.Rule, o.Status, o.Why))
					}
				}
			}
			t.Logf("%s", strings.Join(left, "\n"))
			for _, r := range mendFS(t, files, fix.Options{Unsafe: true}) {
				if len(r.Files) > 0 {
					t.Errorf("a second run changes %v", r.Files)
				}
			}
		})
	}
}

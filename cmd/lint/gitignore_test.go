package lint

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// TestGitignoreIsGits asks git itself about every path.
func TestGitignoreIsGits(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("install git")
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		".gitignore": "# comment\n\n*.log\n!keep.log\n/top.yaml\nout/\ndocs/*.yaml\n**/cache\nb/**/c\nd/**\n\\#odd\n\\!odd\n" +
			"blank.yaml   \nspaced\\ \n[a-c]x.yaml\n[!a-c]y.yaml\nq?.yaml\n!d/kept\nfoo**bar\n.env\nsub/deep/\r\n",
		"sub/.gitignore":        "*.yaml\n!/mine.yaml\n",
		"sub/inner/.gitignore":  "!*.yaml\n/anchored\n",
		"broken/.gitignore":     "[\n[z-\nfine.yaml\n\\\n",
		".git/info/exclude":     "private.yaml\n!x.log\n",
		"out/.gitignore":        "!*\n",
		"bommed/.gitignore":     "\ufeffbom.yaml\n",
		"negated/.gitignore":    "*\n!*/\n!.gitignore\n!a.yaml\n",
		"negated/inner/.ignore": "",
	} {
		write(t, dir, name, text)
	}
	for _, name := range strings.Fields(`a.log keep.log sub/keep.log top.yaml sub/top.yaml out/x.yaml sub/out/x.yaml notout docs/a.yaml docs/b/a.yaml x/docs/a.yaml
		cache/x x/cache/y b/c b/x/c b/x/y/c/z bc d/x d/kept d/y/z #odd !odd blank.yaml spaced ax.yaml dx.yaml dy.yaml ay.yaml q1.yaml q12.yaml fooxxbar foo/bar
		.env sub/.env sub/mine.yaml sub/other.yaml sub/inner/a.yaml sub/inner/anchored sub/inner/x/anchored sub/inner/x/b.yaml sub/deep/a.json broken/fine.yaml broken/[ broken/z private.yaml
		sub/private.yaml x.log bommed/bom.yaml negated/a.yaml negated/b.yaml negated/inner/a.yaml negated/inner/b.yaml`) {
		write(t, dir, name, "")
	}
	write(t, dir, "spaced ", "")
	if out, err := exec.Command("git", "-C", dir, "-c", "init.defaultBranch=main", "init", "-q").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	list := exec.Command("git", "-C", dir, "-c", "core.excludesFile=", "ls-files", "-z", "--others", "--exclude-standard")
	list.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "HOME="+dir, "XDG_CONFIG_HOME="+dir)
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(strings.Trim(string(out), "\x00"), "\x00")
	got := walk(t, os.DirFS(dir), ".")
	slices.Sort(want)
	if !slices.Equal(got, want) {
		for _, name := range got {
			if !slices.Contains(want, name) {
				t.Errorf("%q: git ignores it", name)
			}
		}
		for _, name := range want {
			if !slices.Contains(got, name) {
				t.Errorf("%q: git does not ignore it", name)
			}
		}
	}
}

// TestNamedFolderIsRead although git ignores it, or one above.
func TestNamedFolderIsRead(t *testing.T) {
	tree := fstest.MapFS{
		".gitignore":                   {Data: []byte("cdk.out\n*.json\n")},
		"app/cdk.out/a.template.json":  {},
		"app/cdk.out/.gitignore":       {Data: []byte("b*\n")},
		"app/cdk.out/b.json":           {},
		"app/cdk.out/nested/c.json":    {},
		"infra/d.json":                 {},
		"infra/template.yaml":          {},
		"app/cdk.out/nested/.hidden.y": {},
	}
	for folder, want := range map[string][]string{
		"app/cdk.out":        {"app/cdk.out/.gitignore", "app/cdk.out/a.template.json", "app/cdk.out/nested/.hidden.y", "app/cdk.out/nested/c.json"},
		"app/cdk.out/nested": {"app/cdk.out/nested/.hidden.y", "app/cdk.out/nested/c.json"},
		"infra":              {"infra/template.yaml"},
		".":                  {".gitignore", "infra/template.yaml"},
	} {
		if got := walk(t, tree, folder); !slices.Equal(got, want) {
			t.Errorf("%s: %q, not %q", folder, got, want)
		}
	}
}

// walk gives the files at or below a folder that are not ignored.
func walk(t *testing.T, fsys fs.FS, folder string) (names []string) {
	t.Helper()
	ignored := newGitignore(fsys, folder)
	err := fs.WalkDir(fsys, folder, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name == ".git", name != "." && ignored.ignores(name, e.IsDir()):
			if e.IsDir() {
				return fs.SkipDir
			}
		case !e.IsDir():
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	return names
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

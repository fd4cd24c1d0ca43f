package lint_test

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
)

// TestRules lints a folder for each rule. What is found in it stands in its
// files, as a comment on the line: the rules, and nothing besides.
func TestRules(t *testing.T) {
	files := os.DirFS("testdata/rules")
	folders, err := fs.ReadDir(files, ".")
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]bool{}
	for _, folder := range folders {
		t.Run(folder.Name(), func(t *testing.T) {
			fsys, err := fs.Sub(files, folder.Name())
			if err != nil {
				t.Fatal(err)
			}
			want := marks(t, fsys)
			var got []string
			for _, f := range lintFolder(t, fsys, lint.Options{}).Findings {
				got = append(got, fmt.Sprintf("%s:%d %s", f.Place.File, f.Place.Line, f.Rule))
				shown[f.Rule] = true
				if f.Text == "" || f.Page == "" || f.Fix == "" {
					t.Errorf("%+v does not say everything", f)
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
	for _, rule := range lint.Rules() {
		if !shown[rule.Name] && !slices.Contains(asked(), rule.Name) {
			t.Errorf("no file shows %s", rule.Name)
		}
		if rule.Summary == "" || rule.Page == "" || rule.Why == "" || rule.Fix == "" || len(rule.Sources) == 0 || rule.Severity == "" {
			t.Errorf("%s has no page", rule.Name)
		}
	}
}

// asked are the rules of what only options ask for.
func asked() []string { return []string{"origin-refused"} }

// marks are the rules that the comments of a folder's files name.
func marks(t *testing.T, fsys fs.FS) (out []string) {
	t.Helper()
	mark := regexp.MustCompile(`# ([a-z0-9]+(?:-[a-z0-9]+)+)$`)
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		text, err := fs.ReadFile(fsys, e.Name())
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			if m := mark.FindStringSubmatch(line); m != nil {
				out = append(out, fmt.Sprintf("%s:%d %s", e.Name(), i+1, m[1]))
			}
		}
	}
	slices.Sort(out)
	return out
}

func lintFolder(t testing.TB, fsys fs.FS, o lint.Options) (out lint.Report) {
	t.Helper()
	names, err := reader.Find(fsys, ".", nil)
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		r, err := reader.Read(fsys, path.Clean(name), reader.Options{})
		if err != nil || len(r.Faults) > 0 {
			t.Fatal(err, r.Faults)
		}
		report := lint.Lint(r, o)
		out.Findings = append(out.Findings, report.Findings...)
		out.Unknown = append(out.Unknown, report.Unknown...)
	}
	return out
}

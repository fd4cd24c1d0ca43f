package golden_test

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
)

// TestLintsClean lints every rendered template and module: nothing is at fault,
// and nothing unknown decides.
func TestLintsClean(t *testing.T) {
	for _, c := range cases(t) {
		for _, name := range []string{"sam/template.yaml", "cloudformation/template.yaml", "terraform"} {
			t.Run(c.name+"/"+name, func(t *testing.T) {
				lintsClean(t, os.DirFS(c.name), name)
				own := c.api(t)
				for _, f := range lintFS(t, os.DirFS(c.name), name, lint.Options{Policy: &own}).Findings {
					if f.Rule == "differs-from-policy" || f.Rule == "origin-refused" {
						t.Errorf("%s:%d differs from its own policy: %s", f.Place.File, f.Place.Line, f.Text)
					}
				}
			})
		}
	}
}

// lintsClean lints what was rendered, or what a tool made of it.
func lintsClean(t testing.TB, fsys fs.FS, name string) {
	t.Helper()
	report := lintFS(t, fsys, name, lint.Options{})
	for _, f := range report.Findings {
		// ANY takes more than the policy lets pages send.
		if f.Rule != "any-method-not-in-allow-methods" {
			t.Errorf("%s:%d %s: %s", f.Place.File, f.Place.Line, f.Rule, f.Text)
		}
	}
	for _, u := range report.Unknown {
		t.Errorf("%s:%d unknown: %s", u.Place.File, u.Place.Line, u.Why)
	}
}

func lintFS(t testing.TB, fsys fs.FS, name string, o lint.Options) lint.Report {
	t.Helper()
	r, err := reader.Read(fsys, name, reader.Options{})
	if err != nil || len(r.Faults) > 0 {
		t.Fatal(err, r.Faults)
	}
	return lint.Lint(r, o)
}

// mutation is one change of a rendered file, and what lint finds for it.
type mutation struct {
	// file is where old becomes new, once.
	file, old, new string
	rule           string
	// at is what the line of the finding has in it; "" where it is a line that
	// was changed.
	at string
}

// TestLintFindsMutations breaks what was rendered in one place, and finds it
// there.
func TestLintFindsMutations(t *testing.T) {
	all := slices.Concat(samMutations(), cloudFormationMutations(), terraformMutations(), httpMutations())
	if len(all) < 60 {
		t.Errorf("%d mutations", len(all))
	}
	for i, m := range all {
		t.Run(fmt.Sprintf("%d/%s/%s", i, m.rule, m.file), func(t *testing.T) {
			t.Parallel()
			m.run(t)
		})
	}
}

func (m mutation) run(t *testing.T) {
	source, err := os.ReadFile(m.file)
	if err != nil {
		t.Fatal(err)
	}
	before, after, found := strings.Cut(string(source), m.old)
	if !found {
		t.Fatalf("%s does not have %q", m.file, m.old)
	}
	text := before + m.new + after
	first := 1 + strings.Count(before, "\n")
	last := first + strings.Count(m.new, "\n")
	folder := strings.SplitN(m.file, "/", 2)[0]
	files := fstest.MapFS{}
	for _, name := range siblings(t, m.file) {
		data, err := os.ReadFile(path.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	name := strings.TrimPrefix(m.file, folder+"/")
	files[name] = &fstest.MapFile{Data: []byte(text)}
	target := name
	if strings.HasSuffix(name, ".tf") {
		target = path.Dir(name)
	}
	lines := strings.Split(text, "\n")
	var got []string
	for _, f := range lintFS(t, files, target, lint.Options{}).Findings {
		got = append(got, fmt.Sprintf("%s:%d %s: %s", f.Place.File, f.Place.Line, f.Rule, f.Text))
		if f.Rule != m.rule || f.Place.File != name {
			continue
		}
		if m.at == "" && first <= f.Place.Line && f.Place.Line <= last || m.at != "" && strings.Contains(lines[f.Place.Line-1], m.at) {
			return
		}
	}
	t.Errorf("%q for %q: want %s at line %d %s, found\n%s", m.new, m.old, m.rule, first, m.at, strings.Join(got, "\n"))
}

// siblings are the files that are read with one.
func siblings(t *testing.T, file string) (out []string) {
	folder, rest, _ := strings.Cut(file, "/")
	if !strings.HasSuffix(file, ".tf") {
		return []string{rest}
	}
	entries, err := os.ReadDir(path.Dir(file))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		out = append(out, strings.TrimPrefix(path.Dir(file), folder+"/")+"/"+e.Name())
	}
	return out
}

package golden_test

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator/fix"
	"apigw-cors/golden/emulator"
	"apigw-cors/golden/tools"
)

// fixedApps are the CDK projects that people paste snippets into, each with the
// module that fix renders for it, and the lines that it tells, where it tells to
// put them.
func fixedApps(t *testing.T) (out []pasted) {
	t.Helper()
	found, err := filepath.Glob(pasteFolder + "/cdk*")
	if err != nil || len(found) == 0 {
		t.Fatal(len(found), err)
	}
	for _, project := range found {
		p := pasted{"fixed-" + filepath.Base(project), "cdk", filepath.Join(t.TempDir(), "app")}
		if err := os.CopyFS(p.dir, os.DirFS(project)); err != nil {
			t.Fatal(err)
		}
		policy := fix.Policy{API: goldenCase{name: project}.api(t)}
		r, err := fix.ForCDK(context.Background(), os.DirFS(p.dir), ".", true, policy)
		if err != nil || r.Placed.Status != fix.ByHandStill || len(r.Files) != 1 {
			t.Fatal(err, r.Placed)
		}
		for name, text := range r.Files {
			tools.WriteFile(t, filepath.Join(p.dir, name), string(text))
		}
		// The last lines first: the places are those of the source as it was.
		for _, n := range slices.Backward(r.Placed.Notes) {
			p.add(t, n)
		}
		again, err := fix.ForCDK(context.Background(), os.DirFS(p.dir), ".", true, policy)
		if err != nil || again.Placed.Status != fix.InPlace {
			t.Error(err, again.Placed)
		}
		out = append(out, p)
	}
	return out
}

// add puts a line that is told into the source: to the imports, into the options
// of the construct, or behind what it is told to come after.
func (p pasted) add(t *testing.T, n fix.Note) {
	t.Helper()
	file := filepath.Join(p.dir, n.Place.File)
	lines := strings.SplitAfter(string(tools.ReadFile(t, file)), "\n")
	at := n.Place.Line
	_, after, isAfter := strings.Cut(n.Text, ", after your last ")
	switch {
	case n.Text == "to be added to the imports":
		at = 0
	case isAfter:
		for i, line := range lines {
			if strings.Contains(line, "."+after+"(") {
				at = i + 1
			}
		}
	case !strings.HasPrefix(n.Text, "to be added within "):
		t.Fatalf("told is something else: %s: %s", n.Text, n.Hint)
	}
	tools.WriteFile(t, file, strings.Join(slices.Insert(lines, at, n.Hint+"\n"), ""))
}

// samePolicy compares what is told of CORS alone.
func samePolicy(t *testing.T, want, got *emulator.API) {
	t.Helper()
	cors := func(s *emulator.API) *emulator.API {
		out := *s
		out.Methods, out.Routes, out.PayloadFormat = maps.Clone(s.Methods), map[string]string{}, ""
		maps.DeleteFunc(out.Methods, func(key string, _ *emulator.Method) bool { return !strings.HasPrefix(key, "OPTIONS ") })
		return &out
	}
	sameInOwnForm(t, cors(want), cors(got))
}

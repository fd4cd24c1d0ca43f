package golden_test

import (
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"apigw-cors/golden/tools"
)

var update = flag.Bool("update", false, "rewrite the files of the cases with what is rendered now")

// snippetFolder holds what a case renders without --standalone.
const snippetFolder = "snippet"

// TestGolden renders every case through the command and compares the files
// byte by byte, the unexpected ones included.
func TestGolden(t *testing.T) {
	t.Parallel()
	// These show their snippets as well: a plain REST API, a mapping template,
	// mappings of actual responses, a preflight by Lambda, a plain HTTP API, and
	// one whose preflight needs routes.
	telling := []string{
		"rest-one-origin", "rest-credentials-cognito", "rest-non-proxy-iam",
		"rest-lambda-preflight", "http-one-origin", "http-credentials-jwt-default",
	}
	for _, c := range cases(t) {
		t.Run(c.name, func(t *testing.T) {
			want := c.render(t, "--standalone")
			if slices.Contains(telling, c.name) {
				for path, content := range c.render(t) {
					want[snippetFolder+"/"+path] = content
				}
			}
			if *update {
				c.rewrite(t, want)
			}
			got := c.files(t)
			for _, path := range slices.Sorted(maps.Keys(want)) {
				if content, ok := got[path]; !ok {
					t.Errorf("%s is missing; go test ./golden -update writes it", path)
				} else if content != want[path] {
					t.Errorf("%s is not what is rendered: %s", path, firstDifference(content, want[path]))
				}
			}
			for path := range got {
				if _, ok := want[path]; !ok {
					t.Errorf("%s is not rendered any more", path)
				}
			}
		})
	}
}

// render gives the files the command writes for a case.
func (c goldenCase) render(t testing.TB, flags ...string) map[string]string {
	t.Helper()
	out := t.TempDir()
	args := append([]string{"--file", c.path("cors.yaml"), "--format", "all", "--out", out, "--no-input"}, c.flags...)
	generate(t, append(args, flags...)...)
	return tree(t, out)
}

// files are those of a case that are rendered.
func (c goldenCase) files(t testing.TB) map[string]string {
	t.Helper()
	files := tree(t, c.name)
	delete(files, "cors.yaml")
	delete(files, "flags")
	return files
}

// rewrite replaces the files of a case.
func (c goldenCase) rewrite(t testing.TB, files map[string]string) {
	t.Helper()
	for path := range c.files(t) {
		if err := os.Remove(c.path(path)); err != nil {
			t.Fatal(err)
		}
	}
	for path, content := range files {
		tools.WriteFile(t, c.path(path), content)
		// A script runs as it stands.
		if strings.HasPrefix(content, "#!") {
			if err := os.Chmod(c.path(path), 0o755); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// tree reads a folder's files by their paths with slashes.
func tree(t testing.TB, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, path)
		files[filepath.ToSlash(name)] = string(tools.ReadFile(t, path))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range w {
		if i >= len(g) || g[i] != w[i] {
			return "\n- " + strings.Join(g[i:min(i+1, len(g))], "") + "\n+ " + w[i]
		}
	}
	return "it is longer"
}

// TestSnippetStandsInExample expects the lines of every snippet, in their
// order, in the standalone output: what is shown is what was tested.
func TestSnippetStandsInExample(t *testing.T) {
	t.Parallel()
	for _, c := range cases(t) {
		t.Run(c.name, func(t *testing.T) {
			example := c.render(t, "--standalone")
			for path, snippet := range c.render(t) {
				content, ok := example[path]
				if !ok {
					t.Errorf("%s is not in the example", path)
					continue
				}
				rest := codeLines(content)
				for _, line := range codeLines(snippet) {
					i := slices.Index(rest, line)
					if i < 0 {
						t.Errorf("%s: not in the example, or not in this order: %s", path, line)
						break
					}
					rest = rest[i+1:]
				}
			}
		})
	}
}

// codeLines are the lines of a file without indentation, blank lines and
// comments, which say different things of a snippet and an example.
func codeLines(content string) []string {
	var out []string
	for line := range strings.Lines(content) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "//") {
			out = append(out, line)
		}
	}
	return out
}

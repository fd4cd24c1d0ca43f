package golden_test

import (
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestRooms holds the arrows of the house: which package may import which, and
// who alone may hold a library.
func TestRooms(t *testing.T) {
	const module = "apigw-cors"
	allowed := map[string][]string{
		"":                      {"cmd"},
		"cmd":                   {"generator", "generator/gateway", "generator/cors", "templates"},
		"generator":             {"generator/gateway", "generator/cors", "templates"},
		"generator/reader":      {"generator/gateway", "generator/cors"},
		"generator/gateway":     {"generator/cors", "generator/gateway/vtl"},
		"generator/gateway/vtl": {},
		"generator/cors":        {},
		"templates":             {},

		// The tests' own rooms. The emulator shares nothing with the model.
		"golden/tools":    {},
		"golden/emulator": {"golden/tools"},
		"golden/browser":  {"golden/tools"},
	}
	owners := map[string][]string{
		"github.com/spf13/cobra":           {"cmd"},
		"github.com/AlecAivazis/survey/v2": {"cmd"},
		"gopkg.in/yaml.v3":                 {"cmd", "generator/reader"},
		"net/http":                         {"cmd"},
		"text/template":                    {"generator"},
		"os":                               {"", "cmd"},
	}
	for _, line := range goList(t, "{{.ImportPath}} {{join .Imports \",\"}}") {
		path, imports, _ := strings.Cut(line, " ")
		room := strings.TrimPrefix(strings.TrimPrefix(path, module), "/")
		arrows, known := allowed[room]
		if !known {
			if room != "golden" {
				t.Errorf("%s: a room the design does not have", path)
			}
			continue
		}
		for _, imported := range strings.Split(imports, ",") {
			if inner, ok := strings.CutPrefix(imported, module+"/"); ok && !slices.Contains(arrows, inner) {
				t.Errorf("%s must not import %s", path, imported)
			}
			if owner, ok := owners[imported]; ok && !strings.HasPrefix(room, "golden/") && !slices.Contains(owner, room) {
				t.Errorf("%s must not import %s", path, imported)
			}
		}
	}
}

// TestOneFileHoldsTheLibrary confines what may be exchanged one day to one file.
func TestOneFileHoldsTheLibrary(t *testing.T) {
	files, err := filepath.Glob("../cmd/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, library := range []string{"gopkg.in/yaml.v3", "github.com/AlecAivazis/survey/v2"} {
		var holders []string
		for _, file := range files {
			if !strings.HasSuffix(file, "_test.go") && imports(t, file, library) {
				holders = append(holders, file)
			}
		}
		if len(holders) > 1 {
			t.Errorf("%s is imported by %s", library, strings.Join(holders, ", "))
		}
	}
}

func goList(t *testing.T, format string) []string {
	t.Helper()
	cmd := exec.Command("go", "list", "-f", format, "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

// imports reports whether a Go file imports the library or a package of it.
func imports(t *testing.T, file, library string) bool {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range f.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err == nil && (path == library || strings.HasPrefix(path, library+"/")) {
			return true
		}
	}
	return false
}

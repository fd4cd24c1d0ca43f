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

	"apigw-cors/golden/tools"
)

// TestRooms holds the arrows of the house: which package may import which, and
// who alone may hold a library. An arrow may be unused, as its room may be still
// to come; a room that is not listed is not of the house.
func TestRooms(t *testing.T) {
	const module = "apigw-cors"
	core := []string{"generator", "generator/gateway", "generator/cors"}
	reading := []string{"generator/reader", "generator/lint", "generator/gateway", "generator/cors"}
	rooms := func(own []string, more ...string) []string { return append(slices.Clone(own), more...) }
	allowed := map[string][]string{
		"": {"cmd"},
		"cmd": rooms(core, "templates", "generator/reader", "generator/lint", "generator/importer", "generator/fix", "cmd/report", "cmd/policy", "cmd/output", "cmd/prompt",
			"cmd/configure", "cmd/fix", "cmd/imports", "cmd/schema", "cmd/check", "cmd/story", "cmd/explain", "cmd/lint", "cmd/files", "cmd/serve", "cmd/probe", "cmd/console"),
		"cmd/report":                 rooms(core, "generator/reader", "generator/lint", "generator/fix"),
		"cmd/fix":                    rooms(reading, "cmd/files", "cmd/lint", "cmd/report", "generator/fix"),
		"cmd/console":                {"generator/cors"},
		"cmd/schema":                 {},
		"cmd/files":                  {},
		"cmd/policy":                 {"cmd/files", "cmd/report", "cmd/schema", "generator/gateway", "generator/cors"},
		"cmd/output":                 {"cmd/files", "cmd/report", "generator"},
		"cmd/prompt":                 {},
		"cmd/configure":              rooms(core, "generator/importer", "cmd/imports", "cmd/report", "cmd/policy", "cmd/output", "cmd/prompt"),
		"cmd/story":                  {"cmd/report", "cmd/console", "generator/cors"},
		"cmd/check":                  rooms(reading, "cmd/report", "cmd/policy", "cmd/story"),
		"cmd/explain":                rooms(reading, "cmd/report", "cmd/console", "cmd/policy", "cmd/story", "cmd/check"),
		"cmd/lint":                   rooms(reading, "cmd/files", "cmd/report"),
		"cmd/imports":                rooms(reading, "generator/importer", "cmd/files", "cmd/lint", "cmd/policy", "cmd/prompt", "cmd/report"),
		"cmd/serve":                  rooms(reading, "cmd/report", "cmd/console", "cmd/story", "cmd/policy"),
		"cmd/probe":                  rooms(reading, "generator", "cmd/report", "cmd/console", "cmd/policy", "cmd/story", "cmd/check"),
		"generator":                  {"generator/gateway", "generator/cors", "templates"},
		"generator/lint":             {"generator/reader", "generator/gateway", "generator/cors"},
		"generator/edit":             {"generator/reader", "generator/gateway"},
		"generator/fix":              rooms(reading, "generator", "generator/edit", "generator/reader/terraform"),
		"generator/importer":         {"generator/gateway", "generator/cors"},
		"generator/reader":           {"generator/gateway", "generator/cors", "generator/reader/terraform"},
		"generator/reader/terraform": {"generator/gateway"},
		"generator/gateway":          {"generator/cors", "generator/gateway/vtl"},
		"generator/gateway/vtl":      {},
		"generator/cors":             {},
		"templates":                  {},

		// The tests' own rooms. The emulator shares nothing with the model.
		"golden/tools":    {},
		"golden/emulator": {"golden/tools"},
		"golden/browser":  {"golden/tools"},
		"golden/faults":   {"cmd/report", "cmd/console", "cmd/story", "generator/cors"},
	}
	owners := map[string][]string{
		"github.com/spf13/cobra":           {"cmd"},
		"github.com/spf13/pflag":           {"cmd", "cmd/policy"},
		"github.com/AlecAivazis/survey/v2": {"cmd/prompt"},
		"gopkg.in/yaml.v3":                 {"cmd/policy", "generator/reader", "generator/reader/terraform"},
		// It is for the tests.
		"github.com/santhosh-tekuri/jsonschema/v6": {},
		"net/http":      {"cmd/serve", "cmd/probe"},
		"text/template": {"generator"},
		"os":            {"", "cmd", "cmd/files", "cmd/policy", "cmd/output", "cmd/prompt", "cmd/configure"},
	}
	contributing := string(tools.ReadFile(t, "../CONTRIBUTING.md"))
	for _, line := range goList(t, "{{.ImportPath}} {{join .Imports \",\"}}") {
		path, imports, _ := strings.Cut(line, " ")
		room := strings.TrimPrefix(strings.TrimPrefix(path, module), "/")
		if name := strings.TrimPrefix(room, "golden/"); name != "" && !strings.Contains(contributing, "`"+name+"`") {
			t.Errorf("CONTRIBUTING.md does not say what lives in %s", room)
		}
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
			for library, owner := range owners {
				// The packages of a library belong to it; os/signal is not os.
				inside := strings.Contains(library, ".") && strings.HasPrefix(imported, library+"/")
				if (imported == library || inside) && !strings.HasPrefix(room, "golden/") && !slices.Contains(owner, room) {
					t.Errorf("%s must not import %s", path, imported)
				}
			}
		}
	}
}

// TestOneFileHoldsTheLibrary confines what the command line may exchange one
// day to one file.
func TestOneFileHoldsTheLibrary(t *testing.T) {
	for library, room := range map[string]string{
		"gopkg.in/yaml.v3": "policy", "github.com/AlecAivazis/survey/v2": "prompt",
	} {
		files, err := filepath.Glob("../cmd/" + room + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		var holders []string
		for _, file := range files {
			if !strings.HasSuffix(file, "_test.go") && imports(t, file, library) {
				holders = append(holders, file)
			}
		}
		if len(holders) != 1 {
			t.Errorf("%s is imported by %q, not by one file", library, holders)
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

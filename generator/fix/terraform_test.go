package fix_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/fix"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what comes out to testdata")

// TestTerraform mends modules that are written as people write them. Each
// archive has a module and, below want/, the files that change, and what became
// of each finding: update, and read the difference. Its comment may ask for
// unsafe edits, and give a policy.
func TestTerraform(t *testing.T) {
	archives, err := filepath.Glob("testdata/terraform/*.txtar")
	if err != nil || len(archives) < 10 {
		t.Fatalf("%d archives: %v", len(archives), err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			module := fstest.MapFS{}
			var given []txtar.File
			for _, f := range archive.Files {
				if f.Name != "outcomes" && !strings.HasPrefix(f.Name, "want/") {
					given = append(given, f)
					module[f.Name] = &fstest.MapFile{Data: f.Data}
				}
			}
			o := asked(t, string(archive.Comment))
			r := mended(t, module, o)
			var outcomes strings.Builder
			for _, out := range r.Outcomes {
				if o.Policy != nil && out.Status == fix.Fixed {
					continue
				}
				fmt.Fprintf(&outcomes, "%s %s:%d %s: %s\n", out.Status, out.Finding.Place.File, out.Finding.Place.Line, out.Finding.Rule, out.Why)
			}
			if o.Policy != nil {
				fmt.Fprintf(&outcomes, "policy %s\n%s", r.Placed.Status, told(r))
			}
			got := &txtar.Archive{Comment: archive.Comment, Files: append(given, txtar.File{Name: "outcomes", Data: []byte(outcomes.String())})}
			for _, file := range slices.Sorted(maps.Keys(r.Files)) {
				got.Files = append(got.Files, txtar.File{Name: "want/" + file, Data: r.Files[file]})
			}
			staysMended(t, module, r, o)
			if *update {
				if err := os.WriteFile(name, txtar.Format(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(name)
			if err != nil || !bytes.Equal(want, txtar.Format(got)) {
				t.Errorf("%v: got\n%s", err, txtar.Format(got))
			}
		})
	}
}

// asked reads what a comment asks for.
func asked(t *testing.T, comment string) fix.Options {
	t.Helper()
	var o fix.Options
	var config gateway.Config
	for line := range strings.Lines(comment) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		words := strings.Split(value, " ")
		switch key {
		case "unsafe":
			o.Unsafe = true
		case "api":
			config.API, config.Name = words[0], words[1]
		case "allow-origins":
			config.AllowOrigins = words
		case "allow-methods":
			config.AllowMethods = words
		case "allow-headers":
			config.AllowHeaders = words
		case "allow-credentials":
			config.AllowCredentials = true
		case "max-age":
			config.MaxAge = value
		case "apiId":
			config.APIID = value
		case "resource":
			config.Resources = append(config.Resources, gateway.ResourceConfig{Path: words[0], Methods: words[1:]})
		}
	}
	if config.API == "" {
		return o
	}
	api, _, err := gateway.Parse(config)
	if err != nil {
		t.Fatal(err)
	}
	o.Judge.Policy, o.Policy = &api, &fix.Policy{API: api}
	return o
}

func mended(t *testing.T, module fs.FS, o fix.Options) fix.Result {
	t.Helper()
	r, err := fix.Run(context.Background(), module, ".", o, fix.Rules)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// staysMended makes the edits and runs again: nothing is left to do, what was
// fixed is gone, and a file that terraform fmt left alone it leaves alone.
func staysMended(t *testing.T, module fstest.MapFS, r fix.Result, o fix.Options) {
	t.Helper()
	after := maps.Clone(module)
	for file, text := range r.Files {
		if old := r.Before[file]; strings.HasSuffix(file, ".tf") && bytes.Equal(hclwrite.Format(old), old) && !bytes.Equal(hclwrite.Format(text), text) {
			t.Errorf("terraform fmt would change %s:\n%s", file, text)
		}
		if crlf := bytes.Contains(r.Before[file], []byte("\r\n")); crlf && bytes.Count(text, []byte("\n")) != bytes.Count(text, []byte("\r\n")) {
			t.Errorf("%s: %d line ends, %d of them CR LF", file, bytes.Count(text, []byte("\n")), bytes.Count(text, []byte("\r\n")))
		}
		after[file] = &fstest.MapFile{Data: text}
	}
	again := mended(t, after, o)
	for file, text := range again.Files {
		t.Errorf("a second run changes %s:\n%s", file, text)
	}
	read, err := reader.Read(after, ".", reader.Options{})
	if err != nil || len(read.Faults) > 0 {
		t.Fatal(err, read.Faults)
	}
	left := lint.Lint(read, o.Judge).Findings
	count := 0
	for _, out := range r.Outcomes {
		if out.Status != fix.Fixed {
			count++
		}
	}
	if len(left) != count {
		t.Errorf("%d findings are left, %d were said to be: %v", len(left), count, left)
	}
}

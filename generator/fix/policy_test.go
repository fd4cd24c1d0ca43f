package fix_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
	"gopkg.in/yaml.v3"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/fix"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
)

// apiOf reads a cors.yaml: its keys are the fields of a Config.
func apiOf(t testing.TB, text []byte) gateway.API {
	t.Helper()
	var keys map[string]any
	if err := yaml.Unmarshal(text, &keys); err != nil {
		t.Fatal(err)
	}
	if seconds, ok := keys["maxAge"]; ok {
		keys["maxAge"] = fmt.Sprint(seconds)
	}
	fields, err := json.Marshal(keys)
	if err != nil {
		t.Fatal(err)
	}
	var c gateway.Config
	if err := json.Unmarshal(fields, &c); err != nil {
		t.Fatal(err)
	}
	api, _, err := gateway.Parse(c)
	if err != nil {
		t.Fatal(err)
	}
	return api
}

// placed puts a policy into a file.
func placed(t testing.TB, fsys fs.FS, name string, api gateway.API) fix.Result {
	t.Helper()
	r, err := fix.Run(context.Background(), fsys, name, fix.Options{
		Policy: &fix.Policy{API: api}, Judge: lint.Options{Policy: &api},
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestPolicy puts policies into small files: each archive of testdata/policy has
// a cors.yaml, the file, and the file as it is to be afterwards, or "told" with
// the refusal. Notes are told, too.
func TestPolicy(t *testing.T) {
	archives, err := filepath.Glob("testdata/policy/*.txtar")
	if err != nil || len(archives) < 12 {
		t.Fatalf("%d archives, %v", len(archives), err)
	}
	for _, archive := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(archive), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(archive)
			if err != nil {
				t.Fatal(err)
			}
			files, want := fstest.MapFS{}, map[string]string{}
			for _, f := range a.Files {
				if name, ok := strings.CutPrefix(f.Name, "want/"); ok {
					want[name] = string(f.Data)
				} else {
					files[f.Name] = &fstest.MapFile{Data: f.Data}
				}
			}
			api := apiOf(t, files["cors.yaml"].Data)
			r := placed(t, files, a.Files[1].Name, api)
			got := map[string]string{}
			for name, text := range r.Files {
				got[name] = string(text)
			}
			if told := told(r); told != "" {
				got["told"] = told
			}
			if *update {
				a.Files = slices.DeleteFunc(a.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, "want/") })
				for _, name := range append(slices.Sorted(mapKeys(files)), "told") {
					if text, ok := got[name]; ok {
						a.Files = append(a.Files, txtar.File{Name: "want/" + name, Data: []byte(text)})
					}
				}
				if err := os.WriteFile(archive, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			for name := range mapKeys(want) {
				if got[name] != want[name] {
					t.Errorf("%s is\n%s\nnot\n%s", name, got[name], want[name])
				}
			}
			if len(got) != len(want) {
				t.Errorf("%d files come out, not %d", len(got), len(want))
			}
			if r.Placed.Status == fix.PutIn {
				isInPlace(t, overlay(files, r.Files), a.Files[1].Name, api)
			}
		})
	}
}

func mapKeys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func told(r fix.Result) string {
	var b strings.Builder
	if f := r.Placed.Refusal; f != nil {
		fmt.Fprintf(&b, "%s: %s; %s\n", r.Placed.Status, f.Why, f.Instead)
	}
	for _, n := range r.Placed.Notes {
		fmt.Fprintf(&b, "%s:%d: %s; %s\n", n.Place.File, n.Place.Line, n.Text, n.Hint)
	}
	return b.String()
}

// overlay are files with some in place of others.
func overlay(files fs.FS, changed map[string][]byte) fstest.MapFS {
	out := fstest.MapFS{}
	fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			text, _ := fs.ReadFile(files, name)
			out[name] = &fstest.MapFile{Data: text}
		}
		return nil
	})
	for name, text := range changed {
		out[name] = &fstest.MapFile{Data: text}
	}
	return out
}

// isInPlace proves that files say a policy: a second run changes nothing, lint
// finds nothing that differs, and the model of API Gateway lets through the
// pages that the policy names, and not one that it does not.
func isInPlace(t *testing.T, files fs.FS, name string, api gateway.API) {
	t.Helper()
	again := placed(t, files, name, api)
	if again.Placed.Status != fix.InPlace || len(again.Files) > 0 {
		t.Errorf("again: %+v, %d files", again.Placed, len(again.Files))
	}
	reading, err := reader.Read(files, name, reader.Options{})
	if err != nil || len(reading.Faults) > 0 {
		t.Fatal(err, reading.Faults)
	}
	for _, f := range lint.Lint(reading, lint.Options{Policy: &api}).Findings {
		if f.Rule == "differs-from-policy" {
			t.Errorf("lint: %s: %s", f.Rule, f.Text)
		}
	}
	for i := range reading.APIs {
		f := &reading.APIs[i]
		if f.Name != again.Placed.API {
			continue
		}
		for _, path := range paths(f, api) {
			for _, origin := range append(pages(api), "https://not-in-any-policy.invalid") {
				v := f.Deploy().JudgePreflight(cors.Preflight{Origin: origin, Method: "GET", Headers: []string{"content-type"}}, "https://api.example"+path, gateway.IdealBackend)
				if want := slices.Contains(pages(api), origin) || api.Policy().AnyOrigin(); v.Unknown != nil || v.Allowed() != want {
					t.Errorf("preflight of %s for %s: allowed %t, unknown %v", origin, path, v.Allowed(), v.Unknown)
				}
			}
		}
	}
}

// paths are those of an API that a policy is for.
func paths(f *gateway.Facts, api gateway.API) (out []string) {
	for _, m := range f.Methods {
		path := m.Path.String()
		named := slices.ContainsFunc(api.Resources(), func(r gateway.Resource) bool { return r.Path == path && slices.Contains(r.Expanded(), "GET") })
		if named || len(api.Config().Resources) == 0 {
			out = append(out, strings.NewReplacer("{", "", "}", "", "+", "").Replace(path))
		}
	}
	return out
}

func pages(api gateway.API) (out []string) {
	for _, o := range api.Policy().AllowOrigins() {
		if o.Kind() == cors.Exact {
			out = append(out, o.String())
		}
	}
	return out
}

package golden_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/fix"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
	"apigw-cors/golden/tools"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/rogpeppe/go-internal/txtar"
)

// TestFixMendsTerraformMutations breaks a rendered module in one place, mends it,
// and expects the facts of the module as it was.
func TestFixMendsTerraformMutations(t *testing.T) {
	// Which origins are meant, nobody can tell from the file; nor where in a
	// template of one's own the header is to be set.
	byHand := []string{"allow-origins-missing", "origin-pattern-unsupported", "response-lacks-allow-origin"}
	for i, m := range slices.Concat(terraformMutations(), httpMutations()) {
		if !strings.HasSuffix(m.file, ".tf") {
			continue
		}
		t.Run(fmt.Sprintf("%d/%s", i, m.rule), func(t *testing.T) {
			t.Parallel()
			folder := strings.SplitN(m.file, "/", 2)[0]
			whole, broken := fstest.MapFS{}, fstest.MapFS{}
			for _, name := range siblings(t, m.file) {
				data, err := os.ReadFile(path.Join(folder, name))
				if err != nil {
					t.Fatal(err)
				}
				whole[name] = &fstest.MapFile{Data: data}
				broken[name] = whole[name]
				if path.Join(folder, name) == m.file {
					broken[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(data), m.old, m.new, 1))}
				}
			}
			r, err := fix.Run(context.Background(), broken, "terraform", fix.Options{Unsafe: true}, fix.Rules)
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range r.Outcomes {
				if o.Status != fix.Fixed && o.Finding.Rule == m.rule && !slices.Contains(byHand, m.rule) {
					t.Errorf("%s:%d %s: %s: %s", o.Finding.Place.File, o.Finding.Place.Line, o.Finding.Rule, o.Status, o.Why)
				}
			}
			want, err := reader.Read(whole, "terraform", reader.Options{})
			if err != nil || slices.Contains(byHand, m.rule) {
				return
			}
			for _, line := range gateway.Difference(want.APIs[0], r.Reading.APIs[0]) {
				t.Error(line)
			}
			for name, text := range r.Files {
				if !bytes.Equal(hclwrite.Format(text), text) {
					t.Errorf("terraform fmt would change %s:\n%s", name, text)
				}
			}
		})
	}
}

// mendedModule is a module with OPTIONS methods of its own, into which a policy
// was put.
func mendedModule(t *testing.T) string {
	t.Helper()
	archive, err := txtar.ParseFile("../generator/fix/testdata/terraform/policy_replaces.txtar")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, ".tf") && !strings.HasPrefix(f.Name, "want/") {
			tools.WriteFile(t, filepath.Join(dir, f.Name), string(f.Data))
		}
	}
	tools.WriteFile(t, filepath.Join(dir, "variables_override.tf"), fmt.Sprintf("variable \"invoke_arn\" {\n  default = %q\n}\n",
		"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"+tools.FunctionARN("orders")+"/invocations"))
	api, _, err := gateway.Parse(gateway.Config{API: "rest", Name: "Shop", Config: cors.Config{
		AllowOrigins: []string{"https://app.example.com", "https://b.example.com"}, AllowMethods: []string{"GET", "PUT"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := fix.Run(context.Background(), os.DirFS(dir), ".", fix.Options{Policy: &fix.Policy{API: api}}, fix.Rules)
	if err != nil || r.Placed.Status != fix.PutIn {
		t.Fatal(err, r.Placed)
	}
	for name, text := range r.Files {
		tools.WriteFile(t, filepath.Join(dir, name), string(text))
	}
	return dir
}

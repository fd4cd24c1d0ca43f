package golden_test

import (
	"bytes"
	"context"
	"fmt"
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
			whole, r := m.mendedModule(t)
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

// mendedModule is a module as it was rendered, and what becomes of it when it is
// broken and mended.
func (m mutation) mendedModule(t *testing.T) (whole fstest.MapFS, r fix.Result) {
	t.Helper()
	folder := strings.SplitN(m.file, "/", 2)[0]
	whole = fstest.MapFS{}
	broken := fstest.MapFS{}
	for _, name := range siblings(t, m.file) {
		data := tools.ReadFile(t, path.Join(folder, name))
		whole[name] = &fstest.MapFile{Data: data}
		broken[name] = whole[name]
		if path.Join(folder, name) == m.file {
			broken[name] = &fstest.MapFile{Data: m.broken(data)}
		}
	}
	r, err := fix.Run(context.Background(), broken, "terraform", fix.Options{Unsafe: true}, fix.Rules)
	if err != nil {
		t.Fatal(err)
	}
	return whole, r
}

// TestFixedModulesAreValid lets Terraform validate the modules that were broken
// and mended, and those of the tests of the edits, which it takes as they were.
func TestFixedModulesAreValid(t *testing.T) {
	t.Parallel()
	modules := map[string]string{}
	for i, m := range slices.Concat(terraformMutations(), httpMutations()) {
		if !strings.HasSuffix(m.file, ".tf") {
			continue
		}
		whole, r := m.mendedModule(t)
		dir := t.TempDir()
		for name, file := range whole {
			text := file.Data
			if after, changed := r.Files[name]; changed {
				text = after
			}
			tools.WriteFile(t, filepath.Join(dir, path.Base(name)), string(text))
		}
		modules[fmt.Sprintf("%s-%d", m.rule, i)] = dir
	}
	archives, err := filepath.Glob(moduleArchives + "*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, archive := range archives {
		name := strings.TrimSuffix(filepath.Base(archive), ".txtar")
		_, modules[name] = archivedModule(t, name)
	}
	if len(modules) < 35 {
		t.Errorf("only %d modules", len(modules))
	}
	tools.NewTerraformRoot(t, tools.ControlPlane{}, modules).Validate(t)
}

// moduleArchives are the modules of the tests of the edits.
const moduleArchives = "../generator/fix/testdata/terraform/"

// archivedModule gives folders with such a module, as it was and as it is mended.
func archivedModule(t *testing.T, name string) (before, after string) {
	t.Helper()
	archive, err := txtar.ParseFile(moduleArchives + name + ".txtar")
	if err != nil {
		t.Fatal(err)
	}
	before, after = t.TempDir(), t.TempDir()
	for _, f := range archive.Files {
		mended, isMended := strings.CutPrefix(f.Name, "want/")
		switch {
		case isMended:
			tools.WriteFile(t, filepath.Join(after, mended), string(f.Data))
		case f.Name != "outcomes":
			tools.WriteFile(t, filepath.Join(before, f.Name), string(f.Data))
			tools.WriteFile(t, filepath.Join(after, f.Name), string(f.Data))
		}
	}
	return before, after
}

// appliedPolicy applies the module that a policy was put into on top of what it
// was before: Terraform knows the OPTIONS method and its parts again, and changes
// them in place.
func appliedPolicy(t *testing.T, plane tools.ControlPlane, root tools.TerraformRoot) {
	t.Helper()
	id := plane.RESTAPI(t, "shop")
	_, after := archivedModule(t, replacedModule)
	root.Update(t, replacedModule, after, "")
	if plane.RESTAPI(t, "shop") != id {
		t.Error("the API is another one")
	}
	api, _, err := gateway.Parse(gateway.Config{API: "rest", Name: "Shop", Config: cors.Config{
		AllowOrigins: []string{"https://app.example.com", "https://b.example.com"}, AllowMethods: []string{"GET", "PUT"},
	}, Resources: []gateway.ResourceConfig{{Path: "/orders"}, {Path: "/orders/{id}"}}})
	if err != nil {
		t.Fatal(err)
	}
	samePolicy(t, want(api), seenREST(t, plane, id))
}

// replacedModule is a module with an OPTIONS method of its own, that a policy is
// put into.
const replacedModule = "policy_replaces"

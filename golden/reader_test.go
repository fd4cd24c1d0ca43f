package golden_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
	"apigw-cors/golden/tools"
)

// TestReadsWhatItRenders reads every rendered template back, SAM's without its
// translator: the facts are those of the policy, but for what SAM's own form
// decides. [TestTerraformReadBack] does it for Terraform.
func TestReadsWhatItRenders(t *testing.T) {
	for _, c := range cases(t) {
		t.Run("sam/"+c.name, func(t *testing.T) {
			sameInOwnForm(t, want(c.api(t)), told(readOne(t, c.read(t, "sam/template.yaml"))))
		})
		t.Run("cloudformation/"+c.name, func(t *testing.T) {
			r := readFS(t, os.DirFS(c.name), "cloudformation/template.yaml")
			if len(r.APIs) != 1 {
				t.Fatalf("%d APIs", len(r.APIs))
			}
			for _, line := range gateway.Difference(c.api(t).Facts(), r.APIs[0]) {
				t.Error(line)
			}
		})
	}
}

// TestReadsSAMAsItsTranslatorDoes reads SAM templates, the rendered and the
// reader's own, and what the SAM translator makes of them: the facts are the
// same.
func TestReadsSAMAsItsTranslatorDoes(t *testing.T) {
	t.Parallel()
	translator := tools.StartTranslator(t)
	files, err := filepath.Glob("../generator/reader/testdata/sam/*.yaml")
	if err != nil || len(files) < 25 {
		t.Fatalf("%d templates: %v", len(files), err)
	}
	for _, c := range cases(t) {
		files = append(files, c.path("sam/template.yaml"))
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.ToSlash(file), ".yaml"), func(t *testing.T) {
			translated := fstest.MapFS{"translated.json": {Data: translator.Template(t, file)}}
			want := readFS(t, translated, "translated.json").APIs
			got := readFS(t, os.DirFS(filepath.Dir(file)), filepath.Base(file)).APIs
			if len(got) != len(want) {
				t.Fatalf("%d APIs, the translator makes %d", len(got), len(want))
			}
			for i := range want {
				if w, g := want[i].Name+" "+want[i].When, got[i].Name+" "+got[i].When; w != g && !strings.Contains(w, "Condition is ") {
					t.Errorf("API %d: %s, want %s", i, g, w)
				}
				for _, line := range gateway.Difference(want[i], got[i]) {
					t.Error(line)
				}
			}
		})
	}
}

func readFS(t *testing.T, fsys fs.FS, name string) reader.Reading {
	t.Helper()
	r, err := reader.Read(fsys, name, reader.Options{})
	if err != nil || len(r.Faults) > 0 {
		t.Fatal(err, r.Faults)
	}
	return r
}

package lint_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
)

// FuzzLint judges whatever can be read, without a panic and within bounds, and
// puts what it finds within the file, under a rule that there is.
func FuzzLint(f *testing.F) {
	files, err := filepath.Glob("testdata/rules/*/*")
	if err != nil || len(files) == 0 {
		f.Fatal(files, err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(filepath.Ext(file) == ".tf", string(source))
	}
	known := map[string]bool{}
	for _, rule := range lint.Rules() {
		known[rule.Name] = true
	}
	f.Fuzz(func(t *testing.T, isTerraform bool, source string) {
		name := "file.yaml"
		if isTerraform {
			name = "main.tf"
		}
		r, err := reader.Read(fstest.MapFS{name: {Data: []byte(source)}}, name, reader.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range lint.Lint(r, lint.Options{}).Findings {
			p := found.Place
			if !known[found.Rule] || p.File != name || p.Start < 0 || p.Start > p.End || p.End > len(source) {
				t.Errorf("%+v is not in %d bytes of %s", found, len(source), name)
			}
		}
	})
}

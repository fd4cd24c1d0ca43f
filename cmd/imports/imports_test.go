package imports_test

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"apigw-cors/cmd/files"
	"apigw-cors/cmd/imports"
	"apigw-cors/cmd/lint"
	"apigw-cors/cmd/policy"
)

// TestWritesWhatItTook reads back what is written of every example: of what is
// complete the same policy, with its ids.
func TestWritesWhatItTook(t *testing.T) {
	var paths []string
	for _, pattern := range []string{"*/sam/template.yaml", "*/cloudformation/template.yaml", "*/terraform"} {
		found, err := filepath.Glob("../../golden/" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, found...)
	}
	trees, err := files.OpenTrees()
	if err != nil {
		t.Fatal(err)
	}
	defer trees.Close()
	complete := 0
	for _, path := range paths {
		found, err := imports.Read(t.Context(), trees, imports.Options{Options: lint.Options{Paths: []string{path}}, IDs: true})
		if err != nil || len(found.APIs) != 1 || len(found.Faults) > 0 {
			t.Fatal(path, err, found)
		}
		if !found.APIs[0].IsComplete() {
			continue
		}
		complete++
		var text bytes.Buffer
		if err := found.WriteYAML(&text); err != nil {
			t.Fatal(err)
		}
		written := filepath.Join(t.TempDir(), "cors.yaml")
		if err := os.WriteFile(written, text.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
		for s, err := range policy.FileInput(written, "", strings.NewReader("")).Sources(t.Context()) {
			if err != nil || len(s.Faults) > 0 {
				t.Fatalf("%s: %v %v\n%s", path, err, s.Faults, &text)
			}
			if want := found.APIs[0].Config; !reflect.DeepEqual(s.Config, want) {
				t.Errorf("%s\nread %+v\ntook %+v\n%s", path, s.Config, want, &text)
			}
		}
	}
	if complete < 60 {
		t.Errorf("%d complete examples", complete)
	}
}

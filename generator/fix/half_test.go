package fix_test

import (
	"bytes"
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/fix"
	"github.com/rogpeppe/go-internal/txtar"
)

// TestHalfWritten mends modules of which every block has a file of its own, and
// lets the run die after each file: the next run comes to what it would have
// come to.
func TestHalfWritten(t *testing.T) {
	archives, err := filepath.Glob("testdata/terraform/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	halves := 0
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		module := fstest.MapFS{}
		for _, f := range archive.Files {
			if f.Name != "outcomes" && !strings.HasPrefix(f.Name, "want/") {
				maps.Copy(module, blocks(f))
			}
		}
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			o := asked(t, string(archive.Comment))
			whole := mended(t, module, o)
			if len(whole.Order) != len(whole.Files) {
				t.Fatalf("the order of %d files is %q", len(whole.Files), whole.Order)
			}
			half := maps.Clone(module)
			for n, last := range whole.Order {
				half[last] = &fstest.MapFile{Data: whole.Files[last]}
				finishes(t, fmt.Sprintf("after %q", whole.Order[:n+1]), half, whole, mended(t, half, o))
				halves++
			}
		})
	}
	if halves < 40 {
		t.Errorf("only %d runs died", halves)
	}
}

// finishes expects of the run after one that died that it comes to what that
// would have come to.
func finishes(t *testing.T, when string, half fstest.MapFS, whole, again fix.Result) {
	t.Helper()
	for name, want := range whole.Files {
		got, changed := again.Files[name]
		if !changed && half[name] != nil {
			got = half[name].Data
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s %s becomes\n%s\nnot\n%s", when, name, got, want)
		}
	}
	for name := range again.Files {
		if _, known := whole.Files[name]; !known {
			t.Errorf("%s %s changes, too", when, name)
		}
	}
}

// blocks gives each block at the top of a module's file a file of its own.
func blocks(f txtar.File) fstest.MapFS {
	out := fstest.MapFS{}
	name, isHCL := strings.CutSuffix(f.Name, ".tf")
	if !isHCL || strings.Contains(string(f.Data), "\r") {
		out[f.Name] = &fstest.MapFile{Data: f.Data}
		return out
	}
	for i, block := range strings.SplitAfter(string(f.Data), "\n}\n") {
		if block = strings.TrimLeft(block, "\n"); block != "" {
			out[fmt.Sprintf("%s%02d.tf", name, i)] = &fstest.MapFile{Data: []byte(block)}
		}
	}
	return out
}

package golden_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/fix"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
	"github.com/hashicorp/hcl/v2/hclwrite"
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

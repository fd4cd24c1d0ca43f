package golden_test

import (
	"os"
	"slices"
	"testing"

	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// TestTerraformReadBack reads the rendered modules as if somebody else had
// written them: what they tell API Gateway is what the policy says, all of it
// known, every value at a place in their files.
func TestTerraformReadBack(t *testing.T) {
	t.Parallel()
	for _, c := range cases(t) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r, err := reader.Read(os.DirFS(c.name), "terraform", reader.Options{})
			if err != nil || len(r.Faults) > 0 || r.Kind != reader.Terraform || len(r.APIs) != 1 {
				t.Fatalf("%v, faults %v, kind %q, %d APIs", err, r.Faults, r.Kind, len(r.APIs))
			}
			got, want := r.APIs[0], c.api(t).Facts()
			if slices.Contains(c.flags, "--terraform-preflight=greedy") {
				want = c.api(t).GreedyFacts()
			}
			for _, line := range gateway.Difference(want, got) {
				t.Error(line)
			}
			if len(got.Open) > 0 {
				t.Errorf("open: %v", got.Open)
			}
			for _, d := range got.Deployments {
				if len(d.Misses) > 0 || !d.Renews.Value {
					t.Errorf("%s misses %q, renews %t", d.Name, d.Misses, d.Renews.Value)
				}
			}
			for _, m := range got.Methods {
				for _, i := range m.Integration.Responses {
					if !i.AfterMethodResponse.Value || !i.AfterIntegration.Value {
						t.Errorf("%s: a race: %+v %+v", m.Key(), i.AfterMethodResponse, i.AfterIntegration)
					}
				}
			}
		})
	}
}

package golden_test

import (
	"slices"
	"strings"
	"testing"

	"apigw-cors/golden/tools"
)

// applyTerraform applies every case to a control plane, reads the API back, and
// expects a second plan to find nothing to do: a deployment that is replaced
// for ever shows there.
func applyTerraform(t *testing.T, m *made) {
	terraform := tools.Terraform(t)
	all := cases(t)
	for _, c := range all {
		if stdout, stderr, code := terraform.Try(t, "fmt", "-check", "-diff", c.path("terraform")); code != 0 {
			t.Errorf("%s: terraform fmt:\n%s%s", c.name, stdout, stderr)
		}
	}
	plane := tools.StartControlPlane(t)
	root := tools.NewTerraformRoot(t, plane, folders(all, "terraform"))
	root.Apply(t)
	for _, c := range all {
		t.Run(c.name, func(t *testing.T) {
			m.keep(t, c, readBack(t, plane, c.api(t)))
		})
	}
	for _, change := range root.Changes(t) {
		t.Errorf("a second plan: %s", change)
	}
	ordered(t, root.Graph(t))
}

// ordered checks the graph where an apply only works by luck without an edge:
// an integration response needs its integration and its method response, and
// a deployment is a snapshot of all that stands before it.
func ordered(t *testing.T, dot string) {
	t.Helper()
	graph := parseGraph(dot)
	for node := range graph {
		module, kind, _ := resourceOf(node)
		var needed []string
		switch kind {
		case "aws_api_gateway_integration_response":
			needed = []string{"aws_api_gateway_integration", "aws_api_gateway_method_response"}
		case "aws_api_gateway_deployment":
			needed = []string{
				"aws_api_gateway_method", "aws_api_gateway_integration",
				"aws_api_gateway_method_response", "aws_api_gateway_integration_response", "aws_api_gateway_gateway_response",
			}
		case "aws_api_gateway_stage":
			needed = []string{"aws_api_gateway_deployment"}
		}
		before := graph.reachable(node)
		for other := range graph {
			m, k, name := resourceOf(other)
			// An integration response belongs to one integration, the one of its
			// own name; a deployment to everything.
			own := kind != "aws_api_gateway_integration_response" || strings.HasSuffix(node, "."+name)
			if m == module && slices.Contains(needed, k) && own && !before[other] {
				t.Errorf("%s does not wait for %s", node, other)
			}
		}
	}
}

// dependencies gives what a resource waits for.
type dependencies map[string][]string

// parseGraph reads the DOT of "terraform graph": resources and the edges
// between them.
func parseGraph(dot string) dependencies {
	out := dependencies{}
	for line := range strings.Lines(dot) {
		parts := strings.Split(strings.TrimSpace(line), `"`)
		switch {
		case len(parts) == 5 && strings.TrimSpace(parts[2]) == "->":
			out[parts[1]] = append(out[parts[1]], parts[3])
		case len(parts) >= 3 && strings.Contains(parts[1], ".") && out[parts[1]] == nil:
			out[parts[1]] = []string{}
		}
	}
	return out
}

func (d dependencies) reachable(from string) map[string]bool {
	seen := map[string]bool{}
	var visit func(string)
	visit = func(node string) {
		for _, next := range d[node] {
			if !seen[next] {
				seen[next] = true
				visit(next)
			}
		}
	}
	visit(from)
	return seen
}

// resourceOf takes module.name.type.name apart.
func resourceOf(address string) (module, kind, name string) {
	parts := strings.Split(address, ".")
	if len(parts) != 4 {
		return "", "", ""
	}
	return parts[1], parts[2], parts[3]
}

package golden_test

import (
	"path/filepath"
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
	modules := folders(all, "terraform")
	modules["withdrawn"] = withdrawn(t, "--resource", "/a", "--resource", "/b")
	projects := paste(t, "terraform")
	for _, p := range projects {
		modules[p.name] = p.dir
	}
	modules[replacedModule], _ = archivedModule(t, replacedModule)
	environments := oneFileModules(t, modules)
	root := tools.NewTerraformRoot(t, plane, modules)
	root.Apply(t)
	for name, api := range environments {
		t.Run(name, func(t *testing.T) { m.keepEnvironment(t, name, api, readBack(t, plane, api)) })
	}
	for _, c := range all {
		t.Run(c.name, func(t *testing.T) {
			m.keep(t, c, readBack(t, plane, c.api(t)))
		})
	}
	for _, p := range projects {
		t.Run(p.name, func(t *testing.T) { p.applied(t, plane) })
	}
	t.Run("mended", func(t *testing.T) { appliedPolicy(t, plane, root) })
	for _, change := range root.Changes(t) {
		t.Errorf("a second plan: %s", change)
	}
	refusal := root.Refused(t, "one-file-HttpSeveralInDev", `"dev"`, `"qa"`)
	if !strings.Contains(refusal, "Name one of the environments of the policy.") {
		t.Errorf("an environment that is not of the policy: %s", refusal)
	}
	ordered(t, root.Graph(t))
	staysServed(t, plane, root)
}

// withdrawn renders the example of which [staysServed] takes something out.
func withdrawn(t *testing.T, flags ...string) string {
	t.Helper()
	return folderOf(t, "terraform", append([]string{"--api", "rest", "--name", "Withdrawn", "--allow-methods", "GET", "--standalone"}, flags...)...)
}

// staysServed takes a path and a gateway response out of an applied policy. The
// stage goes on serving both, as Terraform destroys them behind the deployment,
// until the command in the file's head takes another snapshot.
func staysServed(t *testing.T, plane tools.ControlPlane, root tools.TerraformRoot) {
	t.Helper()
	narrower := withdrawn(t, "--resource", "/a", "--gateway-responses", "DEFAULT_4XX")
	_, address, ok := strings.Cut(string(tools.ReadFile(t, filepath.Join(narrower, "main.tf"))), "terraform apply -replace=")
	if !ok {
		t.Fatal("main.tf does not say how to take another snapshot")
	}
	address, _, _ = strings.Cut(address, "\n")

	root.Update(t, "withdrawn", narrower, "")
	id := plane.RESTAPI(t, "Withdrawn")
	there := seenREST(t, plane, id)
	if len(there.GatewayResponses) != 1 || there.Methods["OPTIONS /b"] != nil {
		t.Errorf("Terraform has not withdrawn anything: %v, %v", there.Methods, there.GatewayResponses)
	}
	if got := served(t, plane, id, "prod"); !slices.Contains(got, "OPTIONS /b") || !slices.Contains(got, "DEFAULT_5XX") {
		t.Errorf("the stage serves %q: what the head of the files says is not needed any more", got)
	}
	root.Update(t, "withdrawn", "", address)
	serves(t, plane, id, "prod", "DEFAULT_4XX", "GET /a", "OPTIONS /a")
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

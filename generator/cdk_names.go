package generator

import (
	"strings"

	"apigw-cors/generator/gateway"
)

// checkCDKNames refuses paths whose constructs would have one name. CDK calls the
// construct of a resource by its path part and that of a method by its HTTP
// method, both below the parent. The root is called Default, a name that
// logical ids leave out, so what stands below the API itself counts as well.
// The name of a route has two hyphens for every slash.
func checkCDKNames(api gateway.API) error {
	constructs := cdkHTTPConstructs(api)
	if api.IsREST() {
		constructs = cdkRESTConstructs(api)
	}
	seen := map[string]bool{}
	for _, c := range constructs {
		if seen[c.id] {
			return &UnsupportedError{
				Target: "cdk", Feature: "path " + c.path,
				Why:     "CDK names constructs by path, and this name is taken",
				Instead: "use another path, or format cloudformation",
			}
		}
		seen[c.id] = true
	}
	return nil
}

// cdkConstruct is where a construct stands, and the path it is made for.
type cdkConstruct struct{ id, path string }

func cdkHTTPConstructs(api gateway.API) []cdkConstruct {
	var out []cdkConstruct
	for _, r := range api.Routes() {
		out = append(out, cdkConstruct{strings.ReplaceAll(r.Method+r.Path, "/", "--"), r.Path})
	}
	return out
}

func cdkRESTConstructs(api gateway.API) []cdkConstruct {
	var out []cdkConstruct
	add := func(n gateway.Node, parent, id string) {
		out = append(out, cdkConstruct{strings.TrimSuffix(parent, "/") + "/" + id, n.Path})
	}
	for _, n := range api.Tree() {
		if n.Parent == "" {
			add(n, "/", "DeploymentStage.prod")
			for _, r := range api.GatewayResponses() {
				add(n, "/", r.Type)
			}
		} else {
			add(n, n.Parent, n.Part)
			add(n, n.Path, "Resource")
		}
		add(n, n.Path, "Default")
		if n.Resource != nil {
			add(n, n.Path, "OPTIONS")
			for _, method := range n.Resource.Strings() {
				add(n, n.Path, method)
			}
		}
	}
	return out
}

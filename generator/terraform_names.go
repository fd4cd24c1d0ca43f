package generator

import (
	"strconv"
	"strings"

	"apigw-cors/generator/gateway"
)

// terraformNames gives the API's resources names that start with its own, so
// that the files of several APIs can share a module.
type terraformNames struct {
	id string
	// resources holds the name of every path's aws_api_gateway_resource; the
	// root has none.
	resources map[string]string
	// api is what the API is called in another file, ids the same for its
	// paths; zero where both are made here.
	api gateway.Reference
	ids map[string]gateway.Reference
}

func newTerraformNames(api gateway.API) terraformNames {
	n := terraformNames{id: snake(api.Name()), resources: map[string]string{}, api: api.APIID(), ids: map[string]gateway.Reference{}}
	for _, r := range api.Resources() {
		n.ids[r.Path] = r.ID
	}
	if !api.IsREST() {
		return n
	}
	// The greedy {cors+} resource is called <id>_cors.
	taken := map[string]bool{n.id + "_cors": true}
	for _, node := range api.Tree()[1:] {
		base := n.id + "_" + snake(node.Name)
		name := base
		for i := 2; taken[name]; i++ {
			name = base + "_" + strconv.Itoa(i)
		}
		taken[name] = true
		n.resources[node.Path] = name
	}
	return n
}

func (n terraformNames) existing() bool { return n.api.String() != "" }

// greedyID is the id of the greedy resource for OPTIONS, which is always new.
func (n terraformNames) greedyID() string { return "aws_api_gateway_resource." + n.id + "_cors.id" }

// apiID is the id of the REST API, or of the HTTP API in another file.
func (n terraformNames) apiID() string {
	if n.existing() {
		return attribute(n.api, "id")
	}
	return "aws_api_gateway_rest_api." + n.id + ".id"
}

// resourceID is the id of the path's resource, "" where nobody said what it is.
func (n terraformNames) resourceID(path string) string {
	switch id := n.ids[path]; {
	case !n.existing() && path == "/":
		return "aws_api_gateway_rest_api." + n.id + ".root_resource_id"
	case !n.existing():
		return "aws_api_gateway_resource." + n.resources[path] + ".id"
	case id.String() != "":
		return attribute(id, "id")
	case path == "/" && isResourceAddress(n.api):
		return attribute(n.api, "root_resource_id")
	}
	return ""
}

// snake makes a Terraform name of a logical one: OrdersApi becomes orders_api,
// HTTPApi http_api.
func snake(name string) string {
	upper := func(i int) bool { return i < len(name) && 'A' <= name[i] && name[i] <= 'Z' }
	lower := func(i int) bool { return i < len(name) && 'a' <= name[i] && name[i] <= 'z' }
	var b strings.Builder
	for i := range len(name) {
		if i > 0 && upper(i) && (!upper(i-1) || lower(i+1)) {
			b.WriteByte('_')
		}
		b.WriteByte(name[i])
	}
	return strings.ToLower(b.String())
}

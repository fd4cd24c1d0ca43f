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
}

func newTerraformNames(api gateway.API) terraformNames {
	n := terraformNames{id: snake(api.Name()), resources: map[string]string{}}
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

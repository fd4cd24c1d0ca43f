package generator

import (
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

const (
	codeTerraformGreedy = "terraform-greedy"
	greedyField         = "terraform-preflight"
	greedySpec          = "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html#api-gateway-proxy-resource"
	greedyPath          = "/{cors+}"
)

// preflightGreedy makes one OPTIONS method for the whole API.
const preflightGreedy = "greedy"

// terraformPreflight is the form in which Terraform creates a REST API's
// OPTIONS methods: one per resource, or one below the root as {cors+} (and one
// on the root itself) for the whole API.
func terraformPreflight() Option {
	return Option{
		Name: greedyField, Title: "Terraform preflight",
		Note:  "The form of the OPTIONS methods in Terraform.",
		Usage: "one OPTIONS method per resource, or a greedy one for all (REST API)",
		Help:  "One {cors+} below the root answers every path with one set of methods. It cannot stand beside another path variable there.",
		Values: []OptionValue{
			{"resource", "one OPTIONS method for each path"},
			{preflightGreedy, "one {cors+} for the whole API"},
		},
		REST: true,
	}
}

// optionsRows are the OPTIONS methods of a REST API: one per resource
// it serves, or in the greedy form as few as it takes.
func optionsRows(j job, names terraformNames) ([]terraformRow, []cors.Advice, error) {
	if j.options.Chosen(terraformPreflight()) == preflightGreedy {
		return greedyPreflights(j.api, names)
	}
	var rows []terraformRow
	for _, r := range j.api.Resources() {
		row := terraformRow{Key: r.Path, Reference: names.resourceID(r.Path)}
		if m, ok := j.api.Mock(r); ok {
			row.AllowMethods = allowMethods(m)
		}
		rows = append(rows, row)
	}
	return rows, adviseDefaultPaths(j), nil
}

// greedyPreflights are one OPTIONS method below the root that answers for every
// resource without its own, and those it does not reach: the root, and each
// resource with ANY, which takes OPTIONS requests itself.
func greedyPreflights(api gateway.API, names terraformNames) ([]terraformRow, []cors.Advice, error) {
	union, ok := api.GreedyMock()
	if !ok {
		return nil, nil, &UnsupportedError{
			Target: "terraform", Feature: "one greedy OPTIONS method in front of a Lambda function",
			Why:     "the function would be told the resource " + greedyPath + ", and not know which methods to allow",
			Instead: "--terraform-preflight resource",
		}
	}
	greedy, shared, err := greedyResource(api, names)
	if err != nil {
		return nil, nil, err
	}
	greedy.AllowMethods = allowMethods(union)
	root := terraformRow{Key: "/", Reference: names.resourceID("/"), AllowMethods: allowMethods(union)}
	rows := []terraformRow{root, greedy}
	var own []string
	for _, r := range api.Resources() {
		m, _ := api.Mock(r)
		switch {
		case r.Path == "/":
			rows[0].AllowMethods = allowMethods(m)
		case r.Any && r.Path != greedy.Key:
			rows = append(rows, terraformRow{Key: r.Path, Reference: names.resourceID(r.Path), AllowMethods: allowMethods(m)})
			own = append(own, r.Path)
		}
	}
	return rows, adviseGreedy(api, greedy, shared, own), nil
}

// greedyResource is the child of the root that takes the OPTIONS method: a new
// {cors+}, or the greedy one that is there (shared), as a parent has one
// variable child at most.
func greedyResource(api gateway.API, names terraformNames) (row terraformRow, shared bool, err error) {
	for _, node := range api.Tree()[1:] {
		switch {
		case node.Parent != "/" || !strings.HasPrefix(node.Part, "{"):
		case strings.HasSuffix(node.Part, "+}"):
			return terraformRow{Key: node.Path, Reference: names.resourceID(node.Path)}, true, nil
		default:
			return row, false, &UnsupportedError{
				Target: "terraform", Feature: "one greedy OPTIONS method beside " + node.Path,
				Why:     "a resource has one variable child at most, and the root has " + node.Part,
				Instead: "--terraform-preflight resource",
			}
		}
	}
	return terraformRow{Key: greedyPath, Reference: names.greedyID()}, false, nil
}

// adviseGreedy tells what the greedy form gives up.
func adviseGreedy(api gateway.API, greedy terraformRow, shared bool, own []string) []cors.Advice {
	a := cors.Advice{
		Code: codeTerraformGreedy, Severity: cors.Note, Field: greedyField, Index: -1, Value: preflightGreedy,
		Detail: "a preflight for a path that does not exist is answered, too",
		Hint:   "--terraform-preflight resource gives every resource its own OPTIONS method", Spec: greedySpec,
		Chosen: true,
	}
	if !api.SameMethods() {
		a.Severity = cors.Warning
		a.Detail = "one Access-Control-Allow-Methods, " + strings.Trim(greedy.AllowMethods, "'") + ", for resources with different methods; " + a.Detail
	}
	if shared {
		a.Detail += "; " + greedy.Key + " carries the OPTIONS method, as the root can have no second variable child"
	}
	if len(own) > 0 {
		a.Detail += "; ANY takes OPTIONS requests itself, so these have an OPTIONS method of their own: " + strings.Join(own, ", ")
	}
	return []cors.Advice{a}
}

// adviseGreedyUnused is for an HTTP API, which needs no OPTIONS method.
func adviseGreedyUnused(j job) []cors.Advice {
	if j.options.Chosen(terraformPreflight()) != preflightGreedy {
		return nil
	}
	return []cors.Advice{{
		Code: codeTerraformGreedy, Severity: cors.Note, Field: greedyField, Index: -1, Value: preflightGreedy,
		Detail: "an HTTP API has routes, not resources; this changes nothing", Hint: "leave it out", Spec: greedySpec,
	}}
}

package generator

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"apigw-cors/generator/gateway"
)

// dialect is how a tool calls what stands in its files already.
type dialect struct {
	target string
	// reads reports whether it can read a reference.
	reads func(gateway.Reference) bool
	// api, resource and integration are examples, for hints.
	api, resource, integration string
	// noun is what it calls a reference.
	noun string
}

func logicalIDs(target string) dialect {
	return dialect{target, gateway.Reference.IsLogicalID, "OrdersApi", "OrdersResource", "OrdersIntegration", "a logical id"}
}

func terraformAddresses() dialect {
	return dialect{
		"terraform", func(r gateway.Reference) bool { return !r.IsLogicalID() },
		"aws_api_gateway_rest_api.orders", "aws_api_gateway_resource.orders", "aws_apigatewayv2_integration.orders", "an address",
	}
}

// check refuses references that the tool cannot read, and what there is no
// reference for: a whole example has an API of its own, and of a function, or
// of what stands inside of an actual method, nothing is known.
func (d dialect) check(api gateway.API, standalone bool) error {
	refuse := func(feature, why, instead string) error {
		return &UnsupportedError{Target: d.target, Feature: feature, Why: why, Instead: instead}
	}
	id := api.APIID()
	switch {
	case id.String() == "":
		return nil
	case !d.reads(id):
		return refuse("apiId "+id.String(), "not "+d.noun, "give "+d.noun+", such as "+d.api)
	case standalone:
		return refuse("apiId in a whole example", "an example makes an API of its own", "leave --standalone out, or apiId and the ids")
	case api.Integration() == gateway.NonProxy:
		return refuse("apiId with integration non-proxy", "the responses stand in your own methods, which have no id here", "leave apiId and the ids out")
	case api.IsREST() && api.Preflight() == gateway.ByLambda:
		return refuse("apiId with preflight lambda", "the function that answers has no id here", "leave apiId and the ids out")
	}
	for i, r := range api.Resources() {
		if r.ID.String() != "" && !d.reads(r.ID) {
			return refuse(fmt.Sprintf("resources[%d].id %s", i, r.ID), "not "+d.noun, "give "+d.noun+", such as "+d.example(api))
		}
	}
	return nil
}

func (d dialect) example(api gateway.API) string {
	if api.IsREST() {
		return d.resource
	}
	return d.integration
}

// missing refuses a path without a reference.
func (d dialect) missing(api gateway.API, path string) error {
	what := "resource"
	if !api.IsREST() {
		what = "integration"
	}
	field := "resources"
	for i, r := range api.Config().Resources {
		if r.Path == path {
			field = fmt.Sprintf("resources[%d].id", i)
		}
	}
	instead := "give " + field + ", such as " + d.example(api)
	if field == "resources" {
		instead = "name your paths, each with its id: --resource " + ShellWord("/orders=="+d.example(api))
	}
	return &UnsupportedError{
		Target: d.target, Feature: "apiId without an id for " + path,
		Why: "the API stands in files of yours, and so does this path's " + what, Instead: instead,
	}
}

// attribute is the Terraform expression of an attribute of what r refers to. An
// expression that is not the address of a resource is the value itself.
func attribute(r gateway.Reference, name string) string {
	if !isResourceAddress(r) {
		return r.String()
	}
	return r.String() + "." + name
}

var addressIndex = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\[[^\]]*\]`) })

// isResourceAddress: type.name, or data.type.name, each with or without an
// index.
func isResourceAddress(r gateway.Reference) bool {
	parts := strings.Split(addressIndex().ReplaceAllString(r.String(), ""), ".")
	switch parts[0] {
	case "var", "local", "module", "each", "path", "terraform":
		return false
	case "data":
		return len(parts) == 3
	}
	return len(parts) == 2
}

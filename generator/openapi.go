package generator

import (
	"strings"

	"apigw-cors/generator/gateway"
)

// definition is a Swagger 2.0 document: the OPTIONS operations, and the actual
// ones where no event of a function can stand for them.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
type definition struct {
	Title string
	// Merge lets SAM add the operations that come from events.
	Merge bool
	Paths []pathItem
}

type pathItem struct {
	Path       string
	Mock       gateway.Mock
	Operations []operation
}

// operation is an actual method with a non-proxy integration.
type operation struct {
	// Method is the key of the operation.
	Method string
	// Backend is invoked by URI where it is a function. HTTPMethod is the
	// method an HTTP backend gets.
	Backend         backendWords
	URI, HTTPMethod string
	Responses       []gateway.IntegrationResponse
}

// Definition renders the OPTIONS operations of a REST API as SAM has them in a
// resource's properties: a Swagger 2.0 document under the key DefinitionBody.
func Definition(api gateway.API) ([]byte, error) {
	d := newDefinition(api)
	d.Merge = false
	for i := range d.Paths {
		d.Paths[i].Operations = nil
	}
	j := job{format: "sam", api: api, templates: &templateSet{}}
	return j.execute("sam/properties.yaml", samProperties{REST: true, Definition: d})
}

func newDefinition(api gateway.API) *definition {
	d := &definition{Title: api.Name(), Merge: mergesEvents(api)}
	for _, r := range api.Resources() {
		item := pathItem{Path: r.Path}
		item.Mock, _ = api.Mock(r)
		if !d.Merge {
			item.Operations = operations(api, r)
		}
		d.Paths = append(d.Paths, item)
	}
	return d
}

// mergesEvents reports whether the API's definition is put together out of
// DefinitionBody and events.
func mergesEvents(api gateway.API) bool {
	return samCorsLimit(api) != nil && api.Integration() == gateway.Proxy
}

func operations(api gateway.API, r gateway.Resource) []operation {
	var out []operation
	for _, m := range r.Strings() {
		key := strings.ToLower(m)
		if r.Any {
			key = "x-amazon-apigateway-any-method"
		}
		out = append(out, operation{
			Method: key, Backend: newBackendWords(api), URI: stack{api}.functionURI(), HTTPMethod: m,
			Responses: api.IntegrationResponses(),
		})
	}
	return out
}

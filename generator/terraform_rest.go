package generator

import (
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// terraformRow is a row of the table of OPTIONS methods, or of actual ones.
type terraformRow struct {
	// Key is the row's key in for_each: static, as ids are known only after
	// apply.
	Key string
	// Reference is the id of its resource.
	Reference string
	// AllowMethods is a mapping expression, "" where a function answers.
	AllowMethods string
	Method       string
}

// terraformResource is an aws_api_gateway_resource.
type terraformResource struct {
	Path, Name, Part string
	// Parent is the id of the parent.
	Parent string
}

// terraformActual is a response of the actual methods behind a non-proxy
// integration.
type terraformActual struct {
	ID, Name string
	gateway.IntegrationResponse
}

// terraformAddress is the address of a resource.
type terraformAddress struct{ Type, Name string }

func (v *terraformView) rest(api gateway.API) {
	for _, node := range api.Tree() {
		if node.Path != "/" {
			v.Resources = append(v.Resources, terraformResource{
				Path: node.Path, Name: v.names.resources[node.Path], Part: node.Part,
				Parent: v.names.resourceID(node.Parent),
			})
		}
	}
	for _, r := range api.Resources() {
		for _, m := range r.Strings() {
			v.Methods = append(v.Methods, terraformRow{
				Key: m + " " + r.Path, Reference: v.names.resourceID(r.Path), Method: m,
			})
		}
		if m, ok := api.Mock(r); ok {
			v.Mock, v.MockHeaders = &m, terraformHeaders(m)
		}
	}
	v.Passthrough, v.ContentHandling = gateway.PassthroughBehavior, gateway.ContentHandling
	for _, r := range api.IntegrationResponses() {
		v.Actual = append(v.Actual, terraformActual{ID: v.ID, Name: v.ID + "_cors_" + r.StatusCode, IntegrationResponse: r})
	}
	if responses := api.GatewayResponses(); len(responses) > 0 {
		v.GatewayHeaders = responses[0].Headers
		for _, r := range responses {
			v.GatewayResponses = append(v.GatewayResponses, r.Type)
		}
	}
	v.BinaryMediaTypes = api.BinaryMediaTypes()
	v.dependsOn()
}

// dependsOn lists what a deployment must come after: a method without an
// integration fails it.
func (v *terraformView) dependsOn() {
	add := func(kind, name string) {
		v.DependsOn = append(v.DependsOn, terraformAddress{Type: "aws_api_gateway_" + kind, Name: name})
	}
	add("integration", v.ID)
	if v.Mock != nil {
		add("integration_response", v.ID+"_cors")
	} else {
		add("integration", v.ID+"_cors")
	}
	for _, a := range v.Actual {
		add("integration_response", a.Name)
	}
	if v.GatewayResponses != nil {
		add("gateway_response", v.ID+"_cors")
	}
}

// terraformHeader is a header of the mocks: PerRow is that which the table of
// OPTIONS methods has a value of its own for in each row.
type terraformHeader struct {
	gateway.Mapping
	PerRow bool
}

func terraformHeaders(m gateway.Mock) []terraformHeader {
	var out []terraformHeader
	for _, h := range m.Headers {
		out = append(out, terraformHeader{h, h.Header == cors.HeaderAllowMethods})
	}
	return out
}

// allowMethods is the mock's Access-Control-Allow-Methods.
func allowMethods(m gateway.Mock) string {
	for _, h := range m.Headers {
		if h.Header == cors.HeaderAllowMethods {
			return h.String()
		}
	}
	return ""
}

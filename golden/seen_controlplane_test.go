package golden_test

import (
	"encoding/json"
	"strings"
	"testing"

	"apigw-cors/generator/gateway"
	"apigw-cors/golden/emulator"
	"apigw-cors/golden/tools"
)

// wireMethod is a method of a REST API as the service answers GetResources.
type wireMethod struct {
	AuthorizationType string
	APIKeyRequired    bool `json:"apiKeyRequired"`
	MethodResponses   map[string]struct {
		ResponseParameters map[string]text
	}
	MethodIntegration struct {
		Type, URI, PassthroughBehavior, ContentHandling text
		RequestTemplates                                map[string]text
		IntegrationResponses                            map[string]struct {
			SelectionPattern, ContentHandling     text
			ResponseParameters, ResponseTemplates map[string]text
		}
	}
}

// seenREST reads a REST API back from a control plane.
func seenREST(t testing.TB, c tools.ControlPlane, id string) *emulator.API {
	t.Helper()
	out := emulator.New()
	var api struct{ BinaryMediaTypes []string }
	c.Get(t, "apigateway", "/restapis/"+id, &api)
	out.BinaryMediaTypes = mediaTypes(api.BinaryMediaTypes)

	var resources struct {
		Item []struct {
			Path            string
			ResourceMethods map[string]wireMethod
		}
	}
	c.Get(t, "apigateway", "/restapis/"+id+"/resources?embed=methods&limit=500", &resources)
	for _, r := range resources.Item {
		for verb, m := range r.ResourceMethods {
			m.addTo(out.Method(verb, r.Path))
		}
	}

	var responses struct {
		Item []struct {
			ResponseType       string
			DefaultResponse    bool
			ResponseParameters map[string]text
		}
	}
	c.Get(t, "apigateway", "/restapis/"+id+"/gatewayresponses?limit=500", &responses)
	for _, r := range responses.Item {
		if !r.DefaultResponse {
			out.GatewayResponses[r.ResponseType] = unprefixedKeys(r.ResponseParameters, gatewayHeader)
		}
	}
	return out
}

func (m wireMethod) addTo(out *emulator.Method) {
	out.Auth, out.APIKey = m.AuthorizationType, m.APIKeyRequired
	i := m.MethodIntegration
	out.SetIntegration(string(i.Type), string(i.PassthroughBehavior), string(i.ContentHandling), applicationJSON(i.RequestTemplates))
	out.SetURI(string(i.URI))
	for status, r := range m.MethodResponses {
		declare(out.Response(status), r.ResponseParameters)
	}
	for status, r := range i.IntegrationResponses {
		response := out.Response(status)
		response.Pattern, response.ContentHandling = string(r.SelectionPattern), string(r.ContentHandling)
		response.Headers = unprefixedKeys(r.ResponseParameters, methodHeader)
		response.Template = applicationJSON(r.ResponseTemplates)
	}
}

// seenHTTP reads an HTTP API back from a control plane.
func seenHTTP(t testing.TB, c tools.ControlPlane, id string) *emulator.API {
	t.Helper()
	out := emulator.New()
	var api struct{ CorsConfiguration *emulator.CORS }
	c.Get(t, "apigateway", "/v2/apis/"+id, &api)
	out.CORS = api.CorsConfiguration

	var routes struct {
		Items []struct{ RouteKey, AuthorizationType string }
	}
	c.Get(t, "apigateway", "/v2/apis/"+id+"/routes", &routes)
	for _, r := range routes.Items {
		out.Routes[r.RouteKey] = orNone(r.AuthorizationType)
	}
	var integrations struct {
		Items []struct{ PayloadFormatVersion string }
	}
	c.Get(t, "apigateway", "/v2/apis/"+id+"/integrations", &integrations)
	for _, i := range integrations.Items {
		out.SetPayloadFormat(i.PayloadFormatVersion)
	}
	return out
}

// readBack reads the one API of a model's name back.
func readBack(t testing.TB, c tools.ControlPlane, api gateway.API) product {
	t.Helper()
	var p product
	path := ""
	if api.IsREST() {
		id := c.RESTAPI(t, api.Name())
		p.api, path = seenREST(t, c, id), "/restapis/"+id
	} else {
		id := c.HTTPAPI(t, api.Name())
		p.api, path = seenHTTP(t, c, id), "/v2/apis/"+id
	}
	// "method.request.header.X" of a REST API, a list with
	// "$request.header.X" of an HTTP API.
	var list struct {
		Item, Items []struct{ IdentitySource json.RawMessage }
	}
	c.Get(t, "apigateway", path+"/authorizers", &list)
	for _, authorizer := range append(list.Item, list.Items...) {
		_, header, _ := strings.Cut(strings.Trim(string(authorizer.IdentitySource), `[]"`), "request.header.")
		p.identity = header
	}
	return p
}

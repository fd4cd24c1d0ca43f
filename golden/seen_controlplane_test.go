package golden_test

import "testing"

// wireMethod is a method of a REST API as the service answers GetResources.
type wireMethod struct {
	AuthorizationType string
	APIKeyRequired    bool `json:"apiKeyRequired"`
	MethodResponses   map[string]struct {
		ResponseParameters map[string]text
	}
	MethodIntegration struct {
		Type, PassthroughBehavior, ContentHandling text
		RequestTemplates                           map[string]text
		IntegrationResponses                       map[string]struct {
			SelectionPattern, ContentHandling     text
			ResponseParameters, ResponseTemplates map[string]text
		}
	}
}

// seenREST reads a REST API back.
func (c controlPlane) seenREST(t testing.TB, id string) *seen {
	t.Helper()
	out := newSeen()
	var api struct{ BinaryMediaTypes []string }
	c.get(t, "apigateway", "/restapis/"+id, &api)
	out.binaryMediaTypes = mediaTypes(api.BinaryMediaTypes)

	var resources struct {
		Item []struct {
			Path            string
			ResourceMethods map[string]wireMethod
		}
	}
	c.get(t, "apigateway", "/restapis/"+id+"/resources?embed=methods&limit=500", &resources)
	for _, r := range resources.Item {
		for verb, m := range r.ResourceMethods {
			m.addTo(out.method(verb, r.Path))
		}
	}

	var responses struct {
		Item []struct {
			ResponseType       string
			DefaultResponse    bool
			ResponseParameters map[string]text
		}
	}
	c.get(t, "apigateway", "/restapis/"+id+"/gatewayresponses?limit=500", &responses)
	for _, r := range responses.Item {
		if !r.DefaultResponse {
			out.gatewayResponses[r.ResponseType] = unprefixedKeys(r.ResponseParameters, gatewayHeader)
		}
	}
	return out
}

func (m wireMethod) addTo(out *seenMethod) {
	out.auth, out.apiKey = m.AuthorizationType, m.APIKeyRequired
	i := m.MethodIntegration
	out.setIntegration(string(i.Type), string(i.PassthroughBehavior), string(i.ContentHandling), applicationJSON(i.RequestTemplates))
	for status, r := range m.MethodResponses {
		declare(out.response(status), r.ResponseParameters)
	}
	for status, r := range i.IntegrationResponses {
		response := out.response(status)
		response.pattern, response.contentHandling = string(r.SelectionPattern), string(r.ContentHandling)
		response.headers = unprefixedKeys(r.ResponseParameters, methodHeader)
		response.template = applicationJSON(r.ResponseTemplates)
	}
}

// seenHTTP reads an HTTP API back.
func (c controlPlane) seenHTTP(t testing.TB, id string) *seen {
	t.Helper()
	out := newSeen()
	var api struct{ CorsConfiguration *seenCORS }
	c.get(t, "apigateway", "/v2/apis/"+id, &api)
	out.cors = api.CorsConfiguration

	var routes struct {
		Items []struct{ RouteKey, AuthorizationType string }
	}
	c.get(t, "apigateway", "/v2/apis/"+id+"/routes", &routes)
	for _, r := range routes.Items {
		out.routes[r.RouteKey] = orNone(r.AuthorizationType)
	}
	return out
}

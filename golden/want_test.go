package golden_test

import (
	"slices"
	"strconv"
	"strings"

	"apigw-cors/generator/gateway"
)

// want is what every tool should make of an API: the model itself in the
// common form.
func want(api gateway.API) *seen {
	if api.IsREST() {
		return wantREST(api)
	}
	return wantHTTP(api)
}

func wantREST(api gateway.API) *seen {
	out := wantMethods(api)
	for _, r := range api.Resources() {
		m := out.method("OPTIONS", r.Path)
		if mock, ok := api.Mock(r); ok {
			m.setMock(mock)
		} else {
			m.auth = "NONE"
			m.setIntegration("AWS_PROXY", "", "", "")
		}
	}
	return out
}

// wantGreedy is want for the form with one OPTIONS method for all resources:
// below the root, on the greedy resource that may be there already, and where
// that one does not reach, which is the root and every resource with ANY.
func wantGreedy(api gateway.API) *seen {
	out := wantMethods(api)
	union, _ := api.GreedyMock()
	greedy := "/{cors+}"
	for _, node := range api.Tree() {
		if node.Parent == "/" && strings.HasSuffix(node.Part, "+}") {
			greedy = node.Path
		}
	}
	out.method("OPTIONS", "/").setMock(union)
	for _, r := range api.Resources() {
		if mock, ok := api.Mock(r); ok && (r.Any || r.Path == "/") {
			out.method("OPTIONS", r.Path).setMock(mock)
		}
	}
	out.method("OPTIONS", greedy).setMock(union)
	return out
}

// wantMethods is a REST API without its OPTIONS methods.
func wantMethods(api gateway.API) *seen {
	out := newSeen()
	out.binaryMediaTypes = mediaTypes(api.BinaryMediaTypes())
	for _, r := range api.Resources() {
		for _, verb := range r.Strings() {
			m := out.method(verb, r.Path)
			m.auth, m.apiKey = authorizationType(api.Auth()), api.Auth() == gateway.APIKey
			if api.Integration() == gateway.Proxy {
				m.setIntegration("AWS_PROXY", "", "", "")
				continue
			}
			m.setIntegration("AWS", "", "", "")
			for _, i := range api.IntegrationResponses() {
				response := m.response(i.StatusCode)
				response.pattern = i.SelectionPattern
				response.template = i.ResponseTemplate
				response.setHeaders(i.Headers, i.DeclaredHeaders())
			}
		}
	}
	for _, r := range api.GatewayResponses() {
		out.gatewayResponses[r.Type] = expressions(r.Headers)
	}
	return out
}

func (m *seenMethod) setMock(mock gateway.Mock) {
	m.auth = "NONE"
	m.setIntegration("MOCK", gateway.PassthroughBehavior, gateway.ContentHandling, mock.RequestTemplate)
	response := m.response(strconv.Itoa(mock.StatusCode))
	response.contentHandling = gateway.ContentHandling
	response.template = mock.ResponseTemplate
	response.setHeaders(mock.Headers, mock.DeclaredHeaders())
}

func (r *seenResponse) setHeaders(headers []gateway.Mapping, declared []string) {
	r.headers = expressions(headers)
	r.declared = slices.Sorted(slices.Values(declared))
}

// expressions are the headers as a REST API is told: a literal stands between
// inner quotes.
func expressions(headers []gateway.Mapping) map[string]string {
	out := map[string]string{}
	for _, h := range headers {
		out[h.Header] = "'" + h.Value + "'"
		if h.Expression {
			out[h.Header] = h.Value
		}
	}
	return out
}

func wantHTTP(api gateway.API) *seen {
	out := newSeen()
	for _, r := range api.Routes() {
		out.routes[r.Key()] = authorizationType(r.Auth)
	}
	if c, ok := api.CORSConfiguration(); ok {
		out.cors = &seenCORS{
			AllowOrigins: c.AllowOrigins, AllowMethods: c.AllowMethods,
			AllowHeaders: c.AllowHeaders, ExposeHeaders: c.ExposeHeaders,
			AllowCredentials: c.AllowCredentials, MaxAge: c.MaxAge,
		}
	}
	return out
}

// authorizationType is the control plane's word. An API key is none: it is
// required beside it.
func authorizationType(auth gateway.Auth) string {
	switch auth {
	case gateway.IAM:
		return "AWS_IAM"
	case gateway.Cognito:
		return "COGNITO_USER_POOLS"
	case gateway.Lambda:
		return "CUSTOM"
	case gateway.JWT:
		return "JWT"
	}
	return "NONE"
}

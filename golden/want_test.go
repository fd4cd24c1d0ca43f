package golden_test

import (
	"slices"
	"strconv"
	"strings"

	"apigw-cors/generator/gateway"
	"apigw-cors/golden/emulator"
)

// want is what every tool should make of an API: the model itself in the
// common form.
func want(api gateway.API) *emulator.API {
	if api.IsREST() {
		return wantREST(api)
	}
	return wantHTTP(api)
}

func wantREST(api gateway.API) *emulator.API {
	out := wantMethods(api)
	for _, r := range api.Resources() {
		m := out.Method("OPTIONS", r.Path)
		if mock, ok := api.Mock(r); ok {
			setMock(m, mock)
		} else {
			m.Auth = "NONE"
			m.SetIntegration("AWS_PROXY", "", "", "")
		}
	}
	return out
}

// wantGreedy is want for the form with one OPTIONS method for all resources:
// below the root, on the greedy resource that may be there already, and where
// that one does not reach, which is the root and every resource with ANY.
func wantGreedy(api gateway.API) *emulator.API {
	out := wantMethods(api)
	union, _ := api.GreedyMock()
	greedy := "/{cors+}"
	for _, node := range api.Tree() {
		if node.Parent == "/" && strings.HasSuffix(node.Part, "+}") {
			greedy = node.Path
		}
	}
	setMock(out.Method("OPTIONS", "/"), union)
	for _, r := range api.Resources() {
		if mock, ok := api.Mock(r); ok && (r.Any || r.Path == "/") {
			setMock(out.Method("OPTIONS", r.Path), mock)
		}
	}
	setMock(out.Method("OPTIONS", greedy), union)
	return out
}

// wantMethods is a REST API without its OPTIONS methods.
func wantMethods(api gateway.API) *emulator.API {
	out := emulator.New()
	out.BinaryMediaTypes = mediaTypes(api.BinaryMediaTypes())
	for _, r := range api.Resources() {
		for _, verb := range r.Strings() {
			m := out.Method(verb, r.Path)
			m.Auth, m.APIKey = authorizationType(api.Auth()), api.Auth() == gateway.APIKey
			if api.Integration() == gateway.Proxy {
				m.SetIntegration("AWS_PROXY", "", "", "")
				continue
			}
			m.SetIntegration("AWS", "", "", "")
			for _, i := range api.IntegrationResponses() {
				response := m.Response(i.StatusCode)
				response.Pattern = i.SelectionPattern
				response.Template = i.ResponseTemplate
				setHeaders(response, i.Headers, i.DeclaredHeaders())
			}
		}
	}
	for _, r := range api.GatewayResponses() {
		out.GatewayResponses[r.Type] = expressions(r.Headers)
	}
	return out
}

func setMock(m *emulator.Method, mock gateway.Mock) {
	m.Auth = "NONE"
	m.SetIntegration("MOCK", gateway.PassthroughBehavior, gateway.ContentHandling, mock.RequestTemplate)
	response := m.Response(strconv.Itoa(mock.StatusCode))
	response.ContentHandling = gateway.ContentHandling
	response.Template = mock.ResponseTemplate
	setHeaders(response, mock.Headers, mock.DeclaredHeaders())
}

func setHeaders(r *emulator.Response, headers []gateway.Mapping, declared []string) {
	r.Headers = expressions(headers)
	r.Declared = slices.Sorted(slices.Values(declared))
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

func wantHTTP(api gateway.API) *emulator.API {
	out := emulator.New()
	for _, r := range api.Routes() {
		out.Routes[r.Key()] = authorizationType(r.Auth)
	}
	if c, ok := api.CORSConfiguration(); ok {
		out.CORS = &emulator.CORS{
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

package gateway

import (
	"slices"
	"strconv"
	"strings"
)

// fromPolicy is the place of facts that a policy gives, not a file.
func fromPolicy() Place { return Place{File: "policy"} }

func policyText(s string) Text {
	if s == "" {
		return Text{}
	}
	return Literal(s, fromPolicy())
}

func policyTexts(values []string) (out []Text) {
	for _, s := range values {
		out = append(out, policyText(s))
	}
	return out
}

// Facts is the API as API Gateway is told about it: what every rendered format
// should come to once its tool has read it. Compare with [Difference].
func (a API) Facts() Facts {
	f := a.factsWithoutOptions()
	if a.IsREST() {
		for _, r := range a.resources {
			f.Methods = append(f.Methods, a.optionsFacts(r))
		}
	}
	return f
}

// GreedyFacts is the form with one OPTIONS method for all resources (see
// [API.GreedyMock]): on the greedy resource below the root, which may be there
// already, and where that one does not reach, the root and every resource with
// ANY. It is [API.Facts] where no mock answers.
func (a API) GreedyFacts() Facts {
	union, ok := a.GreedyMock()
	if !ok {
		return a.Facts()
	}
	f := a.factsWithoutOptions()
	greedy := "/{cors+}"
	for _, node := range a.Tree() {
		if node.Parent == "/" && strings.HasSuffix(node.Part, "+}") {
			greedy = node.Path
		}
	}
	byPath := map[string]MethodFacts{"/": mockFacts("/", union)}
	for _, r := range a.resources {
		if r.Any || r.Path == "/" {
			byPath[r.Path] = a.optionsFacts(r)
		}
	}
	byPath[greedy] = mockFacts(greedy, union)
	paths := make([]string, 0, len(byPath))
	for path := range byPath {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths {
		f.Methods = append(f.Methods, byPath[path])
	}
	return f
}

func (a API) factsWithoutOptions() Facts {
	f := Facts{Kind: a.kind, Name: a.name, Place: fromPolicy()}
	if !a.IsREST() {
		f.CORS, f.Routes = a.corsFacts(), a.routeFacts()
		return f
	}
	f.BinaryMediaTypes = policyTexts(a.binary)
	for _, g := range a.GatewayResponses() {
		f.GatewayResponses = append(f.GatewayResponses, GatewayResponseFacts{
			Type: policyText(g.Type), Headers: mappedFacts("gatewayresponse.header.", g.Headers), Place: fromPolicy(),
		})
	}
	for _, r := range a.resources {
		for _, method := range r.Strings() {
			m := methodFacts(method, r.Path, a.authFacts(a.auth))
			m.Integration = a.integrationFacts()
			for _, i := range a.IntegrationResponses() {
				m.addResponse(i.StatusCode, i.SelectionPattern, i.ContentHandling, i.Headers, i.DeclaredHeaders(), i.ResponseTemplate)
			}
			f.Methods = append(f.Methods, m)
		}
	}
	return f
}

// integrationFacts are those of the actual methods, without their responses.
func (a API) integrationFacts() *IntegrationFacts {
	f := &IntegrationFacts{Type: policyText(a.IntegrationType()), Place: fromPolicy()}
	if a.integration != NonProxy {
		return f
	}
	switch a.backend {
	case ServiceBackend:
		f.Target = Text{Parts: []TextPart{{Unknown: "the policy does not say which service"}, {Literal: serviceAction}}, Place: fromPolicy()}
	case MockBackend:
		f.ContentHandling, f.RequestTemplates = policyText(ContentHandling), templateFacts(MockRequest)
	}
	return f
}

func methodFacts(method, path string, auth AuthFacts) MethodFacts {
	return MethodFacts{Method: policyText(method), Path: policyText(path), Auth: auth, Place: fromPolicy()}
}

func (a API) optionsFacts(r Resource) MethodFacts {
	if mock, ok := a.Mock(r); ok {
		return mockFacts(r.Path, mock)
	}
	m := methodFacts("OPTIONS", r.Path, AuthFacts{})
	m.Integration = &IntegrationFacts{Type: policyText("AWS_PROXY"), Place: fromPolicy()}
	return m
}

func mockFacts(path string, mock Mock) MethodFacts {
	m := methodFacts("OPTIONS", path, AuthFacts{})
	m.Integration = &IntegrationFacts{
		Type: policyText("MOCK"), Passthrough: policyText(PassthroughBehavior),
		ContentHandling: policyText(ContentHandling), RequestTemplates: templateFacts(mock.RequestTemplate), Place: fromPolicy(),
	}
	m.addResponse(strconv.Itoa(mock.StatusCode), "", ContentHandling, mock.Headers, mock.DeclaredHeaders(), mock.ResponseTemplate)
	return m
}

func (m *MethodFacts) addResponse(status, pattern, contentHandling string, headers []Mapping, declared []string, template string) {
	response := MethodResponseFacts{Status: policyText(status), Place: fromPolicy()}
	for _, name := range declared {
		response.Headers = append(response.Headers, HeaderFacts{Key: policyText(methodHeader + name), Name: policyText(name)})
	}
	m.Responses = append(m.Responses, response)
	m.Integration.Responses = append(m.Integration.Responses, IntegrationResponseFacts{
		Status: policyText(status), Pattern: policyText(pattern), ContentHandling: policyText(contentHandling),
		Headers: mappedFacts(methodHeader, headers), Templates: templateFacts(template), Place: fromPolicy(),
	})
}

const methodHeader = "method.response.header."

func templateFacts(template string) []TemplateFacts {
	if template == "" {
		return nil
	}
	return []TemplateFacts{{MediaType: policyText(jsonMediaType), Template: policyText(template)}}
}

// jsonMediaType is the template key that a browser's request selects: the one
// for a request without Content-Type, and for any Accept header that no other
// key matches.
const jsonMediaType = "application/json"

func mappedFacts(prefix string, headers []Mapping) (out []HeaderFacts) {
	for _, h := range headers {
		out = append(out, HeaderFacts{
			Key: policyText(prefix + h.Header), Name: policyText(h.Header), Value: policyText(h.String()),
		})
	}
	return out
}

// authFacts are the control plane's words for an auth. An API key is not a
// type of its own: it is required beside it.
// https://docs.aws.amazon.com/apigateway/latest/api/API_Method.html
func (a API) authFacts(auth Auth) AuthFacts {
	var f AuthFacts
	if auth == NoAuth {
		return f
	}
	f.Headers = []Text{policyText(a.authHeader.String())}
	switch auth {
	case APIKey:
		f.APIKeyRequired = Fact[bool]{Value: true, Place: fromPolicy()}
	case IAM:
		f.Type = policyText("AWS_IAM")
	case Cognito:
		f.Type = policyText("COGNITO_USER_POOLS")
	case Lambda:
		f.Type = policyText("CUSTOM")
	case JWT:
		f.Type = policyText("JWT")
	}
	return f
}

func (a API) corsFacts() *CORSFacts {
	c, ok := a.CORSConfiguration()
	if !ok {
		return nil
	}
	list := func(values []string) (f Fact[[]Text]) {
		if len(values) > 0 {
			f = Fact[[]Text]{Value: policyTexts(values), Place: fromPolicy()}
		}
		return f
	}
	out := &CORSFacts{
		AllowOrigins: list(c.AllowOrigins), AllowMethods: list(c.AllowMethods),
		AllowHeaders: list(c.AllowHeaders), ExposeHeaders: list(c.ExposeHeaders), Place: fromPolicy(),
	}
	if c.AllowCredentials {
		out.AllowCredentials = Fact[bool]{Value: true, Place: fromPolicy()}
	}
	if c.MaxAge != nil {
		out.MaxAge = Fact[int]{Value: *c.MaxAge, Place: fromPolicy()}
	}
	return out
}

func (a API) routeFacts() (out []RouteFacts) {
	for _, r := range a.Routes() {
		out = append(out, RouteFacts{
			Key: policyText(r.Key()), Auth: a.authFacts(r.Auth), Integration: policyText("AWS_PROXY"),
			Payload: policyText(string(a.payload)), Place: fromPolicy(),
		})
	}
	return out
}

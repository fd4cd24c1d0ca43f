package generator

import (
	"strings"

	"apigw-cors/generator/gateway"
)

// backendWords is what the actual methods of a REST API hand requests to, in API
// Gateway's words.
type backendWords struct {
	// Type is the integration type. Mapped reports that API Gateway maps the
	// responses: the integration is not a proxy.
	Type   string
	Mapped bool
	// Function, HTTP, Service and Mock say what the backend is.
	Function, HTTP, Service, Mock bool
	// RequestTemplate is a mock's.
	RequestTemplate string
}

func newBackendWords(api gateway.API) backendWords {
	b := api.Backend()
	w := backendWords{
		Type: api.IntegrationType(), Mapped: api.Integration() == gateway.NonProxy,
		Function: b == gateway.LambdaBackend, HTTP: b == gateway.HTTPBackend,
		Service: b == gateway.ServiceBackend, Mock: b == gateway.MockBackend,
	}
	if w.Mock {
		w.RequestTemplate = gateway.MockRequest
	}
	return w
}

// OpenAPIType is the integration type as an OpenAPI document has it.
func (w backendWords) OpenAPIType() string { return strings.ToLower(w.Type) }

// RequestTemplates are a mock's by content type, as JSON: shorthand would take
// its braces for a structure.
func (w backendWords) RequestTemplates() (string, error) {
	out, err := encodeJSON(map[string]string{"application/json": w.RequestTemplate}, "")
	return strings.TrimSpace(string(out)), err
}

// pasteNote says what is one's own in the integrations of a snippet.
func (w backendWords) pasteNote() string {
	switch {
	case w.HTTP:
		return "Point the integrations at your backend."
	case w.Service:
		return "Point the integrations at your service."
	case w.Mock:
		return "Keep your own templates in the mocks."
	}
	return "Point the integrations at your function."
}

// mappedNote says who sends the CORS headers of the actual responses, in a
// line or two.
func (w backendWords) mappedNote() (first, second string) {
	const maps = "API Gateway maps the CORS headers of the actual responses, errors included;"
	switch {
	case w.HTTP:
		return maps, "the HTTP backend sends none."
	case w.Service:
		return maps, "the AWS service sends none."
	case w.Mock:
		return "The mocks of the actual methods send the CORS headers, too.", ""
	}
	return maps, "the function sends none."
}

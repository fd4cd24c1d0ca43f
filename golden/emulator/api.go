package emulator

import (
	"fmt"
	"slices"
	"strings"
)

// API is what API Gateway is told about an API, in the words of its control
// plane: the common form of a translated template, a Terraform state, a control
// plane's answers, and of what the product wants of all of them. A REST API
// fills the first three fields, an HTTP API the last two.
type API struct {
	// Methods by "OPTIONS /orders".
	Methods map[string]*Method
	// GatewayResponses gives the mapping expression of each header by
	// response type.
	GatewayResponses map[string]map[string]string
	BinaryMediaTypes []string

	CORS *CORS
	// Routes gives the authorization type by route key.
	Routes map[string]string
	// PayloadFormat is the version of the events that its function gets.
	PayloadFormat string
}

// SetPayloadFormat tells the payload format of one of the integrations.
func (a *API) SetPayloadFormat(version string) {
	if a.PayloadFormat != "" && a.PayloadFormat != version {
		version = "several"
	}
	a.PayloadFormat = version
}

// Method is a method of a REST API with its integration.
type Method struct {
	Auth   string
	APIKey bool
	// Integration is the integration type, such as MOCK. Service reports that
	// the one behind the type AWS is another service than Lambda.
	Integration     string
	Service         bool
	Passthrough     string
	ContentHandling string
	RequestTemplate string
	// Responses by status code.
	Responses map[string]*Response
}

// Response is a method response with its integration response.
type Response struct {
	Pattern         string
	ContentHandling string
	// Headers gives the mapping expression of each header.
	Headers  map[string]string
	Template string
	// Declared are the headers of the method response.
	Declared []string
}

// CORS is a CORS configuration, read from any of its spellings: the field
// names match whatever their case.
type CORS struct {
	AllowOrigins     []string
	AllowMethods     []string
	AllowHeaders     []string
	ExposeHeaders    []string
	AllowCredentials bool
	MaxAge           *int
}

// New is an API of which nothing is told yet.
func New() *API {
	return &API{
		Methods:          map[string]*Method{},
		GatewayResponses: map[string]map[string]string{},
		Routes:           map[string]string{},
	}
}

// Method is a method, a new one where there is none yet.
func (a *API) Method(verb, path string) *Method {
	key := verb + " " + path
	if a.Methods[key] == nil {
		a.Methods[key] = &Method{Responses: map[string]*Response{}}
	}
	return a.Methods[key]
}

// Response is that of a status code, a new one where there is none yet.
func (m *Method) Response(status string) *Response {
	if m.Responses[status] == nil {
		m.Responses[status] = &Response{Headers: map[string]string{}}
	}
	return m.Responses[status]
}

// SetIntegration fills in what the service assumes where nothing is said.
func (m *Method) SetIntegration(kind, passthrough, contentHandling, requestTemplate string) {
	m.Integration = strings.ToUpper(kind)
	m.Passthrough = "WHEN_NO_MATCH"
	if passthrough != "" {
		m.Passthrough = strings.ToUpper(passthrough)
	}
	m.ContentHandling = contentHandling
	m.RequestTemplate = requestTemplate
}

// SetURI tells what is behind an integration of the type AWS: a Lambda function
// is invoked by its path, any other service by a path or an action of its API.
// https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html
func (m *Method) SetURI(uri string) {
	m.Service = m.Integration == "AWS" && uri != "" && !strings.Contains(uri, ":lambda:path/")
}

// Lines says everything in sorted lines of one fact each, so that a
// difference reads as one.
func (a *API) Lines() []string {
	var out []string
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	for key, m := range a.Methods {
		add("%s: auth %s, api key required %t", key, m.Auth, m.APIKey)
		add("%s: integration %s, passthrough %s, content handling %q", key, m.Integration, m.Passthrough, m.ContentHandling)
		add("%s: request template %q", key, m.RequestTemplate)
		for status, r := range m.Responses {
			add("%s: %s: pattern %q, content handling %q", key, status, r.Pattern, r.ContentHandling)
			add("%s: %s: response template %q", key, status, r.Template)
			add("%s: %s: declares %s", key, status, strings.Join(r.Declared, ", "))
			for name, value := range r.Headers {
				add("%s: %s: %s: %s", key, status, name, value)
			}
		}
	}
	for kind, headers := range a.GatewayResponses {
		add("gateway response %s", kind)
		for name, value := range headers {
			add("gateway response %s: %s: %s", kind, name, value)
		}
	}
	if len(a.BinaryMediaTypes) > 0 {
		add("binary media types %s", strings.Join(a.BinaryMediaTypes, ", "))
	}
	for key, auth := range a.Routes {
		add("route %s: auth %s", key, auth)
	}
	if a.PayloadFormat != "" {
		add("payload format %s", a.PayloadFormat)
	}
	if c := a.CORS; c != nil {
		for name, values := range map[string][]string{
			"AllowOrigins": c.AllowOrigins, "AllowMethods": c.AllowMethods,
			"AllowHeaders": c.AllowHeaders, "ExposeHeaders": c.ExposeHeaders,
		} {
			add("CORS configuration: %s: %s", name, strings.Join(slices.Sorted(slices.Values(values)), ", "))
		}
		add("CORS configuration: AllowCredentials: %t", c.AllowCredentials)
		// -1 is how the service is told that there is none.
		if c.MaxAge != nil && *c.MaxAge != -1 {
			add("CORS configuration: MaxAge: %d", *c.MaxAge)
		}
	}
	slices.Sort(out)
	return out
}

// Difference lists what only one of the two says; "" where they say the same.
func Difference(want, got *API) string {
	var out strings.Builder
	only := func(sign string, here, there []string) {
		for _, line := range here {
			if !slices.Contains(there, line) {
				fmt.Fprintf(&out, "%s %s\n", sign, line)
			}
		}
	}
	w, g := want.Lines(), got.Lines()
	only("-", w, g)
	only("+", g, w)
	return out.String()
}

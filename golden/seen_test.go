package golden_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// seen is what a tool made of a rendered file, in the words of API Gateway's
// control plane: the common form of a translated template, a Terraform state
// and a control plane's answers. A REST API fills the first three fields, an
// HTTP API the last two.
type seen struct {
	// methods by "OPTIONS /orders".
	methods map[string]*seenMethod
	// gatewayResponses gives the mapping expression of each header by
	// response type.
	gatewayResponses map[string]map[string]string
	binaryMediaTypes []string

	cors *seenCORS
	// routes gives the authorization type by route key.
	routes map[string]string
}

type seenMethod struct {
	auth   string
	apiKey bool
	// integration is the integration type, such as MOCK.
	integration     string
	passthrough     string
	contentHandling string
	requestTemplate string
	// responses by status code.
	responses map[string]*seenResponse
}

// seenResponse is a method response with its integration response.
type seenResponse struct {
	pattern         string
	contentHandling string
	// headers gives the mapping expression of each header.
	headers  map[string]string
	template string
	// declared are the headers of the method response.
	declared []string
}

// seenCORS is a CORS configuration, read from any of its spellings: the field
// names match whatever their case.
type seenCORS struct {
	AllowOrigins     []string
	AllowMethods     []string
	AllowHeaders     []string
	ExposeHeaders    []string
	AllowCredentials bool
	MaxAge           *int
}

func newSeen() *seen {
	return &seen{
		methods:          map[string]*seenMethod{},
		gatewayResponses: map[string]map[string]string{},
		routes:           map[string]string{},
	}
}

func (s *seen) method(verb, path string) *seenMethod {
	key := verb + " " + path
	if s.methods[key] == nil {
		s.methods[key] = &seenMethod{responses: map[string]*seenResponse{}}
	}
	return s.methods[key]
}

func (m *seenMethod) response(status string) *seenResponse {
	if m.responses[status] == nil {
		m.responses[status] = &seenResponse{headers: map[string]string{}}
	}
	return m.responses[status]
}

// setIntegration fills in what the service assumes where nothing is said.
func (m *seenMethod) setIntegration(kind, passthrough, contentHandling, requestTemplate string) {
	m.integration = strings.ToUpper(kind)
	m.passthrough = "WHEN_NO_MATCH"
	if passthrough != "" {
		m.passthrough = strings.ToUpper(passthrough)
	}
	m.contentHandling = contentHandling
	m.requestTemplate = requestTemplate
}

// The key prefixes of the two kinds of response parameters.
const (
	methodHeader  = "method.response.header."
	gatewayHeader = "gatewayresponse.header."
)

// declare records a method response.
func declare[V any](r *seenResponse, parameters map[string]V) {
	for key := range parameters {
		r.declared = append(r.declared, unprefixed(key, methodHeader))
	}
	slices.Sort(r.declared)
}

func unprefixedKeys(parameters map[string]text, prefix string) map[string]string {
	out := map[string]string{}
	for key, value := range parameters {
		out[unprefixed(key, prefix)] = string(value)
	}
	return out
}

// unprefixed keeps a key that lacks its prefix apart from a header's name:
// API Gateway would refuse it, and no linter does.
func unprefixed(key, prefix string) string {
	name, ok := strings.CutPrefix(key, prefix)
	if !ok {
		return "without " + prefix + ": " + key
	}
	return name
}

// lines says everything in sorted lines of one fact each, so that a
// difference reads as one.
func (s *seen) lines() []string {
	var out []string
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	for key, m := range s.methods {
		add("%s: auth %s, api key required %t", key, m.auth, m.apiKey)
		add("%s: integration %s, passthrough %s, content handling %q", key, m.integration, m.passthrough, m.contentHandling)
		add("%s: request template %q", key, m.requestTemplate)
		for status, r := range m.responses {
			add("%s: %s: pattern %q, content handling %q", key, status, r.pattern, r.contentHandling)
			add("%s: %s: response template %q", key, status, r.template)
			add("%s: %s: declares %s", key, status, strings.Join(r.declared, ", "))
			for name, value := range r.headers {
				add("%s: %s: %s: %s", key, status, name, value)
			}
		}
	}
	for kind, headers := range s.gatewayResponses {
		add("gateway response %s", kind)
		for name, value := range headers {
			add("gateway response %s: %s: %s", kind, name, value)
		}
	}
	if len(s.binaryMediaTypes) > 0 {
		add("binary media types %s", strings.Join(s.binaryMediaTypes, ", "))
	}
	for key, auth := range s.routes {
		add("route %s: auth %s", key, auth)
	}
	if c := s.cors; c != nil {
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

// difference lists what only one of the two says; "" where they say the same.
func difference(want, got *seen) string {
	var out strings.Builder
	only := func(sign string, here, there []string) {
		for _, line := range here {
			if !slices.Contains(there, line) {
				fmt.Fprintf(&out, "%s %s\n", sign, line)
			}
		}
	}
	w, g := want.lines(), got.lines()
	only("-", w, g)
	only("+", g, w)
	return out.String()
}

// theOnly gives the one API that was extracted.
func theOnly(t testing.TB, apis map[string]*seen) *seen {
	t.Helper()
	if len(apis) != 1 {
		t.Fatalf("%d APIs: %s", len(apis), strings.Join(slices.Sorted(maps.Keys(apis)), ", "))
	}
	for _, s := range apis {
		return s
	}
	return nil
}

// at gives the API of a key, a new one where there is none yet.
func at(apis map[string]*seen, key string) *seen {
	if apis[key] == nil {
		apis[key] = newSeen()
	}
	return apis[key]
}

// text is a JSON string; a number or an intrinsic function stands as its JSON.
type text string

func (s *text) UnmarshalJSON(data []byte) error {
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	switch v := v.(type) {
	case nil:
		*s = ""
	case string:
		*s = text(v)
	default:
		*s = text(data)
	}
	return nil
}

// applicationJSON gives the one template a browser's request ever selects.
func applicationJSON(templates map[string]text) string {
	return string(templates["application/json"])
}

// mediaTypes undoes the JSON pointer spelling that SAM takes for a slash.
func mediaTypes(types []string) []string {
	var out []string
	for _, m := range types {
		out = append(out, strings.ReplaceAll(m, "~1", "/"))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func decode[T any](t testing.TB, data []byte) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	return v
}

package lint

import (
	"slices"
	"strconv"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// subject is an API under judgement.
type subject struct {
	// facts are as the file has them, placeholders unknown; plain what they
	// plainly mean.
	facts, plain *gateway.Facts
	// faults are why API Gateway would refuse the facts. deployment is made of
	// what they plainly mean, so that one fault does not hide all others.
	faults     []gateway.DeploymentFault
	deployment *gateway.Deployment
	// open is the deployment of what admits a page: what an answer says of
	// methods and headers is judged even where the caller is turned away.
	open      *gateway.Deployment
	options   Options
	resources []*resource
	// refusals are the requests of pages that fail.
	refusals []refusal
	unknown  []Unknown
	// browsers is set where the file shows that pages call the API.
	browsers bool
}

// resource is a path of an API with its methods.
type resource struct {
	path  string
	known bool
	// mixed: it may be several paths, unknown for one reason.
	mixed bool
	place gateway.Place
	// options is the method that takes preflights; nil where none is declared.
	// On an HTTP API with a CORS configuration the service takes them.
	options *gateway.MethodFacts
	calls   []*call
	// pages are the origins to judge it with, credentials whether it allows
	// them.
	pages       []page
	credentials bool
}

// call is a method or a route that pages may call.
type call struct {
	*resource
	// verb is ANY for every method; key names it in findings.
	verb, key string
	place     gateway.Place
	auth      gateway.AuthFacts
	declared  []gateway.Text
	// method is nil on an HTTP API, route on a REST API.
	method *gateway.MethodFacts
	route  *gateway.RouteFacts
}

// maxCalls bounds the methods or routes of an API that is judged: each request
// is held against all of them. API Gateway takes 300 resources.
const maxCalls = 3000

func newSubject(f *gateway.Facts, o Options) *subject {
	if len(o.Origins) == 0 && o.Policy != nil {
		o.Origins = policyPages(o.Policy)
	}
	f = withoutPlaceholders(f)
	s := &subject{facts: f, plain: plainly(f), options: o, faults: f.Deploy().Faults()}
	s.deployment, s.open = s.plain.Deploy(), admitting(s.plain).Deploy()
	if n := len(f.Methods) + len(f.Routes); n > maxCalls {
		s.unknown = append(s.unknown, Unknown{Place: f.Place, Text: "whether pages get through", Why: strconv.Itoa(n) + " methods are too many to judge"})
		return s
	}
	s.gather(s.plain)
	for _, r := range s.resources {
		s.meet(r)
	}
	if s.browsers = s.isForBrowsers(); s.browsers {
		s.judge()
	}
	return s
}

// gather sorts methods and routes by their paths.
func (s *subject) gather(plain *gateway.Facts) {
	byPath := map[string]*resource{}
	at := func(path, plainPath gateway.Text) *resource {
		url := plainPath.String()
		r := byPath[url]
		if r == nil {
			_, known := path.Value()
			r = &resource{path: url, known: known, place: path.Place}
			byPath[url] = r
			s.resources = append(s.resources, r)
		}
		return r
	}
	for i := range plain.Methods {
		m, read := &plain.Methods[i], &s.facts.Methods[i]
		verb, known := read.Method.Value()
		if !known {
			continue
		}
		r := at(read.Path, m.Path)
		if verb == "OPTIONS" {
			r.mixed = r.mixed || !r.known && r.options != nil
			r.options = m
			continue
		}
		r.mixed = r.mixed || !r.known && slices.ContainsFunc(r.calls, func(c *call) bool { return c.verb == verb })
		r.calls = append(r.calls, &call{
			resource: r, verb: verb, key: verb + " " + read.Path.String(), place: read.Place,
			auth: m.Auth, declared: m.RequestHeaders, method: m,
		})
	}
	for i := range plain.Routes {
		route := &s.facts.Routes[i]
		key, known := route.Key.Value()
		if !known {
			continue
		}
		verb, path, ok := strings.Cut(key, " ")
		if !ok {
			verb, path = "ANY", key
		}
		if verb == "OPTIONS" {
			continue
		}
		text := gateway.Literal(path, route.Key.Place)
		r := at(text, text)
		r.calls = append(r.calls, &call{resource: r, verb: strings.ToUpper(verb), key: key, place: route.Place, auth: route.Auth, route: route})
	}
}

// withoutPlaceholders are the facts in which a header value that somebody has
// yet to put in is unknown, quotes included.
func withoutPlaceholders(f *gateway.Facts) *gateway.Facts {
	out := *f
	out.Methods, out.GatewayResponses = slices.Clone(f.Methods), slices.Clone(f.GatewayResponses)
	open := func(headers []gateway.HeaderFacts) []gateway.HeaderFacts {
		headers = slices.Clone(headers)
		for i := range headers {
			v := &headers[i].Value
			if s, known := v.Value(); known && isPlaceholder(s) {
				*v = gateway.Unknown(s+" is a placeholder", v.Place)
			}
		}
		return headers
	}
	for i := range out.Methods {
		out.Methods[i].Integration = withHeaders(out.Methods[i].Integration, open)
	}
	for i := range out.GatewayResponses {
		out.GatewayResponses[i].Headers = open(out.GatewayResponses[i].Headers)
	}
	return &out
}

// withHeaders is an integration with other headers of its responses; of nil, nil.
func withHeaders(i *gateway.IntegrationFacts, change func([]gateway.HeaderFacts) []gateway.HeaderFacts) *gateway.IntegrationFacts {
	if i == nil {
		return nil
	}
	out := *i
	out.Responses = slices.Clone(i.Responses)
	for j := range out.Responses {
		out.Responses[j].Headers = change(out.Responses[j].Headers)
	}
	return &out
}

// plainly is what the facts plainly mean, apart from what API Gateway would
// refuse: quotes that were forgotten, headers that were not declared. A path
// that is unknown gets a name, so that what stands on it is found by it.
func plainly(f *gateway.Facts) *gateway.Facts {
	out := *f
	out.Methods = slices.Clone(f.Methods)
	out.GatewayResponses = slices.Clone(f.GatewayResponses)
	out.Open = append(slices.Clone(f.Open), gateway.Open{Part: gateway.OpenMethodResponse, Why: "the headers are taken for declared"})
	names, taken := map[string]string{}, map[string]bool{}
	for i := range out.Methods {
		m := &out.Methods[i]
		if path, known := m.Path.Value(); known {
			// As the path of a request has it.
			m.Path = gateway.Literal("/"+strings.Trim(path, "/"), m.Path.Place)
		} else {
			text := m.Path.String()
			if names[text] == "" {
				name := "/" + strings.Trim(shown(text), "/")
				for taken[name] {
					name += "'"
				}
				names[text], taken[name] = name, true
			}
			m.Path = gateway.Literal(names[text], m.Path.Place)
		}
		if _, known := m.Method.Value(); !known {
			m.Method = gateway.Literal("UNKNOWN", m.Method.Place)
			out.Open = append(out.Open, gateway.Open{Part: gateway.OpenMethods, Why: f.Methods[i].Method.Unknown(), Place: f.Methods[i].Place})
		}
		m.Integration = withHeaders(m.Integration, plainHeaders)
	}
	for i := range out.GatewayResponses {
		out.GatewayResponses[i].Headers = plainHeaders(out.GatewayResponses[i].Headers)
	}
	if out.CORS != nil && out.CORS.AllowCredentials.Value {
		c := *out.CORS
		for _, o := range c.AllowOrigins.Value {
			if o.String() == "*" {
				c.AllowCredentials = gateway.Fact[bool]{}
			}
		}
		out.CORS = &c
	}
	return &out
}

// admitting are the facts with nothing asked of the caller, and of several
// origins joined to one value the first: what is wrong behind the two shows.
func admitting(f *gateway.Facts) *gateway.Facts {
	out := *f
	out.Methods, out.Routes = slices.Clone(f.Methods), slices.Clone(f.Routes)
	for i := range out.Methods {
		m := &out.Methods[i]
		m.Auth, m.Integration = gateway.AuthFacts{}, withHeaders(m.Integration, firstOrigin)
	}
	for i := range out.Routes {
		out.Routes[i].Auth = gateway.AuthFacts{}
	}
	return &out
}

func firstOrigin(headers []gateway.HeaderFacts) []gateway.HeaderFacts {
	out := slices.Clone(headers)
	for i, h := range out {
		name, _ := h.Name.Value()
		value, known := unquoted(h.Value)
		if !known || !strings.EqualFold(name, cors.HeaderAllowOrigin) || !strings.Contains(value, ",") {
			continue
		}
		if pages := pagesOf(gateway.Literal(value, h.Value.Place)); len(pages) > 0 {
			out[i].Value = gateway.Literal("'"+pages[0].origin+"'", h.Value.Place)
		}
	}
	return out
}

// plainHeaders are headers with the prefixes and quotes that they need.
func plainHeaders(headers []gateway.HeaderFacts) []gateway.HeaderFacts {
	out := slices.Clone(headers)
	for i, h := range out {
		if name, known := h.Name.Value(); known {
			if _, after, ok := strings.Cut(name, ".header."); ok {
				out[i].Name = gateway.Literal(after, h.Name.Place)
			}
		}
		value, known := h.Value.Value()
		if known && value != "" && value[0] != '\'' && !isExpression(value) {
			out[i].Value = gateway.Literal("'"+value+"'", h.Value.Place)
		}
	}
	return out
}

// isExpression reports whether a value is taken from a request or a response.
func isExpression(value string) bool {
	prefixes := []string{"context.", "stageVariables.", "integration.response.", "method.request."}
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(value, p) })
}

// isForBrowsers reports whether the file shows that pages call the API. An API
// that never mentions them may want none.
func (s *subject) isForBrowsers() bool {
	if len(s.options.Origins) > 0 || s.options.Policy != nil || s.facts.CORS != nil {
		return true
	}
	for _, m := range s.facts.Methods {
		if isCORSMethod(&m) {
			return true
		}
	}
	for _, g := range s.facts.GatewayResponses {
		if sendsCORS(g.Headers) {
			return true
		}
	}
	return false
}

// isCORSMethod reports whether a method takes preflights, or its responses
// carry CORS headers.
func isCORSMethod(m *gateway.MethodFacts) bool {
	if m.Method.String() == "OPTIONS" {
		return true
	}
	for _, r := range m.Responses {
		if sendsCORS(r.Headers) {
			return true
		}
	}
	if m.Integration == nil {
		return false
	}
	for _, r := range m.Integration.Responses {
		if sendsCORS(r.Headers) || overridesOrigin(r.Templates) {
			return true
		}
	}
	return false
}

func sendsCORS(headers []gateway.HeaderFacts) bool {
	return slices.ContainsFunc(headers, func(h gateway.HeaderFacts) bool {
		return strings.Contains(strings.ToLower(h.Name.String()), "access-control-")
	})
}

// overridesOrigin reports whether a mapping template sets
// Access-Control-Allow-Origin.
func overridesOrigin(templates []gateway.TemplateFacts) bool {
	return slices.ContainsFunc(templates, func(t gateway.TemplateFacts) bool {
		text := strings.ToLower(t.Template.String())
		return strings.Contains(text, "responseoverride") && strings.Contains(text, "access-control-allow-origin")
	})
}

// header is the mapped header of a name.
func header(headers []gateway.HeaderFacts, name string) (gateway.HeaderFacts, bool) {
	for _, h := range headers {
		got := h.Name.String()
		if _, after, ok := strings.Cut(got, ".header."); ok {
			got = after
		}
		if strings.EqualFold(got, name) {
			return h, true
		}
	}
	return gateway.HeaderFacts{}, false
}

// unquoted is the literal between the inner quotes of a mapping expression;
// known reports that all of it is known and that it is one.
func unquoted(t gateway.Text) (s string, known bool) {
	s, known = t.Value()
	if !known || isExpression(s) {
		return "", false
	}
	if len(s) >= 2 && s[0] == '\'' && s[len(s)-1] == '\'' {
		s = s[1 : len(s)-1]
	}
	return s, true
}

package importer

import (
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// served is a path with the methods that pages may call.
type served struct {
	path    string
	place   gateway.Place
	methods []*gateway.MethodFacts
	// preflight is the method that takes its OPTIONS requests, nil where there is
	// none.
	preflight *gateway.MethodFacts
}

func (s *served) verbs() (out []string) {
	for _, m := range s.methods {
		if verb := strings.ToUpper(m.Method.String()); !slices.Contains(out, verb) {
			out = append(out, verb)
		}
	}
	return out
}

func (t *taking) rest() {
	paths := t.served()
	t.auth(t.methodCallers(paths))
	t.backend(paths)
	t.binary()
	byGateway, byFunction := t.preflights(paths)
	var policies []policyOf
	switch {
	case len(byGateway) > 0:
		for _, p := range byFunction {
			t.note("resources", first(p.preflight.Place, p.place), "left out: "+p.path+", whose preflight a function answers, as its code says")
		}
		for _, p := range byGateway {
			policies = append(policies, t.policiesOf(p)...)
		}
	case len(byFunction) > 0:
		t.Config.Preflight = string(gateway.ByLambda)
		at := byFunction[0].preflight.Place
		t.Places["preflight"] = at
		t.open("allowOrigins", at, "a function answers the preflight, and its code says which origins may read responses")
		t.note("allowOrigins", at, "allowHeaders, exposeHeaders, allowCredentials and maxAge stand in the function's code, too")
		t.functionCredentials()
		t.functionMethods(byFunction)
	}
	if len(policies) == 0 && len(byFunction) == 0 {
		t.open("allowOrigins", t.facts.Place, "nothing in the file lets a page in")
		t.plainMethods(paths)
	}
	if len(policies) > 0 {
		t.policies(policies)
		t.resources(policies)
	}
	t.exposed(paths)
	t.gatewayResponses()
}

// served are the paths of the API in the order of the file, each with its
// methods. Where the file has none but those for preflights, all else stands
// elsewhere, and the paths are those.
func (t *taking) served() (all []*served) {
	d := t.facts.Deploy()
	byPath := map[string]*served{}
	onlyOptions := !slices.ContainsFunc(t.facts.Methods, func(m gateway.MethodFacts) bool { return m.Method.String() != "OPTIONS" })
	for i := range t.facts.Methods {
		m := &t.facts.Methods[i]
		verb, known := m.Method.Value()
		path := m.Path.String()
		switch {
		case !known:
			t.note("resources", first(m.Method.Place, m.Place), "left out: a method of "+path+": "+m.Method.Unknown())
			continue
		case strings.ToUpper(verb) == "OPTIONS" && !onlyOptions:
			continue
		}
		path = "/" + strings.Trim(path, "/")
		p := byPath[path]
		if p == nil {
			answer := d.Answer(gateway.Request{Method: "OPTIONS", Path: path, Header: func(string) string { return "" }}, func() cors.Response { return cors.Response{} })
			p = &served{path: path, place: first(m.Path.Place, m.Place), preflight: answer.Basis.Method}
			byPath[path] = p
			all = append(all, p)
		}
		if !onlyOptions {
			p.methods = append(p.methods, m)
		}
	}
	return all
}

// preflights sorts the paths by who answers their preflights. Those of which
// nobody does are no part of the policy.
func (t *taking) preflights(paths []*served) (byGateway, byFunction []*served) {
	for _, p := range paths {
		switch kind := integrationType(p.preflight); {
		case p.preflight == nil:
			t.note("resources", p.place, "left out: "+p.path+" has no OPTIONS method, so that no page gets through there", "missing-options")
		case kind == "AWS_PROXY" || kind == "HTTP_PROXY":
			byFunction = append(byFunction, p)
		case kind == "":
			t.note("resources", first(p.preflight.Place, p.place), "left out: "+p.path+", of whose OPTIONS method the integration is not known")
		default:
			byGateway = append(byGateway, p)
		}
	}
	return byGateway, byFunction
}

// integrationType is in upper case, "" where it is not known.
func integrationType(m *gateway.MethodFacts) string {
	if m == nil || m.Integration == nil {
		return ""
	}
	kind, _ := m.Integration.Type.Value()
	return strings.ToUpper(kind)
}

// policyOf is what the preflight of a path says: one response of its OPTIONS
// method.
type policyOf struct {
	*served
	origins, methods, headers, credentials, maxAge said
}

// policiesOf are what the responses of the path's OPTIONS method say, of which a
// preflight gets one: the default response. It has no say where it has no CORS
// headers.
func (t *taking) policiesOf(p *served) (out []policyOf) {
	of := "OPTIONS " + p.path
	m := p.preflight
	for i := range m.Integration.Responses {
		r := &m.Integration.Responses[i]
		if r.Pattern.IsGiven() && r.Pattern.String() != "" && len(m.Integration.Responses) > 1 {
			continue
		}
		at := first(r.Place, m.Place)
		read := func(name string) said { return static(of, r.Headers, name, at) }
		policy := policyOf{
			served: p, origins: t.origins(of, r, at), methods: read(cors.HeaderAllowMethods).list(), headers: read(cors.HeaderAllowHeaders).list(),
			credentials: read(cors.HeaderAllowCredentials), maxAge: read(cors.HeaderMaxAge),
		}
		if len(policy.origins.words) > 0 || policy.origins.unknown != "" {
			out = append(out, policy)
		}
	}
	if len(out) == 0 {
		t.note("resources", first(m.Place, p.place), "left out: "+p.path+", whose OPTIONS method sends no Access-Control-Allow-Origin", "options-lacks-cors-headers")
	}
	return out
}

// origins are those that a response allows: the one of its header, and those
// that a mapping template puts in its place.
func (t *taking) origins(of string, r *gateway.IntegrationResponseFacts, at gateway.Place) said {
	s := static(of, r.Headers, cors.HeaderAllowOrigin, at)
	if len(s.words) > 0 && strings.Contains(s.words[0], ",") {
		s = s.list()
		s.notes = append(s.notes, Note{Place: s.place, Rule: "comma-joined-origins", Text: "the file joins the origins to one value, which no browser takes; here each is an entry"})
	}
	for _, template := range r.Templates {
		text, known := template.Template.Value()
		if known && !strings.Contains(strings.ToLower(text), "access-control-allow-origin") {
			continue
		}
		place := first(template.Template.Place, at)
		if !known {
			s.unknown, s.place = template.Template.Unknown(), place
			return s
		}
		allowed, loose, why := gateway.TemplateOrigins(text)
		if why != "" {
			s.unknown, s.place = why, place
			return s
		}
		for _, origin := range allowed {
			if !slices.Contains(s.words, origin) {
				s.words = append(s.words, origin)
			}
		}
		if s.place = place; loose {
			s.notes = append(s.notes, Note{Place: place, Rule: "origin-by-regex", Text: "the file compares by regular expression, in which a dot stands for any character; here they are origins"})
		}
	}
	return s
}

// policies takes what all preflights say alike.
func (t *taking) policies(all []policyOf) {
	each := func(of func(policyOf) said) (out []said) {
		for _, p := range all {
			out = append(out, of(p))
		}
		return out
	}
	t.Config.AllowOrigins = t.agree("allowOrigins", each(func(p policyOf) said { return p.origins }), false)
	t.headers(t.agree("allowHeaders", each(func(p policyOf) said { return p.headers }), true))
	t.credentials(t.agree("allowCredentials", each(func(p policyOf) said { return p.credentials }), false))
	t.Config.MaxAge = strings.Join(t.agree("maxAge", each(func(p policyOf) said { return p.maxAge }), false), "")
}

func (t *taking) credentials(words []string) {
	switch {
	case len(words) == 0 || strings.EqualFold(words[0], "false"):
	case words[0] == "true":
		t.Config.AllowCredentials = true
	default:
		t.note("allowCredentials", t.Places["allowCredentials"], "the file has "+words[0]+", which allows none: only true does", "allow-credentials-not-true")
	}
}

// headers takes a list of header names. What the policy always adds behind them
// is left out, and said where the file does not have it.
func (t *taking) headers(names []string) {
	t.Config.AllowHeaders = names
	full := t.allowHeaders()
	if full == nil {
		return
	}
	added := slices.DeleteFunc(slices.Clone(full), func(name string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
	})
	if len(added) > 0 && !t.isOpen("allowHeaders") {
		t.note("allowHeaders", first(t.Places["allowHeaders"], t.facts.Place), "Access-Control-Allow-Headers does not list "+strings.Join(added, ", ")+", which a policy always lists")
	}
	for n := len(names); n > 0; n-- {
		t.Config.AllowHeaders = names[:n-1]
		if !slices.Equal(t.allowHeaders(), full) {
			t.Config.AllowHeaders = names[:n]
			return
		}
	}
	t.Config.AllowHeaders = nil
}

// allowHeaders is what the policy's Access-Control-Allow-Headers would list; nil
// where the names do not parse.
func (t *taking) allowHeaders() []string {
	api, _, err := gateway.Parse(gateway.Config{
		API: t.Config.API, Auth: t.Config.Auth, AuthHeader: t.Config.AuthHeader,
		Config: cors.Config{
			AllowOrigins: []string{"https://example.com"}, AllowMethods: []string{"GET"}, AllowHeaders: t.Config.AllowHeaders,
			AllowCredentials: t.Config.AllowCredentials,
		},
	})
	if err != nil {
		return nil
	}
	return api.AllowHeaders().Strings()
}

// binary takes the media types that are known.
func (t *taking) binary() {
	for _, b := range t.facts.BinaryMediaTypes {
		s, known := b.Value()
		if !known {
			t.open("binaryMediaTypes", b.Place, b.Unknown())
			continue
		}
		// CloudFormation's escape for a slash.
		t.Config.BinaryMediaTypes = append(t.Config.BinaryMediaTypes, strings.ReplaceAll(s, "~1", "/"))
		t.Places["binaryMediaTypes"] = b.Place
	}
	if t.isOpen("binaryMediaTypes") {
		t.Config.BinaryMediaTypes = nil
	}
}

package importer

import (
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// everyVerb are the methods that ANY stands for, in the order of
// [gateway.HTTPMethods]; OPTIONS is the preflight's own.
func everyVerb() []string {
	return slices.DeleteFunc(gateway.HTTPMethods(), func(m string) bool { return m == "OPTIONS" })
}

func isSafelisted(verb string) bool { return verb == "GET" || verb == "HEAD" || verb == "POST" }

// serves reports whether a method is one of verbs.
func serves(verbs []string, method string) bool {
	return slices.Contains(verbs, method) || slices.Contains(verbs, "ANY") && slices.Contains(everyVerb(), method)
}

// allowed are the methods that a path's preflight lets pages use, in the order of
// its list, with none that is served none at all. all are the methods of the
// paths that share the list: one that no path serves is allowed, too, and then
// every path has the whole list; otherwise each has what it serves of it. A
// CORS-safelisted method needs no listing, and `*` stands for those that are
// served. left are those that are served, and not allowed.
// https://fetch.spec.whatwg.org/#cors-preflight-fetch
func allowed(verbs, all, listed []string) (methods, left []string) {
	any := slices.Contains(verbs, "ANY")
	every := slices.Contains(listed, "*")
	switch {
	case len(verbs) == 0:
		return listed, nil
	case any && every:
		return []string{"*"}, nil
	case any && (!slices.ContainsFunc(everyVerb(), func(v string) bool { return !slices.Contains(listed, v) })):
		return []string{"ANY"}, nil
	}
	whole := slices.ContainsFunc(listed, func(m string) bool { return m != "OPTIONS" && !serves(all, m) })
	for _, m := range listed {
		if m != "*" && (whole || m == "OPTIONS" || serves(verbs, m)) {
			methods = append(methods, m)
		}
	}
	for _, v := range verbs {
		switch {
		case slices.Contains(methods, v) || v == "ANY":
		case every || isSafelisted(v):
			methods = append(methods, v)
		default:
			left = append(left, v)
		}
	}
	if !slices.ContainsFunc(methods, func(m string) bool { return serves(verbs, m) }) {
		return nil, left
	}
	return methods, left
}

// addedMethods says of the methods of a path what the list of the file does not.
func addedMethods(methods, listed []string) string {
	switch added := slices.DeleteFunc(slices.Clone(methods), func(m string) bool { return m == "*" || m == "ANY" || slices.Contains(listed, m) }); {
	case len(added) == 0:
		return ""
	case slices.Contains(listed, "*"):
		return "Access-Control-Allow-Methods is *; here stand the methods that are served"
	default:
		return "Access-Control-Allow-Methods does not list " + strings.Join(added, ", ") + ", which pages may use unlisted"
	}
}

// resources takes the paths with the methods that pages may call.
func (t *taking) resources(policies []policyOf) {
	var all []gateway.ResourceConfig
	shared := map[*gateway.MethodFacts][]string{}
	for _, p := range policies {
		shared[p.preflight] = append(shared[p.preflight], p.verbs()...)
	}
	for i, p := range policies {
		if i > 0 && policies[i-1].served == p.served {
			continue
		}
		field := entryOf("resources", len(all))
		t.Places[field] = p.place
		r := gateway.ResourceConfig{Path: p.path}
		if p.methods.unknown != "" {
			t.open(field+".methods", p.methods.place, p.methods.unknown)
			all = append(all, r)
			continue
		}
		for _, n := range p.methods.notes {
			n.Field = "allowMethods"
			t.tell(n)
		}
		var left []string
		r.Methods, left = allowed(p.verbs(), shared[p.preflight], p.methods.words)
		for _, verb := range left {
			t.note("resources", first(p.methods.place, p.place), "left out: "+verb+" "+p.path+", which Access-Control-Allow-Methods does not list", "method-not-in-allow-methods")
		}
		if text := addedMethods(r.Methods, p.methods.words); text != "" {
			t.note("allowMethods", first(p.methods.place, p.place), text)
		}
		switch {
		case slices.ContainsFunc(r.Methods, func(m string) bool { return m != "OPTIONS" }):
		case len(p.verbs()) == 0:
			// The methods stand elsewhere, and the preflight names none.
			t.open("allowMethods", first(p.methods.place, p.place), "the file does not say which methods pages call")
			r.Methods = nil
		default:
			continue
		}
		t.Places[field+".methods"] = first(p.methods.place, p.place)
		all = append(all, r)
	}
	t.factor(all)
	if len(all) == 0 {
		t.open("allowMethods", t.facts.Place, "of the methods that are served none is allowed to pages")
	}
}

// factor takes resources, and of methods that all have alike makes those of the
// policy. Only there may be `*`.
func (t *taking) factor(all []gateway.ResourceConfig) {
	t.Config.Resources = all
	if len(all) == 0 {
		return
	}
	if t.hasOpenMethods(len(all)) {
		for i, r := range all {
			if slices.Contains(r.Methods, "*") {
				all[i].Methods = []string{"ANY"}
			}
		}
		return
	}
	shared := all[0].Methods
	if i := slices.IndexFunc(all, func(r gateway.ResourceConfig) bool { return slices.Contains(r.Methods, "*") }); i >= 0 {
		shared = []string{"*"}
	} else if slices.Equal(shared, []string{"ANY"}) || slices.ContainsFunc(all, func(r gateway.ResourceConfig) bool { return !slices.Equal(r.Methods, shared) }) {
		return
	}
	t.Config.AllowMethods = shared
	for i := range all {
		if slices.Equal(all[i].Methods, shared) || slices.Contains(all[i].Methods, "*") {
			all[i].Methods = nil
			t.Places["allowMethods"] = first(t.Places["allowMethods"], t.Places[entryOf("resources", i)+".methods"])
		}
	}
}

func (t *taking) hasOpenMethods(n int) bool {
	for i := range n {
		if t.isOpen(entryOf("resources", i) + ".methods") {
			return true
		}
	}
	return false
}

// plainMethods takes the paths as they are served: the file does not say what
// pages may call.
func (t *taking) plainMethods(paths []*served) {
	var all []gateway.ResourceConfig
	for _, p := range paths {
		if verbs := p.verbs(); len(verbs) > 0 {
			all = append(all, gateway.ResourceConfig{Path: p.path, Methods: verbs})
		}
	}
	t.factor(all)
	if len(all) == 0 {
		t.open("allowMethods", t.facts.Place, "the file does not say which methods pages call")
	}
	t.Notes = slices.DeleteFunc(t.Notes, func(n Note) bool { return n.Rule == "missing-options" || n.Rule == "options-lacks-cors-headers" })
}

// functionMethods takes the paths whose preflights a function answers.
func (t *taking) functionMethods(paths []*served) {
	var all []gateway.ResourceConfig
	for i, p := range paths {
		verbs := p.verbs()
		if slices.Contains(verbs, "ANY") || len(verbs) == 0 {
			t.open("allowMethods", first(p.preflight.Place, p.place), "the function answers for every method, and its code says which pages may call")
			verbs = nil
		}
		t.Places[entryOf("resources", i)] = p.place
		all = append(all, gateway.ResourceConfig{Path: p.path, Methods: verbs})
	}
	t.factor(all)
}

// exposed takes the response headers that scripts may read: the integration
// responses name them, or the gateway responses.
func (t *taking) exposed(paths []*served) {
	var all []said
	take := func(s said) {
		if s = s.list(); len(s.words) > 0 || s.unknown != "" {
			all = append(all, s)
		}
	}
	for _, p := range paths {
		for _, m := range p.methods {
			if kind := integrationType(m); kind == "AWS_PROXY" || kind == "HTTP_PROXY" || m.Integration == nil {
				continue
			}
			for _, r := range m.Integration.Responses {
				if _, ok := header(r.Headers, cors.HeaderExposeHeaders); ok {
					take(static(m.Key(), r.Headers, cors.HeaderExposeHeaders, r.Place))
				}
			}
		}
	}
	for _, g := range t.facts.GatewayResponses {
		if _, ok := header(g.Headers, cors.HeaderExposeHeaders); ok {
			take(static("the gateway response "+g.Type.String(), g.Headers, cors.HeaderExposeHeaders, g.Place))
		}
	}
	t.Config.ExposeHeaders = t.agree("exposeHeaders", all, true)
}

// functionCredentials takes what the gateway responses say of credentials, where
// a function answers the preflight.
func (t *taking) functionCredentials() {
	var all []said
	for _, g := range t.facts.GatewayResponses {
		if _, ok := header(g.Headers, cors.HeaderAllowOrigin); ok {
			all = append(all, static("the gateway response "+g.Type.String(), g.Headers, cors.HeaderAllowCredentials, g.Place))
		}
	}
	t.credentials(t.agree("allowCredentials", all, false))
}

// gatewayResponses takes the types that have CORS headers, and the origin that
// they allow.
func (t *taking) gatewayResponses() {
	var types []string
	var origins []said
	for i := range t.facts.GatewayResponses {
		g := &t.facts.GatewayResponses[i]
		s := static("the gateway response "+g.Type.String(), g.Headers, cors.HeaderAllowOrigin, g.Place)
		if h, ok := header(g.Headers, cors.HeaderAllowOrigin); ok && h.Value.String() == gateway.EchoOrigin {
			s.unknown, s.words = "", []string{gateway.EchoOrigin}
		}
		kind, known := g.Type.Value()
		if meant := strings.ToUpper(kind); meant != kind && slices.Contains(gateway.ResponseTypes(), meant) {
			t.note("gatewayResponses", first(g.Type.Place, g.Place), "the file has "+kind+", which is not a gateway response type", "gateway-response-type-unknown")
			kind = meant
		}
		switch {
		case len(s.words) == 0 && s.unknown == "":
		case !known:
			t.open("gatewayResponses", first(g.Type.Place, g.Place), g.Type.Unknown())
		case !slices.Contains(gateway.ResponseTypes(), kind):
			t.note("gatewayResponses", first(g.Type.Place, g.Place), "left out: "+kind+" is not a gateway response type", "gateway-response-type-unknown")
		case !slices.Contains(types, kind):
			types, origins = append(types, kind), append(origins, s)
			t.Places["gatewayResponses"] = first(t.Places["gatewayResponses"], g.Type.Place, g.Place)
		}
	}
	if t.isOpen("gatewayResponses") {
		return
	}
	if types == nil {
		types = []string{gateway.NoResponses}
		if why := t.facts.IsOpen(gateway.OpenResponses); why != "" {
			t.note("gatewayResponses", t.facts.Place, "the file has none, and they may stand elsewhere: "+why)
		} else if t.Config.Preflight != string(gateway.ByLambda) || len(t.facts.GatewayResponses) > 0 {
			t.note("gatewayResponses", t.facts.Place, "pages cannot read API Gateway's own errors; leave the key out for DEFAULT_4XX and DEFAULT_5XX", "gateway-responses-missing")
		}
	}
	defaults := fieldDefault("gatewayResponses")
	if slices.Sort(defaults); slices.Equal(slices.Sorted(slices.Values(types)), defaults) {
		types = nil
	}
	t.Config.GatewayResponses = types
	t.gatewayResponseOrigin(t.agree("gatewayResponseOrigin", origins, false))
}

func fieldDefault(key string) []string {
	f, _ := gateway.FieldOf(key)
	return slices.Clone(f.Default(gateway.REST))
}

// gatewayResponseOrigin finds the choice that comes to the value of the file.
func (t *taking) gatewayResponseOrigin(words []string) {
	if len(words) == 0 || t.isOpen("gatewayResponseOrigin") {
		return
	}
	value, at := strings.Join(words, ","), t.Places["gatewayResponseOrigin"]
	origins := t.Config.AllowOrigins
	auto := "*"
	switch {
	case len(origins) == 1 && (origins[0] == "*" || !strings.Contains(origins[0], "*")):
		auto = origins[0]
	case t.Config.AllowCredentials:
		auto = gateway.EchoOrigin
	}
	if t.isOpen("allowOrigins") || t.isOpen("allowCredentials") {
		auto = "" // it depends on what is open
	}
	switch {
	case value == auto:
	case value == gateway.EchoOrigin:
		t.Config.GatewayResponseOrigin = string(gateway.OriginEcho)
	case value == "*" && t.Config.AllowCredentials:
		t.open("gatewayResponseOrigin", at, "the file has *, which a browser refuses for a request with credentials", "gateway-response-lacks-credentials")
	case value == "*":
		t.Config.GatewayResponseOrigin = string(gateway.OriginAny)
	case slices.Contains(origins, value) && len(origins) == 1, auto == "" && len(origins) == 0:
		t.note("gatewayResponseOrigin", at, "the file has "+value)
	default:
		t.open("gatewayResponseOrigin", at, "the file has "+value+", where a policy has the one origin, any or the echo of the request's")
	}
}

package importer

import (
	"slices"
	"strconv"
	"strings"

	"apigw-cors/generator/gateway"
)

// routed is a path of an HTTP API with its routes.
type routed struct {
	path   string
	place  gateway.Place
	routes []*gateway.RouteFacts
	verbs  []string
}

// routes are the paths in the order of the file, with the routes that pages
// call. options is a route that takes OPTIONS requests; nil where none does.
func (t *taking) routes() (all []*routed, options *gateway.RouteFacts) {
	byPath := map[string]*routed{}
	for i := range t.facts.Routes {
		r := &t.facts.Routes[i]
		key, known := r.Key.Value()
		if !known {
			t.note("resources", first(r.Key.Place, r.Place), "left out: a route that is not known: "+r.Key.Unknown())
			continue
		}
		verb, path, ok := strings.Cut(key, " ")
		if !ok {
			verb, path = "ANY", key
		}
		verb = strings.ToUpper(verb)
		if verb == "OPTIONS" || verb == "ANY" && options == nil {
			options = r
		}
		if verb == "OPTIONS" {
			continue
		}
		p := byPath[path]
		if p == nil {
			p = &routed{path: path, place: r.Place}
			byPath[path] = p
			all = append(all, p)
		}
		p.routes = append(p.routes, r)
		if !slices.Contains(p.verbs, verb) {
			p.verbs = append(p.verbs, verb)
		}
	}
	return all, options
}

// http takes an HTTP API, whose CORS configuration is the policy.
func (t *taking) http() {
	all, options := t.routes()
	var callers []caller
	for _, r := range all {
		for _, route := range r.routes {
			callers = append(callers, caller{route.Key.String(), route.Auth, route.Place})
		}
	}
	t.auth(callers)
	t.payloadFormat()
	c := t.facts.CORS
	if c == nil {
		t.withoutCORS(all, options)
		return
	}
	t.Config.AllowOrigins = t.serviceList("allowOrigins", c.AllowOrigins, c.Place)
	if len(t.Config.AllowOrigins) == 0 && !t.isOpen("allowOrigins") {
		t.open("allowOrigins", first(c.AllowOrigins.Place, c.Place), "the CORS configuration names none, so that no page gets through", "allow-origins-missing")
	}
	switch {
	case c.AllowCredentials.Unknown != "":
		t.open("allowCredentials", first(c.AllowCredentials.Place, c.Place), c.AllowCredentials.Unknown)
	case c.AllowCredentials.Value:
		t.Config.AllowCredentials = true
		t.Places["allowCredentials"] = c.AllowCredentials.Place
	}
	t.headers(t.serviceList("allowHeaders", c.AllowHeaders, c.Place))
	t.Config.ExposeHeaders = t.serviceList("exposeHeaders", c.ExposeHeaders, c.Place)
	t.serviceMaxAge(c)
	listed := t.serviceList("allowMethods", c.AllowMethods, c.Place)
	if t.isOpen("allowMethods") {
		for _, r := range all {
			t.Config.Resources = append(t.Config.Resources, gateway.ResourceConfig{Path: r.path})
		}
		return
	}
	t.routeResources(all, listed, first(c.AllowMethods.Place, c.Place))
}

func (t *taking) serviceMaxAge(c *gateway.CORSFacts) {
	switch at := first(c.MaxAge.Place, c.Place); {
	case c.MaxAge.Unknown != "":
		t.open("maxAge", at, c.MaxAge.Unknown)
	case c.MaxAge.IsGiven():
		t.Config.MaxAge = strconv.Itoa(c.MaxAge.Value)
		t.Places["maxAge"] = at
	}
}

// serviceList is a list of the CORS configuration. What is unknown of the
// origins leaves an entry open, what is unknown of another list all of it.
func (t *taking) serviceList(field string, list gateway.Fact[[]gateway.Text], at gateway.Place) (words []string) {
	at = first(list.Place, at)
	if list.Unknown != "" {
		t.open(field, at, list.Unknown)
		return nil
	}
	t.Places[field] = at
	var open []Note
	for _, entry := range list.Value {
		place := first(entry.Place, at)
		value, known := entry.Value()
		unknown := entry.Unknown()
		if known && isPlaceholder(value) {
			unknown = value + " is a placeholder"
		}
		if unknown != "" {
			open = append(open, Note{Field: entryOf(field, len(words)), Open: true, Place: place, Text: unknown})
			words = append(words, "")
			continue
		}
		inner := strings.Trim(value, `'"`)
		if inner != value {
			t.note(field, place, "the file has "+value+", and its quotes are part of the value", "quoted-value")
		}
		if strings.Contains(inner, ",") {
			t.note(field, place, "the file joins "+inner+" to one entry; here each has its own", "comma-joined-origins")
		}
		for part := range strings.SplitSeq(inner, ",") {
			if part = strings.TrimSpace(part); part != "" && !slices.Contains(words, part) {
				t.Places[entryOf(field, len(words))] = place
				words = append(words, part)
			}
		}
	}
	whole := field != "allowOrigins" || len(open) == len(words)
	for _, n := range open {
		if whole {
			n.Field = field
		}
		t.tell(n)
	}
	if whole && len(open) > 0 {
		return nil
	}
	return words
}

// withoutCORS takes an API without a CORS configuration: a function answers the
// preflight, or nobody.
func (t *taking) withoutCORS(all []*routed, options *gateway.RouteFacts) {
	if why := t.facts.IsOpen(gateway.OpenCORS); why != "" {
		t.open("allowOrigins", t.facts.Place, why)
	} else if options == nil {
		t.open("allowOrigins", t.facts.Place, "the API has no CORS configuration, so that no page gets through")
	} else {
		t.Config.Preflight = string(gateway.ByLambda)
		t.Places["preflight"] = options.Place
		t.open("allowOrigins", options.Place, "a function answers the preflight, and its code says which origins may read responses")
		t.note("allowOrigins", options.Place, "allowHeaders, exposeHeaders, allowCredentials and maxAge stand in the function's code, too")
	}
	var resources []gateway.ResourceConfig
	for i, r := range all {
		verbs := r.verbs
		if slices.Contains(verbs, "ANY") {
			t.open("allowMethods", r.place, "the file does not say which methods pages call")
			verbs = nil
		}
		t.Places[entryOf("resources", i)] = r.place
		resources = append(resources, gateway.ResourceConfig{Path: r.path, Methods: verbs})
	}
	t.factor(resources)
	if len(resources) == 0 {
		t.open("allowMethods", t.facts.Place, "the file does not say which methods pages call")
	}
}

// routeResources takes the routes that the configuration lets pages call.
func (t *taking) routeResources(all []*routed, listed []string, at gateway.Place) {
	if len(all) == 0 {
		// The routes stand elsewhere, or there are none yet.
		t.Config.AllowMethods = listed
		return
	}
	var resources []gateway.ResourceConfig
	var verbs []string
	for _, r := range all {
		verbs = append(verbs, r.verbs...)
	}
	for _, r := range all {
		methods, left := allowed(r.verbs, verbs, listed)
		for _, verb := range left {
			t.note("resources", r.place, "left out: "+verb+" "+r.path+", which the CORS configuration does not list among its methods", "method-not-in-allow-methods")
		}
		if r.path == gateway.DefaultRoute {
			methods = listed
		}
		if len(methods) == 0 {
			continue
		}
		if text := addedMethods(methods, listed); text != "" {
			t.note("allowMethods", first(at, r.place), text)
		}
		t.Places[entryOf("resources", len(resources))] = r.place
		t.Places[entryOf("resources", len(resources))+".methods"] = first(at, r.place)
		resources = append(resources, gateway.ResourceConfig{Path: r.path, Methods: methods})
	}
	t.factor(resources)
	if len(resources) == 0 {
		t.open("allowMethods", at, "of the routes none has a method that is allowed to pages")
	}
}

// payloadFormat takes the version that all routes have.
func (t *taking) payloadFormat() {
	var all []said
	for i := range t.facts.Routes {
		r := &t.facts.Routes[i]
		if version, known := r.Payload.Value(); known && version != "" {
			all = append(all, said{words: []string{version}, of: r.Key.String(), place: first(r.Payload.Place, r.Place)})
		}
	}
	if words := t.agree("payloadFormat", all, false); len(words) > 0 && words[0] != string(gateway.PayloadFormat2) {
		t.Config.PayloadFormat = words[0]
	}
}

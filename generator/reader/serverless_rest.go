package reader

import (
	"slices"
	"strings"

	"apigw-cors/generator/gateway"
)

// preflight is what the cors blocks of one path ask for together.
type preflight struct {
	path, cors                   field
	origins, methods, headers    []*node
	origin, maxAge, cacheControl *node
	credentials                  bool
	credentialsAt                gateway.Place
}

// defaultCorsHeaders are those that the framework allows where a cors block
// names none.
func defaultCorsHeaders() []string {
	return []string{
		"Content-Type", "X-Amz-Date", "Authorization", "X-Api-Key", "X-Amz-Security-Token", "X-Amz-User-Agent", "X-Amzn-Trace-Id",
	}
}

func textNodes(at gateway.Place, texts ...string) []*node {
	var out []*node
	for _, text := range texts {
		out = append(out, textNode(text, at))
	}
	return out
}

// httpEvent reads an http event: "GET orders", or a map.
func (s *service) httpEvent(event field) {
	n := event.value
	at := event.place()
	path, method := n.get("path"), n.get("method")
	if text, ok := n.literal(); ok {
		verb, rest, _ := strings.Cut(text, " ")
		path, method = textNode(rest, n.place), textNode(verb, n.place)
	}
	p, ok1 := path.literal()
	m, ok2 := method.literal()
	if !ok1 || !ok2 {
		why := "its path or method is not known"
		s.open = append(s.open, gateway.Open{Part: gateway.OpenMethods, Why: "an http event: " + why, Place: at})
		return
	}
	pathField := field{key: pathOf(p), at: path.place}
	methodField := field{key: normal(m), at: method.place}
	op := object(at)
	op.madeBy = "Serverless http event"
	s.security(s.rest, op, n, at)
	var cors *preflight
	if c, ok := n.field("cors"); ok && c.value.isKind(unknown) {
		s.open = append(s.open, gateway.Open{Part: gateway.OpenMethods, Why: "cors: " + c.value.why, Place: c.place()})
	} else if ok && !falsy(c.value) {
		cors = s.corsOf(c, strings.ToUpper(m))
		s.merge(pathField, cors)
	}
	s.integrationOf(op, n, cors, at)
	if headers := n.get("request").get("parameters").get("headers"); headers.isKind(mapping) {
		parameters := &node{kind: list, place: headers.place}
		for _, f := range headers.fields {
			parameters.items = append(parameters.items, object(f.at, "in", "header", "name", f.key))
		}
		op.set(field{key: "parameters", at: headers.place, value: parameters})
	}
	s.rest.add(pathField, methodField)
	s.rest.paths.get(pathField.key).set(field{key: methodField.key, at: methodField.at, value: op})
}

// corsOf reads a cors block: true, or a map.
func (s *service) corsOf(c field, method string) *preflight {
	at := c.place()
	p := &preflight{cors: c, origin: textNode("*", at), methods: textNodes(at, "OPTIONS"), headers: textNodes(at, defaultCorsHeaders()...)}
	n := c.value
	if n.kind == mapping {
		if origins := n.get("origins"); !falsy(origins) {
			p.origin = nil
			p.origins = origins.itemsOf()
			if !origins.isKind(list) {
				p.origins = []*node{origins}
			}
		}
		if origin := n.get("origin"); origin != nil {
			p.origin = origin
		}
		if methods := n.get("methods"); methods.isKind(list) {
			p.methods = methods.items
		}
		if headers := n.get("headers"); !falsy(headers) {
			if p.headers = headers.itemsOf(); !headers.isKind(list) {
				p.headers = []*node{headers}
			}
		}
		if f, ok := n.field("allowCredentials"); ok && !falsy(f.value) {
			p.credentials, p.credentialsAt = true, f.value.place
		}
		p.maxAge, p.cacheControl = n.get("maxAge"), n.get("cacheControl")
	}
	p.methods = union(p.methods, textNodes(at, "OPTIONS", method))
	return p
}

// union adds the texts of a list that another one does not have.
func union(a, b []*node) []*node {
	out := slices.Clone(a)
	for _, n := range b {
		if !slices.ContainsFunc(out, func(have *node) bool {
			return partsKey(have.parts) == partsKey(n.parts) && have.kind == n.kind && have.why == n.why
		}) {
			out = append(out, n)
		}
	}
	return out
}

// merge puts together the cors blocks of a path; of single values the last one
// holds.
func (s *service) merge(path field, p *preflight) {
	for _, old := range s.preflight {
		if old.path.key != path.key {
			continue
		}
		old.headers, old.methods, old.origins = union(p.headers, old.headers), union(p.methods, old.methods), union(p.origins, old.origins)
		old.origin = p.origin
		if p.credentials {
			old.credentials, old.credentialsAt = true, p.credentialsAt
		}
		if !falsy(p.maxAge) {
			old.maxAge = p.maxAge
		}
		if !falsy(p.cacheControl) {
			old.cacheControl = p.cacheControl
		}
		return
	}
	first := *p
	first.path = path
	s.preflight = append(s.preflight, &first)
}

// options adds the mock of every path with cors.
func (s *service) options() {
	for _, p := range s.preflight {
		item := s.rest.paths.get(p.path.key)
		if _, exists := item.field("options"); exists {
			continue
		}
		item.set(field{key: "options", at: p.cors.at, value: p.operation()})
	}
}

// operation is the OPTIONS that the framework writes.
func (p *preflight) operation() *node {
	at := p.cors.place()
	origins := p.origins
	if text, ok := p.origin.literal(); ok && strings.Contains(text, ",") {
		origins = nil
		for _, o := range strings.Split(text, ",") {
			origins = append(origins, textNode(strings.TrimSpace(o), p.origin.place))
		}
	}
	origin := p.origin
	if len(origins) > 0 {
		origin = origins[0]
	}
	parameters, headers := object(at), object(at)
	add := func(name string, value *node) {
		parameters.set(field{key: methodHeader + name, at: value.place, value: value})
		headers.set(field{key: name, at: value.place, value: object(at)})
	}
	place := func(n *node) gateway.Place {
		if n == nil {
			return at
		}
		return n.place
	}
	add("Access-Control-Allow-Origin", quoted(place(origin), joined([]*node{origin})))
	add("Access-Control-Allow-Headers", quoted(listPlace(p.headers, at), joined(p.headers)))
	methods := p.methods
	for i, m := range methods {
		if m.is("ANY") {
			methods = slices.Clone(methods)
			methods[i] = textNode("DELETE,GET,HEAD,PATCH,POST,PUT", m.place)
			break
		}
	}
	add("Access-Control-Allow-Methods", quoted(listPlace(methods, at), joined(methods)))
	if p.credentials {
		add("Access-Control-Allow-Credentials", textNode("'true'", p.credentialsAt))
	}
	if !falsy(p.maxAge) {
		add("Access-Control-Max-Age", quoted(p.maxAge.place, joined([]*node{p.maxAge})))
	}
	if !falsy(p.cacheControl) {
		add("Cache-Control", quoted(p.cacheControl.place, joined([]*node{p.cacheControl})))
	}
	response := object(at, "statusCode", "200", "responseParameters", parameters, "responseTemplates", object(at, "application/json", originsTemplate(origins, at)))
	op := object(at,
		apiIntegration, object(at, "type", "mock", "contentHandling", "CONVERT_TO_TEXT",
			"requestTemplates", object(at, "application/json", "{statusCode:200}"), "responses", object(at, "default", response)),
		"responses", object(at, "200", object(at, "headers", headers)), "security", &node{kind: list, place: at})
	op.madeBy = serverlessCors
	return op
}

// listPlace is that of the first item of a list.
func listPlace(items []*node, at gateway.Place) gateway.Place {
	if len(items) > 0 && !items[0].place.IsZero() {
		return items[0].place
	}
	return at
}

// originsTemplate is the mapping template for several origins: each is a
// regular expression, in which only the dots and the first * are replaced.
func originsTemplate(origins []*node, at gateway.Place) *node {
	if len(origins) == 0 {
		return textNode("", at)
	}
	var tests []string
	for _, o := range origins {
		text, ok := o.literal()
		if !ok {
			return unknownNode(at, unknownOf(joined([]*node{o})))
		}
		pattern := strings.Replace(strings.ReplaceAll(text, ".", "[.]"), "*", ".+", 1)
		tests = append(tests, `$origin.matches("`+pattern+`")`)
	}
	return textNode("#set($origin = $input.params(\"Origin\"))\n#if($origin == \"\") #set($origin = $input.params(\"origin\")) #end\n#if("+
		strings.Join(tests, " || ")+") #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin) #end", at)
}

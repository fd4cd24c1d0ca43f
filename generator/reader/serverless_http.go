package reader

import (
	"slices"
	"strings"

	"apigw-cors/generator/gateway"
)

// httpAPIEvent reads an httpApi event: "*", "GET /orders", or a map.
func (s *service) httpAPIEvent(event field) {
	n, at := event.value, event.place()
	path, method := n.get("path"), n.get("method")
	if text, ok := n.literal(); ok {
		verb, rest, found := strings.Cut(text, " ")
		path, method = textNode(strings.TrimSpace(rest), n.place), textNode(verb, n.place)
		if !found {
			path = method
		}
	}
	p, ok1 := path.literal()
	m, ok2 := method.literal()
	if method == nil && p == "*" {
		m, ok2 = "*", true
		method = path
	}
	if !ok1 || !ok2 {
		s.open = append(s.open, gateway.Open{Part: gateway.OpenMethods, Why: "an httpApi event: its path or method is not known", Place: at})
		return
	}
	if p == "*" {
		p = "$default"
	}
	if m == "*" {
		m = "any"
	}
	op := object(at)
	op.madeBy = "Serverless httpApi event"
	payload := s.provider.get("httpApi").get("payload")
	if payload == nil {
		payload = textNode("2.0", at)
	}
	op.set(field{key: apiIntegration, at: at, value: object(at, "type", "aws_proxy", "payloadFormatVersion", payload)})
	if f, ok := n.field("authorizer"); ok && !falsy(f.value) {
		s.routeSecurity(op, f)
	}
	pathField := field{key: p, at: path.place}
	s.http.add(pathField, field{key: normal(m), at: method.place})
	s.http.paths.get(p).set(field{key: normal(m), at: method.place, value: op})
}

// routeSecurity is what an httpApi event asks of its caller.
func (s *service) routeSecurity(op *node, f field) {
	name, isText := f.value.literal()
	if !isText {
		name, _ = f.value.get("name").literal()
	}
	scheme := iamScheme(f.at)
	if upperOf(f.value.get("type")) != "AWS_IAM" {
		authorizer := s.provider.get("httpApi").get("authorizers").get(name)
		typ := "jwt"
		if authorizer.get("type").is("request") || f.value.get("type").is("request") {
			typ = "request"
		}
		scheme = object(f.at, "type", "oauth2", "x-amazon-apigateway-authorizer",
			object(f.at, "type", typ, "identitySource", authorizer.get("identitySource")))
	} else {
		name = "AWS_IAM"
	}
	if name == "" {
		name = "an authorizer by its id"
	}
	s.http.define(name, f.at, scheme)
	require(op, name, f.place())
}

// writeHTTP adds the HTTP API that the framework makes of httpApi events.
func (s *service) writeHTTP(functions field) {
	httpAPI := s.provider.get("httpApi")
	if id, ok := httpAPI.field("id"); ok {
		s.external(gateway.HTTP, id.place())
	}
	s.http.secure(false)
	props := object(functions.at, "Body", s.http.doc)
	if cors, ok := httpAPI.field("cors"); ok && !falsy(cors.value) {
		props.set(field{key: "CorsConfiguration", at: cors.at, value: s.httpCORS(cors)})
	}
	s.put(serverlessHTTP, "AWS::ApiGatewayV2::Api", functions.at, props)
}

// httpCORS is the configuration that the framework writes: what is left out
// has its defaults, the methods those of the routes.
func (s *service) httpCORS(cors field) *node {
	n, at := cors.value, cors.place()
	if n.isKind(unknown) {
		return n
	}
	out := object(at)
	out.place = at
	set := func(name, key string, byDefault []*node) {
		f, ok := n.field(key)
		switch {
		case ok && f.value.isKind(scalar):
			f.value = &node{kind: list, place: f.value.place, items: []*node{f.value}}
		case !ok && byDefault == nil:
			return
		case !ok:
			f = field{at: at, value: &node{kind: list, place: at, items: byDefault}}
		}
		f.key = name
		out.set(f)
	}
	set("AllowOrigins", "allowedOrigins", textNodes(at, "*"))
	set("AllowHeaders", "allowedHeaders", textNodes(at, defaultCorsHeaders()...))
	set("AllowMethods", "allowedMethods", textNodes(at, s.routeMethods()...))
	set("ExposeHeaders", "exposedResponseHeaders", nil)
	if f, ok := n.field("maxAge"); ok {
		f.key = "MaxAge"
		out.set(f)
	}
	if f, ok := n.field("allowCredentials"); ok && !falsy(f.value) {
		value := textNode("true", f.value.place)
		value.typ = boolType
		out.set(field{key: "AllowCredentials", at: f.at, value: value})
	}
	return out
}

// routeMethods are OPTIONS and the methods of the routes.
func (s *service) routeMethods() []string {
	out := []string{"OPTIONS"}
	add := func(m string) {
		if !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	for _, path := range s.http.paths.fields {
		for _, f := range path.value.fields {
			if f.key == anyMethod {
				for _, m := range []string{"GET", "POST", "PUT", "PATCH", "OPTIONS", "HEAD", "DELETE"} {
					add(m)
				}
				continue
			}
			add(strings.ToUpper(f.key))
		}
	}
	return out
}

package reader

import (
	"strings"

	"apigw-cors/generator/gateway"
)

// openAPI reads a document that stands alone. Whether it is for a REST or an
// HTTP API is seen from what only one of them imports.
func (r *reading) openAPI(d *document) {
	t := &template{reading: r, kind: OpenAPI, file: d.file}
	kind := apiKind(d.root)
	r.APIs = append(r.APIs, t.worlds(func(s *scope) *gateway.Facts {
		f := s.facts(kind, "", d.root.place)
		if title, ok := s.resolve(d.root.get("info").get("title")).literal(); ok {
			f.Name = title
		}
		if f.Name == "" {
			f.Name = d.file
		}
		s.openAPI(f, d.root)
		return f
	})...)
}

// apiKind is the kind of API that imports a document: HTTP APIs import OpenAPI
// 3 only, and their integrations name a payload format version.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html
func apiKind(root *node) gateway.Kind {
	if root.get("swagger") != nil || root.get("x-amazon-apigateway-gateway-responses") != nil ||
		root.get("x-amazon-apigateway-binary-media-types") != nil || root.get("x-amazon-apigateway-request-validators") != nil {
		return gateway.REST
	}
	http := root.get("x-amazon-apigateway-cors") != nil
	for _, path := range root.get("paths").fieldsOf() {
		if strings.TrimPrefix(path.key, "/") == "$default" {
			return gateway.HTTP
		}
		for _, op := range path.value.fieldsOf() {
			i := op.value.get("x-amazon-apigateway-integration")
			if i.get("payloadFormatVersion") != nil || i.get("integrationSubtype") != nil {
				return gateway.HTTP
			}
			switch typ, _ := i.get("type").literal(); strings.ToLower(typ) {
			case "mock", "aws", "http":
				return gateway.REST
			}
		}
	}
	for _, scheme := range root.get("components").get("securitySchemes").fieldsOf() {
		if scheme.value.get("x-amazon-apigateway-authorizer").get("type").is("jwt") {
			http = true
		}
	}
	if http {
		return gateway.HTTP
	}
	return gateway.REST
}

// spec is an OpenAPI document in a world.
type spec struct {
	*scope
	root *node
}

// openAPI adds what a document says to the facts of its API.
func (s *scope) openAPI(f *gateway.Facts, root *node) {
	d := &spec{scope: s, root: root}
	for _, path := range s.fields(root.get("paths")) {
		item := d.deref(path.value)
		if item.isKind(unknown) {
			f.Open = append(f.Open, gateway.Open{Part: gateway.OpenMethods, Why: item.why, Place: path.place()})
		}
		s.misplacedExtension(path)
		for _, op := range s.fields(item) {
			method, ok := verb(op.key)
			if !ok {
				continue
			}
			if f.Kind == gateway.HTTP {
				f.Routes = append(f.Routes, d.route(method, path, op))
			} else {
				f.Methods = append(f.Methods, d.method(method, path, item, op))
			}
		}
	}
	for _, g := range s.fields(root.get("x-amazon-apigateway-gateway-responses")) {
		f.GatewayResponses = append(f.GatewayResponses, gateway.GatewayResponseFacts{
			Type: gateway.Literal(g.key, g.at), Status: s.text(g.value.get("statusCode")),
			Headers: s.headers(g.value.get("responseParameters"), gatewayHeader, true), HeadersPlace: placeOfKey(g.value, "responseParameters"),
			Templates: s.templates(g.value.get("responseTemplates")), Place: g.place(),
		})
	}
	for _, item := range s.items(root.get("x-amazon-apigateway-binary-media-types")) {
		s.addBinary(f, item)
	}
	if c, ok := root.field("x-amazon-apigateway-cors"); ok {
		if n := s.resolve(c.value); n.isKind(mapping) {
			at := c.place()
			if n.madeBy != "" {
				at = n.place
			}
			f.CORS = s.cors(n, at, strings.ToLower)
		} else if n != nil {
			f.Open = append(f.Open, gateway.Open{Part: gateway.OpenCORS, Why: unknownOf(s.parts(n)), Place: c.place()})
		}
	}
}

// verb is the method of an operation's key. The importer takes verbs in any
// case.
func verb(key string) (method string, ok bool) {
	switch method = strings.ToUpper(key); method {
	case "X-AMAZON-APIGATEWAY-ANY-METHOD", "ANY":
		return "ANY", true
	case "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH":
		return method, true
	}
	return "", false
}

// deref resolves a value, and follows its $ref to a place in the document.
func (d *spec) deref(n *node) *node {
	n = d.resolve(n)
	for range maxRefs {
		ref, ok := d.resolve(n.get("$ref")).literal()
		if !ok {
			return n
		}
		pointer, ok := strings.CutPrefix(ref, "#/")
		if !ok {
			return unknownNode(n.place, "it refers to "+ref)
		}
		target := d.root
		for _, token := range strings.Split(pointer, "/") {
			token = strings.NewReplacer("~1", "/", "~0", "~").Replace(token)
			target = d.resolve(target.get(token))
		}
		if target == nil {
			return unknownNode(n.place, "it refers to "+ref+", which is not there")
		}
		n = target
	}
	return n
}

// maxRefs bounds a chain of references.
const maxRefs = 16

func (d *spec) route(method string, path, op field) gateway.RouteFacts {
	key := method + " " + path.key
	if strings.TrimPrefix(path.key, "/") == "$default" {
		key = "$default"
	}
	r := gateway.RouteFacts{Key: gateway.Literal(key, op.at), Auth: d.auth(op.value), Place: op.place()}
	if op.value.madeBy != "" {
		r.Place = op.value.place
	}
	if i := d.deref(op.value.get("x-amazon-apigateway-integration")); i.isKind(mapping) {
		r.Integration, r.Payload = upper(d.text(i.get("type"))), d.text(i.get("payloadFormatVersion"))
	}
	return r
}

package reader

import (
	"regexp"
	"strings"

	"apigw-cors/generator/gateway"
)

// swagger is an OpenAPI document that SAM edits. What it changes is copied; the
// template's own values stay as they are.
type swagger struct {
	doc, paths *node
	security   *node
}

const (
	anyMethod      = "x-amazon-apigateway-any-method"
	apiIntegration = "x-amazon-apigateway-integration"
)

// emptyBody is what SAM begins with where an API has no body.
func emptyBody(kind gateway.Kind, at gateway.Place) *swagger {
	doc := &node{kind: mapping, place: at}
	version := field{key: "swagger", at: at, value: textNode("2.0", at)}
	if kind == gateway.HTTP {
		version = field{key: "openapi", at: at, value: textNode("3.0.1", at)}
	}
	doc.set(version)
	paths := &node{kind: mapping, place: at}
	doc.set(field{key: "paths", at: at, value: paths})
	return &swagger{doc: doc, paths: paths}
}

// isBody reports whether SAM takes a value for an OpenAPI document.
func isBody(n *node) bool {
	if !n.isKind(mapping) || n.tag != "" || !n.get("paths").isKind(mapping) {
		return false
	}
	version, _ := n.get("openapi").literal()
	return !falsy(n.get("swagger")) || isOpenAPI3(version)
}

func isOpenAPI3(version string) bool {
	return regexp.MustCompile(`^3(\.\d)(\.\d)?$`).MatchString(version)
}

// edit copies what SAM edits of a document.
func (t *template) edit(body *node) *swagger {
	s := &swagger{doc: body.clone(), paths: body.get("paths").clone()}
	for i, path := range s.paths.fields {
		s.paths.fields[i].value = t.editable(path.value, 2)
	}
	f, _ := s.doc.field("paths")
	f.value = s.paths
	s.doc.set(f)
	if definitions := s.doc.get("securityDefinitions"); definitions.isKind(mapping) {
		s.security = definitions.clone()
	}
	return s
}

// editable copies maps to a depth, through Fn::If.
func (t *template) editable(n *node, depth int) *node {
	if n == nil || depth == 0 || n.kind == scalar || n.kind == unknown {
		return n
	}
	if !t.spend(1 + len(n.fields) + len(n.items)) {
		return unknownNode(n.place, tooMuch)
	}
	out := n.clone()
	if name, _ := intrinsic(n); name == "Fn::If" {
		items := out
		if n.tag == "" {
			items = out.fields[0].value.clone()
			out.fields[0].value = items
		}
		for i, item := range items.items {
			items.items[i] = t.editable(item, depth)
		}
		return out
	}
	if out.kind == mapping {
		for i, f := range out.fields {
			out.fields[i].value = t.editable(f.value, depth-1)
		}
	}
	return out
}

// contents are the values that one may come to: both of Fn::If, but for
// AWS::NoValue.
func contents(n *node) []*node {
	if n == nil {
		return nil
	}
	name, arg := intrinsic(n)
	if name != "Fn::If" || !arg.isKind(list) || len(arg.items) == 0 {
		return []*node{n}
	}
	var out []*node
	for _, item := range arg.items[1:] {
		if name, arg := intrinsic(item); name != "Ref" || !arg.is("AWS::NoValue") {
			out = append(out, item)
		}
	}
	return out
}

// when is a value under a condition.
func when(condition string, n *node) *node {
	if condition == "" {
		return n
	}
	at := n.place
	noValue := &node{kind: mapping, place: at, fields: []field{{key: "Ref", at: at, value: textNode("AWS::NoValue", at)}}}
	items := &node{kind: list, place: at, items: []*node{textNode(condition, at), n, noValue}}
	return &node{kind: mapping, place: at, fields: []field{{key: "Fn::If", at: at, value: items}}}
}

// normal is the key of a method in a document.
func normal(method string) string {
	if method = strings.ToLower(method); method == "any" {
		return anyMethod
	}
	return method
}

// add makes sure that a path has a method.
func (s *swagger) add(path, method field) {
	item, ok := s.paths.field(path.key)
	if !ok {
		item = field{key: path.key, at: path.at, value: &node{kind: mapping, place: path.at}}
		s.paths.set(item)
	}
	for _, c := range contents(item.value) {
		if c.kind == mapping {
			if f, ok := c.field(method.key); !ok || f.value.isNull() {
				c.set(field{key: method.key, at: method.at, value: &node{kind: mapping, place: method.at}})
			}
		}
	}
}

// has reports whether a method of a path has an integration.
func (s *swagger) has(path, method string) bool {
	items := contents(s.paths.get(path))
	for _, item := range items {
		found := false
		for _, op := range contents(item.get(method)) {
			found = found || !falsy(op.get(apiIntegration))
		}
		if !found {
			return false
		}
	}
	return len(items) > 0
}

// operations are those of a path that have an integration, with their keys.
func (s *swagger) operations(path string, visit func(method string, op *node)) {
	for _, item := range contents(s.paths.get(path)) {
		for _, f := range item.fieldsOf() {
			for _, op := range contents(f.value) {
				if op.isKind(mapping) && !falsy(op.get(apiIntegration)) {
					visit(normal(f.key), op)
				}
			}
		}
	}
}

// operation are the definitions of one method of a path.
func (s *swagger) operation(path, method string, visit func(op *node)) {
	s.operations(path, func(m string, op *node) {
		if m == normal(method) {
			visit(op)
		}
	})
}

// define adds a security scheme.
func (s *swagger) define(name string, at gateway.Place, scheme *node) {
	if s.security == nil {
		s.security = &node{kind: mapping, place: at}
	}
	s.security.set(field{key: name, at: at, value: scheme})
}

// secure puts the security schemes in their place in the document: for OpenAPI
// 3 they replace those that are there.
func (s *swagger) secure(asComponents bool) {
	if s.security == nil || len(s.security.fields) == 0 {
		return
	}
	at := s.security.place
	if !asComponents {
		s.doc.set(field{key: "securityDefinitions", at: at, value: s.security})
		return
	}
	components := s.doc.get("components")
	if components.isKind(mapping) {
		components = components.clone()
	} else {
		components = &node{kind: mapping, place: at}
	}
	components.set(field{key: "securitySchemes", at: at, value: s.security})
	s.doc.set(field{key: "components", at: at, value: components})
}

// object makes a map of keys and values, in turn, all of one place.
func object(at gateway.Place, keysAndValues ...any) *node {
	n := &node{kind: mapping, place: at}
	for i := 0; i+1 < len(keysAndValues); i += 2 {
		f := field{key: keysAndValues[i].(string), at: at}
		switch v := keysAndValues[i+1].(type) {
		case string:
			f.value = textNode(v, at)
		case *node:
			if v == nil {
				continue
			}
			f.value = v
		}
		n.set(f)
	}
	return n
}

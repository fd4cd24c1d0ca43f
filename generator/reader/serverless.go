package reader

import (
	"strings"

	"apigw-cors/generator/gateway"
)

// The Serverless Framework writes a CloudFormation template of serverless.yml.
// What it would write of the APIs is built from the file's own values, and read
// as a template; the file's resources stand beside it.
// https://github.com/serverless/serverless

const serverlessCors = "Serverless cors"

// The logical ids of the framework's APIs.
const (
	serverlessREST = "ApiGatewayRestApi"
	serverlessHTTP = "HttpApi"
)

// service is a serverless.yml.
type service struct {
	*template
	variables *variables
	provider  *node
	rest      *swagger
	http      *swagger
	preflight []*preflight
}

// serverless reads a serverless.yml.
func (r *reading) serverless(d *document) {
	t := &template{
		reading: r, kind: Serverless, file: d.file, at: gateway.Place{File: d.file}, byID: map[string]*resource{},
	}
	v := &variables{template: t, root: d.root}
	s := &service{
		template: t, variables: v, provider: v.expand(d.root.get("provider")),
		rest: emptyBody(gateway.REST, d.root.place), http: emptyBody(gateway.HTTP, d.root.place),
	}
	s.resourcesOf(v.expand(d.root.get("resources")))
	functions, _ := d.root.field("functions")
	s.functions(v.expand(functions.value))
	s.options()
	s.misplacedCORS(s.provider, "the provider", "write it in each http event, or below provider.httpApi")
	s.misplacedCORS(s.provider.get("apiGateway"), "provider.apiGateway", "write it in each http event")
	if len(s.rest.paths.fields) > 0 && s.byID[serverlessREST] == nil {
		s.writeREST(functions)
	}
	if len(s.http.paths.fields) > 0 && s.byID[serverlessHTTP] == nil {
		s.writeHTTP(functions)
	}
	t.readAPIs()
}

// resourcesOf notes the file's own resources: CloudFormation's, in one map or
// in a list of maps.
func (s *service) resourcesOf(n *node) {
	switch {
	case n.isKind(list):
		for _, item := range n.items {
			s.resourcesOf(item)
		}
	case n.isKind(unknown):
		s.open = append(s.open, gateway.Open{Part: gateway.OpenResponses, Why: "the resources: " + n.why, Place: n.place})
	case n.isKind(mapping):
		for _, f := range n.get("Resources").fieldsOf() {
			s.add(f)
		}
		if c := n.get("Conditions"); c != nil {
			s.template.conditions = c
		}
		if p := n.get("Parameters"); p != nil {
			s.template.parameters = p
		}
		if resources := n.get("Resources"); resources.isKind(unknown) {
			s.resourcesOf(resources)
		}
	}
}

// functions reads the events of every function.
func (s *service) functions(n *node) {
	switch {
	case n.isKind(list):
		for _, item := range n.items {
			s.functions(item)
		}
	case n.isKind(unknown):
		s.open = append(s.open, gateway.Open{Part: gateway.OpenMethods, Why: "the functions: " + n.why, Place: n.place})
	case n.isKind(mapping):
		for _, f := range n.fields {
			if f.value.isKind(unknown) {
				s.open = append(s.open, gateway.Open{Part: gateway.OpenMethods, Why: "function " + f.key + ": " + f.value.why, Place: f.place()})
			}
			s.misplacedCORS(f.value, "a function", "move it into the http event")
			for _, item := range f.value.get("events").itemsOf() {
				s.misplacedCORS(item, "the list of events", "move it into the http event")
				s.misplacedCORS(item.get("httpApi"), "an httpApi event", "move it to provider.httpApi")
				if http, ok := item.field("http"); ok {
					s.httpEvent(http)
				}
				if httpAPI, ok := item.field("httpApi"); ok {
					s.httpAPIEvent(httpAPI)
				}
			}
		}
	}
}

// writeREST adds the REST API that the framework makes of http events.
func (s *service) writeREST(functions field) {
	gatewayProps := s.provider.get("apiGateway")
	if id, ok := gatewayProps.field("restApiId"); ok {
		s.external(gateway.REST, id.place())
	}
	s.rest.secure(false)
	props := object(functions.at, "Body", s.rest.doc)
	if binary, ok := gatewayProps.field("binaryMediaTypes"); ok {
		props.set(field{key: "BinaryMediaTypes", at: binary.at, value: binary.value})
	}
	s.put(serverlessREST, "AWS::ApiGateway::RestApi", functions.at, props)
}

// external notes that the framework adds to an API that it does not make.
func (s *service) external(kind gateway.Kind, at gateway.Place) {
	for _, part := range []gateway.Part{gateway.OpenMethods, gateway.OpenResponses, gateway.OpenCORS} {
		s.open = append(s.open, gateway.Open{Part: part, Why: "the API is declared elsewhere", Place: at})
	}
}

// put adds a resource that the framework makes.
func (s *service) put(id, typ string, at gateway.Place, props *node) {
	res := &resource{id: id, typ: typ, place: at, node: &node{kind: mapping, place: at}, props: props}
	s.resources = append(s.resources, res)
	s.byID[id] = res
}

// pathOf is a path as the framework has it: one slash before it, none behind.
func pathOf(text string) string {
	return "/" + strings.TrimSuffix(strings.TrimPrefix(text, "/"), "/")
}

// quoted is a text between single quotes.
func quoted(at gateway.Place, parts ...[]part) *node {
	n := &node{kind: scalar, place: at, parts: []part{{literal: "'"}}}
	for _, some := range parts {
		for _, p := range some {
			n.parts = appendPart(n.parts, p)
		}
	}
	n.parts = appendPart(n.parts, part{literal: "'"})
	return n
}

// joined are the parts of texts with commas between them.
func joined(items []*node) []part {
	var out []part
	for i, item := range items {
		if i > 0 {
			out = appendPart(out, part{literal: ","})
		}
		switch {
		case item.isKind(scalar) && item.tag == "":
			for _, p := range item.parts {
				out = appendPart(out, p)
			}
		case item.isKind(unknown):
			out = append(out, part{unknown: item.why})
		default:
			out = append(out, part{unknown: "it is known once it is deployed"})
		}
	}
	return out
}

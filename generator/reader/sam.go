package reader

import (
	"strings"

	"apigw-cors/generator/gateway"
)

// The SAM transform writes OpenAPI bodies, and then CloudFormation reads them.
// So does this model of it: what SAM would write is built from the template's
// own values, and read as any other body is.
// https://github.com/aws/serverless-application-model

// What SAM writes for the author, as [gateway.MethodFacts.MadeBy] says it.
const (
	samCors  = "SAM Cors"
	samEvent = "SAM event"
)

// samTemplate is a template that the SAM transform reads.
type samTemplate struct {
	*template
	globals *node
	apis    []*samAPI
}

// samAPI is an AWS::Serverless::Api or HttpApi, declared or implicit.
type samAPI struct {
	*resource
	kind  gateway.Kind
	props *node
	body  *swagger
	// managed APIs have no body of their own: SAM writes it from the events.
	managed bool
	merges  bool
	// elsewhere is set where the body is a document that is not there.
	elsewhere bool
	// conditions are those of the functions behind each method, by path; ""
	// for a function without.
	conditions map[string][]string
}

// sam reads a template that the SAM transform reads.
func (t *template) sam(root *node) {
	s := &samTemplate{template: t, globals: root.get("Globals")}
	t.made = map[string]bool{"ServerlessRestApi": true, "ServerlessHttpApi": true}
	if conditions := t.conditions; conditions.isKind(mapping) {
		t.conditions = conditions.clone()
	} else {
		t.conditions = &node{kind: mapping, place: t.at}
	}
	s.checkGlobals()
	t.misplaced()
	for _, res := range t.resources {
		switch res.typ {
		case "AWS::Serverless::Api":
			s.apis = append(s.apis, s.api(res, gateway.REST))
		case "AWS::Serverless::HttpApi":
			s.apis = append(s.apis, s.api(res, gateway.HTTP))
		}
	}
	events := s.events()
	for _, e := range events {
		s.announce(e)
	}
	for _, api := range s.apis {
		s.conditional(api)
	}
	for _, e := range events {
		s.integrate(e)
	}
	for _, api := range s.apis {
		s.write(api)
	}
	t.readAPIs()
}

// api begins an API with its properties, those of Globals included.
func (s *samTemplate) api(res *resource, kind gateway.Kind) *samAPI {
	api := &samAPI{resource: res, kind: kind, conditions: map[string][]string{}}
	section := "Api"
	if kind == gateway.HTTP {
		section = "HttpApi"
	}
	own := res.props
	api.managed = falsy(own.get("DefinitionBody")) && falsy(own.get("DefinitionUri"))
	api.props = s.withGlobals(section, res.node, own)
	api.merges = isTrueNode(api.props.get("MergeDefinitions")) && kind == gateway.REST
	if api.managed {
		api.body = emptyBody(kind, api.place)
	} else if body := s.expand(own.get("DefinitionBody")); isBody(body) {
		api.body = s.edit(body)
	} else if body != nil {
		api.props = api.props.clone()
		f, _ := api.props.field("DefinitionBody")
		f.value = body
		api.props.set(f)
		name, _ := intrinsic(body)
		api.elsewhere = name == "Fn::Transform"
	}
	return api
}

// implicit is the API of events that name none, made at the first of them.
func (s *samTemplate) implicit(kind gateway.Kind, at gateway.Place) *samAPI {
	id := "ServerlessRestApi"
	if kind == gateway.HTTP {
		id = "ServerlessHttpApi"
	}
	for _, api := range s.apis {
		if api.id == id && api.resource.node.madeBy != "" {
			return api
		}
	}
	n := &node{kind: mapping, place: at, madeBy: samEvent}
	api := s.api(&resource{id: id, place: at, node: n, props: &node{kind: mapping, place: at}}, kind)
	// One that is declared under that name is replaced.
	for i, other := range s.apis {
		if other.id == id {
			s.apis[i] = api
			return api
		}
	}
	s.apis = append(s.apis, api)
	return api
}

// find is the API that an event names; nil where SAM would refuse it.
func (s *samTemplate) find(kind gateway.Kind, id *node, at gateway.Place) *samAPI {
	if id == nil {
		return s.implicit(kind, at)
	}
	name, ok := id.literal()
	if function, arg := intrinsic(id); function == "Ref" {
		name, ok = arg.literal()
	}
	if ok {
		for _, api := range s.apis {
			if api.id == name && api.kind == kind {
				return api
			}
		}
		if name == "ServerlessRestApi" && kind == gateway.REST || name == "ServerlessHttpApi" && kind == gateway.HTTP {
			return s.implicit(kind, at)
		}
		// To an API that is not SAM's, an event adds nothing.
		if res := s.byID[name]; res != nil && kind == gateway.REST && res.typ != "AWS::Serverless::HttpApi" {
			return nil
		}
	}
	s.refuse(id.place, "the event's API is not a reference to an API of its kind in this template")
	return nil
}

// write puts what SAM makes of an API in its place among the resources.
func (s *samTemplate) write(api *samAPI) {
	if api.body != nil && api.managed && api.node.madeBy != "" && len(api.body.paths.fields) == 0 {
		return
	}
	typ := "AWS::ApiGateway::RestApi"
	if api.kind == gateway.HTTP {
		typ = "AWS::ApiGatewayV2::Api"
		s.httpProperties(api)
	} else {
		s.restProperties(api)
	}
	props := &node{kind: mapping, place: api.place}
	if api.body != nil {
		body, at := api.body.doc, api.place
		if f, ok := api.props.field("DefinitionBody"); ok {
			at = f.at
		}
		props.set(field{key: "Body", at: at, value: body})
	} else if f, ok := api.props.field("DefinitionBody"); ok {
		props.set(field{key: "Body", at: f.at, value: f.value})
	} else if f, ok := api.props.field("DefinitionUri"); ok {
		props.set(field{key: "BodyS3Location", at: f.at, value: f.value})
	}
	if f, ok := api.props.field("BinaryMediaTypes"); ok && api.kind == gateway.REST {
		props.set(f)
	}
	n := &node{kind: mapping, place: api.place}
	if f, ok := api.node.field("Condition"); ok {
		n.set(f)
	}
	made := &resource{id: api.id, typ: typ, place: api.place, node: n, props: props}
	if s.byID[api.id] == nil {
		s.resources = append(s.resources, made)
	}
	for i, res := range s.resources {
		if res.id == api.id {
			s.resources[i] = made
		}
	}
	s.byID[api.id] = made
}

// needsBody reports whether a property has the body that SAM writes it into, and
// notes the refusal where it has not.
func (s *samTemplate) needsBody(api *samAPI, given field) bool {
	if api.body == nil && !api.elsewhere {
		why := "SAM refuses " + given.key + ": it works only with an OpenAPI document in DefinitionBody"
		if given.key == "Auth" {
			s.refuse(given.at, "%s", why)
		} else {
			s.note(codeRefusesCORS, given.at, why, "")
		}
	}
	return api.body != nil
}

// falsy reports whether Python, in which SAM is written, takes a value for
// false.
func falsy(n *node) bool {
	if n == nil || n.tag != "" {
		return n == nil
	}
	switch n.kind {
	case scalar:
		text, known := n.literal()
		if !known {
			return false
		}
		switch n.typ {
		case nullType:
			return true
		case boolType:
			return !strings.EqualFold(text, "true") && !strings.EqualFold(text, "yes") && !strings.EqualFold(text, "on")
		case numberType:
			return strings.Trim(text, "0.") == ""
		}
		return text == ""
	case list:
		return len(n.items) == 0
	case mapping:
		return len(n.fields) == 0
	}
	return false
}

// isTrueNode reports whether a value is the boolean true, not a text that says
// so.
func isTrueNode(n *node) bool {
	return n.isKind(scalar) && n.tag == "" && n.typ == boolType && !falsy(n)
}

// isFunction reports whether a value calls an intrinsic function.
func isFunction(n *node) bool {
	name, _ := intrinsic(n)
	return name != ""
}

// withReferences puts the values of parameters in place of references to them,
// anywhere in a value: SAM does so in some properties, before it reads them.
func (t *template) withReferences(n *node) *node {
	if n == nil || !t.spend(1) {
		return n
	}
	if name, arg := intrinsic(n); name == "Ref" {
		id, _ := arg.literal()
		if p := t.parameters.get(id); p != nil {
			if value, ok := t.options.Parameters[id]; ok {
				return textNode(value, n.place)
			}
			if byDefault := p.get("Default"); byDefault != nil {
				value := byDefault.clone()
				value.place = n.place
				return value
			}
		}
		return n
	}
	out := n.clone()
	for i, item := range out.items {
		out.items[i] = t.withReferences(item)
	}
	for i, f := range out.fields {
		out.fields[i].value = t.withReferences(f.value)
	}
	return out
}

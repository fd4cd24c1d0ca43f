package reader

import (
	"slices"
	"strings"

	"apigw-cors/generator/gateway"
)

// event is an Api or HttpApi event of a function or a state machine.
type event struct {
	api          *samAPI
	place        gateway.Place
	path, method field
	auth         *node
	props        *node
	// condition is that of the function.
	condition string
	// stateMachine is the logical id of the state machine it starts; "" for a
	// function.
	stateMachine string
}

// events are those of all functions and state machines that name an API; one
// that SAM refuses is noted and left out.
func (s *samTemplate) events() []event {
	var out []event
	for _, typ := range []string{"AWS::Serverless::Function", "AWS::Serverless::StateMachine"} {
		for _, res := range s.resources {
			if res.typ != typ {
				continue
			}
			condition, _ := res.node.get("Condition").literal()
			for _, f := range res.props.get("Events").fieldsOf() {
				e, ok := s.event(f)
				if !ok {
					continue
				}
				e.condition = condition
				if typ == "AWS::Serverless::StateMachine" {
					if e.api.kind == gateway.HTTP {
						continue
					}
					e.stateMachine = res.id
				}
				out = append(out, e)
			}
		}
	}
	return out
}

func (s *samTemplate) event(f field) (event, bool) {
	kind, idKey := gateway.REST, "RestApiId"
	switch {
	case f.value.get("Type").is("Api"):
	case f.value.get("Type").is("HttpApi"):
		kind, idKey = gateway.HTTP, "ApiId"
	default:
		return event{}, false
	}
	props := f.value.get("Properties")
	if kind == gateway.REST && falsy(props) {
		return event{}, false
	}
	e := event{place: f.place(), auth: props.get("Auth"), props: props}
	path, method := props.get("Path"), props.get("Method")
	if kind == gateway.HTTP && falsy(path) && falsy(method) {
		e.path, e.method = field{key: "$default", at: f.at}, field{key: anyMethod, at: f.at}
	} else {
		var ok1, ok2 bool
		e.path.key, ok1 = plainText(path)
		e.method.key, ok2 = plainText(method)
		if !ok1 || !ok2 {
			s.refuse(f.at, "event %s: Path and Method must be texts", f.key)
			return event{}, false
		}
		e.path.at, e.method.at = path.place, method.place
	}
	e.method.key = strings.ToLower(e.method.key)
	e.api = s.find(kind, props.get(idKey), e.place)
	return e, e.api != nil
}

// plainText is a text that calls no function.
func plainText(n *node) (string, bool) {
	if n == nil || n.tag != "" || n.kind != scalar || n.typ != textType {
		return "", false
	}
	text, ok := n.literal()
	return text, ok && text != ""
}

// announce adds an event's method to the body that SAM manages.
func (s *samTemplate) announce(e event) {
	e.api.conditions[e.path.key] = append(e.api.conditions[e.path.key], e.condition)
	if e.api.managed {
		e.api.body.add(e.path, field{key: normal(e.method.key), at: e.method.at})
	}
}

// conditional puts a path under the conditions of the functions behind it,
// where each of its methods has one; an implicit API likewise.
func (s *samTemplate) conditional(api *samAPI) {
	if !api.managed {
		return
	}
	var all []string
	for i, path := range api.body.paths.fields {
		if name := s.anyOf(api.conditions[path.key]); name != "" {
			api.body.paths.fields[i].value = when(name, path.value)
		}
		all = append(all, api.conditions[path.key]...)
	}
	if name := s.anyOf(all); name != "" && api.node.madeBy != "" {
		api.node.set(field{key: "Condition", at: api.place, value: textNode(name, api.place)})
	}
}

// anyOf is a condition that holds where one of several does; "" where there is
// none, or something is under no condition.
func (s *samTemplate) anyOf(conditions []string) string {
	var names []string
	or := &node{kind: list, place: s.at}
	for _, c := range conditions {
		if c == "" {
			return ""
		}
		if !slices.Contains(names, c) {
			names = append(names, c)
			or.items = append(or.items, object(s.at, "Condition", c))
		}
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	name := strings.Join(names, " or ")
	if s.template.conditions.get(name) == nil {
		made := object(s.at, "Fn::Or", or)
		made.madeBy = samEvent
		s.template.conditions.set(field{key: name, at: s.at, value: made})
	}
	return name
}

// integrate adds an event's integration, and what it asks of its caller.
func (s *samTemplate) integrate(e event) {
	api := e.api
	if api.body == nil {
		return
	}
	switch {
	case api.kind == gateway.HTTP:
		s.integrateHTTP(e)
	case api.merges && e.stateMachine == "":
		s.mergeInto(e)
	case api.managed:
		s.integrateREST(api.body, e)
	case isTrueNode(e.auth.get("OverrideApiAuth")):
		s.eventAuth(api.body, e)
	}
}

func (s *samTemplate) integrateREST(body *swagger, e event) {
	method := normal(e.method.key)
	if body.has(e.path.key, method) {
		s.refuse(e.place, "SAM refuses %s %s: it is defined more than once", strings.ToUpper(e.method.key), e.path.key)
		return
	}
	body.add(e.path, field{key: method, at: e.method.at})
	for _, item := range contents(body.paths.get(e.path.key)) {
		f, ok := item.field(method)
		if !ok {
			continue
		}
		op := f.value.clone()
		op.place, op.madeBy = e.place, samEvent
		integration := object(e.place, "type", "aws_proxy", "httpMethod", "POST")
		responses := object(e.place)
		if e.stateMachine != "" {
			integration = object(e.place, "type", "aws", "httpMethod", "POST", "responses", object(e.place,
				"200", object(e.place, "statusCode", "200"), "400", object(e.place, "statusCode", "400")))
			integration.set(field{key: "requestTemplates", at: e.place, value: object(e.place, "application/json", startTemplate(e))})
			responses = object(e.place, "200", object(e.place), "400", object(e.place))
		}
		op.set(field{key: apiIntegration, at: e.place, value: integration})
		if op.get("responses") == nil {
			op.set(field{key: "responses", at: e.place, value: responses})
		}
		f.value, f.at = when(e.condition, op), e.method.at
		item.set(f)
	}
	s.eventAuth(body, e)
	s.requestParameters(body, e)
}

// startTemplate is the mapping template that starts a state machine.
func startTemplate(e event) *node {
	if isTrueNode(e.props.get("UnescapeMappingTemplate")) {
		return unknownNode(e.place, "SAM writes it")
	}
	return object(e.place, "Fn::Sub", `{"input": "$util.escapeJavaScript($input.json('$'))", "stateMachineArn": "${`+e.stateMachine+`}"}`)
}

// mergeInto adds an event to the author's own body: what SAM writes wins. A
// method keeps the event's spelling, "any" included. A security scheme that the
// event needs is not merged.
func (s *samTemplate) mergeInto(e event) {
	fresh := emptyBody(gateway.REST, e.place)
	s.integrateREST(fresh, e)
	made, _ := fresh.paths.get(e.path.key).field(normal(e.method.key))
	paths := e.api.body.paths
	item := paths.get(e.path.key)
	if item == nil {
		item = &node{kind: mapping, place: e.path.at}
		paths.set(field{key: e.path.key, at: e.path.at, value: item})
	}
	if old := item.get(e.method.key); old.isKind(mapping) && !isFunction(old) && !isFunction(made.value) {
		op := old.clone()
		op.place, op.madeBy = made.value.place, made.value.madeBy
		for _, f := range made.value.fields {
			op.set(f)
		}
		made.value = op
	}
	item.set(field{key: e.method.key, at: e.method.at, value: made.value})
}

// requestParameters declares the parameters that an event names.
func (s *samTemplate) requestParameters(body *swagger, e event) {
	var declared []*node
	for _, item := range e.props.get("RequestParameters").itemsOf() {
		name, ok := item.literal()
		if item.isKind(mapping) && len(item.fields) > 0 {
			name, ok = item.fields[0].key, true
		}
		where, what, found := strings.Cut(strings.TrimPrefix(name, "method.request."), ".")
		if !ok || !found || !strings.HasPrefix(name, "method.request.") {
			s.refuse(item.place, "SAM refuses the request parameter: write it as method.request.header.NAME, querystring or path likewise")
			continue
		}
		declared = append(declared, object(item.place, "in", where, "name", what))
	}
	if len(declared) == 0 {
		return
	}
	body.operation(e.path.key, e.method.key, func(op *node) {
		parameters := &node{kind: list, place: e.place}
		parameters.items = append(parameters.items, op.get("parameters").itemsOf()...)
		parameters.items = append(parameters.items, declared...)
		op.set(field{key: "parameters", at: e.place, value: parameters})
	})
}

// itemsOf are a list's items; none of what is not a list.
func (n *node) itemsOf() []*node {
	if !n.isKind(list) {
		return nil
	}
	return n.items
}

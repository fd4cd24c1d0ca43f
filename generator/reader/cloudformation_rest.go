package reader

import (
	"slices"
	"strings"

	"apigw-cors/generator/gateway"
)

// restAPI reads an AWS::ApiGateway::RestApi with all that refers to it.
func (s *scope) restAPI(res *resource) *gateway.Facts {
	if !s.exists(res) {
		return nil
	}
	f := s.facts(gateway.REST, s.name(res), res.place)
	props := s.resolve(res.props)
	s.body(f, props)
	for _, item := range s.items(props.get("BinaryMediaTypes")) {
		s.addBinary(f, item)
	}
	if clone, ok := props.field("CloneFrom"); ok {
		f.Open = append(f.Open, gateway.Open{Part: gateway.Everything, Why: "it is cloned from another API", Place: clone.place()})
	}
	s.addREST(f, func(n *node) bool {
		id, _, ok := s.reference(n)
		return ok && id == res.id
	})
	s.others(f, res)
	return f
}

// addBinary adds a binary media type that is not there yet. CloudFormation
// wants a slash as ~1.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-restapi.html#cfn-apigateway-restapi-binarymediatypes
func (s *scope) addBinary(f *gateway.Facts, n *node) {
	t := s.text(n)
	for i := range t.Parts {
		t.Parts[i].Literal = strings.ReplaceAll(t.Parts[i].Literal, "~1", "/")
	}
	if !slices.ContainsFunc(f.BinaryMediaTypes, func(have gateway.Text) bool { return have.String() == t.String() }) {
		f.BinaryMediaTypes = append(f.BinaryMediaTypes, t)
	}
}

// body reads the OpenAPI document that an API is imported from.
func (s *scope) body(f *gateway.Facts, props *node) {
	if given, ok := props.field("Body"); ok {
		switch body := s.resolve(s.expand(given.value)); {
		case body.isKind(mapping):
			s.openAPI(f, body)
		case body != nil && !body.isNull():
			f.Open = append(f.Open, gateway.Open{Part: gateway.Everything, Why: "its body: " + unknownOf(s.parts(body)), Place: given.place()})
		}
	}
	given, ok := props.field("BodyS3Location")
	if !ok {
		return
	}
	if location, ok := s.resolve(given.value).literal(); ok {
		if d := s.local(location); d != nil && d.root.isKind(mapping) {
			s.openAPI(f, d.root)
			return
		}
	}
	f.Open = append(f.Open, gateway.Open{Part: gateway.Everything, Why: "its body is in S3", Place: given.place()})
}

// addREST adds the resources whose RestApiId is the API's.
func (s *scope) addREST(f *gateway.Facts, ours func(restAPIID *node) bool) {
	keys := map[string]string{}
	for _, res := range s.resources {
		if !strings.HasPrefix(res.typ, "AWS::ApiGateway::") || !ours(res.props.get("RestApiId")) {
			continue
		}
		switch res.typ {
		case "AWS::ApiGateway::Method":
			if s.exists(res) {
				m := s.method(res)
				keys[res.id] = m.Key()
				f.Methods = append(f.Methods, m)
			}
		case "AWS::ApiGateway::GatewayResponse":
			if s.exists(res) {
				g := s.gatewayResponse(res)
				keys[res.id] = g.Type.String()
				f.GatewayResponses = append(f.GatewayResponses, g)
			}
		}
	}
	for _, res := range s.resources {
		if res.typ == "AWS::ApiGateway::Deployment" && ours(res.props.get("RestApiId")) && s.exists(res) {
			f.Deployments = append(f.Deployments, s.deployment(res, keys))
		}
	}
}

func (s *scope) method(res *resource) gateway.MethodFacts {
	props := s.resolve(res.props)
	m := gateway.MethodFacts{
		Method: upper(s.text(props.get("HttpMethod"))), Path: s.resourcePath(props.get("ResourceId")), Place: res.place,
		Auth: gateway.AuthFacts{
			Type: upper(s.text(props.get("AuthorizationType"))), APIKeyRequired: s.truth(props.get("ApiKeyRequired")),
		},
	}
	if id, _, ok := s.reference(props.get("ResourceId")); ok && s.byID[id] != nil && s.byID[id].typ == "AWS::ApiGateway::Resource" {
		m.Resource = gateway.Literal(id, placeOf(props.get("ResourceId")))
	}
	if id, ok := props.field("AuthorizerId"); ok {
		m.Auth.Headers = s.authorizerHeaders(id.value)
	}
	for _, p := range s.fields(props.get("RequestParameters")) {
		if name, ok := strings.CutPrefix(p.key, "method.request.header."); ok {
			m.RequestHeaders = append(m.RequestHeaders, gateway.Literal(name, p.at))
		}
	}
	if v, ok := props.field("RequestValidatorId"); ok && s.resolve(v.value) != nil {
		m.Validated = gateway.Fact[bool]{Value: true, Place: v.place()}
	}
	for _, item := range s.items(props.get("MethodResponses")) {
		r := s.resolve(item)
		m.Responses = append(m.Responses, gateway.MethodResponseFacts{
			Status: s.text(r.get("StatusCode")), Headers: s.headers(r.get("ResponseParameters"), methodHeader, false), Place: placeOf(r),
		})
	}
	if i, ok := props.field("Integration"); ok {
		if integration := s.resolve(i.value); integration.isKind(mapping) {
			m.Integration = s.integration(integration, i.place())
		} else if integration != nil {
			m.Integration = &gateway.IntegrationFacts{Type: gateway.Unknown(unknownOf(s.parts(integration)), i.place()), Place: i.place()}
		}
	}
	return m
}

func (s *scope) integration(n *node, at gateway.Place) *gateway.IntegrationFacts {
	i := &gateway.IntegrationFacts{
		Type: s.text(n.get("Type")), Passthrough: s.text(n.get("PassthroughBehavior")), ContentHandling: s.text(n.get("ContentHandling")),
		Target: s.text(n.get("Uri")), RequestTemplates: s.templates(n.get("RequestTemplates")), Place: at,
	}
	for _, item := range s.items(n.get("IntegrationResponses")) {
		r := s.resolve(item)
		i.Responses = append(i.Responses, gateway.IntegrationResponseFacts{
			Status: s.text(r.get("StatusCode")), Pattern: s.text(r.get("SelectionPattern")), ContentHandling: s.text(r.get("ContentHandling")),
			Headers: s.headers(r.get("ResponseParameters"), methodHeader, true), Templates: s.templates(r.get("ResponseTemplates")), Place: placeOf(r),
		})
	}
	return i
}

func (s *scope) gatewayResponse(res *resource) gateway.GatewayResponseFacts {
	props := s.resolve(res.props)
	return gateway.GatewayResponseFacts{
		Type: s.text(props.get("ResponseType")), Status: s.text(props.get("StatusCode")),
		Headers: s.headers(props.get("ResponseParameters"), gatewayHeader, true), HeadersPlace: placeOfKey(props, "ResponseParameters"),
		Templates: s.templates(props.get("ResponseTemplates")), Place: res.place,
	}
}

// resourcePath is the path of a REST API's resource, from the root.
func (s *scope) resourcePath(n *node) gateway.Text {
	var segments [][]part
	place := placeOf(n)
	for range maxDepth {
		id, attribute, ok := s.reference(n)
		if ok && attribute == "RootResourceId" {
			break
		}
		res := s.byID[id]
		if !ok || res == nil || res.typ != "AWS::ApiGateway::Resource" {
			why := unknownOf(s.parts(n))
			if n == nil {
				why = "the resource is not given"
			}
			segments = append(segments, []part{{unknown: "the resource above it: " + why}})
			break
		}
		segments = append(segments, append([]part{{literal: "/"}}, s.parts(res.props.get("PathPart"))...))
		n = res.props.get("ParentId")
	}
	out := &node{kind: scalar, place: place}
	for i := len(segments) - 1; i >= 0; i-- {
		for _, p := range segments[i] {
			out.parts = appendPart(out.parts, p)
		}
	}
	if len(out.parts) == 0 {
		out.parts = []part{{literal: "/"}}
	}
	return textOf(out)
}

// authorizerHeaders are the request headers in an authorizer's identity source.
func (s *scope) authorizerHeaders(n *node) []gateway.Text {
	id, _, ok := s.reference(n)
	res := s.byID[id]
	if !ok || res == nil {
		return []gateway.Text{gateway.Unknown("the authorizer's identity source is told elsewhere", placeOf(n))}
	}
	props := s.resolve(res.props)
	source := props.get("IdentitySource")
	if resolved := s.resolve(source); resolved.isKind(list) {
		var out []gateway.Text
		for _, item := range resolved.items {
			out = append(out, identityHeaders(s.text(item))...)
		}
		return out
	}
	if source == nil {
		if typ, _ := s.resolve(props.get("Type")).literal(); typ == "REQUEST" {
			return nil
		}
		return []gateway.Text{gateway.Literal("Authorization", res.place)}
	}
	return identityHeaders(s.text(source))
}

// identityHeaders are the headers in an identity source, such as
// "method.request.header.Authorization, context.identity" of a REST API, or
// "$request.header.Authorization" of an HTTP API.
// https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html
func identityHeaders(t gateway.Text) []gateway.Text {
	source, known := t.Value()
	if !known {
		return []gateway.Text{gateway.Unknown(t.Unknown(), t.Place)}
	}
	var out []gateway.Text
	for _, item := range strings.Split(source, ",") {
		item = strings.TrimSpace(item)
		name, ok := strings.CutPrefix(item, "method.request.header.")
		if !ok {
			name, ok = strings.CutPrefix(item, "$request.header.")
		}
		if ok {
			out = append(out, gateway.Literal(name, t.Place))
		}
	}
	return out
}

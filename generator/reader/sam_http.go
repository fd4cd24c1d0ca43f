package reader

import (
	"strings"
)

const apiCORS = "x-amazon-apigateway-cors"

// httpProperties does what the properties of an AWS::Serverless::HttpApi ask
// for: CorsConfiguration and Auth.
func (s *samTemplate) httpProperties(api *samAPI) {
	s.corsConfiguration(api)
	s.httpAuth(api)
	if api.body != nil {
		api.body.secure(true)
	}
}

// corsConfiguration writes x-amazon-apigateway-cors.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-httpapi-httpapicorsconfiguration.html
func (s *samTemplate) corsConfiguration(api *samAPI) {
	given, ok := api.props.field("CorsConfiguration")
	n := s.withReferences(given.value)
	if !ok || falsy(n) {
		return
	}
	at := given.place()
	if !s.needsBody(api, given) {
		return
	}
	out := &node{kind: mapping}
	if old := api.body.doc.get(apiCORS); old.isKind(mapping) {
		out = old.clone()
	}
	out.place, out.madeBy = at, "SAM CorsConfiguration"
	switch {
	case isTrueNode(n):
		out.set(field{key: "allowOrigins", at: given.at, value: &node{kind: list, place: n.place, items: []*node{textNode("*", n.place)}}})
	case isFunction(n):
		s.corsOfFunction(out, n)
	case n.kind == mapping:
		s.corsOfMap(out, n)
	default:
		s.note(codeRefusesCORS, n.place, "SAM refuses CorsConfiguration: it is true or a map", "")
		return
	}
	api.body.doc.set(field{key: apiCORS, at: given.at, value: out})
}

// corsOfMap copies the keys of CorsConfiguration.
func (s *samTemplate) corsOfMap(out, n *node) {
	for _, f := range n.fields {
		switch f.key {
		case "AllowOrigins", "AllowMethods", "AllowHeaders", "ExposeHeaders", "MaxAge", "AllowCredentials":
		default:
			s.note(codeRefusesCORS, f.at, "SAM refuses CorsConfiguration: it has no key "+f.key, "")
		}
	}
	credentials := n.get("AllowCredentials")
	if origins := n.get("AllowOrigins"); isFunction(origins) {
		s.Refused = append(s.Refused, Fault{
			Place: origins.place, Code: codeIntrinsic,
			Detail: "SAM puts the function in AllowOrigins in place of the whole CORS configuration",
			Hint:   "write AllowOrigins as a list, with the function in its items",
		})
		s.corsOfFunction(out, origins)
		return
	} else if isTrueNode(credentials) && origins.isKind(list) && len(origins.items) == 1 && origins.items[0].is("*") {
		s.note(codeWildcard, credentials.place, "SAM refuses CorsConfiguration: AllowCredentials cannot be true where AllowOrigins is *", hintNamedOrigins)
	}
	for _, key := range []string{"AllowOrigins", "AllowHeaders", "AllowMethods", "ExposeHeaders", "MaxAge", "AllowCredentials"} {
		f, ok := n.field(key)
		keep := ok && !falsy(f.value)
		switch key {
		case "MaxAge":
			keep = ok && !f.value.isNull()
		case "AllowCredentials":
			keep = isTrueNode(f.value)
			s.checkCredentials(f.value)
		}
		if keep {
			f.key = strings.ToLower(key[:1]) + key[1:]
			out.set(f)
		}
	}
}

// corsOfFunction is a configuration that a function gives: SAM puts the call in
// place of the fields, with the names in it as OpenAPI has them.
func (s *samTemplate) corsOfFunction(out, n *node) {
	name, arg := intrinsic(n)
	out.set(field{key: name, at: n.place, value: lowerNames(arg)})
}

// lowerNames gives the fields of a configuration OpenAPI's names.
func lowerNames(n *node) *node {
	if n == nil {
		return nil
	}
	out := &node{kind: n.kind, tag: n.tag, typ: n.typ, parts: n.parts, why: n.why, place: n.place}
	for _, item := range n.items {
		out.items = append(out.items, lowerNames(item))
	}
	for _, f := range n.fields {
		switch f.key {
		case "AllowOrigins", "AllowMethods", "AllowHeaders", "ExposeHeaders", "MaxAge", "AllowCredentials":
			f.key = strings.ToLower(f.key[:1]) + f.key[1:]
		}
		f.value = lowerNames(f.value)
		out.set(f)
	}
	return out
}

// httpAuth does what an AWS::Serverless::HttpApi's Auth asks for. An OPTIONS
// does not get the default authorizer.
func (s *samTemplate) httpAuth(api *samAPI) {
	given, ok := api.props.field("Auth")
	auth := s.withReferences(given.value)
	if !ok || falsy(auth) || !s.needsBody(api, given) {
		return
	}
	if isTrueNode(auth.get("EnableIamAuthorizer")) {
		f, _ := auth.field("EnableIamAuthorizer")
		api.body.define("AWS_IAM", f.at, iamScheme(f.at))
	}
	for _, f := range auth.get("Authorizers").fieldsOf() {
		api.body.define(f.key, f.at, httpScheme(f))
	}
	f, _ := auth.field("DefaultAuthorizer")
	name, isText := f.value.literal()
	if !isText || name == "" {
		return
	}
	if auth.get("Authorizers").get(name) == nil && !(name == "AWS_IAM" && isTrueNode(auth.get("EnableIamAuthorizer"))) {
		s.refuse(f.value.place, "SAM refuses DefaultAuthorizer: Authorizers have no %s", name)
	}
	for _, path := range api.body.paths.fields {
		api.body.operations(path.key, func(method string, op *node) {
			if method != "options" && method != "parameters" && falsy(op.get("security")) {
				require(op, name, f.place())
			}
		})
	}
}

// httpScheme is the security scheme that SAM writes for an authorizer.
func httpScheme(f field) *node {
	n, at := f.value, f.at
	if !falsy(n.get("JwtConfiguration")) {
		return object(at, "type", "oauth2", "x-amazon-apigateway-authorizer",
			object(at, "type", "jwt", "identitySource", n.get("IdentitySource")))
	}
	authorizer := object(at, "type", "request")
	if source := identitySource(n.get("Identity"), "$request.header.", "$request.querystring.", "$stageVariables.", "$context."); source != nil {
		authorizer.set(field{key: "identitySource", at: at, value: &node{kind: list, items: source, place: at}})
	}
	return object(at, "type", "apiKey", "name", "Unused", "in", "header", "x-amazon-apigateway-authorizer", authorizer)
}

// integrateHTTP adds an HttpApi event's integration to the API's body, the
// author's own included. One that is there stays.
func (s *samTemplate) integrateHTTP(e event) {
	body, method := e.api.body, normal(e.method.key)
	if body.has(e.path.key, method) {
		if e.api.managed {
			s.refuse(e.place, "SAM refuses %s %s: it is defined more than once", strings.ToUpper(e.method.key), e.path.key)
		}
	} else {
		body.add(e.path, field{key: method, at: e.method.at})
		for _, item := range contents(body.paths.get(e.path.key)) {
			f, ok := item.field(method)
			if !ok {
				continue
			}
			op := f.value.clone()
			op.place, op.madeBy = e.place, samEvent
			payload := e.props.get("PayloadFormatVersion")
			if falsy(payload) {
				payload = textNode("2.0", e.place)
			}
			op.set(field{key: apiIntegration, at: e.place, value: object(e.place, "type", "aws_proxy", "httpMethod", "POST", "payloadFormatVersion", payload)})
			f.value, f.at = when(e.condition, op), e.method.at
			item.set(f)
		}
	}
	if falsy(e.auth) {
		return
	}
	api := s.withReferences(e.api.props.get("Auth"))
	f, ok := e.auth.field("Authorizer")
	if !ok || falsy(f.value) {
		if f, ok = api.field("DefaultAuthorizer"); !ok {
			s.refuse(e.auth.place, "SAM refuses Auth: neither the event nor the API names an authorizer")
			return
		}
	}
	name, isText := f.value.literal()
	if !isText {
		return
	}
	switch {
	case name == "NONE" && falsy(api.get("DefaultAuthorizer")):
		s.refuse(f.value.place, "SAM refuses the authorizer NONE: the API has no DefaultAuthorizer")
	case name != "NONE" && !(name == "AWS_IAM" && isTrueNode(api.get("EnableIamAuthorizer"))) && api.get("Authorizers").get(name) == nil:
		s.refuse(f.value.place, "SAM refuses the authorizer %s: the API's Authorizers do not have it", name)
	}
	body.operation(e.path.key, e.method.key, func(op *node) { require(op, name, f.place()) })
}

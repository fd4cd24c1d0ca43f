package reader

import (
	"slices"
	"strings"

	"apigw-cors/generator/gateway"
)

// restProperties does what the properties of an AWS::Serverless::Api ask for,
// in SAM's order: Cors, Auth, GatewayResponses, BinaryMediaTypes.
func (s *samTemplate) restProperties(api *samAPI) {
	s.cors(api)
	s.restAuth(api)
	s.gatewayResponses(api)
	if types := s.withReferences(api.props.get("BinaryMediaTypes")); types.isKind(list) && !falsy(types) && api.body != nil {
		at, _ := api.props.field("BinaryMediaTypes")
		list := types.clone()
		for i, item := range list.items {
			if text, ok := item.literal(); ok && item.tag == "" {
				list.items[i] = textNode(strings.ReplaceAll(text, "~1", "/"), item.place)
			}
		}
		api.body.doc.set(field{key: "x-amazon-apigateway-binary-media-types", at: at.at, value: list})
	}
	if api.body != nil {
		api.body.secure(api.hasComponents())
	}
}

// hasComponents reports whether SAM writes security schemes as OpenAPI 3 has
// them. With OpenApiVersion the bodies that SAM manages are OpenAPI 3.
func (api *samAPI) hasComponents() bool {
	version, given := api.props.get("OpenApiVersion").literal()
	if api.managed {
		return given && isOpenAPI3(version)
	}
	if api.body.doc.get("swagger") != nil {
		return false
	}
	if !given {
		version, _ = api.body.doc.get("openapi").literal()
	}
	return isOpenAPI3(version)
}

// corsProperties are those of an AWS::Serverless::Api's Cors.
type corsProperties struct {
	origin, methods, headers, maxAge, credentials *node
}

// cors adds an OPTIONS method to every path that has none.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-corsconfiguration.html
func (s *samTemplate) cors(api *samAPI) {
	given, ok := api.props.field("Cors")
	if !ok || falsy(given.value) {
		return
	}
	at := given.place()
	p, ok := s.corsProperties(given)
	if !ok {
		return
	}
	if !s.needsBody(api, given) {
		return
	}
	if isTrueNode(p.credentials) && p.origin.is("'*'") {
		s.note(codeWildcard, p.credentials.place, `SAM refuses Cors: AllowCredentials cannot be true where AllowOrigin is "'*'" or not set`, hintNamedOrigins)
	}
	s.checkCredentials(p.credentials)
	done := map[string]bool{}
	for _, path := range api.body.paths.fields {
		same := path.key
		if same != "/" {
			same = strings.TrimRight(same, "/")
		}
		if done[same] {
			continue
		}
		done[same] = true
		methods := p.methods
		for _, item := range contents(path.value) {
			own, exists := item.field("options")
			if exists {
				s.note(codeShadowed, own.at, "SAM leaves "+path.key+" out of Cors: it has an OPTIONS method of its own", "")
			}
			if exists || !item.isKind(mapping) || isFunction(item) {
				continue
			}
			if falsy(p.origin) {
				s.note(codeRefusesCORS, given.at, "SAM refuses Cors: AllowOrigin has no value", "")
				return
			}
			if falsy(methods) {
				methods = textNode("'"+derivedMethods(item)+"'", at)
			}
			op := optionsOperation(at, p, methods)
			item.set(field{key: "options", at: given.at, value: op})
		}
	}
}

// corsProperties reads the forms of Cors: a text or a function is the origin,
// otherwise it is a map.
func (s *samTemplate) corsProperties(given field) (corsProperties, bool) {
	n := given.value
	byDefault := textNode("'*'", given.place())
	switch {
	case isFunction(n):
		return corsProperties{origin: n}, true
	case n.kind == scalar && n.typ == textType:
		return corsProperties{origin: n}, true
	case n.kind != mapping:
		s.note(codeRefusesCORS, n.place, "SAM refuses Cors: it is a text or a map", "")
		return corsProperties{}, false
	}
	p := corsProperties{origin: byDefault}
	for _, f := range n.fields {
		switch f.key {
		case "AllowOrigin":
			p.origin = f.value
		case "AllowMethods":
			p.methods = f.value
		case "AllowHeaders":
			p.headers = f.value
		case "MaxAge":
			p.maxAge = f.value
		case "AllowCredentials":
			p.credentials = f.value
		default:
			s.note(codeRefusesCORS, f.at, "SAM refuses Cors: it has no key "+f.key, "")
		}
	}
	return p, true
}

// derivedMethods are the methods of a path as SAM lists them where AllowMethods
// is not given: whatever keys the path has, in upper case.
func derivedMethods(item *node) string {
	if _, ok := item.field(anyMethod); ok {
		return "DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT"
	}
	methods := []string{"OPTIONS"}
	for _, f := range item.fields {
		methods = append(methods, strings.ToUpper(f.key))
	}
	slices.Sort(methods)
	return strings.Join(slices.Compact(methods), ",")
}

// optionsOperation is the mock that SAM writes.
func optionsOperation(at gateway.Place, p corsProperties, methods *node) *node {
	parameters, headers := object(at), object(at)
	add := func(name string, value *node) {
		parameters.set(field{key: methodHeader + name, at: at, value: value})
		headers.set(field{key: name, at: at, value: object(at, "type", "string")})
	}
	add("Access-Control-Allow-Origin", p.origin)
	if !falsy(p.headers) {
		add("Access-Control-Allow-Headers", p.headers)
	}
	if !falsy(methods) {
		add("Access-Control-Allow-Methods", methods)
	}
	if p.maxAge != nil && !p.maxAge.isNull() {
		add("Access-Control-Max-Age", p.maxAge)
	}
	if isTrueNode(p.credentials) {
		add("Access-Control-Allow-Credentials", textNode("'true'", p.credentials.place))
	}
	op := object(at,
		apiIntegration, object(at, "type", "mock",
			"requestTemplates", object(at, "application/json", "{\n  \"statusCode\" : 200\n}\n"),
			"responses", object(at, "default", object(at, "statusCode", "200", "responseParameters", parameters,
				"responseTemplates", object(at, "application/json", "{}\n")))),
		"responses", object(at, "200", object(at, "headers", headers)))
	op.madeBy = samCors
	return op
}

// gatewayResponses writes an API's GatewayResponses.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-api.html#sam-api-gatewayresponses
func (s *samTemplate) gatewayResponses(api *samAPI) {
	given, ok := api.props.field("GatewayResponses")
	if !ok || falsy(given.value) {
		return
	}
	if !s.needsBody(api, given) {
		return
	}
	out := &node{kind: mapping, place: given.value.place}
	if old := api.body.doc.get("x-amazon-apigateway-gateway-responses"); old.isKind(mapping) {
		out = old.clone()
	}
	for _, f := range given.value.fieldsOf() {
		if isFunction(f.value) || f.value.kind != mapping {
			s.note(codeRefusesCORS, f.at, "SAM refuses the gateway response "+f.key+": it must be a map", "")
			continue
		}
		response := &node{kind: mapping, place: f.value.place}
		for _, p := range f.value.fields {
			switch p.key {
			case "StatusCode":
				response.set(field{key: "statusCode", at: p.at, value: p.value})
			case "ResponseTemplates":
				response.set(field{key: "responseTemplates", at: p.at, value: p.value})
			case "ResponseParameters":
				response.set(field{key: "responseParameters", at: p.at, value: s.prefixed(p.value)})
			default:
				s.note(codeRefusesCORS, p.at, "SAM refuses the gateway response "+f.key+": it has no property "+p.key, "")
			}
		}
		out.set(field{key: f.key, at: f.at, value: response})
	}
	api.body.doc.set(field{key: "x-amazon-apigateway-gateway-responses", at: given.at, value: out})
}

// prefixed are response parameters with the prefixes that SAM adds.
func (s *samTemplate) prefixed(n *node) *node {
	out := &node{kind: mapping, place: n.place}
	for _, section := range n.fieldsOf() {
		prefix := ""
		switch section.key {
		case "Headers":
			prefix = gatewayHeader
		case "Paths":
			prefix = "gatewayresponse.path."
		case "QueryStrings":
			prefix = "gatewayresponse.querystring."
		default:
			s.note(codeRefusesCORS, section.at, "SAM refuses the gateway response parameter "+section.key+": write names under Headers, without a prefix", "")
			continue
		}
		for _, f := range section.value.fieldsOf() {
			f.key = prefix + f.key
			out.set(f)
		}
	}
	return out
}

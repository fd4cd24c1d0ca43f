package reader

import (
	"strings"

	"apigw-cors/generator/gateway"
)

// restAuth does what an AWS::Serverless::Api's Auth asks for.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-apiauth.html
func (s *samTemplate) restAuth(api *samAPI) {
	given, ok := api.props.field("Auth")
	auth := s.withReferences(given.value)
	if !ok || falsy(auth) {
		return
	}
	if !s.needsBody(api, given) {
		return
	}
	names := map[string]bool{"AWS_IAM": true}
	for _, f := range auth.get("Authorizers").fieldsOf() {
		names[f.key] = true
		api.body.define(f.key, f.at, restScheme(f))
	}
	byDefault, isText := auth.get("DefaultAuthorizer").literal()
	if f, ok := auth.field("DefaultAuthorizer"); ok && isText && byDefault != "" {
		if byDefault == "AWS_IAM" {
			api.body.define("AWS_IAM", f.at, iamScheme(f.at))
		}
		if names[byDefault] {
			flag, _ := auth.field("AddDefaultAuthorizerToCorsPreflight")
			places := asked{f.place(), placeOr(flag, f.place())}
			for _, path := range api.body.paths.fields {
				api.body.defaultAuthorizer(path.key, byDefault, places, names, isDefaultTrue(flag.value))
			}
		} else {
			s.refuse(f.value.place, "SAM refuses DefaultAuthorizer: Authorizers have no %s", byDefault)
		}
	}
	if f, ok := auth.field("ApiKeyRequired"); ok && !falsy(f.value) {
		api.body.defineKey(f.at)
		flag, _ := auth.field("AddApiKeyRequiredToCorsPreflight")
		places := asked{f.place(), placeOr(flag, f.place())}
		for _, path := range api.body.paths.fields {
			api.body.defaultKey(path.key, places, isDefaultTrue(flag.value))
		}
	}
}

// asked are where the file asks something of all callers, and of preflights.
type asked struct{ all, preflight gateway.Place }

func (a asked) of(method string) gateway.Place {
	if method == "options" {
		return a.preflight
	}
	return a.all
}

// placeOr is the place of a field that is given, or else another.
func placeOr(f field, other gateway.Place) gateway.Place {
	if f.value == nil {
		return other
	}
	return f.place()
}

// isDefaultTrue reports whether a property that is true by default is so.
func isDefaultTrue(n *node) bool { return n == nil || !falsy(n) }

func iamScheme(at gateway.Place) *node {
	return object(at, "x-amazon-apigateway-authtype", "awsSigv4", "type", "apiKey", "name", "Authorization", "in", "header")
}

// restScheme is the security scheme that SAM writes for an authorizer.
func restScheme(f field) *node {
	n, at := f.value, f.at
	name := textNode("Authorization", at)
	if header := n.get("Identity").get("Header"); !falsy(header) {
		name = header
	}
	scheme := object(at, "type", "apiKey", "name", name, "in", "header")
	if !falsy(n.get("UserPoolArn")) {
		scheme.set(field{key: "x-amazon-apigateway-authtype", at: at, value: textNode("cognito_user_pools", at)})
		scheme.set(field{key: "x-amazon-apigateway-authorizer", at: at, value: object(at, "type", "cognito_user_pools")})
		return scheme
	}
	scheme.set(field{key: "x-amazon-apigateway-authtype", at: at, value: textNode("custom", at)})
	authorizer := object(at, "type", "token")
	if n.get("FunctionPayloadType").is("REQUEST") {
		scheme.set(field{key: "name", at: at, value: textNode("Unused", at)})
		authorizer = object(at, "type", "request")
		if source := identitySource(n.get("Identity"), "method.request.header.", "method.request.querystring.", "stageVariables.", "context."); len(source) > 0 {
			var texts []string
			for _, item := range source {
				text, _ := item.literal()
				texts = append(texts, text)
			}
			authorizer.set(field{key: "identitySource", at: at, value: textNode(strings.Join(texts, ", "), source[0].place)})
		}
	}
	scheme.set(field{key: "x-amazon-apigateway-authorizer", at: at, value: authorizer})
	return scheme
}

// identitySource are the sources that an Identity lists, with their prefixes.
func identitySource(identity *node, prefixes ...string) []*node {
	var out []*node
	for i, key := range []string{"Headers", "QueryStrings", "StageVariables", "Context"} {
		for _, item := range identity.get(key).itemsOf() {
			if text, ok := item.literal(); ok {
				out = append(out, textNode(prefixes[i]+text, item.place))
			}
		}
	}
	return out
}

// defineKey adds the security scheme of API keys where there is none.
func (s *swagger) defineKey(at gateway.Place) {
	if s.security.get("api_key") == nil {
		s.define("api_key", at, object(at, "type", "apiKey", "name", "x-api-key", "in", "header"))
	}
}

// requirement is a security requirement for one scheme.
func requirement(name string, at gateway.Place) *node {
	return object(at, name, &node{kind: list, place: at})
}

// require appends to what an operation asks of its caller.
func require(op *node, name string, at gateway.Place) {
	setSecurity(op, append(append([]*node(nil), op.get("security").itemsOf()...), requirement(name, at)), at)
}

func setSecurity(op *node, items []*node, at gateway.Place) {
	op.set(field{key: "security", at: at, value: &node{kind: list, items: items, place: at}})
}

// defaultAuthorizer gives the default authorizer to the methods of a path that
// have no other, and are not marked NONE. An OPTIONS is one of them, the
// author's own, too.
func (s *swagger) defaultAuthorizer(path, name string, places asked, names map[string]bool, toPreflight bool) {
	s.operations(path, func(method string, op *node) {
		at := places.of(method)
		if method == "options" && !toPreflight || isPathField(method) {
			return
		}
		var others, own []*node
		none := -1
		for _, r := range op.get("security").itemsOf() {
			authorizer := false
			for _, f := range r.fieldsOf() {
				authorizer = authorizer || names[f.key]
			}
			if authorizer {
				own = append(own, r)
				continue
			}
			if _, ok := r.field("NONE"); ok && none < 0 {
				none = len(others)
			}
			others = append(others, r)
		}
		switch {
		case none >= 0:
			others, own = append(others[:none], others[none+1:]...), nil
		case len(own) == 0:
			own = []*node{requirement(name, at)}
		}
		if security := append(others, own...); len(security) > 0 {
			setSecurity(op, security, at)
			if _, ok := security[0].field("AWS_IAM"); ok && s.security.get("AWS_IAM") == nil {
				s.define("AWS_IAM", at, iamScheme(at))
			}
		}
	})
}

// isPathField reports whether a key of a path is not a method.
func isPathField(key string) bool {
	return key == "summary" || key == "description" || key == "parameters"
}

// defaultKey asks for an API key in the methods of a path that are not marked
// as free of it.
func (s *swagger) defaultKey(path string, places asked, toPreflight bool) {
	s.operations(path, func(method string, op *node) {
		at := places.of(method)
		if isPathField(method) {
			return
		}
		var others []*node
		free, had := false, false
		for _, r := range op.get("security").itemsOf() {
			_, isKey := r.field("api_key")
			_, isFree := r.field("api_key_false")
			free, had = free || isFree, had || isKey || isFree
			if !isKey && !isFree {
				others = append(others, r)
			}
		}
		security := others
		if !free && (method != "options" || toPreflight) {
			security = append(security, requirement("api_key", at))
		}
		if had || len(security) > len(others) {
			setSecurity(op, security, at)
		}
	})
}

// eventAuth does what an event's Auth asks for.
func (s *samTemplate) eventAuth(body *swagger, e event) {
	if falsy(e.auth) {
		return
	}
	api := s.withReferences(e.api.props.get("Auth"))
	name, isText := e.auth.get("Authorizer").literal()
	if f, ok := e.auth.field("Authorizer"); ok && isText && name != "" {
		at := f.place()
		switch authorizers := api.get("Authorizers"); {
		case name == "NONE" && falsy(api.get("DefaultAuthorizer")):
			s.refuse(f.value.place, "SAM refuses the authorizer NONE: the API has no DefaultAuthorizer")
		case name != "NONE" && name != "AWS_IAM" && authorizers.get(name) == nil:
			s.refuse(f.value.place, "SAM refuses the authorizer %s: the API's Authorizers do not have it", name)
		}
		body.operation(e.path.key, e.method.key, func(op *node) {
			require(op, name, at)
			if name == "AWS_IAM" && len(op.get("security").items) == 1 && body.security.get(name) == nil {
				body.define(name, at, iamScheme(at))
			}
		})
	}
	f, ok := e.auth.field("ApiKeyRequired")
	if !ok || f.value.isNull() {
		return
	}
	scheme := "api_key"
	if falsy(f.value) {
		scheme = "api_key_false"
		if falsy(api.get("ApiKeyRequired")) {
			s.refuse(f.value.place, "SAM refuses ApiKeyRequired: false: the API does not require a key")
		}
	} else {
		body.defineKey(f.at)
	}
	body.operation(e.path.key, e.method.key, func(op *node) { require(op, scheme, f.place()) })
}

package reader

import (
	"strings"

	"apigw-cors/generator/gateway"
)

// method reads an operation of a REST API.
func (d *spec) method(method string, path field, item *node, op field) gateway.MethodFacts {
	m := gateway.MethodFacts{
		Method: gateway.Literal(method, op.at), Path: gateway.Literal(path.key, path.at), Place: op.place(),
		Auth: d.auth(op.value), MadeBy: op.value.madeBy,
	}
	if m.MadeBy != "" {
		m.Place = op.value.place
	}
	if m.MadeBy == samCors || m.MadeBy == serverlessCors {
		m.Method.Place, m.Path.Place = m.Place, m.Place
	}
	for _, n := range []*node{op.value, d.root} {
		if v, ok := n.field("x-amazon-apigateway-request-validator"); ok {
			m.Validated = gateway.Fact[bool]{Value: true, Place: v.place()}
			break
		}
	}
	for _, parameters := range []*node{item.get("parameters"), op.value.get("parameters")} {
		for _, p := range d.items(parameters) {
			if p = d.deref(p); d.resolve(p.get("in")).is("header") {
				m.RequestHeaders = append(m.RequestHeaders, d.text(p.get("name")))
			}
		}
	}
	for _, r := range d.fields(op.value.get("responses")) {
		headers := d.fields(d.deref(r.value).get("headers"))
		if !d.spend(headerSteps * (1 + len(headers))) {
			break
		}
		response := gateway.MethodResponseFacts{Status: gateway.Literal(r.key, r.at), Place: r.place()}
		for _, h := range headers {
			response.Headers = append(response.Headers, gateway.HeaderFacts{
				Key: gateway.Literal(methodHeader+h.key, h.at), Name: gateway.Literal(h.key, h.at),
			})
		}
		m.Responses = append(m.Responses, response)
	}
	if i, ok := op.value.field("x-amazon-apigateway-integration"); ok {
		if n := d.deref(i.value); n.isKind(mapping) {
			m.Integration = d.operationIntegration(n, i.place())
		} else if n != nil {
			m.Integration = &gateway.IntegrationFacts{Type: gateway.Unknown(unknownOf(d.parts(n)), i.place()), Place: i.place()}
		}
	}
	return m
}

// operationIntegration reads x-amazon-apigateway-integration.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
func (d *spec) operationIntegration(n *node, at gateway.Place) *gateway.IntegrationFacts {
	i := &gateway.IntegrationFacts{
		Type: upper(d.text(n.get("type"))), Passthrough: upper(d.text(n.get("passthroughBehavior"))),
		ContentHandling: upper(d.text(n.get("contentHandling"))), Target: d.text(n.get("uri")),
		RequestTemplates: d.templates(n.get("requestTemplates")), Place: at,
	}
	for _, r := range d.fields(n.get("responses")) {
		response := gateway.IntegrationResponseFacts{
			Status: d.text(r.value.get("statusCode")), ContentHandling: upper(d.text(r.value.get("contentHandling"))),
			Headers:   d.headers(r.value.get("responseParameters"), methodHeader, true),
			Templates: d.templates(r.value.get("responseTemplates")), Place: r.place(),
		}
		if r.key != "default" {
			response.Pattern = gateway.Literal(r.key, r.at)
		}
		i.Responses = append(i.Responses, response)
	}
	return i
}

// auth is what an operation asks of its caller: its own security, or the
// document's.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
func (d *spec) auth(op *node) gateway.AuthFacts {
	security, ok := op.field("security")
	if !ok {
		security, _ = d.root.field("security")
	}
	var a gateway.AuthFacts
	if list := d.resolve(security.value); list.isKind(unknown) {
		a.Type = gateway.Unknown(list.why, list.place)
	}
	for _, requirement := range d.items(security.value) {
		for _, f := range d.fields(requirement) {
			// A requirement that a tool put there has a place of its own.
			if all := security.place(); all.Start <= f.at.Start && f.at.End <= all.End && all.File == f.at.File {
				f.at = all
			}
			d.require(&a, f)
		}
	}
	if typ := op.get("x-amazon-apigateway-auth").get("type"); typ != nil {
		a.Type = upper(d.text(typ))
	}
	return a
}

// require adds one security scheme to what is asked of the caller.
func (d *spec) require(a *gateway.AuthFacts, scheme field) {
	at := scheme.at
	n := d.resolve(d.root.get("securityDefinitions").get(scheme.key))
	if n == nil {
		n = d.resolve(d.root.get("components").get("securitySchemes").get(scheme.key))
	}
	if n == nil {
		if scheme.key != "NONE" {
			a.Type = gateway.Unknown("the document does not define the security scheme "+scheme.key, at)
		}
		return
	}
	authorizer := d.resolve(n.get("x-amazon-apigateway-authorizer"))
	authType := upper(d.text(n.get("x-amazon-apigateway-authtype")))
	switch word, known := authType.Value(); {
	case !known:
		a.Type = authType
	case word == "AWSSIGV4":
		a.Type = gateway.Literal("AWS_IAM", at)
	case authorizer == nil && word == "":
		if d.resolve(n.get("type")).is("apiKey") && strings.EqualFold(d.text(n.get("name")).String(), "x-api-key") {
			a.APIKeyRequired = gateway.Fact[bool]{Value: true, Place: at}
		}
	case word == "COGNITO_USER_POOLS":
		a.Type = gateway.Literal(word, at)
		a.Headers = d.tokenHeaders(n, authorizer)
	default:
		a.Type = d.authorizerType(authorizer, at)
		a.Headers = d.tokenHeaders(n, authorizer)
	}
}

// authorizerType is the authorization type that an authorizer gives its
// methods.
func (d *spec) authorizerType(authorizer *node, at gateway.Place) gateway.Text {
	if authorizer.isKind(unknown) {
		return gateway.Unknown(authorizer.why, at)
	}
	typ, known := upper(d.text(authorizer.get("type"))).Value()
	switch {
	case !known:
		return gateway.Unknown("the authorizer's type is not known", at)
	case typ == "JWT", typ == "COGNITO_USER_POOLS":
		return gateway.Literal(typ, at)
	}
	return gateway.Literal("CUSTOM", at)
}

// tokenHeaders are the request headers of a scheme's identity source: that of
// its authorizer, or the header the scheme itself is in.
func (d *spec) tokenHeaders(scheme, authorizer *node) []gateway.Text {
	if source := d.resolve(authorizer.get("identitySource")); source != nil {
		if source.isKind(list) {
			var out []gateway.Text
			for _, item := range d.items(source) {
				out = append(out, identityHeaders(d.text(item))...)
			}
			return out
		}
		return identityHeaders(d.text(source))
	}
	if name := d.text(scheme.get("name")); d.resolve(scheme.get("in")).is("header") && !strings.EqualFold(name.String(), "Unused") {
		return []gateway.Text{name}
	}
	return nil
}

package reader

import (
	"strings"

	"apigw-cors/generator/gateway"
)

// httpAPI reads an AWS::ApiGatewayV2::Api with all that refers to it. A
// WebSocket API is not one: a browser's CORS does not reach it.
func (s *scope) httpAPI(res *resource) *gateway.Facts {
	props := s.resolve(res.props)
	if s.resolve(props.get("ProtocolType")).is("WEBSOCKET") || !s.exists(res) {
		return nil
	}
	f := s.facts(gateway.HTTP, s.name(res), res.place)
	s.body(f, props)
	if c, ok := props.field("CorsConfiguration"); ok {
		if n := s.resolve(c.value); n.isKind(mapping) {
			f.CORS = s.cors(n, c.place(), strings.ToUpper)
		} else if n != nil {
			why := unknownOf(s.parts(n))
			f.Open = append(f.Open, gateway.Open{Part: gateway.OpenCORS, Why: why, Place: c.place()})
		}
	}
	// Quick create: a default route to the target.
	// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html
	if target, ok := props.field("Target"); ok {
		route := gateway.RouteFacts{Key: gateway.Literal("$default", target.place()), Place: target.place()}
		if key, ok := props.field("RouteKey"); ok {
			route.Key = s.text(key.value)
		}
		if text, known := s.text(target.value).Value(); known && strings.HasPrefix(text, "http") {
			route.Integration = gateway.Literal("HTTP_PROXY", target.place())
		} else {
			route.Integration = gateway.Literal("AWS_PROXY", target.place())
		}
		f.Routes = append(f.Routes, route)
	}
	s.addRoutes(f, func(n *node) bool {
		id, _, ok := s.reference(n)
		return ok && id == res.id
	})
	s.others(f, res)
	return f
}

// addRoutes adds the routes whose ApiId is the API's.
func (s *scope) addRoutes(f *gateway.Facts, ours func(apiID *node) bool) {
	for _, res := range s.resources {
		if res.typ != "AWS::ApiGatewayV2::Route" || !ours(res.props.get("ApiId")) || !s.exists(res) {
			continue
		}
		props := s.resolve(res.props)
		route := gateway.RouteFacts{
			Key: s.text(props.get("RouteKey")), Place: res.place,
			Auth: gateway.AuthFacts{Type: upper(s.text(props.get("AuthorizationType"))), APIKeyRequired: s.truth(props.get("ApiKeyRequired"))},
		}
		if id, ok := props.field("AuthorizerId"); ok {
			route.Auth.Headers = s.authorizerHeaders(id.value)
		}
		if res := s.target(props.get("Target")); res != nil {
			i := s.resolve(res.props)
			route.Target = gateway.Literal(res.id, placeOf(props.get("Target")))
			route.Integration, route.Payload = s.text(i.get("IntegrationType")), s.text(i.get("PayloadFormatVersion"))
		}
		f.Routes = append(f.Routes, route)
	}
}

// target is the integration that a route's target names, as in
// integrations/${Integration}.
func (s *scope) target(n *node) *resource {
	for _, p := range s.parts(n) {
		if res := s.byID[p.resource]; res != nil && res.typ == "AWS::ApiGatewayV2::Integration" {
			return res
		}
	}
	return nil
}

// cors reads a CORS configuration: CloudFormation's, or OpenAPI's, whose names
// begin in lower case.
func (s *scope) cors(n *node, at gateway.Place, initial func(string) string) *gateway.CORSFacts {
	get := func(name string) *node { return n.get(initial(name[:1]) + name[1:]) }
	list := func(name string) gateway.Fact[[]gateway.Text] {
		f, _ := n.field(initial(name[:1]) + name[1:])
		texts := s.texts(f.value)
		// The place of a list is that of its key, too: a list in YAML begins
		// with its first item.
		if texts.IsGiven() {
			texts.Place = f.place()
		}
		return texts
	}
	return &gateway.CORSFacts{
		AllowOrigins: list("allowOrigins"), AllowMethods: list("allowMethods"),
		AllowHeaders: list("allowHeaders"), ExposeHeaders: list("exposeHeaders"),
		AllowCredentials: s.truth(get("allowCredentials")), MaxAge: s.number(get("maxAge")), Place: at,
	}
}

package reader

import (
	"strings"

	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader/terraform"
)

func (m *terraformModel) httpAPI(r *terraform.Resource) {
	if protocol, known := r.Get("protocol_type").Text().Value(); known && protocol == "WEBSOCKET" {
		m.sockets[r.Address+".id"] = true
		return
	}
	a := m.add(r.Address+".id", gateway.Facts{Kind: gateway.HTTP, Name: r.Address, Place: r.Place})
	a.unknownInstances(r, gateway.Everything)
	for _, b := range r.Blocks("cors_configuration") {
		a.facts.CORS = terraformCORS(b)
	}
	m.body(a, r)
	// Quick create: a target makes a route, $default unless another is named.
	if target := r.Get("target"); target.IsGiven() {
		route := gateway.RouteFacts{
			Key: terraformText(r.Get("route_key")), Place: target.Place(), Integration: gateway.Literal("AWS_PROXY", target.Place()),
			Auth: gateway.AuthFacts{Type: gateway.Literal("NONE", target.Place())},
		}
		if !route.Key.IsGiven() {
			route.Key = gateway.Literal("$default", target.Place())
		}
		if url := target.Text(); len(url.Parts) > 0 && strings.HasPrefix(url.Parts[0].Literal, "http") {
			route.Integration = gateway.Literal("HTTP_PROXY", target.Place())
		}
		a.facts.Routes = append(a.facts.Routes, route)
	}
}

func terraformCORS(b terraform.Block) *gateway.CORSFacts {
	list := func(name string) gateway.Fact[[]gateway.Text] {
		v := b.Get(name)
		if !v.IsGiven() {
			return gateway.Fact[[]gateway.Text]{}
		}
		return gateway.Fact[[]gateway.Text]{Value: terraformTexts(v), Unknown: v.Unknown(), Place: v.Place()}
	}
	f := &gateway.CORSFacts{
		AllowOrigins: list("allow_origins"), AllowMethods: list("allow_methods"),
		AllowHeaders: list("allow_headers"), ExposeHeaders: list("expose_headers"),
		AllowCredentials: terraformBool(b.Get("allow_credentials")), Place: b.Place,
		// Left out, the provider sends 0.
		MaxAge: gateway.Fact[int]{Place: b.Place},
	}
	if name := b.Source("allow_origins"); strings.HasPrefix(name, "var.") && f.AllowOrigins.IsGiven() && len(f.AllowOrigins.Value) == 0 && f.AllowOrigins.Unknown == "" {
		// Who uses the module gives them.
		f.AllowOrigins.Unknown = name + " is empty"
	}
	if v := b.Get("max_age"); v.IsGiven() {
		n, why := v.Int()
		f.MaxAge = gateway.Fact[int]{Value: n, Unknown: why, Place: v.Place()}
	}
	return f
}

func (m *terraformModel) route(r *terraform.Resource) {
	if m.sockets[terraformKey(r.Get("api_id"))] {
		return
	}
	a := m.api(r, "api_id", gateway.HTTP)
	f := gateway.RouteFacts{
		Key: r.Get("route_key").Text(), Place: r.Place,
		Auth: m.auth(r, "authorization_type", "aws_apigatewayv2_authorizer"),
	}
	target := r.Get("target")
	if ref, ok := target.ReferenceAfter("integrations/"); ok && ref.Resource.Type == "aws_apigatewayv2_integration" {
		f.Target = gateway.Literal(ref.Resource.Address, target.Place())
		f.Integration = terraformText(ref.Resource.Get("integration_type"))
		f.Payload = terraformText(ref.Resource.Get("payload_format_version"))
	} else if why := target.Text().Unknown(); why != "" {
		f.Integration = gateway.Unknown(why, target.Place())
	}
	a.facts.Routes = append(a.facts.Routes, f)
	a.unknownInstances(r, gateway.OpenMethods)
}

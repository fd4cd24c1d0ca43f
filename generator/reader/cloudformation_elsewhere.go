package reader

import (
	"slices"
	"strings"

	"apigw-cors/generator/gateway"
)

// elsewhere reads what the template adds to APIs that it does not declare: one
// of another stack, or one that a parameter names.
func (t *template) elsewhere() {
	plain := &scope{template: t}
	seen := map[string]bool{}
	for _, res := range t.resources {
		kind, id := addsTo(res)
		if id == nil {
			continue
		}
		parts := plain.parts(id)
		key := string(kind) + partsKey(parts)
		if seen[key] || t.declares(parts) {
			continue
		}
		seen[key] = true
		t.APIs = append(t.APIs, t.worlds(func(s *scope) *gateway.Facts {
			f := s.facts(kind, nameOf(parts), res.place)
			why := "the API is declared elsewhere"
			for _, part := range []gateway.Part{gateway.OpenMethods, gateway.OpenResponses, gateway.OpenDeployment, gateway.OpenCORS} {
				f.Open = append(f.Open, gateway.Open{Part: part, Why: why, Place: id.place})
			}
			ours := func(n *node) bool { return n != nil && partsKey(s.parts(n)) == partsKey(parts) }
			if kind == gateway.REST {
				s.addREST(f, ours)
			} else {
				s.addRoutes(f, ours)
			}
			if len(f.Methods)+len(f.GatewayResponses)+len(f.Routes) == 0 || hasSocketRoute(f.Routes) {
				return nil
			}
			return f
		})...)
	}
}

// addsTo is the kind and the id of the API that a resource adds to; nil where
// it adds to none.
func addsTo(res *resource) (gateway.Kind, *node) {
	switch res.typ {
	case "AWS::ApiGateway::Method", "AWS::ApiGateway::GatewayResponse":
		return gateway.REST, res.props.get("RestApiId")
	case "AWS::ApiGatewayV2::Route":
		return gateway.HTTP, res.props.get("ApiId")
	}
	return "", nil
}

// declares reports whether the template declares the API that an id refers to,
// or one that has no routes for browsers.
func (t *template) declares(id []part) bool {
	if len(id) != 1 {
		return false
	}
	if t.generated(id[0].resource) {
		return true
	}
	res := t.byID[id[0].resource]
	if res == nil || id[0].attribute != "" {
		return false
	}
	switch res.typ {
	case "AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", "AWS::Serverless::Api", "AWS::Serverless::HttpApi", "AWS::Serverless::WebSocketApi":
		return true
	}
	return false
}

// nameOf names an API that is declared elsewhere by what its id refers to.
func nameOf(parts []part) string {
	for _, p := range parts {
		if p.resource != "" {
			return strings.TrimSuffix(p.resource+"."+p.attribute, ".")
		}
		if name, ok := strings.CutPrefix(p.unknown, "parameter "); ok {
			name, _, _ = strings.Cut(name, " ")
			return name
		}
	}
	return ""
}

// hasSocketRoute reports whether one of the routes is of a WebSocket API, whose
// keys are no paths.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-develop-routes.html
func hasSocketRoute(routes []gateway.RouteFacts) bool {
	return slices.ContainsFunc(routes, func(r gateway.RouteFacts) bool {
		key, known := r.Key.Value()
		return known && key != gateway.DefaultRoute && !strings.Contains(key, "/")
	})
}

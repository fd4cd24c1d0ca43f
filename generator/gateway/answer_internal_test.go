package gateway

import (
	"testing"

	"apigw-cors/generator/cors"
)

// TestAuthorizerInFrontOfOptions: an HTTP API whose $default has an authorizer
// refuses the preflight unless an OPTIONS route goes before it. Routes always
// adds one, so the trap is built by hand.
func TestAuthorizerInFrontOfOptions(t *testing.T) {
	api, _, err := Parse(Config{API: "http", Auth: "jwt", Config: cors.Config{
		AllowOrigins: []string{"https://app.example.com"}, AllowMethods: []string{"GET"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	preflight := cors.Preflight{Origin: "https://app.example.com", Method: "GET", Headers: []string{"authorization"}}
	r := NewRequest(preflight.Request("https://api.example.com/x"))
	for _, tt := range []struct {
		desc   string
		routes []Route
		status int
	}{
		{"as rendered", api.Routes(), 204},
		{"$default alone", []Route{{Path: DefaultRoute, Auth: JWT}}, 401},
		{"ANY on the path goes before a greedy OPTIONS", []Route{{Method: "ANY", Path: "/x", Auth: JWT}, {Method: "OPTIONS", Path: "/{proxy+}", Auth: NoAuth}}, 401},
		{"$default without authorizer", []Route{{Path: DefaultRoute, Auth: NoAuth}}, 204},
		{"no route for OPTIONS", []Route{{Method: "GET", Path: "/x", Auth: JWT}}, 204},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			facts := api.Facts()
			facts.Routes = nil
			for _, route := range tt.routes {
				facts.Routes = append(facts.Routes, RouteFacts{Key: policyText(route.Key()), Auth: api.authFacts(route.Auth)})
			}
			d := facts.Deploy()
			a, forward := d.Receive(r)
			steps := preflight.Check(a.Response)
			refused := steps[len(steps)-1].Decision == cors.Refused
			if forward || a.Status != tt.status || refused != (tt.status != 204) {
				t.Errorf("got %d, refused %v, forward %v", a.Status, refused, forward)
			}
		})
	}
}

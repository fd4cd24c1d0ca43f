package gateway_test

import (
	"testing"

	"apigw-cors/generator/gateway"
)

func TestAnswerRoutes(t *testing.T) {
	resources := func(api string, list ...gateway.ResourceConfig) gateway.Config {
		return config(api, func(c *gateway.Config) { c.AllowMethods, c.Resources = []string{"GET"}, list })
	}
	tree := []gateway.ResourceConfig{
		{Path: "/"}, {Path: "/orders"}, {Path: "/orders/{id}", Methods: []string{"GET", "PUT"}}, {Path: "/orders/new", Methods: []string{"POST"}},
		{Path: "/orders/{id}/{rest+}"}, {Path: "/all", Methods: []string{"ANY"}}, {Path: "/deep/er/x"}, {Path: "/{proxy+}", Methods: []string{"DELETE", "GET"}},
	}
	tests := []struct {
		desc    string
		config  gateway.Config
		request string
		route   string // "" where none is found
	}{
		{"the root", resources("rest", tree...), "GET /", "GET /"},
		{"a name", resources("rest", tree...), "GET /orders", "GET /orders"},
		{"a trailing slash does not count", resources("rest", tree...), "GET /orders/", "GET /orders"},
		{"a name before a variable", resources("rest", tree...), "POST /orders/new", "POST /orders/new"},
		{"a variable", resources("rest", tree...), "PUT /orders/17", "PUT /orders/{id}"},
		{"a variable where the name lacks the method", resources("rest", tree...), "PUT /orders/new", "PUT /orders/{id}"},
		{"percent-encoding", resources("rest", tree...), "GET /%6Frders", "GET /orders"},
		{"an encoded slash is no separator", resources("rest", tree...), "PUT /orders/a%2Fb", "PUT /orders/{id}"},
		{"a greedy variable", resources("rest", tree...), "GET /orders/17/a/b", "GET /orders/{id}/{rest+}"},
		{"the greedy sibling where the resource lacks the method", resources("rest", tree...), "DELETE /orders", "DELETE /{proxy+}"},
		{"a parent that serves nothing", resources("rest", tree...), "GET /deep", "GET /{proxy+}"},
		{"ANY", resources("rest", tree...), "PATCH /all", "ANY /all"},
		{"OPTIONS before ANY", resources("rest", tree...), "OPTIONS /all", "OPTIONS /all"},
		{"a greedy variable does not match the root", resources("rest", tree...), "DELETE /", ""},
		{"a method nowhere", resources("rest", tree...), "PATCH /orders", ""},
		{"methods are case-sensitive", resources("rest", tree...), "get /orders", ""},
		{"no path", resources("rest", gateway.ResourceConfig{Path: "/a"}), "GET /b", ""},
		{"an empty segment is no variable", resources("rest", gateway.ResourceConfig{Path: "/a/{b}/c"}), "GET /a//c", ""},
		{"a broken escape", resources("rest", tree...), "GET /orders/%zz", "GET /orders/{id}"},

		{"$default", resources("http"), "PATCH /any/thing", "$default"},
		{"a route before $default", resources("http", gateway.ResourceConfig{Path: "$default"}, gateway.ResourceConfig{Path: "/orders"}), "GET /orders", "GET /orders"},
		{"$default for its other methods", resources("http", gateway.ResourceConfig{Path: "$default"}, gateway.ResourceConfig{Path: "/orders"}), "PUT /orders", "$default"},
		{"a full match before a greedy one", resources("http", gateway.ResourceConfig{Path: "/a/{proxy+}"}, gateway.ResourceConfig{Path: "/{x}/b"}), "GET /a/b", "GET /{x}/b"},
		{"the longer greedy one", resources("http", gateway.ResourceConfig{Path: "/{proxy+}"}, gateway.ResourceConfig{Path: "/a/{proxy+}"}), "GET /a/b", "GET /a/{proxy+}"},
		{"a trailing slash counts", resources("http", gateway.ResourceConfig{Path: "/orders"}), "GET /orders/", ""},
		{"the root", resources("http", gateway.ResourceConfig{Path: "/"}), "GET /", "GET /"},
	}
	for _, tt := range tests {
		t.Run(tt.config.API+": "+tt.desc, func(t *testing.T) {
			if got := mustParse(t, tt.config).Deploy().Answer(request(tt.request), backend).Route; got != tt.route {
				t.Errorf("%s: got %q, want %q", tt.request, got, tt.route)
			}
		})
	}
}

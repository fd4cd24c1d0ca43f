package gateway_test

import (
	"fmt"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

func headers(mappings []gateway.Mapping) string {
	var out []string
	for _, m := range mappings {
		out = append(out, strings.TrimPrefix(m.Header, "Access-Control-")+"="+m.String())
	}
	return strings.Join(out, " ")
}

func TestMock(t *testing.T) {
	tests := []struct {
		desc     string
		config   gateway.Config
		headers  string
		template []string // what the template must hold; none means no template
	}{
		{"one origin is a static value with its inner quotes", rest(nil),
			"Allow-Origin='https://app.example.com' Allow-Methods='GET,POST' Allow-Headers='Content-Type'", nil},
		{"any origin needs no Vary", rest(func(c *gateway.Config) { c.AllowOrigins = []string{"*"} }),
			"Allow-Origin='*' Allow-Methods='GET,POST' Allow-Headers='Content-Type'", nil},
		{"several origins: no static Allow-Origin, but Vary", rest(func(c *gateway.Config) {
			c.AllowOrigins, c.AllowCredentials, c.MaxAge = []string{"https://a.example", "https://b.example"}, true, "10m"
		}), "Allow-Methods='GET,POST' Allow-Headers='Content-Type' Allow-Credentials='true' Max-Age='600' Vary='Origin'",
			[]string{`$origin == "https://a.example" || $origin == "https://b.example"`}},
		{"a pattern is compared by start and end", rest(func(c *gateway.Config) { c.AllowOrigins = []string{"https://*.example.com"} }),
			"Allow-Methods='GET,POST' Allow-Headers='Content-Type' Vary='Origin'",
			[]string{`$origin.startsWith("https://") && $origin.endsWith(".example.com") && $origin.indexOf("@") == -1 && $origin.lastIndexOf("/") == 7`}},
		{"any port of localhost, the default one too", rest(func(c *gateway.Config) { c.AllowOrigins = []string{"http://localhost:*"} }),
			"Allow-Methods='GET,POST' Allow-Headers='Content-Type' Vary='Origin'",
			[]string{`$origin == "http://localhost" || ($origin.startsWith("http://localhost:")`, `$origin.lastIndexOf("/") == 6`}},
		{"max-age 0 is kept", rest(func(c *gateway.Config) { c.MaxAge = "0" }),
			"Allow-Origin='https://app.example.com' Allow-Methods='GET,POST' Allow-Headers='Content-Type' Max-Age='0'", nil},
		{"OPTIONS is kept if given", rest(func(c *gateway.Config) { c.AllowMethods = []string{"GET", "OPTIONS"} }),
			"Allow-Origin='https://app.example.com' Allow-Methods='GET,OPTIONS' Allow-Headers='Content-Type'", nil},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			api := mustParse(t, tt.config)
			m, ok := api.Mock(api.Resources()[0])
			if !ok {
				t.Fatal("no mock")
			}
			if got := headers(m.Headers); got != tt.headers {
				t.Errorf("headers:\n got %s\nwant %s", got, tt.headers)
			}
			if m.RequestTemplate != `{"statusCode": 204}` {
				t.Errorf("request template %s", m.RequestTemplate)
			}
			if (m.ResponseTemplate != "") != (tt.template != nil) {
				t.Errorf("response template %q", m.ResponseTemplate)
			}
			for _, want := range tt.template {
				if !strings.Contains(m.ResponseTemplate, want) {
					t.Errorf("%q not in\n%s", want, m.ResponseTemplate)
				}
			}
			if tt.template != nil {
				checkTemplate(t, m.ResponseTemplate)
			}
		})
	}
}

// checkTemplate holds the properties no linter sees: pitfalls 11 to 13.
func checkTemplate(t *testing.T, template string) {
	t.Helper()
	if n := strings.Count(template, "responseOverride.header."+cors.HeaderAllowOrigin); n != 1 {
		t.Errorf("%d overrides: a second one is a 5XX", n)
	}
	for _, banned := range []string{".matches(", "$input.params('", `$input.params("`} {
		if strings.Contains(template, banned) {
			t.Errorf("%s in the template", banned)
		}
	}
}

func TestMockIsPerResource(t *testing.T) {
	api := mustParse(t, rest(func(c *gateway.Config) {
		c.Resources = []gateway.ResourceConfig{
			{Path: "/orders"}, {Path: "/orders/{id}", Methods: []string{"GET", "DELETE"}}, {Path: "/all", Methods: []string{"ANY"}},
		}
	}))
	want := []string{"'GET,POST'", "'GET,DELETE'", "'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'"}
	for i, r := range api.Resources() {
		m, _ := api.Mock(r)
		if got := m.Headers[1].String(); got != want[i] {
			t.Errorf("%s: got %s, want %s", r.Path, got, want[i])
		}
	}
	m, _ := api.GreedyMock()
	if got := m.Headers[1].String(); got != "'GET,POST,DELETE,HEAD,OPTIONS,PATCH,PUT'" {
		t.Errorf("greedy: got %s", got)
	}
}

func TestGatewayResponses(t *testing.T) {
	two := func(c *gateway.Config) { c.AllowOrigins = []string{"https://a.example", "https://b.example"} }
	tests := []struct {
		desc   string
		config gateway.Config
		want   string
	}{
		{"one origin", rest(nil), "Allow-Origin='https://app.example.com'"},
		{"several origins", rest(two), "Allow-Origin='*'"},
		{"several with credentials", rest(func(c *gateway.Config) { two(c); c.AllowCredentials = true }),
			"Allow-Origin=method.request.header.origin Allow-Credentials='true' Vary='Origin'"},
		{"one with credentials and exposed headers", rest(func(c *gateway.Config) {
			c.AllowCredentials, c.ExposeHeaders = true, []string{"X-A", "X-B"}
		}), "Allow-Origin='https://app.example.com' Allow-Credentials='true' Expose-Headers='X-A,X-B'"},
		{"any on request", rest(func(c *gateway.Config) { c.GatewayResponseOrigin = "any" }), "Allow-Origin='*'"},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			got := mustParse(t, tt.config).GatewayResponses()
			if len(got) != 2 || got[0].Type != "DEFAULT_4XX" || got[1].Type != "DEFAULT_5XX" {
				t.Fatalf("got %+v", got)
			}
			for _, r := range got {
				if h := headers(r.Headers); h != tt.want {
					t.Errorf("%s: got %s, want %s", r.Type, h, tt.want)
				}
			}
		})
	}
	if got := mustParse(t, rest(func(c *gateway.Config) { c.GatewayResponses = []string{"none"} })).GatewayResponses(); len(got) != 0 {
		t.Errorf("none: got %+v", got)
	}
	if got := mustParse(t, http(nil)).GatewayResponses(); len(got) != 0 {
		t.Errorf("an HTTP API: got %+v", got)
	}
}

func TestCORSConfiguration(t *testing.T) {
	api := mustParse(t, http(func(c *gateway.Config) {
		c.AllowOrigins, c.AllowCredentials, c.MaxAge = []string{"https://a.example", "https://b.example"}, true, "-1"
		c.Resources = []gateway.ResourceConfig{{Path: "/a"}, {Path: "/b", Methods: []string{"DELETE", "GET"}}}
	}))
	c, ok := api.CORSConfiguration()
	got := fmt.Sprint(c.AllowOrigins, c.AllowMethods, c.AllowHeaders, c.ExposeHeaders, c.AllowCredentials, *c.MaxAge)
	if want := "[https://a.example https://b.example] [GET POST DELETE] [Content-Type] [] true -1"; !ok || got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if _, ok := mustParse(t, http(func(c *gateway.Config) { c.Preflight = "lambda" })).CORSConfiguration(); ok {
		t.Error("a CORS configuration although the Lambda function answers")
	}
	if _, ok := mustParse(t, rest(nil)).CORSConfiguration(); ok {
		t.Error("a CORS configuration on a REST API")
	}
}

func TestRoutes(t *testing.T) {
	tests := []struct {
		desc   string
		config gateway.Config
		want   string
	}{
		{"$default without auth", http(nil), "$default"},
		{"$default with auth", http(func(c *gateway.Config) { c.Auth = "jwt" }), "$default:jwt, OPTIONS /{proxy+}, OPTIONS /"},
		{"named routes with auth need no OPTIONS route", http(func(c *gateway.Config) {
			c.Auth, c.Resources = "iam", []gateway.ResourceConfig{{Path: "/a"}}
		}), "GET /a:iam, POST /a:iam"},
		{"an ANY route with auth", http(func(c *gateway.Config) {
			c.Auth, c.AllowMethods, c.Resources = "lambda", nil, []gateway.ResourceConfig{{Path: "/a", Methods: []string{"ANY"}}}
		}), "ANY /a:lambda, OPTIONS /a"},
		{"a greedy ANY route with auth", http(func(c *gateway.Config) {
			c.Auth, c.AllowMethods = "lambda", nil
			c.Resources = []gateway.ResourceConfig{{Path: "/{proxy+}", Methods: []string{"ANY"}}, {Path: "/a", Methods: []string{"GET"}}}
		}), "ANY /{proxy+}:lambda, GET /a:lambda, OPTIONS /{proxy+}"},
		{"a Lambda preflight", http(func(c *gateway.Config) {
			c.Preflight, c.Resources = "lambda", []gateway.ResourceConfig{{Path: "/a", Methods: []string{"PUT"}}, {Path: "/b/{id}"}}
		}), "PUT /a, GET /b/{id}, POST /b/{id}, OPTIONS /a, OPTIONS /b/{id}"},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			var got []string
			names := map[string]bool{}
			for _, r := range mustParse(t, tt.config).Routes() {
				key := r.Key()
				if r.Auth != gateway.NoAuth {
					key += ":" + string(r.Auth)
				}
				got = append(got, key)
				if names[r.Name] {
					t.Errorf("the name %s stands twice", r.Name)
				}
				names[r.Name] = true
			}
			if s := strings.Join(got, ", "); s != tt.want {
				t.Errorf("got %s, want %s", s, tt.want)
			}
		})
	}
}

func TestTree(t *testing.T) {
	api := mustParse(t, rest(func(c *gateway.Config) {
		c.Resources = []gateway.ResourceConfig{{Path: "/orders/{id}/items"}, {Path: "/orders"}, {Path: "/or-ders"}, {Path: "/root"}}
	}))
	var got []string
	for _, n := range api.Tree() {
		served := ""
		if n.Resource != nil {
			served = "*"
		}
		got = append(got, fmt.Sprintf("%s<%s:%s%s", n.Path, n.Parent, n.Name, served))
	}
	want := "/<:Root /orders</:Orders* /orders/{id}</orders:OrdersId /orders/{id}/items</orders/{id}:OrdersIdItems* /or-ders</:OrDers* /root</:Root2*"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("\n got %s\nwant %s", s, want)
	}
}

func TestIntegrationResponsesCoverErrors(t *testing.T) {
	api := mustParse(t, rest(func(c *gateway.Config) {
		c.Integration, c.AllowOrigins = "non-proxy", []string{"https://a.example", "https://b.example"}
	}))
	got := api.IntegrationResponses()
	if len(got) != 2 || got[0].SelectionPattern != "" || got[1].SelectionPattern == "" {
		t.Fatalf("got %+v", got)
	}
	for _, r := range got {
		if h := headers(r.Headers); h != "Vary='Origin'" {
			t.Errorf("%s: got %s", r.StatusCode, h)
		}
		if strings.Join(r.DeclaredHeaders(), " ") != "Access-Control-Allow-Origin Vary" {
			t.Errorf("%s declares %s", r.StatusCode, r.DeclaredHeaders())
		}
		if !strings.HasSuffix(r.ResponseTemplate, "$input.json('$')\n") {
			t.Errorf("%s loses the body:\n%s", r.StatusCode, r.ResponseTemplate)
		}
		checkTemplate(t, r.ResponseTemplate)
	}
	if api.ActualResponder() != gateway.ByGateway {
		t.Error("a non-proxy integration's headers come from API Gateway")
	}
}

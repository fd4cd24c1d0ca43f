package gateway_test

import (
	"fmt"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

const app = "https://app.example.com"

// request is "METHOD /path Name=value ...", an Origin header of app included.
func request(line string) gateway.Request {
	words := strings.Fields(line)
	r := cors.Request{Method: words[0], URL: words[1]}
	for _, w := range words[2:] {
		name, value, _ := strings.Cut(w, "=")
		r.Headers = append(r.Headers, cors.Header{Name: name, Value: value})
	}
	if _, ok := r.Headers.Get("Origin"); !ok {
		r.Headers = append(r.Headers, cors.Header{Name: "Origin", Value: app})
	}
	return gateway.NewRequest(r)
}

// show is an answer in one line: status, who made it, and its headers without
// their common prefix.
func show(a gateway.Answer) string {
	out := []string{fmt.Sprint(a.Status), "by", string(a.Source)}
	if a.Failure != "" {
		out = append(out, string(a.Failure))
	}
	for _, h := range a.Headers {
		if h.Name != "Content-Type" {
			out = append(out, strings.TrimPrefix(h.Name, "Access-Control-")+"="+h.Value)
		}
	}
	return strings.Join(out, " ")
}

// backend claims CORS headers of its own.
func backend() cors.Response {
	return cors.Response{Status: 200, Body: "{}", Headers: cors.HeaderList{
		{Name: "Content-Type", Value: "text/html"}, {Name: "X-Backend", Value: "1"},
		{Name: "access-control-allow-origin", Value: "https://backend.example"},
	}}
}

func several(c *gateway.Config) {
	c.AllowOrigins = []string{app, "https://*.example.org", "http://localhost:*"}
}

func TestAnswerREST(t *testing.T) {
	tests := []struct {
		desc    string
		config  gateway.Config
		request string
		want    string
	}{
		{"the mock answers a preflight", rest(nil), "OPTIONS / Access-Control-Request-Method=GET",
			"204 by mock integration Allow-Origin=https://app.example.com Allow-Methods=GET,POST Allow-Headers=Content-Type"},
		{"and any other OPTIONS request, whatever its origin", rest(nil), "OPTIONS /a/b Origin=https://evil.example",
			"204 by mock integration Allow-Origin=https://app.example.com Allow-Methods=GET,POST Allow-Headers=Content-Type"},
		{"the template takes a listed origin", rest(several), "OPTIONS /",
			"204 by mock integration Allow-Origin=https://app.example.com Allow-Methods=GET,POST Allow-Headers=Content-Type Vary=Origin"},
		{"and one that a pattern matches", rest(several), "OPTIONS / Origin=https://a.b.example.org",
			"204 by mock integration Allow-Origin=https://a.b.example.org Allow-Methods=GET,POST Allow-Headers=Content-Type Vary=Origin"},
		{"any port", rest(several), "OPTIONS / Origin=http://localhost:3000",
			"204 by mock integration Allow-Origin=http://localhost:3000 Allow-Methods=GET,POST Allow-Headers=Content-Type Vary=Origin"},
		{"no look-alike", rest(several), "OPTIONS / Origin=https://appXexample.com",
			"204 by mock integration Allow-Methods=GET,POST Allow-Headers=Content-Type Vary=Origin"},
		{"no user name", rest(several), "OPTIONS / Origin=https://x@a.example.org",
			"204 by mock integration Allow-Methods=GET,POST Allow-Headers=Content-Type Vary=Origin"},
		{"no missing origin", rest(several), "OPTIONS / Origin=",
			"204 by mock integration Allow-Methods=GET,POST Allow-Headers=Content-Type Vary=Origin"},
		{"a proxy integration passes the backend's headers", rest(nil), "GET /",
			"200 by backend X-Backend=1 access-control-allow-origin=https://backend.example"},
		{"a non-proxy integration maps", rest(nonProxy), "GET /",
			"200 by backend Allow-Origin=https://app.example.com Allow-Credentials=true"},
		{"and its template decides per request", rest(func(c *gateway.Config) { nonProxy(c); several(c) }), "GET / Origin=https://evil.example",
			"200 by backend Allow-Credentials=true Vary=Origin"},
		{"a missing method is a gateway response", rest(nil), "DELETE /",
			"403 by gateway response MISSING_AUTHENTICATION_TOKEN Allow-Origin=https://app.example.com"},
		{"without CORS headers where none is customised", rest(func(c *gateway.Config) { c.GatewayResponses = []string{"none"} }), "DELETE /",
			"403 by gateway response MISSING_AUTHENTICATION_TOKEN"},
		{"of its class", rest(func(c *gateway.Config) { c.GatewayResponses = []string{"DEFAULT_5XX", "UNAUTHORIZED"} }), "DELETE /",
			"403 by gateway response MISSING_AUTHENTICATION_TOKEN"},
		{"any origin for several", rest(several), "DELETE / Origin=https://evil.example",
			"403 by gateway response MISSING_AUTHENTICATION_TOKEN Allow-Origin=*"},
		{"an echo for several with credentials", rest(func(c *gateway.Config) { several(c); c.AllowCredentials = true }), "DELETE / Origin=https://evil.example",
			"403 by gateway response MISSING_AUTHENTICATION_TOKEN Allow-Origin=https://evil.example Allow-Credentials=true Vary=Origin"},
		{"no echo of nothing", rest(func(c *gateway.Config) { several(c); c.AllowCredentials = true }), "DELETE / Origin=",
			"403 by gateway response MISSING_AUTHENTICATION_TOKEN Allow-Credentials=true Vary=Origin"},
		{"an API key is asked for", rest(auth("api-key")), "GET /",
			"403 by gateway response INVALID_API_KEY Allow-Origin=https://app.example.com"},
		{"and taken", rest(auth("api-key")), "GET / x-api-key=k", "200 by backend X-Backend=1 access-control-allow-origin=https://backend.example"},
		{"a token", rest(auth("cognito")), "GET /", "401 by gateway response UNAUTHORIZED Allow-Origin=https://app.example.com"},
		{"in the header named", rest(func(c *gateway.Config) { c.Auth, c.AuthHeader = "lambda", "X-Token" }), "GET / X-Token=t",
			"200 by backend X-Backend=1 access-control-allow-origin=https://backend.example"},
		{"a signature", rest(auth("iam")), "GET /", "403 by gateway response MISSING_AUTHENTICATION_TOKEN Allow-Origin=https://app.example.com"},
		{"a preflight never", rest(auth("cognito")), "OPTIONS /",
			"204 by mock integration Allow-Origin=https://app.example.com Allow-Methods=GET,POST Allow-Headers=Content-Type,Authorization"},
		{"the backend answers a preflight it was given", rest(func(c *gateway.Config) { c.Preflight, c.Auth = "lambda", "cognito" }), "OPTIONS /",
			"200 by backend X-Backend=1 access-control-allow-origin=https://backend.example"},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			if got := show(mustParse(t, tt.config).Deploy().Answer(request(tt.request), backend)); got != tt.want {
				t.Errorf("%s\n got %s\nwant %s", tt.request, got, tt.want)
			}
		})
	}
}

func nonProxy(c *gateway.Config) { c.Integration, c.AllowCredentials = "non-proxy", true }

func auth(kind string) func(*gateway.Config) { return func(c *gateway.Config) { c.Auth = kind } }

func TestAnswerHTTP(t *testing.T) {
	two := func(c *gateway.Config) {
		c.AllowOrigins, c.AllowCredentials, c.ExposeHeaders, c.MaxAge = []string{app, "https://b.example"}, true, []string{"ETag"}, "600"
	}
	jwt := func(path string) func(*gateway.Config) {
		return func(c *gateway.Config) {
			c.Auth, c.Resources = "jwt", []gateway.ResourceConfig{{Path: path}}
		}
	}
	tests := []struct {
		desc    string
		config  gateway.Config
		request string
		want    string
	}{
		{"the service answers a preflight", http(two), "OPTIONS /x Access-Control-Request-Method=PUT",
			"204 by CORS configuration Allow-Origin=https://app.example.com Allow-Methods=GET,POST Allow-Headers=Content-Type Expose-Headers=ETag Allow-Credentials=true Max-Age=600"},
		{"it needs Access-Control-Request-Method", http(nil), "OPTIONS /x", "200 by backend Allow-Origin=https://app.example.com X-Backend=1"},
		{"and Origin", http(nil), "OPTIONS /x Origin= Access-Control-Request-Method=PUT", "200 by backend X-Backend=1"},
		{"an origin that is not allowed gets no CORS headers", http(two), "OPTIONS /x Access-Control-Request-Method=PUT Origin=https://evil.example", "204 by CORS configuration"},
		{"a route with an authorizer that lacks OPTIONS is not asked", http(jwt("/orders")), "OPTIONS /orders Access-Control-Request-Method=POST",
			"204 by CORS configuration Allow-Origin=https://app.example.com Allow-Methods=GET,POST Allow-Headers=Content-Type,Authorization"},
		{"nor is $default, for the OPTIONS routes", http(jwt("$default")), "OPTIONS / Access-Control-Request-Method=POST",
			"204 by CORS configuration Allow-Origin=https://app.example.com Allow-Methods=GET,POST Allow-Headers=Content-Type,Authorization"},
		{"max-age -1 leaves the header out", http(func(c *gateway.Config) { c.MaxAge = "-1" }), "OPTIONS / Access-Control-Request-Method=GET",
			"204 by CORS configuration Allow-Origin=https://app.example.com Allow-Methods=GET,POST Allow-Headers=Content-Type"},
		{"any origin is *", http(func(c *gateway.Config) { c.AllowOrigins = []string{"*"} }), "GET / Origin=https://any.example", "200 by backend Allow-Origin=* X-Backend=1"},
		{"a scheme is echoed", http(func(c *gateway.Config) { c.AllowOrigins = []string{"https://*"} }), "GET / Origin=https://any.example", "200 by backend Allow-Origin=https://any.example X-Backend=1"},
		{"the backend's CORS headers are ignored", http(two), "GET /x", "200 by backend Allow-Origin=https://app.example.com Allow-Credentials=true Expose-Headers=ETag X-Backend=1"},
		{"for an origin that is not allowed, too", http(two), "GET /x Origin=https://evil.example", "200 by backend X-Backend=1"},
		{"the service's own errors have them", http(jwt("/orders")), "GET /orders", "401 by service error UNAUTHORIZED Allow-Origin=https://app.example.com"},
		{"no route", http(jwt("/orders")), "GET /other", "404 by service error RESOURCE_NOT_FOUND Allow-Origin=https://app.example.com"},
		{"an unsigned request", http(auth("iam")), "GET /", "403 by service error ACCESS_DENIED Allow-Origin=https://app.example.com"},
		{"without a CORS configuration it adds none", http(func(c *gateway.Config) { c.Preflight, c.Auth = "lambda", "jwt" }), "GET /", "401 by service error UNAUTHORIZED"},
		{"and asks the backend for the preflight", http(func(c *gateway.Config) { c.Preflight, c.Auth = "lambda", "jwt" }), "OPTIONS /x Access-Control-Request-Method=GET",
			"200 by backend X-Backend=1 access-control-allow-origin=https://backend.example"},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			if got := show(mustParse(t, tt.config).Deploy().Answer(request(tt.request), backend)); got != tt.want {
				t.Errorf("%s\n got %s\nwant %s", tt.request, got, tt.want)
			}
		})
	}
}

func TestAnswerWithoutBackend(t *testing.T) {
	down := func() cors.Response { return cors.Response{} }
	for _, tt := range []struct {
		config gateway.Config
		want   string
	}{
		{rest(nil), "504 by gateway response INTEGRATION_FAILURE Allow-Origin=https://app.example.com"},
		{http(nil), "503 by service error INTEGRATION_FAILURE Allow-Origin=https://app.example.com"},
	} {
		if got := show(mustParse(t, tt.config).Deploy().Answer(request("GET /"), down)); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
}

func TestNonProxyErrors(t *testing.T) {
	failing := func() cors.Response { return cors.Response{Status: 418} }
	got := show(mustParse(t, rest(nonProxy)).Deploy().Answer(request("GET /"), failing))
	if want := "500 by backend Allow-Origin=https://app.example.com Allow-Credentials=true"; got != want {
		t.Errorf("an error is mapped, too: got %s, want %s", got, want)
	}
}

// TestLambdaPassesTheBrowser holds the model of the rendered handler to the
// one thing it is for.
func TestLambdaPassesTheBrowser(t *testing.T) {
	for _, edit := range []func(*gateway.Config){
		nil, several, nonProxy, auth("cognito"),
		func(c *gateway.Config) { c.Preflight = "lambda" },
		func(c *gateway.Config) {
			c.Preflight, c.AllowCredentials, c.ExposeHeaders = "lambda", true, []string{"ETag"}
			several(c)
		},
	} {
		for _, kind := range []func(func(*gateway.Config)) gateway.Config{rest, http} {
			api, _, err := gateway.Parse(kind(edit))
			if err != nil {
				continue
			}
			d := api.Deploy()
			r := cors.Request{Origin: app, Method: "POST", URL: "https://api.example.com/x", Headers: cors.HeaderList{
				{Name: "Content-Type", Value: "application/json"}, {Name: "Authorization", Value: "t"},
			}}
			if api.Auth() == gateway.NoAuth {
				r.Headers = r.Headers[:1]
			}
			if api.Policy().AllowCredentials() {
				r.Credentials = cors.CredentialsInclude
			}
			trace := cors.Fetch(r, func(r cors.Request) cors.Response {
				q := gateway.NewRequest(r)
				return d.Answer(q, func() cors.Response { return d.Lambda(q) }).Response
			})
			if s, refused := trace.Refusal(); refused {
				t.Errorf("%+v: %s", api.Config(), s.Detail())
			}
		}
	}
}

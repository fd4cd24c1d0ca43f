package gateway_test

import (
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// TestReviewA1: API Gateway v2 refuses an origin of another scheme than http and
// https when it is deployed, so it is refused here; where a Lambda function or
// a REST API's mock answers, it is as good as any.
func TestReviewA1(t *testing.T) {
	for _, origin := range []string{"capacitor://localhost", "chrome-extension://ghbmnnjooekpmoecnnnilnnbdlolhkhi", "ionic://localhost"} {
		with := func(preflight string) func(*gateway.Config) {
			return func(c *gateway.Config) {
				c.AllowOrigins, c.Preflight = []string{"https://app.example.com", origin}, preflight
			}
		}
		f := faultOf(http(with("")), "allowOrigins")
		if f == nil || f.Index != 1 || f.Reason != gateway.Unsupported || !strings.Contains(f.Detail, "Invalid format for origin") ||
			!strings.Contains(f.Hint, "preflight lambda") || !strings.Contains(f.Hint, "REST API") {
			t.Errorf("%s: %+v", origin, f)
		}
		for _, c := range []gateway.Config{http(with("lambda")), rest(with("")), rest(with("lambda"))} {
			if f := faultOf(c, "allowOrigins"); f != nil {
				t.Errorf("%s on the API type %s with preflight %s: %v", origin, c.API, c.Preflight, f)
			}
		}
	}
	for _, origin := range []string{"*", "https://*", "http://*", "http://localhost:3000"} {
		if f := faultOf(http(func(c *gateway.Config) { c.AllowOrigins = []string{origin} }), "allowOrigins"); f != nil {
			t.Errorf("%s: %v", origin, f)
		}
	}
}

// TestReviewA10: the OPTIONS route in front of an ANY route with an authorizer
// stands on its own path and catches no other.
func TestReviewA10(t *testing.T) {
	api := mustParse(t, http(func(c *gateway.Config) {
		c.Auth, c.AllowMethods = "jwt", nil
		c.Resources = []gateway.ResourceConfig{{Path: "/orders", Methods: []string{"ANY"}}}
	}))
	var keys []string
	for _, r := range api.Routes() {
		keys = append(keys, r.Key())
	}
	if !slices.Equal(keys, []string{"ANY /orders", "OPTIONS /orders"}) {
		t.Errorf("routes %q", keys)
	}
	page := cors.Request{
		Origin: "https://app.example.com", Method: "DELETE", URL: "https://api.example.com/orders",
		Headers: cors.HeaderList{{Name: "Authorization", Value: "Bearer x"}},
	}
	if f := api.Deploy().Fetch(page, ""); !f.Allowed() {
		t.Errorf("the preflight does not pass: %+v", f)
	}
}

// TestReviewA9: a browser looks for Access-Control-Expose-Headers in actual
// responses and errors, not in a preflight response.
func TestReviewA9(t *testing.T) {
	exposing := func(c *gateway.Config) { c.ExposeHeaders, c.Integration = []string{"ETag"}, "non-proxy" }
	api := mustParse(t, rest(exposing))
	m, _ := api.Mock(api.Resources()[0])
	greedy, _ := api.GreedyMock()
	for _, mock := range []gateway.Mock{m, greedy} {
		if slices.Contains(mock.DeclaredHeaders(), cors.HeaderExposeHeaders) {
			t.Errorf("the mock declares %q", mock.DeclaredHeaders())
		}
	}
	for _, r := range api.IntegrationResponses() {
		if !slices.Contains(r.DeclaredHeaders(), cors.HeaderExposeHeaders) {
			t.Errorf("the response %s declares %q", r.StatusCode, r.DeclaredHeaders())
		}
	}
	for _, r := range api.GatewayResponses() {
		if !strings.Contains(headers(r.Headers), "Expose-Headers='ETag'") {
			t.Errorf("%s has %s", r.Type, headers(r.Headers))
		}
	}
}

// TestReviewA8: the identity source goes by the rules of request headers. A
// cookie is sent by the browser itself, and with credentials only.
func TestReviewA8(t *testing.T) {
	lambda := func(header string, credentials bool) func(*gateway.Config) {
		return func(c *gateway.Config) { c.Auth, c.AuthHeader, c.AllowCredentials = "lambda", header, credentials }
	}
	for _, header := range []string{"Host", "Origin", "content-length", "Sec-Fetch-Site", "Proxy-Authorization"} {
		for _, c := range []gateway.Config{rest(lambda(header, true)), http(lambda(header, false))} {
			if f := faultOf(c, "authHeader"); f == nil || f.Reason != cors.Forbidden || f.Hint == "" {
				t.Errorf("%s on the API type %s: %v", header, c.API, f)
			}
		}
	}
	for _, config := range []func(func(*gateway.Config)) gateway.Config{rest, http} {
		for _, header := range []string{"Cookie", "cookie"} {
			if f := faultOf(config(lambda(header, false)), "authHeader"); f == nil || !strings.Contains(f.Hint, "allowCredentials") {
				t.Errorf("%s without credentials: %v", header, f)
			}
			api := mustParse(t, config(lambda(header, true)))
			if names := api.AllowHeaders().Strings(); !slices.Equal(names, []string{"Content-Type"}) || api.AuthHeader().String() != header {
				t.Errorf("%s: allows the headers %q, reads %s", header, names, api.AuthHeader())
			}
			page := cors.Request{Origin: "https://app.example.com", Method: "GET", URL: "https://api.example.com/"}
			if f := api.Deploy().Fetch(page, ""); f.ActualAnswer == nil || f.ActualAnswer.Failure != gateway.Unauthorized {
				t.Errorf("%s: a request without credentials passes the authorizer", header)
			}
			page.Credentials = cors.CredentialsInclude
			if f := api.Deploy().Fetch(page, ""); !f.Reached() || f.ActualAnswer.Failure != "" {
				t.Errorf("%s: a request with credentials does not pass the authorizer", header)
			}
		}
	}
	for _, c := range []gateway.Config{
		rest(func(c *gateway.Config) { c.Auth, c.AuthHeader, c.AllowCredentials = "cognito", "Cookie", true }),
		http(func(c *gateway.Config) { c.Auth, c.AuthHeader, c.AllowCredentials = "jwt", "Cookie", true }),
	} {
		if f := faultOf(c, "authHeader"); f == nil || f.Reason != gateway.Unsupported {
			t.Errorf("%s reads a token out of Cookie: %v", c.Auth, f)
		}
	}
}

// TestReviewA11: advice comes where it applies, and only there.
func TestReviewA11(t *testing.T) {
	responses := func(types ...string) func(*gateway.Config) {
		return func(c *gateway.Config) { c.GatewayResponses = types }
	}
	tests := []struct {
		desc   string
		config gateway.Config
		want   string // place, code, a part of the detail
	}{
		{"the service adds its headers to its errors", http(nil), ""},
		{"but not where the function answers", http(func(c *gateway.Config) { c.Preflight = "lambda" }), "preflight errors-unreadable 401, 403, 429 and 504"},
		{"a REST API has gateway responses", rest(func(c *gateway.Config) { c.Preflight = "lambda" }), ""},
		{"unless there are none", rest(responses("none")), "gatewayResponses errors-unreadable own errors"},
		{"or not the two that cover all others", rest(responses("UNAUTHORIZED")), "gatewayResponses errors-unreadable DEFAULT_4XX, DEFAULT_5XX"},
		{"or one of them only", rest(responses("DEFAULT_4XX", "THROTTLED")), "gatewayResponses errors-unreadable only DEFAULT_5XX"},
		{"/ping is not the API's behind a custom domain name", rest(func(c *gateway.Config) {
			c.Resources = []gateway.ResourceConfig{{Path: "/pings"}, {Path: "/ping"}, {Path: "/a/ping"}}
		}), "resources[1].path reserved-path custom domain"},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			_, advice, err := gateway.Parse(tt.config)
			if err != nil {
				t.Fatal(err)
			}
			if tt.want == "" {
				if len(advice) > 0 {
					t.Errorf("got %+v", advice)
				}
				return
			}
			place, rest, _ := strings.Cut(tt.want, " ")
			code, detail, _ := strings.Cut(rest, " ")
			if len(advice) != 1 || advice[0].Field != place || advice[0].Code != code || !strings.Contains(advice[0].Detail, detail) || advice[0].Hint == "" {
				t.Errorf("got %+v, want %s", advice, tt.want)
			}
		})
	}
}

// TestReviewA14: the advice on `*` says what the standard says and what browsers
// do; it is not given where the auth has Authorization named anyway.
func TestReviewA14(t *testing.T) {
	star := func(auth string) func(*gateway.Config) {
		return func(c *gateway.Config) { c.AllowHeaders, c.Auth = []string{"*"}, auth }
	}
	_, advice, _ := gateway.Parse(rest(star("none")))
	if len(advice) != 1 || advice[0].Code != cors.CodeWildcardNotAuthorization ||
		!strings.Contains(advice[0].Detail, "by the standard") || !strings.Contains(advice[0].Detail, "WebKit") {
		t.Errorf("got %+v", advice)
	}
	for _, c := range []gateway.Config{http(star("jwt")), rest(star("iam")), rest(star("cognito"))} {
		if _, advice, _ := gateway.Parse(c); len(advice) > 0 {
			t.Errorf("auth %s: %+v", c.Auth, advice)
		}
	}
}

// TestReviewB14Paths: a path as other routers write it is not taken as it
// stands, and the hint is what was meant.
func TestReviewB14Paths(t *testing.T) {
	for path, want := range map[string]string{
		"/orders/:id":          "use /orders/{id}",
		"/orders/:id/items/:n": "use /orders/{id}/items/{n}",
		"orders/:id":           "use /orders/{id}",
		"/orders/:id/":         "use /orders/{id}",
		"/files/*":             "use /files/{proxy+}",
		"orders,":              "use /orders",
		"orders, /orders/:id":  "give each an entry of its own: /orders and /orders/{id}",
		"/a,/b,c":              "give each an entry of its own: /a and /b and /c",
		"/orders/":             "use /orders",
		"/:":                   "write a path variable as {name}",
		"/a/../b":              "write the path without it",
		"/.":                   "write the path without it",
		"/.well-known/x":       "",
		"/orders/{id}":         "",
		"/orders/a:cancel":     "",
	} {
		_, _, err := gateway.Parse(rest(func(c *gateway.Config) { c.Resources = []gateway.ResourceConfig{{Path: path}} }))
		hint := ""
		if faults := cors.Faults(err); len(faults) > 0 {
			hint = faults[0].Hint
		}
		if hint != want {
			t.Errorf("%s: hint %q, want %q", path, hint, want)
		}
	}
}

// TestReviewD12VariablesClash wherever the other path stands in the list.
func TestReviewD12VariablesClash(t *testing.T) {
	for _, tt := range []struct {
		paths []string
		want  string
	}{
		{[]string{"/a/{b}", "/a/{b}/c", "/b/{c}", "/a/{b}/{d}"}, ""},
		{[]string{"/a/{b}", "/x", "/a/{c}/d"}, "resources[2].path both {b} and {c}"},
		{[]string{"/a/{b}/x", "/a/{b+}"}, "resources[1].path both {b} and {b+}"},
		{[]string{"/{a}", "/x/{b}", "/{c}/y"}, "resources[2].path both {a} and {c}"},
		{[]string{"/a/{b}/{c}", "/a/{b}/{d}", "/a/{b}/{e}"}, "resources[1].path both {c} and {d}, resources[2].path both {c} and {e}"},
		{[]string{"/a", "/b", "/a"}, "resources[2].path named twice"},
	} {
		_, _, err := gateway.Parse(rest(func(c *gateway.Config) {
			for _, path := range tt.paths {
				c.Resources = append(c.Resources, gateway.ResourceConfig{Path: path})
			}
		}))
		var got []string
		for _, f := range cors.Faults(err) {
			detail := f.Detail
			if i := strings.Index(detail, "both"); i >= 0 {
				detail = detail[i:]
			}
			got = append(got, f.Field+" "+detail)
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("%q: %q, want %q", tt.paths, got, tt.want)
		}
	}
}

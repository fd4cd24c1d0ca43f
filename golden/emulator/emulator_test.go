package emulator_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"apigw-cors/golden/emulator"
	"apigw-cors/golden/tools"
)

// TestREST holds the emulator of a REST API to what AWS documents.
func TestREST(t *testing.T) {
	api := emulator.New()
	api.GatewayResponses["DEFAULT_4XX"] = map[string]string{"Access-Control-Allow-Origin": "'*'"}
	api.GatewayResponses["UNAUTHORIZED"] = map[string]string{"Access-Control-Allow-Origin": "method.request.header.origin"}
	options := api.Method("OPTIONS", "/orders")
	options.Auth = "NONE"
	options.SetIntegration("mock", "", "", `{"statusCode": 204}`)
	preflight := options.Response("204")
	preflight.Headers["Access-Control-Allow-Origin"] = "'https://a.example'"
	preflight.Declared = []string{"Access-Control-Allow-Origin"}
	get := api.Method("GET", "/orders")
	get.Auth = "CUSTOM"
	get.SetIntegration("AWS_PROXY", "", "", "")
	any := api.Method("ANY", "/{proxy+}")
	any.Auth = "NONE"
	any.SetIntegration("AWS_PROXY", "", "", "")
	d := emulator.Deploy(t, api, "X-Token", echo{}, tools.Velocity{})

	for _, tt := range []struct {
		desc, method, path string
		headers            map[string]string
		status             int
		origin             string
	}{
		{"a mock answers the preflight", "OPTIONS", "/orders", nil, 204, "https://a.example"},
		{"the authorizer's header is missing", "GET", "/orders", map[string]string{"Origin": "https://b.example"}, 401, "https://b.example"},
		{"the function answers", "GET", "/orders", map[string]string{"X-Token": "1"}, 200, ""},
		{"a resource that lacks the method leaves it to the greedy one", "PUT", "/orders", nil, 200, ""},
		{"a type of its own class stands in", "GET", "/", nil, 403, "*"},
		{"a failure that is asked for", "GET", "/orders?failure=THROTTLED", nil, 429, "*"},
		{"a function that fails", "PUT", "/x?failure=FUNCTION", nil, 500, ""},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			check(t, d, tt.method, tt.path, tt.headers, tt.status, tt.origin)
		})
	}
}

// TestHTTP holds the emulator of an HTTP API to what AWS documents.
func TestHTTP(t *testing.T) {
	api := emulator.New()
	api.CORS = &emulator.CORS{AllowOrigins: []string{"https://a.example", "http://*"}}
	api.Routes["GET /orders/{id}"] = "NONE"
	api.Routes["GET /orders/open"] = "JWT"
	d := emulator.Deploy(t, api, "Authorization", echo{}, tools.Velocity{})
	from := func(origin string) map[string]string { return map[string]string{"Origin": origin} }

	for _, tt := range []struct {
		desc, path string
		headers    map[string]string
		status     int
		origin     string
	}{
		{"an origin that is listed", "/orders/1", from("https://a.example"), 200, "https://a.example"},
		{"a pattern is echoed", "/orders/1", from("http://b.example"), 200, "http://b.example"},
		{"an origin that is not", "/orders/1", from("https://b.example"), 200, ""},
		{"a full match before a variable, and errors carry the headers", "/orders/open", from("https://a.example"), 401, "https://a.example"},
		{"no route", "/", from("https://a.example"), 404, "https://a.example"},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			check(t, d, "GET", tt.path, tt.headers, tt.status, tt.origin)
		})
	}
}

func check(t *testing.T, d http.Handler, method, path string, headers map[string]string, status int, origin string) {
	t.Helper()
	r := httptest.NewRequest(method, path, nil)
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	if got := w.Header().Get("Access-Control-Allow-Origin"); w.Code != status || got != origin {
		t.Errorf("%s %s: %d, Access-Control-Allow-Origin %q; want %d, %q", method, path, w.Code, got, status, origin)
	}
}

// echo is a function that sends no CORS header.
type echo struct{}

func (echo) Call(testing.TB, any) json.RawMessage { return json.RawMessage(`{}`) }

func (echo) Respond(testing.TB, any) tools.Response { return tools.Response{StatusCode: 200} }

package gateway_test

import (
	"strings"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

func TestRemedy(t *testing.T) {
	any := func(c *gateway.Config) { c.AllowOrigins, c.AllowHeaders = []string{"*"}, []string{"*"} }
	tests := []struct {
		desc    string
		config  gateway.Config
		request string // METHOD /path Name=value; Origin and Credentials are not headers here
		want    string // the changes' fields and values; "" where no change helps
	}{
		{"an origin", rest(nil), "GET / Origin=https://b.example", "allowOrigins https://b.example"},
		{"an origin of an HTTP API", http(nil), "POST /x Origin=https://b.example Content-Type=application/json", "allowOrigins https://b.example"},
		{"a method", rest(nil), "PUT /", "allowMethods PUT"},
		{"a method in lower case", rest(nil), "put /", "allowMethods PUT"},
		{"a method of its resource", rest(func(c *gateway.Config) {
			c.Resources = []gateway.ResourceConfig{{Path: "/orders/{id}", Methods: []string{"GET"}}, {Path: "/"}}
		}), "PUT /orders/1", "resources PUT"},
		{"a header", rest(nil), "GET / X-A=1", "allowHeaders X-A"},
		{"several headers are one change", rest(nil), "GET / X-B=1 X-A=1 Accept=x", "allowHeaders X-B,X-A"},
		{"Authorization beside *", rest(any), "GET / X-A=1 Authorization=t", "allowHeaders Authorization"},
		{"credentials", rest(nil), "GET / Credentials=include", "allowCredentials true"},
		{"credentials where everything is a wildcard", http(func(c *gateway.Config) { any(c); c.AllowMethods = []string{"*"} }),
			"PUT / Credentials=include X-A=1", "allowOrigins https://app.example.com, allowCredentials true"},
		{"a resource", rest(func(c *gateway.Config) { c.Resources = []gateway.ResourceConfig{{Path: "/"}} }), "PUT /orders", "resources /orders=PUT"},
		{"gateway responses", rest(func(c *gateway.Config) { c.Auth, c.GatewayResponses = "cognito", []string{"none"} }), "GET /", "gatewayResponses DEFAULT_4XX,DEFAULT_5XX"},
		{"the service's own errors", http(func(c *gateway.Config) { c.Auth, c.Preflight = "jwt", "lambda" }), "GET /", "preflight gateway"},
		{"two changes where one does not do", rest(nil), "PUT / X-A=1", "allowMethods PUT, allowHeaders X-A"},
		{"three", rest(nil), "PUT / Origin=https://b.example X-A=1", "allowOrigins https://b.example, allowMethods PUT, allowHeaders X-A"},
		{"patch in lower case is the page's to mend", rest(nil), "patch /", ""},
		{"null is no origin to allow", rest(nil), "GET / Origin=null", ""},
		{"nor is a forbidden method", rest(nil), "TRACE /", ""},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			words := strings.Fields(tt.request)
			r := cors.Request{Origin: app, Method: words[0], URL: "https://api.example.com" + words[1]}
			for _, w := range words[2:] {
				switch name, value, _ := strings.Cut(w, "="); name {
				case "Origin":
					r.Origin = value
				case "Credentials":
					r.Credentials = cors.CredentialsMode(value)
				default:
					r.Headers = append(r.Headers, cors.Header{Name: name, Value: value})
				}
			}
			if mustParse(t, tt.config).Deploy().Fetch(r, "").Allowed() {
				t.Fatal("allowed as it is")
			}
			changed, changes := gateway.Remedy(tt.config, r)
			var got []string
			for _, c := range changes {
				got = append(got, c.Field+" "+c.Value)
				if c.Text == "" || c.Wanted == "" {
					t.Errorf("%s has no words", c.Field)
				}
			}
			if strings.Join(got, ", ") != tt.want {
				t.Fatalf("got %q", got)
			}
			if tt.want != "" && !mustParse(t, changed).Deploy().Fetch(r, "").Reached() {
				t.Error("the change does not help")
			}
		})
	}
}

package gateway_test

import (
	"fmt"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// TestReviewA4: what counts as an error follows from the backend. The pattern of
// a Lambda function's errors matches every status code there is, so that behind
// an HTTP backend or an AWS service each success became a 500.
func TestReviewA4(t *testing.T) {
	for _, tt := range []struct {
		backend, want string
		// answers are the statuses that come of the backend's.
		answers map[int]int
	}{
		{"", `AWS: 200 "" 500 "(\n|.)+"`, map[int]int{200: 200, 404: 500, 502: 500}},
		{"lambda", `AWS: 200 "" 500 "(\n|.)+"`, map[int]int{200: 200, 404: 500, 502: 500}},
		{"http", `HTTP: 200 "" 400 "4\d{2}" 500 "5\d{2}"`, map[int]int{200: 200, 201: 200, 404: 400, 502: 500}},
		{"aws", `AWS: 200 "" 400 "4\d{2}" 500 "5\d{2}"`, map[int]int{200: 200, 204: 200, 403: 400, 503: 500}},
		{"mock", `MOCK: 200 ""`, map[int]int{0: 200}},
	} {
		for _, origins := range [][]string{{app}, {app, "https://b.example"}} {
			t.Run(fmt.Sprint(tt.backend, len(origins)), func(t *testing.T) {
				api := mustParse(t, rest(func(c *gateway.Config) {
					c.Integration, c.BackendType, c.AllowOrigins = "non-proxy", tt.backend, origins
				}))
				got := api.IntegrationType() + ":"
				for _, r := range api.IntegrationResponses() {
					got += fmt.Sprintf(` %s "%s"`, r.StatusCode, r.SelectionPattern)
					if !strings.HasPrefix(strings.Join(r.DeclaredHeaders(), " "), "Access-Control-Allow-Origin") {
						t.Errorf("%s declares %s", r.StatusCode, r.DeclaredHeaders())
					}
					if r.ResponseTemplate != "" && len(origins) > 1 {
						checkTemplate(t, r.ResponseTemplate)
					}
				}
				if got != tt.want {
					t.Errorf("\n got %s\nwant %s", got, tt.want)
				}
				d := api.Deploy()
				for from, want := range tt.answers {
					a := d.Answer(request("GET /"), func() cors.Response { return cors.Response{Status: from} })
					if origin, _ := a.Headers.Get(cors.HeaderAllowOrigin); a.Status != want || origin != app {
						t.Errorf("%d becomes %d with Access-Control-Allow-Origin %q, want %d", from, a.Status, origin, want)
					}
				}
			})
		}
	}
}

// TestReviewA4BackendImpliesNonProxy: one word is enough, and the shortest
// policy that says the same has both.
func TestReviewA4BackendImpliesNonProxy(t *testing.T) {
	api := mustParse(t, rest(func(c *gateway.Config) { c.BackendType = "http" }))
	if c := api.Config(); c.Integration != "non-proxy" || c.BackendType != "http" {
		t.Errorf("integration %q, backendType %q", c.Integration, c.BackendType)
	}
	f := faultOf(rest(func(c *gateway.Config) { c.Integration, c.BackendType = "proxy", "http" }), "backendType")
	if f == nil || !strings.Contains(f.Hint, "let the backend send the CORS headers") {
		t.Errorf("an HTTP proxy is not told who sends the headers: %+v", f)
	}
}

// TestReviewA7: a browser accepts everything, so with */* as a binary media type
// API Gateway would decode the text of a Lambda function's answer as base64, and
// answer 500.
func TestReviewA7(t *testing.T) {
	config := func(backend string, origins ...string) gateway.Config {
		return rest(func(c *gateway.Config) {
			c.Integration, c.BackendType, c.BinaryMediaTypes, c.AllowOrigins = "non-proxy", backend, []string{"*/*"}, origins
		})
	}
	for _, backend := range []string{"lambda", "mock"} {
		for _, origins := range [][]string{{app}, {app, "https://b.example"}} {
			api := mustParse(t, config(backend, origins...))
			got := show(api.Deploy().Answer(request("GET /"), func() cors.Response { return cors.Response{Status: 200} }))
			if !strings.HasPrefix(got, "200 ") || !strings.Contains(got, "Allow-Origin="+app) {
				t.Errorf("%s, %d origins: %s", backend, len(origins), got)
			}
			f := api.Facts()
			for i := range f.Methods {
				for j := range f.Methods[i].Integration.Responses {
					f.Methods[i].Integration.Responses[j].ContentHandling = gateway.Text{}
				}
			}
			got = show(f.Deploy().Answer(request("GET /"), func() cors.Response { return cors.Response{Status: 200} }))
			if !strings.HasPrefix(got, "500 ") && backend == "lambda" {
				t.Errorf("%s, %d origins, without CONVERT_TO_TEXT: %s", backend, len(origins), got)
			}
		}
	}
	for _, backend := range []string{"http", "aws"} {
		api := mustParse(t, config(backend, app))
		for _, r := range api.IntegrationResponses() {
			if r.ContentHandling != "" {
				t.Errorf("%s: %s would make base64 of a binary body", backend, r.ContentHandling)
			}
		}
		got := show(api.Deploy().Answer(request("GET /"), func() cors.Response { return cors.Response{Status: 200} }))
		if !strings.HasPrefix(got, "200 ") {
			t.Errorf("%s: a body that no template reads goes through: %s", backend, got)
		}
		if f := faultOf(config(backend, app, "https://b.example"), "binaryMediaTypes"); f == nil {
			t.Errorf("%s: a template that cannot read the body is taken", backend)
		}
	}
}

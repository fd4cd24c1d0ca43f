package golden_test

import (
	"slices"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/golden/tools"
)

// TestLookAlikes holds the three programs that compare an origin with a
// pattern, the mapping template and the functions in JavaScript and Python, to
// one table written by hand, in either spelling of the header and without it.
func TestLookAlikes(t *testing.T) {
	t.Parallel()
	translator, engine, node, python := tools.StartTranslator(t), tools.StartVelocity(t), tools.StartNode(t), tools.StartPython(t)
	for _, tt := range []struct {
		name             string
		allowed, refused []string
	}{
		{
			name:    "rest-several-origins",
			allowed: []string{"https://app.example.com", "https://admin.example.com", "http://localhost:3000"},
			refused: []string{
				"https://appXexample.com", "https://app.example.com.evil.net", "https://app.example.com/",
				"http://app.example.com", "https://app.example.com:8443", "https://APP.example.com",
				"https://example.com", "http://localhost", "http://localhost:3001", "http://localhost:30000", "null",
				"https://app.example.com https://admin.example.com", "https://app.example.com,https://evil.net",
			},
		},
		{
			name:    "rest-wildcard-subdomain",
			allowed: []string{"https://app.example.com", "https://a.b.example.com", "https://xn--bcher-kva.example.com"},
			refused: []string{
				"https://appXexample.com", "https://example.com", "https://example.com.evil.net", "https://app.example.com.evil.net",
				"https://evilexample.com", "http://app.example.com", "https://app.example.com:8443", "https://app.example.com/",
				"https://evil.net/.example.com", "https://evil.net@x.example.com", "https://app.EXAMPLE.com", "null",
			},
		},
		{
			name: "rest-localhost-any-port",
			allowed: []string{
				"http://localhost", "http://localhost:3000", "http://127.0.0.1", "http://127.0.0.1:5173", "http://[::1]:8080",
			},
			refused: []string{
				"https://localhost:3000", "http://localhost.evil.net", "http://localhost.evil.net:80", "http://localhost:3000/x",
				"http://evil.net:3000", "http://localhostX:3000", "http://127.0.0.2:80", "http://localhost:x@evil.net", "null",
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := goldenCase{name: tt.name}
			api := c.api(t)
			template := readTemplate(t, translator.Template(t, c.path("cloudformation/template.yaml"))).api
			functions := []tools.Function{node.Load(t, c.path("lambda-nodejs/index.mjs")), python.Load(t, c.path("lambda-python/app.py"))}
			mock, ok := template.Methods["OPTIONS /{proxy+}"]
			if !ok {
				t.Fatal("no preflight")
			}
			for _, origin := range slices.Concat(tt.allowed, tt.refused, []string{""}) {
				want := ""
				if slices.Contains(tt.allowed, origin) {
					want = origin
				}
				for _, name := range []string{"origin", "Origin"} {
					headers := map[string]string{}
					if origin != "" {
						headers[name] = origin
					}
					for _, absent := range []string{tools.AbsentNull, tools.AbsentEmpty} {
						if got := preflight(t, engine, mock, headers, absent); got != want {
							t.Errorf("mapping template: %s: %q, absent as %s: %q", name, origin, absent, got)
						}
					}
				}
				for _, event := range events(api, "/", "GET", origin) {
					for _, function := range functions {
						if got := function.Respond(t, event).Headers[cors.HeaderAllowOrigin]; got != want {
							t.Errorf("%s: %s: %q", function.File, event, got)
						}
					}
				}
			}
		})
	}
}

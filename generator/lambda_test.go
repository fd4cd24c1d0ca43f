package generator

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

func TestHandler(t *testing.T) {
	tests := []struct {
		desc         string
		edit         func(*gateway.Config)
		nodeJS       []string
		python       []string
		not          []string
		noCORSHeader bool
	}{
		{
			desc:   "a constant origin is sent as a constant, without Vary",
			nodeJS: []string{"'Access-Control-Allow-Origin': 'https://app.example.com',", "addCors(await handler(event, context), corsHeaders)", "export const handler = withCors(async (event) => {"},
			python: []string{`"Access-Control-Allow-Origin": "https://app.example.com",`, "add_cors(handler(event, context), CORS_HEADERS)", "@with_cors\ndef handler(event, context):"},
			not:    []string{"'Vary'", `"Vary"`, "varyBy", "vary_by", "preflight(", "Access-Control-Allow-Methods", "structured", "version"},
		},
		{
			desc: "exact origins are compared as they are",
			edit: func(c *gateway.Config) {
				c.AllowOrigins, c.AllowCredentials, c.ExposeHeaders = []string{"https://a.example", "https://b.example"}, true, []string{"ETag"}
			},
			nodeJS: []string{"  'https://b.example',", "return allowedOrigins.includes(origin);", "'Vary': 'Origin'", "'Access-Control-Allow-Credentials': 'true'", "'Access-Control-Expose-Headers': 'ETag'"},
			python: []string{`    "https://b.example",`, "return origin in ALLOWED_ORIGINS", `"Vary": "Origin"`},
			not:    []string{"lastIndexOf", "rfind", "match("},
		},
		{
			desc:   "a pattern alone needs no list of origins",
			edit:   func(c *gateway.Config) { c.AllowOrigins = []string{"https://*.example.com"} },
			nodeJS: []string{"{ prefix: 'https://', suffix: '.example.com' },", "return allowedPatterns.some("},
			python: []string{`("https://", ".example.com"),`, "return any("},
			not:    []string{"allowedOrigins", "ALLOWED_ORIGINS"},
		},
		{
			desc:   "any port also equals the origin without one",
			edit:   func(c *gateway.Config) { c.AllowOrigins = []string{"http://localhost:*"} },
			nodeJS: []string{"  'http://localhost',", "{ prefix: 'http://localhost:', suffix: '' },", "allowedOrigins.includes(origin) || allowedPatterns.some("},
			python: []string{`    "http://localhost",`, `("http://localhost:", ""),`, "origin in ALLOWED_ORIGINS or any("},
		},
		{
			desc:   "one Access-Control-Allow-Methods where all resources have the same",
			edit:   func(c *gateway.Config) { c.Preflight, c.MaxAge, c.AllowHeaders = "lambda", "0", []string{"X-Id"} },
			nodeJS: []string{"event.httpMethod === 'OPTIONS'", "'Access-Control-Allow-Methods': 'GET,POST'", "'Access-Control-Allow-Headers': 'X-Id,Content-Type'", "'Access-Control-Max-Age': '0'", "statusCode: 204"},
			python: []string{`event.get("httpMethod") == "OPTIONS"`, `"Access-Control-Allow-Methods": "GET,POST"`, `"Access-Control-Max-Age": "0"`},
			not:    []string{"allowMethods[", "ALLOW_METHODS", "routeKey"},
		},
		{
			desc: "otherwise that of the resource asked for; requests for $default come by two paths",
			edit: func(c *gateway.Config) {
				c.API, c.Preflight, c.MaxAge = "http", "lambda", "-1"
				c.Resources = []gateway.ResourceConfig{{Path: "/orders", Methods: []string{"PUT"}}, {Path: "$default"}}
			},
			nodeJS: []string{"'/orders': 'PUT',", "'$default': 'GET,POST',", "'/{proxy+}': 'GET,POST',", "'/': 'GET,POST',", "event.routeKey", "event.version"},
			python: []string{`"/orders": "PUT",`, `"/{proxy+}": "GET,POST",`, "if resource in ALLOW_METHODS", `event.get("version")`},
			not:    []string{"Max-Age"},
		},
		{
			desc: "a root of its own is not $default's", edit: func(c *gateway.Config) {
				c.API, c.Preflight = "http", "lambda"
				c.Resources = []gateway.ResourceConfig{{Path: "$default"}, {Path: "/", Methods: []string{"PUT"}}}
			},
			nodeJS: []string{"'/': 'PUT',"}, python: []string{`"/": "PUT",`}, not: []string{"'/': 'GET", `"/": "GET`},
		},
		{
			desc: "an HTTP API with a CORS configuration needs nothing of the function",
			edit: func(c *gateway.Config) { c.API, c.Resources = "http", []gateway.ResourceConfig{{Path: "/a"}} },
			not:  []string{"OPTIONS"}, noCORSHeader: true,
		},
		{
			desc:   "nor does a route that catches OPTIONS",
			edit:   func(c *gateway.Config) { c.API = "http" },
			nodeJS: []string{"=== 'OPTIONS'", "{ statusCode: 204 }"}, python: []string{`== "OPTIONS"`, `{"statusCode": 204}`}, noCORSHeader: true,
		},
		{
			desc:   "behind a non-proxy integration an error is thrown on, without its text",
			edit:   func(c *gateway.Config) { c.Integration = "non-proxy" },
			nodeJS: []string{"throw new Error('Internal server error')"}, python: []string{`raise RuntimeError("Internal server error") from None`},
			not: []string{"statusCode"}, noCORSHeader: true,
		},
	}
	header := regexp.MustCompile(`Access-Control-|Vary`)
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			api := cdkAPI(t, tt.edit)
			for format, wants := range map[string][]string{"lambda-nodejs": tt.nodeJS, "lambda-python": tt.python} {
				got := renderAll(t, format, api, false)
				if got != renderAll(t, format, api, true) {
					t.Errorf("%s: snippet and standalone form differ", format)
				}
				for _, want := range wants {
					if !strings.Contains(got, want) {
						t.Errorf("%s: no %q in\n%s", format, want, got)
					}
				}
				for _, not := range tt.not {
					if strings.Contains(got, not) {
						t.Errorf("%s: %q in\n%s", format, not, got)
					}
				}
				if wrapped := strings.Contains(got, "-- "+format+"/cors."); wrapped == tt.noCORSHeader {
					t.Errorf("%s: a wrapper: %t", format, wrapped)
				}
				if tt.noCORSHeader && (header.MatchString(got) || !strings.Contains(got, "on purpose")) {
					t.Errorf("%s: a CORS header, or no word why there is none, in\n%s", format, got)
				}
			}
		})
	}
}

func TestInlineFunction(t *testing.T) {
	for _, tt := range cdkCases() {
		t.Run(tt.desc, func(t *testing.T) {
			got, err := inlineFunction(job{api: cdkAPI(t, tt.edit), templates: &templateSet{}})
			if err != nil {
				t.Fatal(err)
			}
			if strings.Count(got, "exports.handler = ") != 1 || strings.Contains(got, "export ") {
				t.Errorf("not a CommonJS module:\n%s", got)
			}
			for line := range strings.Lines(got) {
				if text := strings.TrimSpace(line); text == "" || strings.HasPrefix(text, "//") {
					t.Errorf("blank line or comment: %q", line)
				}
			}
			if strings.Contains(got, "`") || strings.Contains(got, "${") {
				t.Errorf("not fit for every template:\n%s", got)
			}
		})
	}
}

// renderAll gives all files of a format, the example first.
func renderAll(t *testing.T, format string, api gateway.API, standalone bool) string {
	t.Helper()
	f, ok := ParseFormat(format)
	if !ok {
		t.Fatalf("no format %s", format)
	}
	files, _, err := Render(api, f, Options{Standalone: standalone})
	if err != nil {
		t.Fatal(err)
	}
	if name := path.Base(files[0].Path); name != "index.mjs" && name != "app.py" {
		t.Errorf("%s is the first file", files[0].Path)
	}
	var b strings.Builder
	for _, f := range files {
		b.WriteString("-- " + f.Path + " --\n" + string(f.Content))
	}
	return b.String()
}

// composedDefinitions lists, by their templates, the definitions that files are
// composed of, for whatever policy.
func composedDefinitions() map[string][]string {
	all := map[string][]string{}
	add := func(l layout, names ...[]string) {
		for _, name := range slices.Concat(names...) {
			all[l.definitions] = append(all[l.definitions], name, name+" comment")
		}
	}
	for bits := range 1 << 7 {
		is := func(i int) bool { return bits>>i&1 == 1 }
		v := functionView{REST: is(0), proxy: is(1), sends: is(2), PerRequest: is(3), Preflight: is(4), catchesOptions: is(5)}
		if v.PerRequest {
			v.Origins, v.Patterns = make([]string, bits&1), make([]cors.OriginRule, bits>>6)
		}
		if is(6) {
			v.MethodsOf = make([]resourceMethods, 1)
		} else {
			v.Methods = "GET"
		}
		example, module := v.nodeJS()
		add(nodeJS().layout, example, module)
		example, module = v.python()
		add(python().layout, example, module)
	}
	return all
}

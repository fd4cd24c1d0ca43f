package golden_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/dop251/goja"

	"apigw-cors/generator"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
	"apigw-cors/golden/emulator"
	"apigw-cors/golden/tools"
)

// FuzzRender holds that an accepted policy renders in every format, or is
// refused by the format with a typed error and a way that works, and that what
// was rendered reads back to the same policy.
func FuzzRender(f *testing.F) {
	f.Add("rest", "Api", "https://a.example,https://*.b.example", "GET", "X-A", "", true, "600", "cognito", "X-T", "proxy", "gateway", "/a=GET;/a/{id}", "*/*", "THROTTLED", "echo", "https://a.example")
	f.Add("rest", "No", "http://localhost:*", "*", "*,Authorization", "ETag", false, "0", "iam", "", "non-proxy", "gateway", "/on=ANY;/on/{id}", "", "none", "any", "http://localhost:3000")
	f.Add("rest", "", "https://a.example", "GET,POST", "", "", false, "", "api-key", "", "", "", "", "", "", "", "https://a.example.evil.example")
	f.Add("rest", "", "*", "GET", "", "", false, "", "lambda", "", "", "lambda", "", "", "", "", "null")
	f.Add("http", "", "*", "*", "*", "*", false, "-1", "jwt", "", "", "lambda", "$default", "", "", "", "https://a.example")
	f.Add("http", "A", "https://*,http://b.example:8080", "GET,PUT", "X-A", "", true, "1h", "lambda", "", "", "", "/a=ANY;/b", "", "", "", "https://x@b.example")
	f.Fuzz(func(t *testing.T, kind, name, origins, methods, headers, expose string, credentials bool, maxAge, auth, authHeader, integration, preflight, resources, binary, types, responseOrigin, origin string) {
		c := gateway.Config{
			API: kind, Name: name, Auth: auth, AuthHeader: authHeader, Integration: integration, Preflight: preflight,
			BinaryMediaTypes: split(binary), GatewayResponses: split(types), GatewayResponseOrigin: responseOrigin,
			Config: cors.Config{
				AllowOrigins: split(origins), AllowMethods: split(methods), AllowHeaders: split(headers),
				ExposeHeaders: split(expose), AllowCredentials: credentials, MaxAge: maxAge,
			},
		}
		for _, r := range strings.Split(resources, ";") {
			if path, methods, _ := strings.Cut(r, "="); path != "" {
				c.Resources = append(c.Resources, gateway.ResourceConfig{Path: path, Methods: split(methods)})
			}
		}
		api, _, err := gateway.Parse(c)
		if err != nil {
			return // FuzzParse holds what a refusal must be
		}
		for _, options := range []generator.Options{
			{}, {Standalone: true}, {SAMScope: generator.ScopeGlobals}, {TerraformPreflight: generator.PreflightGreedy},
		} {
			for _, format := range generator.Formats() {
				files, _, err := generator.Render(api, format, options)
				var unsupported *generator.UnsupportedError
				if errors.As(err, &unsupported) && unsupported.Why != "" && unsupported.Instead != "" {
					continue
				}
				if err != nil {
					t.Fatalf("%s %+v: %v", format.Name, options, err)
				}
				readBack(t, api, format.Name, options, files, origin)
			}
		}
	})
}

func split(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

func readBack(t *testing.T, api gateway.API, format string, o generator.Options, files []generator.File, origin string) {
	t.Helper()
	first := files[0].Content
	switch format {
	case "cloudformation":
		readBackTemplate(t, api, templateJSON(t, first), o)
	case "sam":
		readBackSAM(t, api, templateJSON(t, first))
	case "terraform":
		if o.TerraformPreflight != generator.PreflightGreedy {
			holds(t, api, format, stringsHCL(t, first))
		}
	case "cdk":
		if !o.Standalone {
			holds(t, api, format, stringsTypeScript(t, first))
		}
	case "aws-cli":
		said := map[string]bool{}
		for _, file := range files {
			if strings.HasSuffix(file.Path, ".json") {
				stringsJSON(t, file.Content, said)
			}
		}
		holds(t, api, format, said)
	case "lambda-nodejs":
		if api.ActualResponder() == gateway.ByLambda {
			readBackHandler(t, api, first, origin)
		}
	}
}

// readBackTemplate compares the whole model with a CloudFormation template.
func readBackTemplate(t *testing.T, api gateway.API, template []byte, o generator.Options) {
	t.Helper()
	got := theOnly(t, seenInTemplate(t, template))
	expected := want(api)
	if !o.Standalone {
		expected = onlyPreflight(expected)
		got = onlyPreflight(got)
	}
	same(t, expected, got)
}

// onlyPreflight leaves out the actual methods and routes, which a snippet need
// not have.
func onlyPreflight(s *emulator.API) *emulator.API {
	out := *s
	out.Methods, out.Routes, out.BinaryMediaTypes = map[string]*emulator.Method{}, map[string]string{}, nil
	for key, m := range s.Methods {
		if strings.HasPrefix(key, "OPTIONS ") {
			out.Methods[key] = m
		}
	}
	for key, auth := range s.Routes {
		if strings.HasPrefix(key, "OPTIONS ") {
			out.Routes[key] = auth
		}
	}
	return &out
}

// readBackSAM compares the one form SAM was told in, before its translator.
func readBackSAM(t *testing.T, api gateway.API, template []byte) {
	t.Helper()
	doc := tools.Decode[struct {
		Globals   map[string]samProperties
		Resources map[string]struct{ Properties samProperties }
	}](t, template)
	p := doc.Resources[api.Name()].Properties
	for _, global := range doc.Globals {
		p = global
	}
	if configuration, ok := api.CORSConfiguration(); ok != (p.CorsConfiguration != nil) {
		t.Errorf("CORS configuration %+v, in the template %+v", configuration, p.CorsConfiguration)
	} else if ok {
		same(t, &emulator.API{CORS: want(api).CORS}, &emulator.API{CORS: p.CorsConfiguration})
	}
	mock, ok := api.Mock(api.Resources()[0])
	switch {
	case !ok:
	case p.Cors != nil:
		told := map[string]string{
			cors.HeaderAllowOrigin: p.Cors.AllowOrigin, cors.HeaderAllowMethods: p.Cors.AllowMethods,
			cors.HeaderAllowHeaders: p.Cors.AllowHeaders, cors.HeaderMaxAge: p.Cors.MaxAge,
		}
		if p.Cors.AllowCredentials {
			told[cors.HeaderAllowCredentials] = "'true'"
		}
		for _, h := range mock.Headers {
			if told[h.Header] != h.String() {
				t.Errorf("SAM is told %s: %s instead of %s", h.Header, told[h.Header], h)
			}
		}
	case p.DefinitionBody == nil:
		t.Errorf("SAM is told nothing of the preflight:\n%s", template)
	default:
		body := emulator.New()
		p.DefinitionBody.addREST(body)
		expected := onlyPreflight(want(api))
		expected.GatewayResponses = nil
		same(t, expected, onlyPreflight(body))
	}
}

type samProperties struct {
	Cors *struct {
		AllowOrigin, AllowMethods, AllowHeaders, MaxAge string
		AllowCredentials                                bool
	}
	CorsConfiguration *emulator.CORS
	DefinitionBody    *openAPI
}

// holds reports what of the model is missing among the values a file holds,
// and any origin that is there without being allowed.
func holds(t *testing.T, api gateway.API, format string, said map[string]bool) {
	t.Helper()
	need := func(what, value string) {
		if !said[value] {
			t.Errorf("%s: no %s %q among %q", format, what, value, slices.Sorted(maps.Keys(said)))
		}
	}
	if c, ok := api.CORSConfiguration(); ok {
		for _, v := range slices.Concat(c.AllowOrigins, c.AllowHeaders, c.ExposeHeaders) {
			need("value", v)
		}
	}
	for _, r := range api.Resources() {
		mock, ok := api.Mock(r)
		if !ok {
			continue
		}
		if format == "cdk" && said["allowOrigins"] {
			continue // its own form: the values stand one by one, see the real tool's test
		}
		if mock.ResponseTemplate != "" {
			need("template", mock.ResponseTemplate)
		}
		for _, h := range mock.Headers {
			need(h.Header, h.String())
		}
	}
	for _, r := range api.GatewayResponses() {
		for _, h := range r.Headers {
			need(r.Type+" "+h.Header, h.String())
		}
	}
}

// readBackHandler runs the Node.js function on a request of the origin, in
// either spelling of the header's name, and compares what it sends.
func readBackHandler(t *testing.T, api gateway.API, source []byte, origin string) {
	t.Helper()
	code := strings.Replace(string(source), "export const handler", "const handler", 1)
	for _, name := range []string{"origin", "Origin"} {
		event, err := json.Marshal(map[string]any{"httpMethod": "GET", "headers": map[string]string{name: origin}})
		if err != nil {
			t.Fatal(err)
		}
		v, err := goja.New().RunString("const console = { error() {} };\n" + code + "\nlet out; handler(" + string(event) + ").then((r) => { out = r.headers; }); () => out")
		if err != nil {
			t.Fatalf("%v\n%s", err, code)
		}
		call, _ := goja.AssertFunction(v)
		result, err := call(goja.Undefined())
		if err != nil {
			t.Fatal(err)
		}
		got, _ := result.Export().(map[string]any)
		allowed := slices.ContainsFunc(api.Policy().AllowOrigins(), func(p cors.OriginPattern) bool { return p.Matches(origin) })
		wantOrigin := any(nil)
		if constant, static := api.Policy().StaticOrigin(); static {
			wantOrigin = constant
		} else if allowed && origin != "" {
			wantOrigin = origin
		}
		if got[cors.HeaderAllowOrigin] != wantOrigin {
			t.Errorf("%s: %q: the function sends %v, want %v", name, origin, got[cors.HeaderAllowOrigin], wantOrigin)
		}
		headers, _ := api.ActualHeaders()
		for _, h := range headers {
			if fmt.Sprint(got[h.Header]) != h.Value {
				t.Errorf("the function sends %s: %v, want %s", h.Header, got[h.Header], h.Value)
			}
		}
	}
}

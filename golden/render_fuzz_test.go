package golden_test

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

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
	f.Add("rest", "Api", "https://a.example,https://*.b.example", "GET", "X-A", "", true, "600", "cognito", "X-T", "proxy", "gateway", "/a=GET;/a/{id}", "*/*", "THROTTLED", "echo", "https://a.example", "")
	f.Add("rest", "No", "http://localhost:*", "*", "*,Authorization", "ETag", false, "0", "iam", "", "non-proxy", "gateway", "/on=ANY;/on/{id}", "", "none", "any", "http://localhost:3000", "aws")
	f.Add("rest", "", "https://a.example", "GET,POST", "", "", false, "", "api-key", "", "", "", "", "", "", "", "https://a.example.evil.example", "")
	f.Add("rest", "", "*", "GET", "", "", false, "", "lambda", "", "", "lambda", "", "", "", "", "null", "")
	f.Add("http", "", "*", "*", "*", "*", false, "-1", "jwt", "", "", "lambda", "$default", "", "", "", "https://a.example", "")
	f.Add("http", "A", "https://*,http://b.example:8080", "GET,PUT", "X-A", "", true, "1h", "lambda", "", "", "", "/a=ANY;/b", "", "", "", "https://x@b.example", "")
	f.Add("rest", "Items", "https://a.example", "GET", "", "ETag", true, "", "", "", "", "", "/items;/items/{id}=ANY", "", "", "", "https://b.example", "http")
	f.Add("rest", "Draft", "https://a.example,http://localhost:*", "GET,PUT", "", "", false, "", "api-key", "", "non-proxy", "", "/", "*/*", "", "", "http://localhost:1", "mock")
	f.Add("rest", "Reports", "https://a.example,https://b.example", "POST", "", "", false, "", "", "", "non-proxy", "", "/", "*/*", "", "", "https://b.example", "lambda")
	var python *tools.Runtime
	if !testing.Short() {
		runtime := tools.StartPython(f)
		python = &runtime
	}
	f.Fuzz(func(t *testing.T, kind, name, origins, methods, headers, expose string, credentials bool, maxAge, auth, authHeader, integration, preflight, resources, binary, types, responseOrigin, origin, backend string) {
		c := gateway.Config{
			API: kind, Name: name, Auth: auth, AuthHeader: authHeader, Integration: integration, BackendType: backend, Preflight: preflight,
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
		for _, format := range generator.Formats() {
			for _, options := range everyOption(t, format) {
				files, _, err := generator.Render(api, format, options)
				var unsupported *generator.UnsupportedError
				if errors.As(err, &unsupported) && unsupported.Why != "" && unsupported.Instead != "" {
					continue
				}
				if err != nil {
					t.Fatalf("%s %+v: %v", format.Name, options, err)
				}
				proofs()[format.Name].readsBack(t, rendered{api, options, files, origin, python})
			}
		}
	})
}

// everyOption is the defaults, the whole example, and each value of the
// format's own options.
func everyOption(t *testing.T, f generator.Format) []generator.Options {
	t.Helper()
	all := []generator.Options{{}, {Standalone: true}}
	for _, option := range f.Options {
		for _, value := range option.ValueNames() {
			c, err := option.Choose(value)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, generator.Options{Choices: []generator.Choice{c}})
		}
	}
	return all
}

// isGreedy reports that Terraform makes one OPTIONS method for the whole API.
func isGreedy(o generator.Options) bool {
	terraform, _ := generator.ParseFormat("terraform")
	return o.Chosen(terraform.Options[0]) == "greedy"
}

func split(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

// rendered is one API in one format.
type rendered struct {
	api     gateway.API
	options generator.Options
	files   []generator.File
	// origin is one that may ask.
	origin string
	// python is nil in short mode.
	python *tools.Runtime
}

// first is the file that a snippet consists of.
func (r rendered) first() []byte { return r.files[0].Content }

// inOneFile is the function with its wrapper, which imports takes in, before it.
func (r rendered) inOneFile(imports string) string {
	source := strings.Replace(string(r.first()), imports, "", 1)
	for _, module := range r.files[1:] {
		source = string(module.Content) + source
	}
	return source
}

// readBackCloudFormation compares the whole model with a template.
func readBackCloudFormation(t *testing.T, r rendered) {
	t.Helper()
	got, expected := theOnly(t, seenInTemplate(t, templateJSON(t, r.first()))), want(r.api)
	if r.options.Standalone {
		same(t, expected, got)
		f := readOne(t, r.first())
		same(t, expected, told(f))
		importsBack(t, "cloudformation", r.api, f)
		return
	}
	same(t, onlyPreflight(expected), onlyPreflight(got))
}

// readBackTerraform compares an example as the product reads it, and of a
// snippet the values.
func readBackTerraform(t *testing.T, r rendered) {
	t.Helper()
	if r.options.Standalone {
		module := fstest.MapFS{}
		for _, file := range r.files {
			module[file.Path] = &fstest.MapFile{Data: file.Content}
		}
		f := theOne(t, read(t, module, "terraform"))
		same(t, want(r.api), told(f))
		importsBack(t, "terraform", r.api, f)
	}
	holds(t, r, mocks(r.api, isGreedy(r.options)), stringsHCL(t, r.first()))
}

// readBackCDK leaves out the CDK's own form, whose values stand one by one: the
// real tool's test compares them.
func readBackCDK(t *testing.T, r rendered) {
	t.Helper()
	if r.options.Standalone {
		return // the stack is the snippet's, in a class
	}
	said := stringsTypeScript(t, r.first())
	answering := mocks(r.api, false)
	if said["allowOrigins"] {
		answering = nil
	}
	holds(t, r, answering, said)
}

func readBackAWSCLI(t *testing.T, r rendered) {
	t.Helper()
	said := map[string]bool{}
	for _, file := range r.files {
		if strings.HasSuffix(file.Path, ".json") {
			stringsJSON(t, file.Content, said)
		}
	}
	holds(t, r, mocks(r.api, false), said)
}

// mocks are the preflights that API Gateway answers by itself, greedy in the
// form with one OPTIONS method for all resources.
func mocks(api gateway.API, greedy bool) []gateway.Mock {
	var out []gateway.Mock
	union, ok := api.GreedyMock()
	if greedy && ok {
		out = append(out, union)
	}
	for _, r := range api.Resources() {
		if mock, ok := api.Mock(r); ok && (!greedy || r.Any || r.Path == "/") {
			out = append(out, mock)
		}
	}
	return out
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

// readBackSAM compares an example as the product reads it, SAM's transform
// included, and of a snippet, whose paths are the template's around it, the one
// form in which SAM is told of the policy.
func readBackSAM(t *testing.T, r rendered) {
	t.Helper()
	if r.options.Standalone {
		f := readOne(t, r.first())
		sameInOwnForm(t, want(r.api), told(f))
		importsBack(t, "sam", r.api, f)
		return
	}
	api, template := r.api, templateJSON(t, r.first())
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

// holds reports what of the model is missing among the values that a file
// holds.
func holds(t *testing.T, r rendered, mocks []gateway.Mock, said map[string]bool) {
	t.Helper()
	need := func(what, value string) {
		if !said[value] {
			t.Errorf("%s: no %s %q among %q", r.files[0].Path, what, value, slices.Sorted(maps.Keys(said)))
		}
	}
	if c, ok := r.api.CORSConfiguration(); ok {
		for _, v := range slices.Concat(c.AllowOrigins, c.AllowHeaders, c.ExposeHeaders) {
			need("value", v)
		}
	}
	for _, mock := range mocks {
		if mock.ResponseTemplate != "" {
			need("template", mock.ResponseTemplate)
		}
		for _, h := range mock.Headers {
			need(h.Header, h.String())
		}
	}
	for _, response := range r.api.GatewayResponses() {
		for _, h := range response.Headers {
			need(response.Type+" "+h.Header, h.String())
		}
	}
}

// readBackNodeJS runs the function in an engine of Go's own.
func readBackNodeJS(t *testing.T, r rendered) {
	t.Helper()
	code := strings.Replace(r.inOneFile("import { withCors } from './cors.cjs';"), "\nexport const handler", "\nconst handler", 1)
	readBackFunction(t, r, func(event string) []byte {
		v, err := goja.New().RunString("const console = { error() {} }, exports = {};\n" + code +
			"\nlet out; handler(" + event + ").then((r) => { out = JSON.stringify(r); }); () => out")
		if err != nil {
			t.Fatalf("%v\n%s", err, code)
		}
		call, _ := goja.AssertFunction(v)
		result, err := call(goja.Undefined())
		if err != nil {
			t.Fatal(err)
		}
		return []byte(result.String())
	})
}

// readBackPython runs the function in Python, which short mode does without.
func readBackPython(t *testing.T, r rendered) {
	t.Helper()
	if r.python != nil {
		readBackFunction(t, r, func(event string) []byte {
			return r.python.Evaluate(t, r.inOneFile("from cors import with_cors"), json.RawMessage(event))
		})
	}
}

// readBackFunction calls the function for a request of the origin, in either
// spelling of the header's name, and compares what it sends.
func readBackFunction(t *testing.T, r rendered, call func(event string) []byte) {
	t.Helper()
	if r.api.Integration() == gateway.NonProxy {
		return // what it gives is not a proxy response: see TestHandlers
	}
	for _, name := range []string{"origin", "Origin"} {
		e := event{"httpMethod": "GET", "headers": map[string]string{name: r.origin}}
		response := tools.Decode[tools.Response](t, call(string(tools.Encode(t, e))))
		sends(t, e, response, actualHeaders(r.api, r.origin))
	}
}

package policy

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"apigw-cors/cmd/report"
	"apigw-cors/generator/gateway"
)

// compiled is the schema as an editor has it: out of its JSON.
func compiled(t testing.TB) *jsonschema.Schema {
	t.Helper()
	text, err := json.Marshal(Schema())
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("cors.json", document); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("cors.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// asJSON is a YAML text as JSON has it, a value for each document that is not
// empty.
func asJSON(text string) (all []any, err error) {
	d := yaml.NewDecoder(strings.NewReader(text))
	for {
		var value any
		if err := d.Decode(&value); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		if value == nil {
			continue
		}
		text, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		if value, err = jsonschema.UnmarshalJSON(bytes.NewReader(text)); err != nil {
			return nil, err
		}
		all = append(all, value)
	}
}

// refusal is what a schema says of a text, nil if nothing.
func refusal(t testing.TB, s *jsonschema.Schema, text string) error {
	t.Helper()
	all, err := asJSON(text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	var errs []error
	for _, value := range all {
		errs = append(errs, s.Validate(value))
	}
	return errors.Join(errs...)
}

// TestSchemaTakesGoldens: the policy of every golden case, what is saved of it,
// and what help shows.
func TestSchemaTakesGoldens(t *testing.T) {
	s := compiled(t)
	for name, api := range goldenPolicies(t) {
		written, err := os.ReadFile(filepath.Join("../../golden", name, "cors.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		saved, err := Encode(api, []string{"any-origin"})
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{string(written), string(saved), Example} {
			if err := refusal(t, s, text); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// TestSchemaOfFaultyTexts: what is wrong with the form of a document an editor
// marks; what is lost in reading YAML it cannot.
func TestSchemaOfFaultyTexts(t *testing.T) {
	s := compiled(t)
	const complete = "api: rest\nallowOrigins: [https://a.example]\nallowMethods: [GET]\n"
	if err := refusal(t, s, complete); err != nil {
		t.Fatal(err)
	}
	unseen := []string{"octal", "hexadecimal", "grouped", "merge key", "a tag"}
	caught := 0
	for _, tt := range faultyTexts() {
		all, err := asJSON(tt.text)
		if err != nil || len(all) == 0 {
			continue // not YAML, of no form in JSON, or empty
		}
		// What is missing besides must not be what is refused.
		if object, ok := all[0].(map[string]any); ok {
			rest, _ := asJSON(complete)
			for key, value := range rest[0].(map[string]any) {
				if _, given := object[key]; !given {
					object[key] = value
				}
			}
		}
		if got := s.Validate(all[0]) == nil; got != slices.Contains(unseen, tt.desc) {
			t.Errorf("%s: taken: %v\n%s", tt.desc, got, tt.text)
		}
		caught++
	}
	if caught < 20 {
		t.Errorf("%d texts were looked at", caught)
	}
}

// TestSchemaRefuses: policies that are refused for what they say. Those with a
// reason an editor cannot mark.
func TestSchemaRefuses(t *testing.T) {
	const (
		beyond   = "the form of the value is that of one that is taken"
		together = "several values together are at fault"
	)
	s := compiled(t)
	rest := func(more string) string {
		return "api: rest\nallowOrigins: [https://a.example]\nallowMethods: [GET]\n" + more
	}
	http := func(more string) string { return strings.Replace(rest(more), "rest", "http", 1) }
	for _, tt := range []struct{ desc, text, unseen string }{
		{"nothing at all", "{}", ""},
		{"no API type", "allowOrigins: [https://a.example]\nallowMethods: [GET]", ""},
		{"no origin", "api: rest\nallowMethods: [GET]", ""},
		{"an empty list of origins", "api: rest\nallowOrigins: []\nallowMethods: [GET]", ""},
		{"no method", "api: rest\nallowOrigins: [https://a.example]", ""},
		{"an empty list of methods", "api: rest\nallowOrigins: [https://a.example]\nallowMethods: []", ""},
		{"a path without methods", "api: rest\nallowOrigins: [https://a.example]\nresources: [{path: /a}, {path: /b, methods: [GET]}]", ""},
		{"API type in capitals", strings.Replace(rest(""), "rest", "REST", 1), ""},
		{"name with a hyphen", rest("name: orders-api"), ""},
		{"name that starts with a digit", rest("name: 4a"), ""},
		{"API key on an HTTP API", http("auth: api-key"), ""},
		{"Cognito on an HTTP API", http("auth: cognito"), ""},
		{"JWT on a REST API", rest("auth: jwt"), ""},
		{"auth that is not there", rest("auth: basic"), ""},
		{"non-proxy on an HTTP API", http("integration: non-proxy"), ""},
		{"a backend type on an HTTP API", http("backendType: mock"), ""},
		{"a payload format on a REST API", rest(`payloadFormat: "1.0"`), ""},
		{"binary media types on an HTTP API", http("binaryMediaTypes: [image/png]"), ""},
		{"gateway responses on an HTTP API", http("gatewayResponses: [DEFAULT_4XX]"), ""},
		{"their origin on an HTTP API", http("gatewayResponseOrigin: echo"), ""},
		{"an origin without scheme", "api: rest\nallowOrigins: [a.example]\nallowMethods: [GET]", ""},
		{"an origin with a path", "api: rest\nallowOrigins: [https://a.example/x]\nallowMethods: [GET]", ""},
		{"the origin null", `{api: rest, allowOrigins: ["null"], allowMethods: [GET]}`, ""},
		{"any origin beside another", `{api: rest, allowOrigins: ["*", https://a.example], allowMethods: [GET]}`, ""},
		{"any origin with credentials", `{api: rest, allowOrigins: ["*"], allowMethods: [GET], allowCredentials: true}`, ""},
		{"any method with credentials", `{api: rest, allowOrigins: [https://a.example], allowMethods: ["*"], allowCredentials: true}`, ""},
		{"any method beside another", `{api: rest, allowOrigins: [https://a.example], allowMethods: ["*", GET]}`, ""},
		{"any header with credentials", rest("allowHeaders: ['*']\nallowCredentials: true"), ""},
		{"any exposed header with credentials", rest("exposeHeaders: ['*']\nallowCredentials: true"), ""},
		{"a method that API Gateway has not", "api: rest\nallowOrigins: [https://a.example]\nallowMethods: [PROPFIND]", ""},
		{"a header name with a colon", rest("allowHeaders: ['X-A:']"), ""},
		{"a header name with a quote", rest(`exposeHeaders: ["X'A"]`), ""},
		{"an identity source with a blank", rest("auth: lambda\nauthHeader: X A"), ""},
		{"an identity source that nothing reads", rest("authHeader: X A"), ""},
		{"an age over a day", rest("maxAge: 86401"), ""},
		{"a negative age", rest("maxAge: -2"), ""},
		{"an age in days", rest("maxAge: 1d"), ""},
		{"a path without slash", rest("resources: [{path: orders}]"), ""},
		{"no path", rest("resources: [{methods: [GET]}]"), ""},
		{"the same path twice", rest("resources: [{path: /a}, {path: /a}]"), ""},
		{"* for the methods of a path", rest("resources: [{path: /a, methods: ['*']}]"), ""},
		{"ANY beside another", rest("resources: [{path: /a, methods: [ANY, GET]}]"), ""},
		{"an id of a path alone", rest("resources: [{path: /a, id: A}]"), ""},
		{"an id with a blank", rest("apiId: my api"), ""},
		{"a media type without subtype", rest("binaryMediaTypes: [png]"), ""},
		{"a response type in lower case", rest("gatewayResponses: [default_4xx]"), ""},
		{"none beside another", rest("gatewayResponses: [none, DEFAULT_4XX]"), ""},
		{"advice that is not there", rest("allowAdvice: [any-method]"), ""},

		{"an environment's unknown key", rest("environments: {prod: {stage: prod}}"), ""},
		{"an environment without a value", rest("environments: {prod: }"), ""},
		{"environments of an environment", rest("environments: {prod: {environments: {eu: {}}}}"), ""},
		{"no environment", rest("environments: {}"), ""},
		{"an environment that is a path", rest("environments: {../prod: {}}"), ""},
		{"a value of an environment", rest("environments: {prod: {auth: basic}}"), ""},

		{"an environment called all", rest("environments: {all: {}}"), ""},
		{"what an environment says together with what is shared", rest("environments: {prod: {auth: jwt}}"), together},
		{"an origin with a query", "api: rest\nallowOrigins: ['https://a.example?x']\nallowMethods: [GET]", beyond},
		{"a pattern in the middle", "api: rest\nallowOrigins: [https://a.*.example]\nallowMethods: [GET]", beyond},
		{"a header that no page sends", rest("allowHeaders: [Host]"), beyond},
		{"an age over a day, in words", rest("maxAge: 25h"), beyond},
		{"an age of less than a second", rest("maxAge: 10ms"), beyond},
		{"a path that ends with a slash", rest("resources: [{path: /a/}]"), beyond},
		{"a path with a variable twice", rest("resources: [{path: '/{a}/{a}'}]"), beyond},
		{"only OPTIONS", "api: rest\nallowOrigins: [https://a.example]\nallowMethods: [OPTIONS]", together},
		{"paths whose variables clash", rest("resources: [{path: '/{a}'}, {path: '/{b}/c'}]"), together},
		{"a path twice, once with methods", rest("resources: [{path: /a}, {path: /a, methods: [GET]}]"), together},
		{"$default on a REST API", rest("resources: [{path: $default}]"), together},
		{"subdomains on an HTTP API", "api: http\nallowOrigins: [https://*.a.example]\nallowMethods: [GET]", ""},
		{"ports on an HTTP API", "api: http\nallowOrigins: [http://localhost:*]\nallowMethods: [GET]", ""},
		{"no max age on a REST API", rest("maxAge: -1"), ""},
		{"the function's preflight behind a mapped integration", rest("integration: non-proxy\npreflight: lambda"), together},
		{"a mock behind a proxy integration", rest("integration: proxy\nbackendType: mock"), together},
		{"any origin of errors with credentials", rest("allowCredentials: true\ngatewayResponseOrigin: any"), together},
		{"a cookie without credentials", rest("auth: lambda\nauthHeader: Cookie"), together},
	} {
		var r report.Report
		if _, ok := readAll(t, tt.text)[0].Parse(&r); ok {
			t.Errorf("%s: generate takes it", tt.desc)
		}
		switch err := refusal(t, s, tt.text); {
		case err == nil && tt.unseen == "":
			t.Errorf("%s: taken", tt.desc)
		case err != nil && tt.unseen != "":
			t.Errorf("%s: refused, so that it can be seen: %v", tt.desc, err)
		}
	}
}

// TestSchemaTakesWhatIsAccepted draws policies from values, good ones and bad
// ones, and spellings of them: none that is accepted may be marked.
func TestSchemaTakesWhatIsAccepted(t *testing.T) {
	s := compiled(t)
	chance := rand.New(rand.NewPCG(13, 3))
	words := map[string][]string{
		"allowOrigins":     {" HTTPS://A.example/\n", "http://[::1]:3000", "capacitor://localhost", "https://ä.example", "*", " * ", "https://*", " http://*/", "https://*.a.example", "http://localhost:*", "null", "https://a.example:443"},
		"allowMethods":     {"get", "\tPost ", "ANY", "any", "*", " *", "PATCH", "OPTIONS"},
		"allowHeaders":     {" X-A\t", "*", "x-a", "X'Y"},
		"exposeHeaders":    {" X-A\n", "*", "ETag"},
		"maxAge":           {" 600 ", "-0", "+10m", "1h30m", "1.5m", "-1", "0", "µs", "60000000µs", ".5h", "1e3", "00"},
		"authHeader":       {"Cookie", "X-Token", "*", "X A", "authorization"},
		"binaryMediaTypes": {"*/*", "image/*", "A/b"},
		"name":             {"A", "a1", "1a"},
		"apiId":            {"OrdersApi", "var.id", `a.b["c"]`, "-"},
		"gatewayResponses": {"none", "DEFAULT_5XX"},
	}
	draw := func(f gateway.Field) string {
		all := slices.Concat(words[f.Key], f.Names(), f.Examples)
		return all[chance.IntN(len(all))]
	}
	list := func(f gateway.Field) []string {
		out := []string{}
		for range chance.IntN(3) {
			out = append(out, draw(f))
		}
		return out
	}
	accepted := map[string]int{}
	for range 3000 {
		document := map[string]any{"api": []string{"rest", "http"}[chance.IntN(2)], "allowOrigins": []string{"https://a.example"}, "allowMethods": []string{"GET"}}
		for range chance.IntN(4) {
			f := gateway.Fields()[1+chance.IntN(len(gateway.Fields())-1)]
			switch f.In(new(gateway.Config)).(type) {
			case *bool:
				document[f.Key] = chance.IntN(2) == 0
			case *string:
				document[f.Key] = draw(f)
			case *[]string:
				document[f.Key] = list(f)
			case *[]gateway.ResourceConfig:
				var entries []map[string]any
				for range 1 + chance.IntN(2) {
					entry := map[string]any{"path": draw(f.Entries[0])}
					if chance.IntN(2) == 0 {
						entry["methods"] = []string{[]string{"get", " ANY", "PUT", "any"}[chance.IntN(4)]}
					}
					if chance.IntN(3) == 0 {
						entry["id"] = draw(f.Entries[2])
					}
					entries = append(entries, entry)
				}
				document[f.Key] = entries
			}
		}
		if chance.IntN(4) == 0 {
			delete(document, "allowMethods")
		}
		text, err := yaml.Marshal(document)
		if err != nil {
			t.Fatal(err)
		}
		var r report.Report
		if _, ok := readAll(t, string(text))[0].Parse(&r); !ok {
			continue
		}
		for _, key := range slices.Collect(maps.Keys(document)) {
			accepted[key]++
		}
		if err := refusal(t, s, string(text)); err != nil {
			t.Fatalf("accepted, and marked: %v\n%s", err, text)
		}
	}
	for _, f := range gateway.Fields() {
		if accepted[f.Key] < 20 {
			t.Errorf("%s: accepted %d times only", f.Key, accepted[f.Key])
		}
	}
}

// FuzzSchema holds that a text which is accepted is of the schema.
func FuzzSchema(f *testing.F) {
	cases, err := filepath.Glob("../../golden/*/cors.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range cases {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	s := compiled(f)
	f.Fuzz(func(t *testing.T, text string) {
		sources := readAll(t, text)
		if len(sources) != 1 || sources[0].Environment != "" {
			return // a shared value need not be read
		}
		var r report.Report
		if _, ok := sources[0].Parse(&r); !ok {
			return
		}
		if all, err := asJSON(text); err == nil {
			for _, value := range all {
				if err := s.Validate(value); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

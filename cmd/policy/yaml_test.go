package policy

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// readAll reads every document of a text.
func readAll(t testing.TB, text string) []Source {
	t.Helper()
	docs := newDocuments("cors.yaml", strings.NewReader(text))
	var all []Source
	for {
		d, err := docs.next()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		if all = append(all, d.environments...); d.environments == nil {
			all = append(all, d.shared)
		}
	}
}

func TestYAMLConfig(t *testing.T) {
	const text = `
api: rest
name: &n Orders
allowOrigins:
  - https://a.example
  - "https://*.example.com"
allowMethods: &m [GET, POST]
allowHeaders: []
exposeHeaders: [ETag]
allowCredentials: True
maxAge: -1
auth: lambda
authHeader: X-Token
integration: non-proxy
preflight: lambda
resources:
  - path: /orders
  - {path: "/orders/{id}", methods: *m}
binaryMediaTypes: ["*/*"]
gatewayResponses: [none]
gatewayResponseOrigin: echo
`
	want := gateway.Config{
		API: "rest", Name: "Orders",
		Config: cors.Config{
			AllowOrigins: []string{"https://a.example", "https://*.example.com"},
			AllowMethods: []string{"GET", "POST"}, AllowHeaders: []string{}, ExposeHeaders: []string{"ETag"},
			AllowCredentials: true, MaxAge: "-1",
		},
		Auth: "lambda", AuthHeader: "X-Token", Integration: "non-proxy", Preflight: "lambda",
		Resources:        []gateway.ResourceConfig{{Path: "/orders"}, {Path: "/orders/{id}", Methods: []string{"GET", "POST"}}},
		BinaryMediaTypes: []string{"*/*"}, GatewayResponses: []string{"none"}, GatewayResponseOrigin: "echo",
	}
	all := readAll(t, text)
	if len(all) != 1 || len(all[0].Faults) > 0 {
		t.Fatalf("%+v", all)
	}
	if !reflect.DeepEqual(all[0].Config, want) {
		t.Errorf("\n got %+v\nwant %+v", all[0].Config, want)
	}
	for path, pos := range map[string]string{
		"allowOrigins": "4:1", "allowOrigins[1]": "6:5", "allowMethods[1]": "7:24", "maxAge": "11:9", "resources": "16:1",
		"resources[0].path": "17:11", "resources[0].methods": "17:5", "resources[1].methods[1]": "7:24", "unheard.of[3]": "2:1",
	} {
		if got := all[0].Places.Find(path).String(); got != "cors.yaml:"+pos+": "+path {
			t.Errorf("%s is at %s, not at %s", path, got, pos)
		}
	}
}

// faultyText is a text, and how the message on its one fault begins.
type faultyText struct{ desc, text, want string }

func faultyTexts() []faultyText {
	return []faultyText{
		{"unknown key", "api: rest\nalow-origins: []", "2:1: alow-origins: unknown key; did you mean allowOrigins?"},
		{"the header for the key", "Access-Control-Allow-Methods: []", "1:1: Access-Control-Allow-Methods: unknown key; did you mean allowMethods?"},
		{"unknown key, no guess", "colour: red", "1:1: colour: unknown key; the keys are api, name, "},
		{"key of another case", "API: rest", "1:1: API: unknown key; did you mean api?"},
		{"twice", "api: rest\n\napi: http", "3:1: api: given twice, first at cors.yaml:1:1; keep one of the two"},
		{"key that is not a text", "[api]: rest", "1:1: ?: unknown key; the keys"},
		{"root is a list", "- api: rest", "1:1: not a mapping of api, name, "},
		{"root is null", "~", "1:1: no value, where a mapping of api, name, "},
		{"a comma string for a list", "allowOrigins: 'https://a.example, *'", `1:15: allowOrigins: not a list; write [https://a.example, "*"]`},
		{"a mapping for a list", "allowOrigins: {a: b}", "1:15: allowOrigins: not a list but a mapping; "},
		{"a list in a list", "allowMethods: [[GET]]", "1:16: allowMethods[0]: not a text but a list; "},
		{"a list for a text", "name: [Orders]", "1:7: name: not a text but a list; "},
		{"a number for a text", "name: 42", `1:7: name: not a text; quote it: "42"`},
		{"a date for a text", "name: 2024-01-01", `1:7: name: not a text; quote it: "2024-01-01"`},
		{"a tag", "name: !secret x", `1:7: name: not a text; quote it: "x"`},
		{"no value", "api: rest\nname:", "2:6: name: no value, where a text belongs; give one, or leave the key out"},
		{"an empty text", "api: rest\nname: ''", "2:7: name: no value, where a text belongs; give one, or leave the key out"},
		{"an empty entry", "allowOrigins:\n  -\n", "2:4: allowOrigins[0]: no value, where a text belongs; "},
		{"yes for true", "allowCredentials: on", "1:19: allowCredentials: not true or false; write true, without quotes"},
		{"quoted bool", "allowCredentials: 'false'", "1:19: allowCredentials: not true or false; write false, without quotes"},
		{"octal", "maxAge: 0600", "1:9: maxAge: a number in a form"},
		{"hexadecimal", "maxAge: 0x10", "1:9: maxAge: a number in a form"},
		{"grouped", "maxAge: 86_400", "1:9: maxAge: a number in a form"},
		{"fraction", "maxAge: 1.5", `1:9: maxAge: not a text; quote it: "1.5"`},
		{"empty list that would be the default", "resources: [{path: /a, methods: []}]", "1:33: resources[0].methods: an empty list; name a method"},
		{"empty gateway responses", "gatewayResponses: []", "1:19: gatewayResponses: an empty list; use none"},
		{"a path for a resource", "resources:\n  - /orders", `2:5: resources[0]: not a mapping; write {path: "/orders"}`},
		{"a mapping for resources", "resources: {/orders: [GET]}", "1:12: resources: not a list of {path, methods, id} but a mapping; "},
		{"unknown key of a resource", "resources:\n  - path: /a\n    method: [GET]", "3:5: resources[0].method: unknown key; did you mean methods?"},
		{"merge key", "<<: {api: rest}", "1:1: <<: a merge key; write the keys out"},
		{"alias of itself", "resources: &r [*r]", "1:16: resources[0]: not a mapping of path, methods, id but a list; "},
		{"star", "allowOrigins: [*]", "1: not YAML: did not find expected alphabetic or numeric character; quote a value that starts with *"},
		{"star with a name", "allowOrigins: [*.example.com]", "1: not YAML: did not find expected alphabetic or numeric character; quote"},
		{"unknown anchor", "api: rest\nallowOrigins: [*app]", "not YAML: unknown anchor 'app' referenced; quote a value"},
		{"tab", "api: rest\nresources:\n\t- path: /a", "3: not YAML: found character that cannot start any token; quote the value, and indent with blanks"},
		{"braces", "api: rest\nresources:\n  - {path: /orders/{id}}", `3: not YAML: did not find expected ',' or '}'; quote a path with braces`},
		{"open list", "api: rest\nallowMethods: [GET\nname: A", "2: not YAML: did not find expected ',' or ']'; close the list"},
		{"indentation", "api: rest\n name: A", "2: not YAML: mapping values are not allowed in this context; give each key its own line"},
		{"other indentation", "resources:\n    - path: /a\n   - path: /b", "3: not YAML: did not find expected key; give all keys the same indentation"},
		{"not UTF-8", "api: rest\nname: \xff\xfe", "not YAML: "},
	}
}

func TestYAMLFaults(t *testing.T) {
	for _, tt := range faultyTexts() {
		t.Run(tt.desc, func(t *testing.T) {
			all := readAll(t, tt.text)
			if len(all) != 1 || len(all[0].Faults) != 1 {
				t.Fatalf("not one fault: %+v", all)
			}
			f := all[0].Faults[0]
			got := strings.TrimLeft(strings.TrimPrefix(f.Place.String(), "cors.yaml"), ":")
			got = strings.TrimPrefix(fmt.Sprintf("%s: %s; %s", got, f.Detail, f.Hint), ": ")
			if !strings.HasPrefix(got, tt.want) {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

// Values that cannot be read are not called missing as well.
func TestYAMLDoubt(t *testing.T) {
	for _, text := range []string{
		"api: rest\nallowOrigin: [https://a.example]\nallowMethods: [GET]",
		"api: rest\nallowOrigins: https://a.example\nallowMethods: [GET]",
		"apis: rest\nallowOrigins: [https://a.example]\nallowMethods: [GET]",
		"api: rest\nallowOrigins: [https://a.example]\nresources: [{path: /a, method: [GET]}]",
		"api: rest\nallowOrigins: [https://a.example]\nresources: [{pth: /a, methods: [GET]}]",
	} {
		var r report.Report
		if _, ok := readAll(t, text)[0].Parse(&r); ok || len(r.Faults) != 1 {
			t.Errorf("%s\n%+v", text, r.Faults)
		}
	}
}

// A short text must not become a large config by its aliases.
func TestYAMLAliasBomb(t *testing.T) {
	methods := strings.Repeat("GET,", 5000)
	text := "resources: [{path: /a, methods: &m [" + methods + "]}" + strings.Repeat(",{path: /a, methods: *m}", 5000) + "]"
	s := readAll(t, text)[0]
	total := 0
	for _, r := range s.Config.Resources {
		total += len(r.Methods)
	}
	if total > maxValues || !s.unreadable || !strings.Contains(s.Faults[0].Detail, "over 20000 values") {
		t.Errorf("%d values, faults %+v", total, s.Faults)
	}
}

// A read that fails is not a fault of the YAML.
func TestYAMLReadError(t *testing.T) {
	broken := errors.New("the disk is gone")
	docs := newDocuments("cors.yaml", io.MultiReader(strings.NewReader("api: rest\n"), failing{broken}))
	if _, err := docs.next(); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// FuzzYAML holds that any text is an API or has faults with a place and a
// reason, and that nothing panics on the way.
func FuzzYAML(f *testing.F) {
	cases, err := filepath.Glob("../../golden/*/cors.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range cases {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	for _, text := range []string{
		"", "---\n---\n", "api: &a rest\nname: *a", "? [a]\n: b", "a: !!binary x", "<<: *x", "%YAML 9\n---\n", "\xff\xfe", "resources: &r [*r]",
		"api: rest\n---\nname: {}\n...\n# end", EnvironmentsExample, "environments: &e {dev: *e}", "environments: {a: {}, A: , ? [] : b}",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, s := range readAll(t, string(text)) {
			var r report.Report
			_, ok := s.Parse(&r)
			if ok != (len(r.Faults) == 0) {
				t.Fatalf("accepted: %v, faults: %+v", ok, r.Faults)
			}
			for _, fault := range r.Faults {
				if fault.Place.File == "" || fault.Reason == "" || fault.Detail == "" {
					t.Errorf("%+v", fault)
				}
			}
		}
	})
}

// What the help shows is accepted.
func TestYAMLExample(t *testing.T) {
	var r report.Report
	if _, ok := readAll(t, Example)[0].Parse(&r); !ok {
		t.Errorf("%+v", r.Faults)
	}
}

package cmd

import (
	"bytes"
	"context"
	"io"
	"reflect"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

func testApp(stdin string) (a *app, out, err *bytes.Buffer) {
	out, err = new(bytes.Buffer), new(bytes.Buffer)
	return newApp(strings.NewReader(stdin), out, err, func(string) string { return "" }), out, err
}

// readFlags gives what generate would run with.
func readFlags(t *testing.T, args ...string) (*generateOptions, error) {
	t.Helper()
	a, _, _ := testApp("")
	var got *generateOptions
	cmd := newGenerate(a, func(_ context.Context, o *generateOptions) error {
		got = o
		return nil
	})
	cmd.SetArgs(append([]string{}, args...))
	cmd.SetOut(io.Discard)
	cmd.SetErr(io.Discard)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.SetFlagErrorFunc(flagError)
	return got, cmd.Execute()
}

func TestGenerateFlags(t *testing.T) {
	o, err := readFlags(t,
		"--api", "rest", "--name", "Orders", "--allow-origins", "https://a.example, https://b.example", "--allow-origins=*",
		"--allow-methods", "GET,POST", "--allow-headers", "X-A", "--expose-headers", "", "--allow-credentials", "--max-age", "-1",
		"--auth", "lambda", "--auth-header", "X-Token", "--integration", "non-proxy", "--preflight", "lambda",
		"--resource", "/orders", "--resource", "/orders/{id}=GET,PUT", "--resource", "/a=",
		"--binary-media-types", "*/*", "--gateway-responses", "none", "--gateway-response-origin", "echo",
		"--format", "sam,cdk", "--format", "terraform", "--sam-scope", "globals", "--terraform-preflight", "greedy",
		"--standalone", "-o", "out", "--force",
	)
	if err != nil {
		t.Fatal(err)
	}
	want := gateway.Config{
		API: "rest", Name: "Orders",
		Config: cors.Config{
			AllowOrigins: []string{"https://a.example", "https://b.example", "*"}, AllowMethods: []string{"GET", "POST"},
			AllowHeaders: []string{"X-A"}, ExposeHeaders: []string{}, AllowCredentials: true, MaxAge: "-1",
		},
		Auth: "lambda", AuthHeader: "X-Token", Integration: "non-proxy", Preflight: "lambda",
		Resources: []gateway.ResourceConfig{
			{Path: "/orders"}, {Path: "/orders/{id}", Methods: []string{"GET", "PUT"}}, {Path: "/a", Methods: []string{""}},
		},
		BinaryMediaTypes: []string{"*/*"}, GatewayResponses: []string{"none"}, GatewayResponseOrigin: "echo",
	}
	if !reflect.DeepEqual(o.policy.config, want) {
		t.Errorf("\n got %+v\nwant %+v", o.policy.config, want)
	}
	if !reflect.DeepEqual(o.formats, []string{"sam", "cdk", "terraform"}) {
		t.Errorf("formats %q", o.formats)
	}
	if o.samScope.value != "globals" || o.terraformPreflight.value != "greedy" || !o.standalone || o.out != "out" || !o.force || o.check {
		t.Errorf("%+v", o)
	}
	if got := o.policy.given(); len(got) != len(fields()) {
		t.Errorf("%d of %d fields were given: %v", len(got), len(fields()), got)
	}
}

// Every field of a Config has a key and a flag of the same words.
func TestFieldsCoverConfig(t *testing.T) {
	var c gateway.Config
	bound := map[any]bool{}
	for _, f := range fields() {
		bound[f.bind(&c)] = true
		if f.key != "resources" && plain(f.key) != plain(f.flag) {
			t.Errorf("key %s, flag %s", f.key, f.flag)
		}
		if found, ok := fieldOf(f.key); !ok || found.flag != f.flag {
			t.Errorf("%s is not found by its key", f.key)
		}
	}
	want := reflect.TypeFor[gateway.Config]().NumField() - 1 + reflect.TypeFor[cors.Config]().NumField()
	if len(bound) != want {
		t.Errorf("%d fields, and %d in the Config", len(bound), want)
	}
}

// The closed sets are those that the parser takes.
func TestFieldValues(t *testing.T) {
	for _, f := range fields() {
		for _, v := range append(f.values, "no such value") {
			var c gateway.Config
			if text, ok := f.bind(&c).(*string); ok && f.values != nil {
				*text = v
			} else {
				continue
			}
			_, _, err := gateway.Parse(c)
			refused := false
			for _, fault := range cors.Faults(err) {
				refused = refused || fault.Field == f.key && fault.Reason == cors.Invalid
			}
			if refused != (v == "no such value") {
				t.Errorf("%s: %q refused: %v", f.key, v, refused)
			}
		}
	}
}

// Flags take the place of keys; all other keys stay, and so do their places.
func TestOverride(t *testing.T) {
	o, err := readFlags(t, "-f", "cors.yaml", "--allow-origins", "https://b.example", "--allow-credentials=false")
	if err != nil {
		t.Fatal(err)
	}
	s := readAll(t, "api: rest\nallowOrigins: [https://a.example, https://c.example]\nallowMethods: [GET]\nallowCredentials: true")[0]
	o.policy.override(&s)
	want := cors.Config{AllowOrigins: []string{"https://b.example"}, AllowMethods: []string{"GET"}}
	if s.config.API != "rest" || !reflect.DeepEqual(s.config.Config, want) {
		t.Errorf("%+v", s.config)
	}
	for path, place := range map[string]string{
		"allowOrigins[0]": "--allow-origins", "allowCredentials": "--allow-credentials", "allowMethods[0]": "cors.yaml:3:16: allowMethods[0]",
	} {
		if got := s.places.of(path).String(); got != place {
			t.Errorf("%s is at %s, not at %s", path, got, place)
		}
	}
}

package cmd

import (
	"bytes"
	"context"
	"io"
	"reflect"
	"strings"
	"testing"

	"apigw-cors/generator"
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
		"--auth", "lambda", "--auth-header", "X-Token", "--integration", "non-proxy", "--backend-type", "lambda", "--payload-format", "1.0", "--preflight", "lambda",
		"--resource", "/orders", "--resource", "/orders/{id}=GET,PUT", "--resource", "/a=", "--api-id", "OrdersApi", "--resource", "/b==BResource", "--resource", "/c=GET=CResource",
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
		Auth: "lambda", AuthHeader: "X-Token", Integration: "non-proxy", BackendType: "lambda", PayloadFormat: "1.0", Preflight: "lambda", APIID: "OrdersApi",
		Resources: []gateway.ResourceConfig{
			{Path: "/orders"}, {Path: "/orders/{id}", Methods: []string{"GET", "PUT"}}, {Path: "/a", Methods: []string{""}},
			{Path: "/b", ID: "BResource"}, {Path: "/c", Methods: []string{"GET"}, ID: "CResource"},
		},
		BinaryMediaTypes: []string{"*/*"}, GatewayResponses: []string{"none"}, GatewayResponseOrigin: "echo",
	}
	if !reflect.DeepEqual(o.policy.Config, want) {
		t.Errorf("\n got %+v\nwant %+v", o.policy.Config, want)
	}
	if !reflect.DeepEqual(o.formats, []string{"sam", "cdk", "terraform"}) {
		t.Errorf("formats %q", o.formats)
	}
	if !o.standalone || o.out != "out" || !o.force || o.check {
		t.Errorf("%+v", o)
	}
	choices, err := o.choices(generator.Formats())
	for _, f := range o.formatFlags {
		if got := (generator.Options{Choices: choices}).Chosen(f.option); err != nil || got == f.option.Default() {
			t.Errorf("%s: %s, %v", f.option.Name, got, err)
		}
	}
	if got := o.policy.Given(); len(got) != len(gateway.Fields()) {
		t.Errorf("%d of %d fields were given: %v", len(got), len(gateway.Fields()), got)
	}
}

package golden_test

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"gopkg.in/yaml.v3"

	"apigw-cors/generator"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/importer"
)

// TestImportsWhatItRenders makes a policy of every rendered example, in every
// format that tells of an API and can be read: it is the case's own. TestFormats
// does it for what the CDK makes of its source, and [FuzzRender] for policies at
// random.
func TestImportsWhatItRenders(t *testing.T) {
	for _, format := range generator.Formats() {
		path := ""
		switch format.Name {
		case "sam", "cloudformation":
			path = format.Name + "/template.yaml"
		case "terraform":
			path = format.Name
		case "cdk":
			// Its source is a program: what is read is what it synthesises.
		case "aws-cli":
			// A script is run, not read.
		default:
			if !format.Function {
				t.Errorf("%s: nothing proves what import makes of it", format.Name)
			}
		}
		if path == "" {
			continue
		}
		for _, c := range cases(t) {
			t.Run(c.name+"/"+format.Name, func(t *testing.T) {
				facts := theOne(t, read(t, os.DirFS(c.name), path))
				importsBack(t, format.Name, c.api(t), facts)
				importsIDs(t, format.Name, c, facts)
			})
		}
	}
}

// TestImportsOpenAPI makes a policy of the body of a SAM template, as a document
// of its own: it has the preflights and no more.
func TestImportsOpenAPI(t *testing.T) {
	bodies := 0
	for _, c := range cases(t) {
		var template struct {
			Resources map[string]struct {
				Properties struct {
					DefinitionBody map[string]any `yaml:"DefinitionBody"`
				} `yaml:"Properties"`
			} `yaml:"Resources"`
		}
		if err := yaml.Unmarshal(c.read(t, "sam/template.yaml"), &template); err != nil {
			t.Fatal(err)
		}
		api := c.api(t)
		body := template.Resources[api.Name()].Properties.DefinitionBody
		if body == nil || !api.IsREST() || api.Preflight() == gateway.ByLambda {
			continue
		}
		bodies++
		t.Run(c.name, func(t *testing.T) {
			text, err := yaml.Marshal(body)
			if err != nil {
				t.Fatal(err)
			}
			files := fstest.MapFS{"api.yaml": {Data: text}}
			importsBack(t, "openapi", api, theOne(t, read(t, files, "api.yaml")))
		})
	}
	if bodies < 5 {
		t.Errorf("%d bodies", bodies)
	}
}

// importsBack compares the policy that is made of a format's facts with the one
// that was rendered, but for what the format does not hold. What is left open is
// filled in from the policy, where it may be.
func importsBack(t testing.TB, format string, api gateway.API, facts gateway.Facts) {
	t.Helper()
	want := held(format, api)
	imported := importer.From(facts)
	c := imported.Config
	for _, n := range imported.Notes {
		if !n.Open {
			continue
		}
		if !slices.Contains(openIn(api), n.Field) {
			t.Errorf("%s is open: %s", n.Field, n.Text)
		}
		if f, ok := gateway.FieldOf(n.Field); ok {
			f.SetWords(&c, f.Words(api.Config()))
		}
	}
	got, _, err := gateway.Parse(c)
	if err != nil {
		t.Fatalf("%v\n%+v", err, imported)
	}
	wanted, _, err := gateway.Parse(want)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range gateway.Difference(wanted.Facts(), got.Facts()) {
		t.Error(line)
	}
	// What facts leave aside.
	has := func(a gateway.API) []string {
		return []string{
			"name " + a.Name(), "auth " + string(a.Auth()), "auth header " + a.AuthHeader().String(), "integration " + string(a.Integration()),
			"backend " + string(a.Backend()), "payload " + string(a.PayloadFormat()), "preflight " + string(a.Preflight()),
			"expose headers " + strings.Join(a.Policy().ExposeHeaders().Strings(), ","),
		}
	}
	if w, g := has(wanted), has(got); !reflect.DeepEqual(w, g) {
		t.Errorf("\n got %q\nwant %q", g, w)
	}
}

// held is the policy as a format can hold it.
func held(format string, api gateway.API) gateway.Config {
	c := api.Config()
	writtenOut := func(is func(gateway.Resource) bool) {
		c.Resources, c.AllowMethods = nil, nil
		for _, r := range api.Resources() {
			methods := r.AllowMethods.Strings()
			if r.Any && !is(r) {
				methods = []string{"ANY"}
			}
			c.Resources = append(c.Resources, gateway.ResourceConfig{Path: r.Path, Methods: methods})
		}
	}
	switch {
	case format == "cdk":
		// A logical id of the CDK is made of the construct's, Api in every example.
		c.Name = "ApiF70053CD"
	case format == "sam" && api.ActualResponder() == gateway.ByLambda && api.IsREST() && !slices.Equal(api.Resources()[0].AllowMethods.Strings(), []string{"*"}):
		// A method of a function for all verbs is an event for each.
		writtenOut(func(gateway.Resource) bool { return true })
	case format == "openapi":
		// What guards the methods, gateway responses and binary media types are
		// properties of the API around the body.
		c.AllowHeaders = api.AllowHeaders().Strings()
		c.Auth, c.AuthHeader, c.BinaryMediaTypes = "", "", nil
		c.GatewayResponses, c.GatewayResponseOrigin = []string{gateway.NoResponses}, ""
		// And so are the functions' methods, of which ANY is one.
		writtenOut(func(gateway.Resource) bool { return api.Integration() == gateway.Proxy })
	}
	if api.ActualResponder() == gateway.ByLambda && (!api.IsREST() || slices.Equal(c.GatewayResponses, []string{gateway.NoResponses})) {
		// The function names them, and no gateway response does.
		c.ExposeHeaders = nil
	}
	return c
}

// openIn are the fields that a format does not show.
func openIn(api gateway.API) (fields []string) {
	if api.Preflight() == gateway.ByLambda {
		// They are in the function's code.
		fields = append(fields, "allowOrigins", "allowMethods")
	}
	if api.Backend() == gateway.ServiceBackend {
		// The service is a parameter of the example.
		fields = append(fields, "backendType")
	}
	return fields
}

package golden_test

import (
	"bytes"
	"maps"
	"testing"
	"testing/fstest"

	"gopkg.in/yaml.v3"

	"apigw-cors/generator"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/importer"
)

// importsIDs makes a policy with ids of a whole example, renders the snippet that
// refers to them, and puts it into the example in place of what stands there for
// CORS: the example says what it said.
func importsIDs(t *testing.T, format string, c goldenCase, facts gateway.Facts) {
	t.Helper()
	imported := importer.From(facts)
	imported.AddIDs(facts)
	api := c.api(t)
	if api.Integration() == gateway.NonProxy || api.IsREST() && api.Preflight() == gateway.ByLambda || !imported.IsComplete() {
		if id := imported.Config.APIID; id != "" || imported.Notes[0].Field != "apiId" {
			t.Errorf("apiId %q, and no note says why: %+v", id, imported.Notes)
		}
		return
	}
	got, _, err := gateway.Parse(imported.Config)
	if err != nil || got.APIID().String() == "" {
		t.Fatalf("%v: %+v", err, imported)
	}
	if len(c.flags) > 0 {
		return // rendered in another form
	}
	f, _ := generator.ParseFormat(format)
	files, _, err := generator.Render(got, f, generator.Options{})
	if err != nil {
		t.Fatal(err)
	}
	joined, path := fstest.MapFS{}, "terraform"
	switch format {
	case "terraform":
		for name, text := range tree(t, c.path(path)) {
			joined[path+"/"+name] = &fstest.MapFile{Data: []byte(text)}
		}
		joined[path+"/cors.tf"] = &fstest.MapFile{Data: files[0].Content}
	case "cloudformation":
		path = "template.yaml"
		joined[path] = &fstest.MapFile{Data: joinedResources(t, c.read(t, format+"/template.yaml"), files[0].Content)}
	}
	if format == "sam" || format == "terraform" && !api.IsREST() {
		// SAM finds its paths by the events; and in the example of Terraform the
		// HTTP API itself stands where the snippet would go.
		return
	}
	said := theOne(t, read(t, joined, path))
	// The CORS configuration of an HTTP API stands in the API itself.
	said.CORS = facts.CORS
	for _, line := range gateway.Difference(facts, said) {
		t.Error(line)
	}
}

// joinedResources is a template with the resources of another, which take the
// place of those of the same logical id.
func joinedResources(t *testing.T, template, snippet []byte) []byte {
	t.Helper()
	var into, from map[string]yaml.Node
	for _, err := range []error{yaml.Unmarshal(template, &into), yaml.Unmarshal(snippet, &from)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	var all, others map[string]yaml.Node
	resources, added := into["Resources"], from["Resources"]
	if err := resources.Decode(&all); err != nil {
		t.Fatal(err)
	}
	if err := added.Decode(&others); err != nil {
		t.Fatal(err)
	}
	maps.Copy(all, others)
	if err := resources.Encode(all); err != nil {
		t.Fatal(err)
	}
	into["Resources"] = resources
	var out bytes.Buffer
	if err := yaml.NewEncoder(&out).Encode(into); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

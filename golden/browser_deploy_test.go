package golden_test

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator"
	"apigw-cors/golden/browser"
	"apigw-cors/golden/emulator"
	"apigw-cors/golden/tools"
)

// runtimes run the functions and the mapping templates of the deployed APIs.
type runtimes struct {
	node, python tools.Runtime
	engine       tools.Velocity
}

func startRuntimes(t testing.TB) runtimes {
	t.Helper()
	return runtimes{tools.StartNode(t), tools.StartPython(t), tools.StartVelocity(t)}
}

// deploying is what it takes to let the cases answer pages.
type deploying struct {
	runtimes
	// t is the test that what answers ends with.
	t       testing.TB
	site    *browser.Site
	command tools.Tool
	made    map[string]*made
}

// cells deploys every case in a format and gives the fetches from all of them.
func (d deploying) cells(t *testing.T, f generator.Format) (out []cell) {
	t.Helper()
	row := proofs()[f.Name]
	m := d.made[f.Name]
	switch {
	case row.function == nil || m == nil && !f.Function:
		t.Fatal("the format is not proved: see TestProofs")
	case m != nil && m.skipped:
		t.Skip("the format's tool is missing")
	}
	for _, c := range cases(t) {
		api := c.api(t)
		tested := target{name: f.Name + "/" + c.name, model: model{api: api, deployment: api.Deploy()}}
		if f.Function && !api.InvokesFunction() {
			continue
		}
		if f.Function {
			tested.model.served = true
			behind := emulator.Deploy(d.t, want(api), "", row.function(d.t, d.runtimes, c, product{}), d.engine)
			tested.url = d.site.Front(tested.name, c.serve(d.t, d.command, d.site.Backend(tested.name, behind.Backend())))
		} else {
			p, ok := m.products[c.name]
			if !ok {
				t.Errorf("%s: the tool made nothing of it", c.name)
				continue
			}
			tested.model.greedy = row.sameness.greedy && c.isGreedy()
			tested.url = d.site.Deploy(tested.name, emulator.Deploy(d.t, p.api, p.identity, d.function(row, c, p), d.engine))
		}
		out = append(out, cells(tested)...)
	}
	if m != nil {
		out = append(out, d.environmentCells(m)...)
	}
	return out
}

// environmentCells are the fetches from what a tool made of one file for all
// environments, with the name of each: by pages of its own origins, and of those
// of the others.
func (d deploying) environmentCells(m *made) (out []cell) {
	var pages []string
	for _, e := range m.environments {
		for _, p := range e.api.Policy().AllowOrigins() {
			if origin := pageOrigin(p); !slices.Contains(pages, origin) {
				pages = append(pages, origin)
			}
		}
	}
	slices.Sort(pages)
	for _, name := range slices.Sorted(maps.Keys(m.environments)) {
		e := m.environments[name]
		var function emulator.Function
		if e.api.InvokesFunction() {
			function = functionNodeJS(d.t, d.runtimes, goldenCase{name: "http-one-origin"}, product{})
		}
		// The name is that of a host, too.
		tested := target{name: m.format + "/" + strings.ToLower(strings.ReplaceAll(name, "/", "-")), model: model{api: e.api, deployment: e.api.Deploy()}}
		tested.url = d.site.Deploy(tested.name, emulator.Deploy(d.t, e.product.api, e.product.identity, function, d.engine))
		of := matrix{target: tested}
		path := emulator.RequestPath(e.api.Resources()[0].Path)
		for _, origin := range append(pages, "https://unlisted.example") {
			of.add(origin, "GET", path, nil, "")
			of.add(origin, "GET", path, nil, "THROTTLED")
			of.add(origin, "PUT", path, headerSets(e.api)[1], "")
		}
		out = append(out, of.cells...)
	}
	return out
}

// function is what stands behind a case's integrations; none where they invoke
// no function.
func (d deploying) function(row proof, c goldenCase, p product) emulator.Function {
	if !c.api(d.t).InvokesFunction() {
		return nil
	}
	return row.function(d.t, d.runtimes, c, p)
}

// functionNodeJS is the rendered one in JavaScript, functionPython in Python.
func functionNodeJS(t testing.TB, r runtimes, c goldenCase, _ product) tools.Function {
	t.Helper()
	return r.node.Load(t, c.path("lambda-nodejs/index.mjs"))
}

func functionPython(t testing.TB, r runtimes, c goldenCase, _ product) tools.Function {
	t.Helper()
	return r.python.Load(t, c.path("lambda-python/app.py"))
}

// inlineFunction is the one that a template carries.
func inlineFunction(t testing.TB, r runtimes, _ goldenCase, p product) tools.Function {
	t.Helper()
	var sources []string
	for _, resource := range tools.Decode[cloudFormationTemplate](t, p.template).Resources {
		if resource.Type == "AWS::Lambda::Function" {
			function := tools.Decode[struct{ Code struct{ ZipFile text } }](t, resource.Properties)
			sources = append(sources, string(function.Code.ZipFile))
		}
	}
	if len(sources) != 1 {
		t.Fatalf("%d functions in a template", len(sources))
	}
	// The service saves inline code as CommonJS.
	file := filepath.Join(t.TempDir(), "index.cjs")
	tools.WriteFile(t, file, sources[0])
	return r.node.Load(t, file)
}

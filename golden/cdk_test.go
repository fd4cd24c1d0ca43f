package golden_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"apigw-cors/generator"
	"apigw-cors/golden/tools"
)

// synthesiseCDK compiles and synthesises every CDK app, and lints the templates.
func synthesiseCDK(t *testing.T, m *made) {
	all := cases(t)
	apps := folders(all, "cdk")
	projects := paste(t, "cdk")
	for _, p := range projects {
		apps[p.name] = p.dir
	}
	fixed := fixedApps(t)
	for _, p := range fixed {
		apps[p.name] = p.dir
	}
	environments := oneFileApps(t, apps)
	templates := tools.Synthesise(t, apps)
	for _, p := range projects {
		t.Run(p.name, func(t *testing.T) { p.pageReads(t, readOne(t, tools.ReadFile(t, templates[p.name]))) })
	}
	for _, p := range fixed {
		t.Run(p.name, func(t *testing.T) {
			template := tools.ReadFile(t, templates[p.name])
			p.pageReads(t, readOne(t, template))
			samePolicy(t, want(goldenCase{name: p.dir}.api(t)), readTemplate(t, template).api)
		})
	}
	for _, c := range all {
		t.Run(c.name, func(t *testing.T) {
			template := tools.ReadFile(t, templates[c.name])
			m.keep(t, c, readTemplate(t, template))
			importsBack(t, "cdk", c.api(t), readOne(t, template))
			lintsClean(t, oneFile(template), "file")
			if got, want := stackResources(t, template), generator.CDKResources(c.api(t)); got != want {
				t.Errorf("%d resources in the stack, counted %d", got, want)
			}
		})
	}
	for name, api := range environments {
		t.Run(name, func(t *testing.T) {
			m.keepEnvironment(t, name, api, readTemplate(t, tools.ReadFile(t, templates[name])))
		})
	}
	// W3005: every function of the CDK names its role as a dependency twice.
	files := slices.Sorted(maps.Values(templates))
	if complaints := tools.LintTemplates(t, files, "--ignore-checks", "W3005"); complaints != "" {
		t.Errorf("cfn-lint:\n%s", complaints)
	}
}

// stackResources counts what CloudFormation counts.
func stackResources(t testing.TB, template []byte) (n int) {
	t.Helper()
	var stack struct {
		Resources map[string]struct{ Type string }
	}
	if err := json.Unmarshal(template, &stack); err != nil {
		t.Fatal(err)
	}
	for _, r := range stack.Resources {
		if r.Type != "AWS::CDK::Metadata" {
			n++
		}
	}
	return n
}

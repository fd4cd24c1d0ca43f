package golden_test

import (
	"maps"
	"slices"
	"testing"

	"apigw-cors/golden/tools"
)

// testCDK compiles and synthesises every CDK app, compares the templates with
// the model, and lints them.
func (m *made) testCDK(t *testing.T) {
	t.Parallel()
	engine := tools.StartVelocity(t)
	all := cases(t)
	templates := tools.Synthesise(t, folders(all, "cdk"))
	for _, c := range all {
		t.Run(c.name, func(t *testing.T) {
			api := c.api(t)
			template := tools.ReadFile(t, templates[c.name])
			got := theOnly(t, seenInTemplate(t, template))
			m.keep("cdk", c, got, template)
			sound(t, got)
			sameInOwnForm(t, want(api), got)
			// The CDK's own template for several origins tells an absent header
			// by "" alone.
			allowsOrigins(t, engine, api, got, tools.AbsentEmpty)
		})
	}
	// W3005: every function of the CDK names its role as a dependency twice.
	files := slices.Sorted(maps.Values(templates))
	if complaints := tools.LintTemplates(t, files, "--ignore-checks", "W3005"); complaints != "" {
		t.Errorf("cfn-lint:\n%s", complaints)
	}
}

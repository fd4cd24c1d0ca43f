package golden_test

import (
	"maps"
	"slices"
	"testing"
)

// testCDK compiles and synthesises every CDK app, compares the templates with
// the model, and lints them.
func (m *made) testCDK(t *testing.T) {
	t.Parallel()
	engine := startVelocity(t)
	all := cases(t)
	templates := synthesise(t, folders(all, "cdk"))
	for _, c := range all {
		t.Run(c.name, func(t *testing.T) {
			api := c.api(t)
			template := readFile(t, templates[c.name])
			got := theOnly(t, seenInTemplate(t, template))
			m.keep("cdk", c, got, template)
			sound(t, got)
			sameInOwnForm(t, want(api), got)
			// The CDK's own template for several origins tells an absent header
			// by "" alone.
			engine.allowsOrigins(t, api, got, absentEmpty)
		})
	}
	// W3005: every function of the CDK names its role as a dependency twice.
	files := slices.Sorted(maps.Values(templates))
	if complaints := lint(t, files, "--ignore-checks", "W3005"); complaints != "" {
		t.Errorf("cfn-lint:\n%s", complaints)
	}
}

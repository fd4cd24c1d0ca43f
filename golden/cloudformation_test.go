package golden_test

import "testing"

// TestCloudFormation reads every CloudFormation template as the AWS tools do,
// compares it with the model, and lints it.
func TestCloudFormation(t *testing.T) {
	t.Parallel()
	translator, engine := startTranslator(t), startVelocity(t)
	var files []string
	for _, c := range cases(t) {
		file := c.path("cloudformation/template.yaml")
		files = append(files, file)
		t.Run(c.name, func(t *testing.T) {
			api := c.api(t)
			got := theOnly(t, seenInTemplate(t, translator.template(t, file)))
			sound(t, got)
			same(t, want(api), got)
			engine.allowsOrigins(t, api, got, absentNull, absentEmpty)
		})
	}
	if complaints := lint(t, files, "--include-checks", "I"); complaints != "" {
		t.Errorf("cfn-lint:\n%s", complaints)
	}
}

package golden_test

import (
	"path/filepath"
	"slices"
	"testing"

	"apigw-cors/golden/tools"
)

// translateSAM hands every SAM template to the SAM translator, and lints it.
func translateSAM(t *testing.T, m *made) {
	translator := tools.StartTranslator(t)
	var files []string
	for _, c := range cases(t) {
		file := c.path("sam/template.yaml")
		translated := translator.Template(t, file)
		t.Run(c.name, func(t *testing.T) {
			m.keep(t, c, readTemplate(t, translated))
		})
		// cfn-lint runs the SAM transform itself, after it has put a
		// DefinitionUri into every API that has neither Cors nor Auth of its
		// own; Cors in Globals is then an error. So it gets the translation.
		if slices.Contains(c.flags, "--sam-scope=globals") {
			file = filepath.Join(t.TempDir(), c.name+".json")
			tools.WriteFile(t, file, string(translated))
		}
		files = append(files, file)
	}
	// W3005: the translator names what its usage plan depends on twice.
	if complaints := tools.LintTemplates(t, files, "--ignore-checks", "W3005"); complaints != "" {
		t.Errorf("cfn-lint:\n%s", complaints)
	}
}

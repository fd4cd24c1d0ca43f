package tools

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// Translator reads CloudFormation templates as the AWS tools do, and puts SAM
// templates through the SAM translator.
type Translator struct{ worker *Worker }

// StartTranslator starts it; it ends with the test.
func StartTranslator(t testing.TB) Translator {
	t.Helper()
	python := Python(t, "samtranslator", "boto3")
	return Translator{Start(t, python.With(File(t, "translate.py")))}
}

// Template is the template of a file as JSON, a SAM template in translation.
func (w Translator) Template(t testing.TB, file string) []byte {
	t.Helper()
	return w.TemplateWith(t, file, nil)
}

// TemplateWith is the same for values of the template's parameters.
func (w Translator) TemplateWith(t testing.TB, file string, parameters map[string]string) []byte {
	t.Helper()
	path, err := filepath.Abs(file)
	if err != nil {
		t.Fatal(err)
	}
	var reply struct{ Template json.RawMessage }
	w.worker.Ask(t, map[string]any{"file": path, "parameters": parameters}, &reply)
	return reply.Template
}

// LintTemplates runs cfn-lint over many templates at once and gives everything
// it has to say; "" is good news.
func LintTemplates(t testing.TB, files []string, flags ...string) string {
	t.Helper()
	linter := Require(t, "cfn-lint", installPython).With("--regions", "us-east-1", "--format", "parseable").With(flags...)
	stdout, stderr, _ := linter.Try(t, append([]string{"--"}, files...)...)
	return strings.TrimSpace(stdout + stderr)
}

package golden_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// translator reads CloudFormation and SAM templates as the AWS tools do.
type translator struct{ *worker }

func startTranslator(t testing.TB) translator {
	t.Helper()
	python := requirePython(t, "samtranslator", "boto3")
	return translator{startWorker(t, python.with(toolFile(t, "translate.py")))}
}

// template gives a template as JSON, a SAM template in translation.
func (w translator) template(t testing.TB, file string) []byte {
	t.Helper()
	path, err := filepath.Abs(file)
	if err != nil {
		t.Fatal(err)
	}
	var reply struct{ Template json.RawMessage }
	w.ask(t, map[string]string{"file": path}, &reply)
	return reply.Template
}

// lint runs cfn-lint over many templates at once and gives everything it has
// to say.
func lint(t testing.TB, files []string, flags ...string) string {
	t.Helper()
	linter := requireTool(t, "cfn-lint", installPython).with("--regions", "us-east-1", "--format", "parseable").with(flags...)
	stdout, stderr, _ := linter.try(t, append([]string{"--"}, files...)...)
	return strings.TrimSpace(stdout + stderr)
}

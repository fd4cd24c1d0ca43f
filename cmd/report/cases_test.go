package report

import (
	"bytes"
	"strings"
	"testing"
)

// TestCases: what CI systems read of cases is of the published form, counts
// right, and steers no terminal.
func TestCases(t *testing.T) {
	cases := []Case{
		{Class: "GET /orders", Name: "https://app.example.com", Place: Place{File: "a b/cors.yaml", Line: 3, Column: 5}},
		{Class: "GET /orders", Name: "null", Failures: []Failure{{Rule: "reflected-origin", Text: "given <back>", Detail: "given\x1b[31m\nback"}}},
		{Class: "PUT /orders", Name: "null", Skipped: "not asked"},
		{Class: "PUT /orders", Name: "x", Failures: []Failure{{Rule: "no-answer", Text: "none", Detail: "none", IsError: true}}},
	}
	var sarif, junit bytes.Buffer
	if err := WriteSARIFCases(&sarif, []CaseRule{{"reflected-origin", "x"}, {"no-answer", "y"}}, cases, "interrupted"); err != nil {
		t.Fatal(err)
	}
	log := checkSARIF(t, sarif.Bytes())
	if n := len(log.Runs[0].Results); n != 2 || log.Runs[0].Results[1].RuleIndex != 1 || log.Runs[0].Invocations[0].Successful {
		t.Errorf("%d results: %s", n, sarif.String())
	}
	if err := WriteJUnitCases(&junit, "apigw-cors probe", cases); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<testsuites name="apigw-cors probe" tests="4" failures="1" errors="1">`,
		`<testsuite name="PUT /orders" tests="2" failures="0" errors="1" skipped="1">`,
		`<skipped message="not asked">`, `message="given &lt;back&gt;"`, `file="a b/cors.yaml" line="3"`,
	} {
		if !strings.Contains(junit.String(), want) {
			t.Errorf("no %s in\n%s", want, junit.String())
		}
	}
	if strings.Contains(junit.String()+sarif.String(), "\x1b") {
		t.Error("an escape sequence")
	}
}

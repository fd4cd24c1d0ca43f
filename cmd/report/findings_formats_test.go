package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"apigw-cors/generator/gateway"
	"apigw-cors/generator/lint"
)

// TestHostileFindings puts what files may hold through every format: it stays
// what it is, and comes back from JSON and XML as text.
func TestHostileFindings(t *testing.T) {
	f := hostileFindings()
	f.FailOn = lint.Error
	for name, write := range map[string]func(io.Writer) error{
		"json": f.WriteJSON, "sarif": f.WriteSARIF, "github": f.WriteGitHub, "junit": f.WriteJUnit,
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			if strings.ContainsFunc(strings.TrimSuffix(line, "\n"), steers) {
				t.Errorf("%s: %q", name, line)
			}
		}
		switch name {
		case "json":
			var d findingsDocument
			if err := json.Unmarshal(b.Bytes(), &d); err != nil || d.Findings[0].Path != hostile || d.Findings[0].Line != 2 || d.Unknown[0].Why != hostile || d.Faults[0].Hint != hostile {
				t.Errorf("json: %v: %+v", err, d)
			}
		case "github":
			if n := strings.Count(b.String(), "\n"); n != 2 {
				t.Errorf("github: %d lines, not one for each finding and fault: %q", n, &b)
			}
		case "junit":
			decoder := xml.NewDecoder(&b)
			for {
				if _, err := decoder.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatalf("junit: %v", err)
				}
			}
		case "sarif":
			checkSARIF(t, b.Bytes())
		}
	}
}

// checkSARIF holds a log to the schema that OASIS publishes, and reads it.
func checkSARIF(t *testing.T, text []byte) sarifLog {
	t.Helper()
	file, err := os.Open("testdata/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	document, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		t.Fatal(err)
	}
	const name = "sarif.json"
	c := jsonschema.NewCompiler()
	if err := c.AddResource(name, document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err == nil {
		err = schema.Validate(value)
	}
	var log sarifLog
	if err == nil {
		err = json.Unmarshal(text, &log)
	}
	if err != nil {
		t.Fatalf("sarif: %v", err)
	}
	return log
}

func writeSARIF(t *testing.T, f *Findings) sarifLog {
	t.Helper()
	var b bytes.Buffer
	if err := f.WriteSARIF(&b); err != nil {
		t.Fatal(err)
	}
	return checkSARIF(t, b.Bytes())
}

func TestSARIF(t *testing.T) {
	at := func(file string, line int) gateway.Place { return gateway.Place{File: file, Line: line, Column: 5} }
	finding := func(file string, line int, text string) Finding {
		return Finding{
			lint.Finding{Rule: "unquoted-value", Severity: lint.Error, Place: at(file, line), API: "Api", Subject: "GET /", Text: text},
			Excerpt{Text: "    " + text, At: 4, Width: 3},
		}
	}
	before := writeSARIF(t, &Findings{Below: "infra", Findings: []Finding{finding("a b.yaml", 3, "one"), finding("a b.yaml", 4, "one"), finding("../x/c.yaml", 1, "two")}})
	// The same, after two lines came in above, and the indentation changed.
	moved := []Finding{finding("a b.yaml", 5, "one"), finding("a b.yaml", 6, "one"), finding("../x/c.yaml", 1, "two")}
	moved[0].Excerpt.Text = "one"
	after := writeSARIF(t, &Findings{Below: "infra", Findings: moved})
	seen := map[string]bool{}
	for i, r := range before.Runs[0].Results {
		print := r.Fingerprints["primaryLocationLineHash"]
		if print == "" || seen[print] || print != after.Runs[0].Results[i].Fingerprints["primaryLocationLineHash"] {
			t.Errorf("result %d: the fingerprint %q is not one of its own, or changes as lines move", i, print)
		}
		seen[print] = true
	}
	for i, want := range []string{"infra/a%20b.yaml", "infra/a%20b.yaml", "x/c.yaml"} {
		if got := before.Runs[0].Results[i].Locations[0].Physical.Artifact.URI; got != want {
			t.Errorf("result %d: URI %s, not %s", i, got, want)
		}
	}
	rules := before.Runs[0].Tool.Driver.Rules
	if len(rules) != len(lint.Rules()) {
		t.Errorf("%d rules", len(rules))
	}
	for _, r := range rules {
		if !strings.HasPrefix(r.HelpURI, "https://") || r.Help.Text == "" || r.ID == "" {
			t.Errorf("rule %s has no help", r.ID)
		}
	}
}

// TestSARIFIsBounded: GitHub shows no more, and the errors come first.
func TestSARIFIsBounded(t *testing.T) {
	f := &Findings{}
	for i := range MaxResults + 10 {
		severity := lint.Warning
		if i >= MaxResults {
			severity = lint.Error
		}
		f.Findings = append(f.Findings, Finding{Finding: lint.Finding{
			Rule: "unquoted-value", Severity: severity, Text: fmt.Sprint(i), Place: gateway.Place{File: "a.yaml", Line: i + 1, Column: 1},
		}})
	}
	run := writeSARIF(t, f).Runs[0]
	errs := 0
	for _, r := range run.Results {
		if r.Level == "error" {
			errs++
		}
	}
	if len(run.Results) != MaxResults || errs != 10 || len(run.Invocations[0].Notifications) != 1 {
		t.Errorf("%d results, %d errors", len(run.Results), errs)
	}
}

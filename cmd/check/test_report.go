package check

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"apigw-cors/cmd/report"
	"apigw-cors/cmd/story"
	"apigw-cors/generator/cors"
)

// WriteText tells the tests that fail, and all of them where verbose, in the
// form of `go test`.
func (s *Suite) WriteText(w io.Writer, p report.Painter, verbose bool) {
	line := func(format string, args ...any) { fmt.Fprintln(w, report.Clean(fmt.Sprintf(format, args...))) }
	for i := range s.Tests {
		t := &s.Tests[i]
		name := report.Clean(t.name()) + " (" + report.Clean(t.at()) + ")"
		switch {
		case t.Outcome.Verdict == "":
			if verbose {
				fmt.Fprintln(w, p.Yellow("--- SKIP:"), name)
			}
			continue
		case t.Passed():
			if verbose || len(t.Notes) > 0 {
				fmt.Fprintln(w, p.Green("--- PASS:"), name)
				line("    %s", t.got())
			}
			for _, n := range t.Notes {
				line("    note: %s", n)
			}
			continue
		}
		fmt.Fprintln(w, p.Red("--- FAIL:"), name)
		if t.Description != "" {
			line("    %s %s from %s", t.Method, story.MaskURL(t.Path), t.Origin)
		}
		for _, problem := range t.Problems {
			line("    got:  %s", problem.Got)
			line("    want: %s", problem.Want)
		}
		for _, l := range t.below() {
			line("    %s", l)
		}
	}
	fmt.Fprintln(w, s.Summary())
}

// name is what the test is called, without secrets of its query.
func (t *Test) name() string {
	shown := t.Test
	shown.Path = story.MaskURL(shown.Path)
	return shown.Name()
}

// at is the file and the line, as `go test` names them.
func (t *Test) at() string {
	return t.Place.File + ":" + strconv.Itoa(t.Place.Line)
}

// got is what became of the fetch, in one line.
func (t *Test) got() string {
	got := string(t.Outcome.Verdict)
	if x := t.Outcome.Actual; x != nil && t.Outcome.Verdict == Allowed {
		got += ", status " + strconv.Itoa(x.Response.Status)
	}
	if s := t.Outcome.decisive(); s.Cause != "" && t.Outcome.Verdict != Unknown {
		got += ": " + s.Detail()
	}
	if t.Outcome.Verdict == Unknown {
		got += ": " + t.Outcome.Doubt.Why
	}
	return got
}

// below are the lines that follow what was got and wanted.
func (t *Test) below() (lines []string) {
	if s, refused := t.Outcome.Refusal(); refused && t.Outcome.Verdict == Refused {
		lines = append(lines, "see: "+s.Spec())
	}
	if at := t.Outcome.At; !at.IsZero() {
		lines = append(lines, "at: "+report.Place{File: at.File, Line: at.Line, Column: at.Column}.Where())
	}
	if f := t.Fault; f != nil {
		lines = append(lines, "at fault: "+f.Text)
		for _, s := range f.Seen {
			lines = append(lines, "  seen: "+strings.TrimSpace(s))
		}
		lines = append(lines, "change: "+f.Change)
		if f.Command != "" {
			lines = append(lines, "next: "+f.Command)
		}
	}
	for _, h := range t.Hints {
		lines = append(lines, "hint: "+h)
	}
	return lines
}

// Cases are the tests for a test report, one class for the API.
func (s *Suite) Cases() (out []report.Case) {
	for i := range s.Tests {
		t := &s.Tests[i]
		c := report.Case{Class: s.Name, Name: t.name(), Place: t.Place}
		for _, n := range t.Notes {
			c.Notes = append(c.Notes, "note: "+n)
		}
		if t.Outcome.Verdict == "" {
			c.Skipped = s.missed
		}
		for j, p := range t.Problems {
			text := "got " + p.Got + ", want " + p.Want
			lines := []string{text}
			if j == len(t.Problems)-1 {
				lines = append(lines, t.below()...)
			}
			c.Failures = append(c.Failures, report.Failure{
				Rule: string(t.Outcome.Verdict), Text: text, Detail: strings.Join(lines, "\n"),
				IsError: t.Outcome.Verdict == NoAnswer,
			})
		}
		out = append(out, c)
	}
	return out
}

// SuiteDocument is a suite for a program. Its JSON names are stable.
type SuiteDocument struct {
	Name        string         `json:"name"`
	Environment string         `json:"environment,omitempty"`
	Tests       []testDocument `json:"tests"`
}

type testDocument struct {
	Name    string        `json:"name"`
	File    string        `json:"file"`
	Line    int           `json:"line,omitempty"`
	Column  int           `json:"column,omitempty"`
	Request story.Request `json:"request"`
	Want    string        `json:"want"`
	// Passed is false, too, for a test that was not run.
	Passed  bool       `json:"passed"`
	Verdict Verdict    `json:"verdict"`
	Cause   cors.Cause `json:"cause,omitempty"`
	Reason  string     `json:"reason,omitempty"`
	// Status is that of the response to the actual request.
	Status   int      `json:"status,omitempty"`
	Problems []string `json:"problems"`
	// Hints are ways out, or what a test that passes does not show.
	Hints []string     `json:"hints,omitempty"`
	Fault *story.Fault `json:"fault,omitempty"`
}

// Document is the view of the suite, without what no log should hold.
func (s *Suite) Document() SuiteDocument {
	d := SuiteDocument{Name: s.Name, Environment: s.Environment, Tests: []testDocument{}}
	for i := range s.Tests {
		t := &s.Tests[i]
		v := testDocument{
			Name: t.name(), File: t.Place.File, Line: t.Place.Line, Column: t.Place.Column,
			Request: story.MaskRequest(story.NewRequest(t.Fetch.Request)), Want: t.Want, Passed: t.Passed(), Verdict: t.Outcome.Verdict, Problems: []string{}, Hints: append(slices.Clone(t.Hints), t.Notes...), Fault: t.Fault,
		}
		if v.Verdict == "" {
			v.Verdict = NotAsked
		}
		if step := t.Outcome.decisive(); step.Cause != "" && v.Verdict != Unknown {
			v.Cause, v.Reason = step.Cause, step.Detail()
		}
		if v.Verdict == Unknown {
			v.Reason = t.Outcome.Doubt.Why
		}
		if x := t.Outcome.Actual; x != nil {
			v.Status = x.Response.Status
		}
		for _, p := range t.Problems {
			v.Problems = append(v.Problems, "got "+p.Got+", want "+p.Want)
		}
		d.Tests = append(d.Tests, v)
	}
	return d
}

// TestDocument is what `test --format json` prints.
type TestDocument struct {
	report.JSONHeader
	// Against says who was asked: "model", a file, or a URL.
	Against string          `json:"against"`
	Passed  bool            `json:"passed"`
	APIs    []SuiteDocument `json:"apis"`
}

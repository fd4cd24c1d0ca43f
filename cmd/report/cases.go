package report

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/url"
	"strings"
)

// Case is one of many things that were tried, for reports that CI systems read.
type Case struct {
	// Class groups cases, Name tells them apart.
	Class, Name string
	// Place is where a person has written what was tried; zero where nobody has.
	Place Place
	// Failures say what is not as it should be; none where all is well.
	Failures []Failure
	// Skipped says why nothing was tried; "" where something was.
	Skipped string
	// Notes are what else there is to say, whether all is well or not.
	Notes []string
}

// Failure is a thing that is not as it should be.
type Failure struct {
	// Rule is a stable code, Text one line, Detail all there is to say.
	Rule, Text, Detail string
	// IsError: nobody could tell, as there was no answer.
	IsError bool
}

// WriteJUnitCases writes the cases as a test report, in a suite for each class.
// The cases of a class stand together.
func WriteJUnitCases(w io.Writer, name string, cases []Case) error {
	d := junitSuites{Name: name}
	for _, c := range cases {
		n := len(d.Suites)
		if n == 0 || d.Suites[n-1].Name != Clean(c.Class) {
			d.Suites = append(d.Suites, junitSuite{Name: Clean(c.Class)})
			n++
		}
		s := &d.Suites[n-1]
		out := junitCase{Class: Clean(c.Class), Name: Clean(c.Name), File: Clean(c.Place.File), Line: c.Place.Line, Output: CleanText(strings.Join(c.Notes, "\n"))}
		if c.Skipped != "" {
			out.Skipped = &junitSkipped{Clean(c.Skipped)}
			s.Skipped++
		}
		var texts, details []string
		isError := len(c.Failures) > 0
		for _, f := range c.Failures {
			texts, details = append(texts, Clean(f.Text)), append(details, CleanText(f.Detail))
			isError = isError && f.IsError
		}
		switch {
		case isError:
			out.Error = &junitMessage{Message: strings.Join(texts, "; "), Type: c.Failures[0].Rule, Text: strings.Join(details, "\n")}
			s.Errors++
		case len(c.Failures) > 0:
			out.Failure = &junitMessage{Message: strings.Join(texts, "; "), Type: c.Failures[0].Rule, Text: strings.Join(details, "\n")}
			s.Failures++
		}
		s.Cases = append(s.Cases, out)
	}
	if len(d.Suites) == 0 {
		d.Suites = []junitSuite{{Name: name}}
	}
	return d.write(w)
}

// CaseRule says what the code of a [Failure] is about.
type CaseRule struct{ Name, Meaning string }

// WriteSARIFCases writes the failures of cases as a SARIF log. incomplete says
// why not all was tried; "" where all was.
func WriteSARIFCases(w io.Writer, rules []CaseRule, cases []Case, incomplete string) error {
	run := sarifRun{
		Tool:        sarifTool{sarifDriver{Name: "apigw-cors", Version: ReadBuild().Version, Rules: []sarifRule{}}},
		Invocations: []sarifInvocation{{Successful: incomplete == "", Notifications: []sarifNotification{}}},
		ColumnKind:  "unicodeCodePoints",
		Results:     []sarifResult{},
	}
	if incomplete != "" {
		run.Invocations[0].Notifications = append(run.Invocations[0].Notifications, sarifNotification{Level: "warning", Message: sarifText{Text: incomplete}})
	}
	index := map[string]int{}
	for i, r := range rules {
		index[r.Name] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{
			ID: r.Name, ShortDescription: sarifText{Text: r.Meaning}, FullDescription: sarifText{Text: r.Meaning},
			Help: sarifText{Text: r.Meaning}, Configuration: sarifConfiguration{"error"},
		})
	}
	left := 0
	for _, c := range cases {
		for _, f := range c.Failures {
			if len(run.Results) == MaxResults {
				left++
				continue
			}
			sum := sha256.Sum256([]byte(strings.Join([]string{f.Rule, c.Class, c.Name}, "\x00")))
			l := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifact{(&url.URL{Path: c.Place.File}).String()}}}
			if c.Place.Line > 0 {
				l.Physical.Region = &sarifRegion{StartLine: c.Place.Line, StartColumn: c.Place.Column}
			}
			l.Logical = []sarifLogical{{Clean(c.Name)}}
			run.Results = append(run.Results, sarifResult{
				RuleID: f.Rule, RuleIndex: index[f.Rule], Level: "error",
				Message:   sarifText{Text: Clean(c.Name) + ": " + CleanText(f.Detail)},
				Locations: []sarifLocation{l}, Fingerprints: map[string]string{"primaryLocationLineHash": fmt.Sprintf("%x:1", sum[:8])},
			})
		}
	}
	if left > 0 {
		run.Invocations[0].Notifications = append(run.Invocations[0].Notifications, sarifNotification{Level: "warning", Message: sarifText{Text: "left out: " + Plural(left, "result")}})
	}
	return EncodeJSON(w, sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

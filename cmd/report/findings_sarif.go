package report

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"apigw-cors/generator/gateway"
	"apigw-cors/generator/lint"
)

// The part of SARIF 2.1.0 that a linter needs.
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		ColumnKind  string            `json:"columnKind"`
		Results     []sarifResult     `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string             `json:"id"`
		ShortDescription sarifText          `json:"shortDescription"`
		FullDescription  sarifText          `json:"fullDescription"`
		Help             sarifText          `json:"help"`
		HelpURI          string             `json:"helpUri,omitempty"`
		Configuration    sarifConfiguration `json:"defaultConfiguration"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifConfiguration struct {
		Level string `json:"level"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		Notifications []sarifNotification `json:"toolExecutionNotifications"`
	}
	sarifNotification struct {
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Related      []sarifLocation   `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
	}
	sarifLocation struct {
		Physical sarifPhysical  `json:"physicalLocation"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
		Message  *sarifText     `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
	sarifLogical struct {
		Name string `json:"name"`
	}
)

const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// MaxResults is how many results of a run GitHub shows.
// https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
const MaxResults = 5000

// WriteSARIF writes the findings as a SARIF log. Its paths lead from the top of
// the working tree.
func (f *Findings) WriteSARIF(w io.Writer) error {
	run := sarifRun{
		Tool:        sarifTool{sarifDriver{Name: "apigw-cors", Version: ReadBuild().Version, Rules: []sarifRule{}}},
		Invocations: []sarifInvocation{{Successful: len(f.Faults) == 0, Notifications: f.notifications()}},
		ColumnKind:  "unicodeCodePoints",
		Results:     []sarifResult{},
	}
	index := map[string]int{}
	for i, r := range lint.Rules() {
		index[r.Name] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, newSARIFRule(r))
	}
	occurrences := map[[sha256.Size]byte]int{}
	for _, found := range f.worst(MaxResults) {
		result := sarifResult{
			RuleID: found.Rule, RuleIndex: index[found.Rule], Level: sarifLevel(found.Severity),
			Message:   sarifText{Text: found.message()},
			Locations: []sarifLocation{f.location(found.Place, found.Excerpt.Width)},
			// A finding is the same one after lines were added above it.
			Fingerprints: map[string]string{},
		}
		if found.API != "" {
			result.Locations[0].Logical = []sarifLogical{{Clean(found.API)}}
		}
		for _, r := range found.Related {
			l := f.location(r.Place, 0)
			l.Message = &sarifText{Text: Clean(r.Text)}
			result.Related = append(result.Related, l)
		}
		sum := sha256.Sum256([]byte(strings.Join([]string{found.Rule, found.API, found.Subject, strings.TrimSpace(found.Excerpt.Text)}, "\x00")))
		occurrences[sum]++
		result.Fingerprints["primaryLocationLineHash"] = fmt.Sprintf("%x:%d", sum[:8], occurrences[sum])
		run.Results = append(run.Results, result)
	}
	return EncodeJSON(w, sarifLog{
		Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run},
	})
}

// notifications tell what could not be read, and what is left out.
func (f *Findings) notifications() []sarifNotification {
	all := []sarifNotification{}
	for _, fault := range f.Faults {
		all = append(all, sarifNotification{
			Level: "error", Message: sarifText{Text: Clean(fault.Detail)}, Locations: []sarifLocation{f.location(fault.Place, 0)},
		})
	}
	if n := len(f.Findings) - MaxResults; n > 0 {
		all = append(all, sarifNotification{Level: "warning", Message: sarifText{Text: "left out: " + Plural(n, "finding")}})
	}
	return all
}

// worst are at most so many of the findings: errors before warnings, in their
// order.
func (f *Findings) worst(most int) []Finding {
	if len(f.Findings) <= most {
		return f.Findings
	}
	var kept []int
	for _, s := range []lint.Severity{lint.Error, lint.Warning, lint.Info} {
		for i := range f.Findings {
			if f.Findings[i].Severity == s && len(kept) < most {
				kept = append(kept, i)
			}
		}
	}
	slices.Sort(kept)
	out := make([]Finding, len(kept))
	for i, k := range kept {
		out[i] = f.Findings[k]
	}
	return out
}

func newSARIFRule(r lint.Rule) sarifRule {
	rule := sarifRule{
		ID:               r.Name,
		ShortDescription: sarifText{Text: r.Summary},
		FullDescription:  sarifText{Text: r.Why},
		Help: sarifText{
			Text:     r.Page + "\n\n" + r.Why + "\n\n" + r.Fix,
			Markdown: "**What a page sees:** " + r.Page + "\n\n**Why:** " + r.Why + "\n\n**Fix:** " + r.Fix,
		},
		Configuration: sarifConfiguration{sarifLevel(r.Severity)},
	}
	if len(r.Sources) > 0 {
		rule.HelpURI = r.Sources[0]
	}
	for _, source := range r.Sources {
		rule.Help.Text += "\n" + source
		rule.Help.Markdown += "\n- <" + source + ">"
	}
	return rule
}

func sarifLevel(s lint.Severity) string {
	if s == lint.Info {
		return "note"
	}
	return string(s)
}

// location is a place, of which so many characters are meant; 0 where that is
// not known.
func (f *Findings) location(at gateway.Place, width int) sarifLocation {
	file := f.FromTop(at.File)
	address := url.URL{Path: file}
	if strings.HasPrefix(file, "/") {
		address.Scheme = "file"
	}
	l := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifact{address.String()}}}
	if at.Line > 0 {
		l.Physical.Region = &sarifRegion{StartLine: at.Line, StartColumn: at.Column}
		if at.Column > 0 && width > 0 {
			l.Physical.Region.EndColumn = at.Column + width
		}
	}
	return l
}

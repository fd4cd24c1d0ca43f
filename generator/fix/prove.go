package fix

import (
	"fmt"
	"strings"

	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/lint"
)

// prove makes the edits together, and gives the state after them, or why they
// do not come to what they are to.
func (r *run) prove(made []Proposal) (after *State, why string) {
	changes := changesOf(made)
	after, err := r.now.with(changes)
	if err != nil {
		return nil, err.Error()
	}
	if faults := after.Reading.Faults; len(faults) > 0 {
		return nil, "the edited file cannot be read: " + faults[0].Error()
	}
	var means []string
	mended := map[string]int{}
	for _, p := range made {
		if p.Check != nil {
			if err := p.Check(r.now, after); err != nil {
				return nil, err.Error()
			}
			continue
		}
		mended[p.Finding.Rule]++
		means = append(means, p.Means...)
		if f, ok := stillFound(p.Finding, after.Report, changes); ok {
			return nil, "it would still be there: " + f.Text
		}
	}
	if len(mended) == 0 {
		return after, ""
	}
	for rule, n := range mended {
		if count(after.Report, rule) > count(r.now.Report, rule)-n {
			return nil, "it would still be there, elsewhere"
		}
	}
	if r.placed.Status == PutIn || r.placed.Status == InPlace {
		if _, again, err := after.put(*r.Policy); err != nil || len(again) > 0 {
			return nil, "the policy decides: change it there"
		}
	}
	if why := news(r.now, after, changes); why != "" {
		return nil, why
	}
	return after, saysMore(r.now, after, means)
}

// stillFound looks for a finding after the changes.
func stillFound(f lint.Finding, report lint.Report, changes []edit.Change) (lint.Finding, bool) {
	for _, c := range changes {
		if c.File == f.Place.File && c.Start <= f.Place.Start && f.Place.Start < c.End && c.New == "" {
			// Where it stood stands something else.
			return lint.Finding{}, false
		}
	}
	at := edit.Moved(f.Place.File, f.Place.Start, changes)
	for _, g := range report.Findings {
		if g.Rule == f.Rule && g.API == f.API && g.Place.File == f.Place.File && g.Place.Start == at {
			return g, true
		}
	}
	return lint.Finding{}, false
}

// count is the number of findings of a rule.
func count(report lint.Report, rule string) (n int) {
	for _, f := range report.Findings {
		if f.Rule == rule {
			n++
		}
	}
	return n
}

// news is what is at fault, or open, after the changes and was not before.
func news(before, after *State, changes []edit.Change) string {
	type key struct {
		rule, file string
		at         int
	}
	known := map[key]bool{}
	for _, f := range before.Report.Findings {
		known[key{f.Rule, f.Place.File, edit.Moved(f.Place.File, f.Place.Start, changes)}] = true
	}
	for _, f := range after.Report.Findings {
		if !known[key{f.Rule, f.Place.File, f.Place.Start}] && (!isBehind(f.Rule) || isWritten(f.Place, changes)) {
			return fmt.Sprintf("it would bring %s: %s", f.Rule, f.Text)
		}
	}
	open := map[string]bool{}
	for _, u := range before.Report.Unknown {
		open[u.Why] = true
	}
	for _, u := range after.Report.Unknown {
		if !open[u.Why] {
			return fmt.Sprintf("%s would be unknown: %s", u.Text, u.Why)
		}
	}
	refused := map[string]bool{}
	for _, f := range before.Reading.Refused {
		refused[f.Detail] = true
	}
	for _, f := range after.Reading.Refused {
		if !refused[f.Detail] {
			return "it would not be taken: " + f.Detail
		}
	}
	if len(after.Reading.Replaced) > len(before.Reading.Replaced) {
		return "a key would stand twice"
	}
	return ""
}

// isBehind reports whether a rule finds what a browser, or API Gateway, comes to
// only behind another fault: mending that brings it to light.
func isBehind(rule string) bool {
	switch rule {
	case "allow-headers-missing", "auth-header-not-allowed", "content-type-not-allowed", "allow-headers-lacks-declared",
		"wildcard-headers-with-authorization", "wildcard-literal-with-credentials", "method-not-in-allow-methods",
		"any-method-not-in-allow-methods", "allow-origin-differs", "gateway-responses-partial", "gateway-response-lacks-credentials":
		return true
	}
	return false
}

// isWritten reports whether a place is in what the changes put in.
func isWritten(at gateway.Place, changes []edit.Change) bool {
	for _, c := range changes {
		if c.File != at.File || c.Start < c.End {
			continue
		}
		if end := edit.Moved(c.File, c.Start, changes); end-len(c.New) <= at.Start && at.Start < end {
			return true
		}
	}
	return false
}

// saysMore compares what API Gateway is told with what it is to be told.
func saysMore(before, after *State, means []string) string {
	if len(before.Reading.APIs) != len(after.Reading.APIs) {
		return "the file would tell of other APIs"
	}
	for i := range before.Reading.APIs {
		for _, line := range gateway.Difference(before.Reading.APIs[i], after.Reading.APIs[i]) {
			if !meant(line, means) {
				return "API Gateway would be told something else, too: " + line
			}
		}
	}
	return ""
}

func meant(line string, means []string) bool {
	for _, m := range means {
		if len(m) >= 2 && strings.HasPrefix(line, m[:2]) && strings.Contains(line, m[2:]) {
			return true
		}
	}
	return false
}

// Package lint judges what files tell API Gateway: it lets the model of API
// Gateway answer the requests that pages plausibly make, and the model of the
// browser say what the page gets to see. A finding is a request that fails, or
// will fail on a bad day, traced to the line that causes it.
//
// What cannot be known from a file is unknown, and never a finding.
package lint

import (
	"cmp"
	"regexp"
	"slices"

	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// Severity is how bad a finding is.
type Severity string

// The severities.
const (
	// Error is a request refused that the file plainly wants allowed, or a
	// deployment that fails.
	Error Severity = "error"
	// Warning is a common request refused, a race, or errors that no page can
	// read.
	Warning Severity = "warning"
	// Info has no effect on any page.
	Info Severity = "info"
)

// Finding is what a rule found at one place.
type Finding struct {
	// Rule is the name of a rule in [Rules].
	Rule     string
	Severity Severity
	Place    gateway.Place
	// API is how the file's author calls the API, see [gateway.Facts.Name];
	// Subject is the part of it that is at fault, as in "OPTIONS /orders".
	API, Subject string
	// Text says what is wrong, in one clause.
	Text string
	// Page is what a page sees, in one sentence; "" where no request shows it.
	Page string
	// Fix is what to change, in one clause; Safe reports that it only lets
	// through what the file plainly wants, and does not decide who may call.
	Fix  string
	Safe bool
	// Missing are the methods or the request headers that the list at the place
	// lacks, Instead is what to write for the value that stands there; both only
	// where the rule knows it.
	Missing []string
	Instead string
	// Related are other places that have to do with it.
	Related []Related
}

// Related is a place beside that of a finding, and what stands there.
type Related struct {
	Place gateway.Place
	Text  string
}

// Unknown is a question that a file leaves open.
type Unknown struct {
	Place gateway.Place
	// Text says what cannot be told, Why what it depends on.
	Text, Why string
}

// Options are what to judge beside what the files plainly want.
type Options struct {
	// Origins are those of the pages that are to get through, as in
	// "https://app.example.com"; none stands for any that the file allows.
	Origins []string
	// Policy is what the files are to say; nil where nothing is asked of them.
	Policy *gateway.API
	// PolicyFor is how the files call the API that the policy is for, see
	// [gateway.Facts.Name]; "" where the policy itself says so, or is for all.
	PolicyFor string
}

// Report is what was found in one reading, by place.
type Report struct {
	Findings []Finding
	Unknown  []Unknown
	// Compared are the names of the APIs that the policy was compared with.
	Compared []string
}

// Lint judges the APIs of a reading. One cause is one finding, however many
// requests fail by it.
func Lint(r reader.Reading, o Options) Report {
	var out Report
	known := map[found]bool{}
	doubted := map[Unknown]bool{}
	rules := Rules()
	report := func(rule Rule, api string, findings []Finding) {
		for _, f := range findings {
			f.Rule, f.API = rule.Name, api
			f.Severity = cmp.Or(f.Severity, rule.Severity)
			f.Text, f.Page = shown(f.Text), shown(f.Page)
			key := found{f.Rule, f.Place.File, f.Place.Start, f.Place.Line, f.Place.Column}
			if !known[key] && !f.Place.IsZero() {
				known[key] = true
				out.Findings = append(out.Findings, f)
			}
		}
	}
	for _, rule := range rules {
		if rule.read != nil {
			report(rule, "", rule.read(&r))
		}
	}
	for i := range r.APIs {
		own := o.of(&r, &r.APIs[i])
		if own.Policy != nil {
			out.Compared = append(out.Compared, r.APIs[i].Name)
		}
		s := newSubject(&r.APIs[i], own)
		for _, rule := range rules {
			if rule.check != nil {
				report(rule, s.facts.Name, rule.check(s))
			}
		}
		for _, u := range s.unknown {
			if key := (Unknown{Place: u.Place, Why: u.Why}); !doubted[key] {
				doubted[key] = true
				u.Text = shown(u.Text)
				out.Unknown = append(out.Unknown, u)
			}
		}
	}
	slices.SortStableFunc(out.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Place.File, b.Place.File), cmp.Compare(a.Place.Line, b.Place.Line), cmp.Compare(a.Place.Column, b.Place.Column), cmp.Compare(a.Rule, b.Rule))
	})
	return out
}

// shown is a text as people read it: the reasons for what is unknown are told
// apart from it.
func shown(text string) string { return unknownPart.ReplaceAllString(text, "…") }

var unknownPart = regexp.MustCompile(`\{unknown: [^{}]*\}`)

// of are the options for one API of a reading: a policy of another kind, or one
// that names another API, is not for this one.
func (o Options) of(r *reader.Reading, api *gateway.Facts) Options {
	if o.Policy == nil {
		return o
	}
	isHere := func(name string) bool {
		return slices.ContainsFunc(r.APIs, func(f gateway.Facts) bool { return f.Name == name && f.Kind == o.Policy.Kind() })
	}
	name := o.PolicyFor
	if name == "" {
		for _, named := range []string{o.Policy.Name(), o.Policy.APIID().String()} {
			if isHere(named) {
				name = named
			}
		}
	}
	if api.Kind != o.Policy.Kind() || name != "" && name != api.Name {
		o.Policy = nil
	}
	return o
}

// found is what makes a finding the same as another.
type found struct {
	rule, file          string
	start, line, column int
}

package fix

import (
	"apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
)

// mend is how the findings of a rule are mended.
type mend struct {
	edit    func(*State, lint.Finding) Edit
	decides Deciding
}

// mends are those of the rules, by their names. A rule without one is for a
// person.
type mends map[string]mend

// Deciding is whether the edits that mend a rule's findings decide who may call:
// those are made with [Options.Unsafe] alone.
type Deciding string

// How often edits decide who may call. The zero Deciding stands for a rule that
// has no edits.
const (
	Never     Deciding = "never"
	Sometimes Deciding = "sometimes"
	Always    Deciding = "always"
)

// Mending tells whether the findings of a rule have edits in YAML and JSON
// documents, and in Terraform modules, and whether these decide who may call.
func Mending(rule string) (documents, modules Deciding) {
	return documentMends()[rule].decides, moduleMends()[rule].decides
}

// Rules proposes the mends of what lint finds.
func Rules(s *State) (out []Proposal) {
	var rows mends
	why := ""
	documents := documentMends()
	switch s.Reading.Kind {
	case reader.CDK:
		why = "the CDK makes this file: change the code of the stack"
	case reader.Serverless:
		why = "serverless.yml is for a person to change"
	case reader.Terraform:
		rows = moduleMends()
	default:
		rows = documents
	}
	for _, f := range s.Report.Findings {
		p := Proposal{f, Edit{Not: why}}
		of := rows
		if s.Reading.Kind == reader.Terraform && !isConfiguration(f.Place.File) {
			of = documents // the body of an API
		}
		if m, ok := of[f.Rule]; ok {
			p.Edit = m.edit(s, f)
			p.Unsafe = p.Unsafe || m.decides == Always
		}
		out = append(out, p)
	}
	return out
}

package fix

import (
	"apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
)

// mend gives the edit that mends a finding.
type mend func(*State, lint.Finding) Edit

// mends are how the findings of a rule are mended.
type mends struct {
	// document is for YAML and JSON; Terraform has [moduleMends].
	document mend
	// hand is what to do by hand where there is no mend; "" for what the finding
	// itself says.
	hand string
}

// ruleMends are the mends by rule. A rule without any is for a person.
func ruleMends() map[string]mends {
	return map[string]mends{}
}

// Rules proposes the mends of what lint finds.
func Rules(s *State) (out []Proposal) {
	all := ruleMends()
	for _, f := range s.Report.Findings {
		out = append(out, Proposal{f, propose(s, f, all[f.Rule])})
	}
	return out
}

func propose(s *State, f lint.Finding, m mends) Edit {
	do := m.document
	switch s.Reading.Kind {
	case reader.CDK:
		return Edit{Not: "the CDK makes this file: change the code of the stack"}
	case reader.Serverless:
		return Edit{Not: "serverless.yml is for a person to change"}
	case reader.Terraform:
		do = moduleMends()[f.Rule]
	}
	if do == nil {
		return Edit{Not: m.hand}
	}
	return do(s, f)
}

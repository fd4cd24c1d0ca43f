package report

import (
	"slices"

	"apigw-cors/generator"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// The codes of the advice about comments in files that lint reads.
const (
	IgnoreUnknownRule = "ignore-unknown-rule"
	IgnoreUnused      = "ignore-unused"
)

// AdviceCodes lists every code of advice: about the policy, the API, the
// formats, the comments in files.
func AdviceCodes() []cors.AdviceCode {
	return slices.Concat(cors.AdviceCodes(), gateway.AdviceCodes(), generator.AdviceCodes(), []cors.AdviceCode{
		{Code: IgnoreUnknownRule, Meaning: "a comment in a file ignores a rule of lint that is not there"},
		{Code: IgnoreUnused, Meaning: "a comment in a file ignores a rule of lint that finds nothing there"},
	})
}

// AdviceCodeNames lists the codes alone.
func AdviceCodeNames() []string {
	var names []string
	for _, c := range AdviceCodes() {
		names = append(names, c.Code)
	}
	return names
}

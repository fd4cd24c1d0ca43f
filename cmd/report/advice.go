package report

import (
	"slices"

	"apigw-cors/generator"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// The codes of the advice about comments in files that lint reads, and about how
// an API is reached.
const (
	IgnoreUnknownRule = "ignore-unknown-rule"
	IgnoreUnused      = "ignore-unused"
	Insecure          = "insecure"
)

// RunCodes lists that advice. It is not about a policy, which therefore cannot
// acknowledge it.
func RunCodes() []cors.AdviceCode {
	return []cors.AdviceCode{
		{Code: IgnoreUnknownRule, Meaning: "a comment in a file ignores a rule of lint that is not there"},
		{Code: IgnoreUnused, Meaning: "a comment in a file ignores a rule of lint that finds nothing there"},
		{Code: Insecure, Meaning: "probe or test does not verify certificates"},
	}
}

// AdviceCodes lists every code of advice: about the policy, the API, the
// formats.
func AdviceCodes() []cors.AdviceCode {
	return slices.Concat(cors.AdviceCodes(), gateway.AdviceCodes(), generator.AdviceCodes())
}

// AdviceCodeNames lists the codes alone.
func AdviceCodeNames() []string {
	var names []string
	for _, c := range AdviceCodes() {
		names = append(names, c.Code)
	}
	return names
}

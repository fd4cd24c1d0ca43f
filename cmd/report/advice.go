package report

import (
	"slices"

	"apigw-cors/generator"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

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

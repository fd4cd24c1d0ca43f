package fix

import (
	"apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
)

// mend gives the edit that mends a finding.
type mend func(*State, lint.Finding) Edit

// documentMends are how the findings of a rule are mended in a YAML or JSON
// document. A rule without a mend is for a person.
func documentMends() map[string]mend {
	d := inDocument
	return map[string]mend{
		// What may not be called without it.
		"missing-options":            d(addOptions),
		"preflight-authorized":       d(askNothing),
		"http-any-authorizer":        d(freeOptions),
		"options-lacks-cors-headers": d(mapCORS),
		"preflight-fails":            d(correctMock),
		"preflight-status":           d(answerOK),
		"missing-integration":        d(addIntegration),

		// Lists.
		"auth-header-not-allowed":             d(allowHeaders),
		"allow-headers-missing":               d(allowHeaders),
		"content-type-not-allowed":            d(allowHeaders),
		"allow-headers-lacks-declared":        d(allowHeaders),
		"wildcard-headers-with-authorization": d(allowHeaders),
		"method-not-in-allow-methods":         d(allowMethods),
		"any-in-allow-methods":                d(nameMethods),
		"allow-methods-lacks-safelisted":      d(nameMethods),
		"wildcard-literal-with-credentials":   d(nameHeaders),

		// Origins and credentials.
		"comma-joined-origins":       d(splitOrigins),
		"origin-pattern-unsupported": d(splitOrigins),
		"origin-not-serialised":      d(serialise),
		"illegal-expression":         d(nameOrigin),
		"null-origin":                d(dropNull),
		"allow-origin-differs":       d(sameOrigin),
		"wildcard-with-credentials":  d(dropCredentials),
		"allow-credentials-not-true": d(correctCredentials),
		"sam-credentials-ignored":    d(trueForText),
		"origin-by-regex":            d(compareOrigins),
		"origin-from-query":          d(readHeader),

		// Responses.
		"response-lacks-allow-origin":         d(carryOrigin),
		"vary-missing":                        d(sayVary),
		"undeclared-header":                   d(declareHeader),
		"missing-method-response":             d(respondWith),
		"gateway-responses-missing":           d(addErrors),
		"gateway-responses-partial":           d(addErrors),
		"gateway-response-lacks-allow-origin": d(carryInError),
		"gateway-response-lacks-credentials":  d(allowInError),
		"gateway-response-type-unknown":       d(nameType),
		"gateway-response-status":             d(dropStatus),
		"gateway-response-body":               d(quoteMessage),

		// Values and names.
		"unquoted-value":                  d(quote),
		"quoted-value":                    d(unquote),
		"wrong-prefix":                    d(correctPrefix),
		"max-age-invalid":                 d(correctMaxAge),
		"sam-httpapi-origins-intrinsic":   d(wrapOrigins),
		"misplaced-cors-key":              d(moveCORS),
		"sam-refuses-cors":                d(takeRefused),
		"http-cors-extension-on-rest-api": d(dropExtension),
		"deployment-misses-options":       d(dependOnMissed),
	}
}

// Rules proposes the mends of what lint finds.
func Rules(s *State) (out []Proposal) {
	var mends map[string]mend
	why := ""
	switch s.Reading.Kind {
	case reader.CDK:
		why = "the CDK makes this file: change the code of the stack"
	case reader.Serverless:
		why = "serverless.yml is for a person to change"
	case reader.Terraform:
		mends = moduleMends()
	default:
		mends = documentMends()
	}
	for _, f := range s.Report.Findings {
		p := Proposal{f, Edit{Not: why}}
		if do := mends[f.Rule]; do != nil {
			p.Edit = do(s, f)
		}
		out = append(out, p)
	}
	return out
}

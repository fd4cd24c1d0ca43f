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
	d := inDocument
	return map[string]mends{
		// What may not be called without it.
		"missing-options":            {document: d(addOptions)},
		"preflight-authorized":       {document: d(askNothing)},
		"http-any-authorizer":        {document: d(freeOptions)},
		"options-lacks-cors-headers": {document: d(mapCORS)},
		"preflight-fails":            {document: d(correctMock)},
		"preflight-status":           {document: d(answerOK)},
		"missing-integration":        {document: d(addIntegration)},

		// Lists.
		"auth-header-not-allowed":             {document: d(allowHeaders)},
		"allow-headers-missing":               {document: d(allowHeaders)},
		"content-type-not-allowed":            {document: d(allowHeaders)},
		"allow-headers-lacks-declared":        {document: d(allowHeaders)},
		"wildcard-headers-with-authorization": {document: d(allowHeaders)},
		"method-not-in-allow-methods":         {document: d(allowMethods)},
		"any-in-allow-methods":                {document: d(nameMethods)},
		"allow-methods-lacks-safelisted":      {document: d(nameMethods)},
		"wildcard-literal-with-credentials":   {document: d(nameHeaders)},

		// Origins and credentials.
		"comma-joined-origins":       {document: d(splitOrigins)},
		"origin-pattern-unsupported": {document: d(splitOrigins)},
		"origin-not-serialised":      {document: d(serialise)},
		"null-origin":                {document: d(dropNull)},
		"allow-origin-differs":       {document: d(sameOrigin)},
		"wildcard-with-credentials":  {document: d(dropCredentials)},
		"allow-credentials-not-true": {document: d(correctCredentials)},
		"sam-credentials-ignored":    {document: d(trueForText)},
		"origin-by-regex":            {document: d(compareOrigins)},
		"origin-from-query":          {document: d(readHeader)},

		// Responses.
		"response-lacks-allow-origin":         {document: d(carryOrigin)},
		"vary-missing":                        {document: d(sayVary)},
		"undeclared-header":                   {document: d(declareHeader)},
		"missing-method-response":             {document: d(respondWith)},
		"gateway-responses-missing":           {document: d(addErrors)},
		"gateway-responses-partial":           {document: d(addErrors)},
		"gateway-response-lacks-allow-origin": {document: d(carryInError)},
		"gateway-response-lacks-credentials":  {document: d(allowInError)},
		"gateway-response-type-unknown":       {document: d(nameType)},
		"gateway-response-status":             {document: d(dropStatus)},
		"gateway-response-body":               {document: d(quoteMessage)},

		// Values and names.
		"unquoted-value":                {document: d(quote)},
		"quoted-value":                  {document: d(unquote)},
		"wrong-prefix":                  {document: d(correctPrefix)},
		"max-age-invalid":               {document: d(correctMaxAge)},
		"sam-httpapi-origins-intrinsic": {document: d(wrapOrigins)},
		"misplaced-cors-key":            {document: d(moveCORS)},
		"sam-refuses-cors":              {document: d(takeRefused)},
		"deployment-misses-options":     {document: d(dependOnMissed)},
	}
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

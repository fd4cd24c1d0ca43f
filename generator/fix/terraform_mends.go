package fix

import (
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/lint"
)

// moduleMends are how the findings of a rule are mended in a Terraform module.
func moduleMends() mends {
	type m = *terraformModule
	type steps = func(*terraformModule, lint.Finding, *gateway.Facts) ([]string, error)
	safe := func(do steps) mend { return mend{inModule(do), Never} }
	unsafe := func(do steps) mend { return mend{inModule(do), Always} }
	return mends{
		"integration-response-race": safe(ordering(m.race)),
		"deployment-misses-options": safe(ordering(m.deployment)),
		"stale-deployment":          safe(ordering(m.renew)),

		"preflight-authorized":        safe(m.preflightOpened),
		"http-any-authorizer":         safe(m.optionsRouted),
		"missing-options":             safe(m.optionsAdded),
		"preflight-fails":             safe(m.mockAnswers),
		"options-lacks-cors-headers":  unsafe(m.preflightAnswers),
		"response-lacks-allow-origin": safe(m.responseHasOrigin),

		"unquoted-value":          safe(m.valueQuoted),
		"wrong-prefix":            safe(m.prefixed),
		"undeclared-header":       safe(m.headerDeclared),
		"missing-method-response": safe(m.methodResponseAdded),
		"vary-missing":            safe(m.variesByOrigin),

		"auth-header-not-allowed":             safe(m.headersListed),
		"allow-headers-missing":               safe(m.headersListed),
		"content-type-not-allowed":            safe(m.headersListed),
		"allow-headers-lacks-declared":        safe(m.headersListed),
		"wildcard-headers-with-authorization": safe(m.headersListed),
		"method-not-in-allow-methods":         safe(m.methodsListed),
		"any-in-allow-methods":                safe(m.anyReplaced),

		"origin-not-serialised":      safe(m.originWritten),
		"quoted-value":               safe(m.entryUnquoted),
		"max-age-invalid":            safe(m.maxAgeWithinRange),
		"comma-joined-origins":       unsafe(m.originsSplit),
		"wildcard-with-credentials":  unsafe(m.credentialsLeftOut),
		"allow-credentials-not-true": unsafe(m.credentialsTrue),

		"gateway-responses-missing":           unsafe(m.gatewayResponsesAdded),
		"gateway-responses-partial":           unsafe(m.gatewayResponsesAdded),
		"gateway-response-lacks-allow-origin": unsafe(m.gatewayResponseHasOrigin),
		"gateway-response-lacks-credentials":  unsafe(m.gatewayResponseHasCredentials),
		"gateway-response-type-unknown":       safe(m.typeNamed),
		"gateway-response-body":               safe(m.bodyInJSON),
		"gateway-response-status":             unsafe(m.statusLeftOut),
	}
}

// ordering is a mend after which API Gateway is told the same, in another order.
func ordering(do func(*terraformModule, lint.Finding, *gateway.Facts) error) func(*terraformModule, lint.Finding, *gateway.Facts) ([]string, error) {
	return func(m *terraformModule, f lint.Finding, api *gateway.Facts) ([]string, error) {
		return nil, do(m, f, api)
	}
}

package fix

import (
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/lint"
)

// moduleMends are how the findings of a rule are mended in a Terraform module.
func moduleMends() map[string]mend {
	type m = *terraformModule
	return map[string]mend{
		"integration-response-race": inModule(ordering(m.race)),
		"deployment-misses-options": inModule(ordering(m.deployment)),
		"stale-deployment":          inModule(ordering(m.renew)),

		"preflight-authorized":        inModule(m.preflightOpened),
		"http-any-authorizer":         inModule(m.optionsRouted),
		"missing-options":             inModule(m.optionsAdded),
		"preflight-fails":             inModule(m.mockAnswers),
		"options-lacks-cors-headers":  unsafely(inModule(m.preflightAnswers)),
		"response-lacks-allow-origin": inModule(m.responseHasOrigin),

		"unquoted-value":          inModule(m.valueQuoted),
		"wrong-prefix":            inModule(m.prefixed),
		"undeclared-header":       inModule(m.headerDeclared),
		"missing-method-response": inModule(m.methodResponseAdded),
		"vary-missing":            inModule(m.variesByOrigin),

		"auth-header-not-allowed":             inModule(m.headersListed),
		"allow-headers-missing":               inModule(m.headersListed),
		"content-type-not-allowed":            inModule(m.headersListed),
		"allow-headers-lacks-declared":        inModule(m.headersListed),
		"wildcard-headers-with-authorization": inModule(m.headersListed),
		"method-not-in-allow-methods":         inModule(m.methodsListed),
		"any-in-allow-methods":                inModule(m.anyReplaced),

		"origin-not-serialised":      inModule(m.originWritten),
		"quoted-value":               inModule(m.entryUnquoted),
		"max-age-invalid":            inModule(m.maxAgeWithinRange),
		"comma-joined-origins":       unsafely(inModule(m.originsSplit)),
		"wildcard-with-credentials":  unsafely(inModule(m.credentialsLeftOut)),
		"allow-credentials-not-true": unsafely(inModule(m.credentialsTrue)),

		"gateway-responses-missing":           unsafely(inModule(m.gatewayResponsesAdded)),
		"gateway-responses-partial":           unsafely(inModule(m.gatewayResponsesAdded)),
		"gateway-response-lacks-allow-origin": unsafely(inModule(m.gatewayResponseHasOrigin)),
		"gateway-response-lacks-credentials":  unsafely(inModule(m.gatewayResponseHasCredentials)),
		"gateway-response-type-unknown":       inModule(m.typeNamed),
		"gateway-response-body":               inModule(m.bodyInJSON),
		"gateway-response-status":             unsafely(inModule(m.statusLeftOut)),
	}
}

// ordering is a mend after which API Gateway is told the same, in another order.
func ordering(do func(*terraformModule, lint.Finding, *gateway.Facts) error) func(*terraformModule, lint.Finding, *gateway.Facts) ([]string, error) {
	return func(m *terraformModule, f lint.Finding, api *gateway.Facts) ([]string, error) {
		return nil, do(m, f, api)
	}
}

// unsafely marks the edits of a mend as those that decide who may call.
func unsafely(do mend) mend {
	return func(s *State, f lint.Finding) Edit {
		e := do(s, f)
		e.Unsafe = true
		return e
	}
}

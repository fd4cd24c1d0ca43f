package fix

// documentMends are how the findings of a rule are mended in a YAML or JSON
// document.
func documentMends() mends {
	row := func(d Deciding) func(func(*task) Edit) mend {
		return func(do func(*task) Edit) mend { return mend{inDocument(do), d} }
	}
	safe, mixed, unsafe := row(Never), row(Sometimes), row(Always)
	return mends{
		// What may not be called without it.
		"missing-options":            mixed(addOptions),
		"preflight-authorized":       mixed(askNothing),
		"http-any-authorizer":        safe(freeOptions),
		"options-lacks-cors-headers": mixed(mapCORS),
		"preflight-fails":            safe(correctMock),
		"preflight-status":           safe(answerOK),
		"missing-integration":        mixed(addIntegration),

		// Lists.
		"auth-header-not-allowed":             safe(allowHeaders),
		"allow-headers-missing":               safe(allowHeaders),
		"content-type-not-allowed":            safe(allowHeaders),
		"allow-headers-lacks-declared":        safe(allowHeaders),
		"wildcard-headers-with-authorization": safe(allowHeaders),
		"method-not-in-allow-methods":         safe(allowMethods),
		"any-in-allow-methods":                safe(nameMethods),
		"allow-methods-lacks-safelisted":      safe(nameMethods),
		"wildcard-literal-with-credentials":   unsafe(nameHeaders),

		// Origins and credentials.
		"comma-joined-origins":       unsafe(splitOrigins),
		"origin-pattern-unsupported": unsafe(splitOrigins),
		"origin-not-serialised":      safe(serialise),
		"illegal-expression":         unsafe(nameOrigin),
		"null-origin":                unsafe(dropNull),
		"allow-origin-differs":       unsafe(sameOrigin),
		"wildcard-with-credentials":  unsafe(dropCredentials),
		"allow-credentials-not-true": unsafe(correctCredentials),
		"sam-credentials-ignored":    unsafe(trueForText),
		"origin-by-regex":            unsafe(compareOrigins),
		"origin-from-query":          safe(readHeader),

		// Responses.
		"response-lacks-allow-origin":         mixed(carryOrigin),
		"vary-missing":                        safe(sayVary),
		"undeclared-header":                   safe(declareHeader),
		"missing-method-response":             safe(respondWith),
		"gateway-responses-missing":           unsafe(addErrors),
		"gateway-responses-partial":           unsafe(addErrors),
		"gateway-response-lacks-allow-origin": unsafe(carryInError),
		"gateway-response-lacks-credentials":  unsafe(allowInError),
		"gateway-response-type-unknown":       safe(nameType),
		"gateway-response-status":             unsafe(dropStatus),
		"gateway-response-body":               safe(quoteMessage),

		// Values and names.
		"unquoted-value":                  safe(quote),
		"quoted-value":                    safe(unquote),
		"wrong-prefix":                    safe(correctPrefix),
		"max-age-invalid":                 safe(correctMaxAge),
		"sam-httpapi-origins-intrinsic":   safe(wrapOrigins),
		"misplaced-cors-key":              unsafe(moveCORS),
		"sam-refuses-cors":                mixed(takeRefused),
		"http-cors-extension-on-rest-api": unsafe(dropExtension),
		"deployment-misses-options":       safe(dependOnMissed),
	}
}

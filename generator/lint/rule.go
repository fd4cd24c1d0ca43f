package lint

import "apigw-cors/generator/reader"

// Rule is one kind of fault.
type Rule struct {
	// Name is stable: ignores, SARIF and `help rule NAME` go by it.
	Name string
	// Severity is that of most of its findings; one may be less severe.
	Severity Severity
	// Summary is the fault in one clause.
	Summary string
	// Page is what a page sees, Why the reason, Fix what to do: a paragraph
	// each.
	Page, Why, Fix string
	// Sources are public pages that say so.
	Sources []string

	// check finds it in an API, read in what was read besides APIs.
	check func(*subject) []Finding
	read  func(*reader.Reading) []Finding
}

// Rules are all rules, by name.
func Rules() []Rule {
	return []Rule{
		missingOptions(), preflightAuthorized(), httpAnyAuthorizer(), optionsLacksCORSHeaders(), preflightFails(), preflightStatus(),
		authHeaderNotAllowed(), allowHeadersMissing(), contentTypeNotAllowed(), allowHeadersLacksDeclared(), wildcardHeadersWithAuthorization(),
		methodNotInAllowMethods(), anyMethodNotInAllowMethods(), anyInAllowMethods(), allowMethodsLacksSafelisted(),
		wildcardWithCredentials(), wildcardLiteralWithCredentials(), wildcardAmongValues(),
		commaJoinedOrigins(), originNotSerialised(), originPatternUnsupported(), nullOrigin(), quotedValue(), allowOriginsMissing(), allowOriginDiffers(),
		responseLacksAllowOrigin(), integrationResponseOnProxy(), duplicateIntegrationResponse(), varyMissing(),
		gatewayResponsesMissing(), gatewayResponsesPartial(), gatewayResponseLacksAllowOrigin(), gatewayResponseLacksCredentials(), gatewayResponseTypeUnknown(), gatewayResponseStatus(), gatewayResponseBody(),
		integrationResponseRace(), deploymentMissesOptions(), staleDeployment(),
		unquotedValue(), illegalExpression(), undeclaredHeader(), missingMethodResponse(), missingIntegration(), wrongPrefix(),
		maxAgeInvalid(), allowCredentialsNotTrue(), originByRegex(), originFromQuery(),
		samHTTPAPIOriginsIntrinsic(), misplacedCORSKey(), samCORSShadowed(), samRefusesCORS(), samCredentialsIgnored(), httpCORSExtensionOnRESTAPI(), bodyCORSIgnored(),
		originRefused(), differsFromPolicy(),
	}
}

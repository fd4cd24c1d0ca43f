package lint

import "apigw-cors/generator/gateway"

const mappingPage = "https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html"

const nothingLive = "The deployment fails, so nothing that the file changes goes live."

// refused finds what API Gateway refuses to deploy for one reason.
func refused(code gateway.DeploymentFaultCode, fix string) func(*subject) []Finding {
	return func(s *subject) (out []Finding) {
		for _, f := range s.faults {
			if f.Code != code || !s.browsers {
				continue
			}
			found := Finding{Place: f.Place, Text: f.Text, Page: nothingLive, Fix: fix, Safe: true}
			if f.Method != nil {
				found.Subject = f.Method.Key()
			}
			out = append(out, found)
		}
		return out
	}
}

func unquotedValue() Rule {
	return Rule{
		Name: string(gateway.UnquotedValue), Severity: Error,
		Summary: "a static header value lacks its inner single quotes",
		Page:    "The deployment fails with \"Invalid mapping expression specified\"; pages see what was deployed before.",
		Why:     "The value of a mapped header is an expression. A literal stands between single quotes, inside of whatever quotes the file's language needs. No linter of the tools looks for them.",
		Fix:     "Put the value between single quotes: \"'https://app.example.com'\".",
		Sources: []string{mappingPage, "https://github.com/awsdocs/aws-sam-developer-guide/issues/55"},
		check:   refused(gateway.UnquotedValue, "put the value between single quotes, inside of the file's own"),
	}
}

func illegalExpression() Rule {
	return Rule{
		Name: string(gateway.IllegalExpression), Severity: Error,
		Summary: "a header's value is taken from where API Gateway does not look for it",
		Page:    "The deployment fails with \"Invalid mapping expression specified\"; pages see what was deployed before.",
		Why:     "An integration response knows the backend's answer, the context and stage variables, not the request: method.request.header.origin cannot stand there. A gateway response knows the request, not the backend's answer.",
		Fix:     "In an integration response, let a mapping template set the header with $context.responseOverride; in a gateway response, take it from method.request.header.origin or write it out.",
		Sources: []string{mappingPage},
		check:   refused(gateway.IllegalExpression, "write the value out, or let a mapping template set the header"),
	}
}

func undeclaredHeader() Rule {
	return Rule{
		Name: string(gateway.UndeclaredHeader), Severity: Error,
		Summary: "a header is mapped that the method response does not declare",
		Page:    "The deployment fails with \"Invalid mapping expression parameter specified\"; pages see what was deployed before.",
		Why:     "An integration response may set only headers that the method response of its status declares.",
		Fix:     "Declare the header in the method response of the same status.",
		Sources: []string{mappingPage, "https://github.com/olegabu/cognito-helper/issues/13"},
		check:   refused(gateway.UndeclaredHeader, "declare the header in the method response of this status"),
	}
}

func missingMethodResponse() Rule {
	return Rule{
		Name: string(gateway.MissingMethodResponse), Severity: Error,
		Summary: "an integration response has a status without a method response",
		Page:    "The deployment fails with \"Invalid mapping expression specified\" or \"No method response exists for method\"; pages see what was deployed before.",
		Why:     "A method answers only with the statuses of its method responses.",
		Fix:     "Add a method response of that status, which declares the mapped headers.",
		Sources: []string{"https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-method-settings.html"},
		check:   refused(gateway.MissingMethodResponse, "add a method response of this status that declares the mapped headers"),
	}
}

func missingIntegration() Rule {
	return Rule{
		Name: string(gateway.MissingIntegration), Severity: Error,
		Summary: "an OPTIONS method has no integration",
		Page:    "The deployment fails with \"No integration defined for method\"; pages see what was deployed before.",
		Why:     "Something has to answer a method, be it a mock.",
		Fix:     "Give the OPTIONS method a mock integration with the request template {\"statusCode\": 204}.",
		Sources: []string{"https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html"},
		check: func(s *subject) (out []Finding) {
			for _, f := range refused(gateway.MissingIntegration, "give it a mock integration")(s) {
				if s.facts.IsOpen(gateway.OpenMethods) == "" && len(f.Subject) > 8 && f.Subject[:8] == "OPTIONS " {
					out = append(out, f)
				}
			}
			return out
		},
	}
}

func wrongPrefix() Rule {
	return Rule{
		Name: string(gateway.WrongPrefix), Severity: Error,
		Summary: "a header's key has the prefix of another place",
		Page:    "The deployment fails with \"Invalid mapping expression parameter specified\"; pages see what was deployed before.",
		Why:     "Headers of integration and method responses are method.response.header.NAME, those of gateway responses gatewayresponse.header.NAME; in SAM's GatewayResponses and under Headers, NAME alone.",
		Fix:     "Use the prefix of the place.",
		Sources: []string{mappingPage, "https://github.com/aws/aws-cli/issues/2879"},
		check:   refused(gateway.WrongPrefix, "use the prefix of this place"),
	}
}

func gatewayResponseTypeUnknown() Rule {
	return Rule{
		Name: string(gateway.UnknownResponseType), Severity: Warning,
		Summary: "a gateway response is of a type that API Gateway does not have",
		Page:    "At best a page sees API Gateway's own errors without CORS headers, as a network error; at worst the deployment fails.",
		Why:     "Types are written in upper case, such as DEFAULT_4XX, and there are 21 of them. No tool checks them.",
		Fix:     "Use one of the types, in upper case.",
		Sources: []string{"https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html"},
		check: func(s *subject) []Finding {
			out := refused(gateway.UnknownResponseType, "use one of API Gateway's types, such as DEFAULT_4XX")(s)
			for i := range out {
				out[i].Page = "a page sees API Gateway's own errors as network errors, or the deployment fails"
			}
			return out
		},
	}
}

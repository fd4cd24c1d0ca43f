package lint

import "apigw-cors/generator/gateway"

// refusedDeployment finds what API Gateway refuses to deploy for one reason.
func refusedDeployment(code gateway.DeploymentFaultCode, fix string) func(*subject, *Report) {
	return func(s *subject, out *Report) {
		for _, f := range s.deployment.Faults() {
			if f.Code != code {
				continue
			}
			found := Finding{
				Rule: string(code), Severity: Error, Place: f.Place, API: s.facts.Name,
				Text: f.Text, Page: "API Gateway refuses the deployment: nothing that the file changes goes live.",
				Fix: fix, Safe: true,
			}
			if f.Method != nil {
				found.Subject = f.Method.Key()
			}
			out.Findings = append(out.Findings, found)
		}
	}
}

func unquotedValue() Rule {
	return Rule{
		Name: string(gateway.UnquotedValue), Severity: Error,
		Summary: "a static header value lacks its inner single quotes",
		Page:    "The deployment fails with \"Invalid mapping expression specified\"; pages see what was deployed before.",
		Why:     "The value of a mapped header is an expression. A literal stands between single quotes, inside of whatever quotes the file's language needs.",
		Fix:     "Put the value between single quotes: \"'https://app.example.com'\".",
		Sources: []string{"https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html"},
		check:   refusedDeployment(gateway.UnquotedValue, "put the value between single quotes, inside of the file's own"),
	}
}

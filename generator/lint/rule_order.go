package lint

import (
	"strings"

	"apigw-cors/generator/gateway"
)

func integrationResponseRace() Rule {
	return Rule{
		Name: "integration-response-race", Severity: Warning,
		Summary: "Terraform may make an integration response before what it needs",
		Page:    "Now and then a clean apply fails with \"Invalid mapping expression parameter specified\" or \"No integration defined for method\", and pages see the API without CORS.",
		Why:     "Terraform makes resources at once that do not refer to each other. An integration response needs the method response that declares its headers, and the integration whose answer it maps.",
		Fix:     "Refer to both, as in status_code = aws_api_gateway_method_response.x.status_code, or list them in depends_on.",
		Sources: []string{"https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/api_gateway_integration_response"},
		check: func(s *subject) (out []Finding) {
			for i := range s.facts.Methods {
				m := &s.facts.Methods[i]
				if m.Integration == nil || !s.browsers {
					continue
				}
				for _, r := range m.Integration.Responses {
					var after []string
					if isFalse(r.AfterMethodResponse) {
						after = append(after, "its method response")
					}
					if isFalse(r.AfterIntegration) {
						after = append(after, "its integration")
					}
					if len(after) == 0 {
						continue
					}
					what := strings.Join(after, " and ")
					out = append(out, Finding{
						Place: r.Place, Subject: m.Key(), Text: "nothing makes Terraform wait for " + what,
						Page: "now and then a clean apply fails, and pages see the API without CORS", Fix: "list " + what + " in depends_on", Safe: true,
					})
				}
			}
			return out
		},
	}
}

func isFalse(f gateway.Fact[bool]) bool { return f.IsGiven() && f.Unknown == "" && !f.Value }

func deploymentMissesOptions() Rule {
	return Rule{
		Name: "deployment-misses-options", Severity: Warning,
		Summary: "the deployment may be made before the OPTIONS methods are complete",
		Page:    "Preflights get 403 or 500 from the stage, although the console's test of the method succeeds.",
		Why:     "A deployment is a snapshot. Whatever is made after it, such as an OPTIONS method's integration response or a gateway response, is not in it until the next one.",
		Fix:     "Let the deployment depend on every method, integration, response and gateway response.",
		Sources: []string{
			"https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-deployment.html",
			"https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/api_gateway_deployment",
		},
		check: func(s *subject) (out []Finding) {
			if !s.browsers {
				return nil
			}
			for _, d := range s.facts.Deployments {
				missed := missedCORS(d)
				if len(missed) == 0 {
					continue
				}
				at := first(d.After, d.Place)
				if s.facts.Tool == "terraform" {
					// What it waits for stands in depends_on and in triggers.
					at = d.Place
				}
				page := "preflights fail on the stage until the next deployment"
				if !strings.Contains(strings.Join(missed, " "), "OPTIONS") {
					page = "API Gateway's own errors are network errors to a page until the next deployment"
				}
				out = append(out, Finding{
					Place: at, Subject: d.Name, Text: "the snapshot may lack " + strings.Join(missed, ", "),
					Page: page, Fix: "let the deployment depend on them", Safe: true,
				})
			}
			return out
		},
	}
}

// missedCORS is what matters to browsers of what a deployment may miss.
func missedCORS(d gateway.DeploymentFacts) (out []string) {
	for _, key := range d.Misses {
		if verb, _, isMethod := strings.Cut(key, " "); !isMethod || verb == "OPTIONS" {
			out = append(out, key)
		}
	}
	return out
}

func staleDeployment() Rule {
	return Rule{
		Name: "stale-deployment", Severity: Warning,
		Summary: "no change of the API is ever deployed again",
		Page:    "Pages see the CORS headers of the first deployment, whatever the file says now.",
		Why:     "Terraform makes a new deployment only when an argument of it changes. Without triggers none does.",
		Fix:     "Add triggers with a hash of what is deployed, and create_before_destroy.",
		Sources: []string{"https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/api_gateway_deployment"},
		check: func(s *subject) (out []Finding) {
			if s.facts.Tool != "terraform" || !s.browsers {
				return nil
			}
			for _, d := range s.facts.Deployments {
				if isFalse(d.Renews) && len(missedCORS(d)) == 0 {
					out = append(out, Finding{
						Place: d.Place, Subject: d.Name, Text: "there are no triggers: a change of the API takes no new snapshot",
						Page: "pages see the CORS headers of the first deployment", Fix: "add triggers with a hash of what is deployed", Safe: true,
					})
				}
			}
			return out
		},
	}
}

package lint

import (
	"fmt"
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// integrationKind is the type of a method's integration, in upper case; "" where
// it is not known.
func integrationKind(m *gateway.MethodFacts) string {
	if m == nil || m.Integration == nil {
		return ""
	}
	kind, _ := m.Integration.Type.Value()
	return strings.ToUpper(kind)
}

func isBehindProxy(m *gateway.MethodFacts) bool {
	return strings.HasSuffix(integrationKind(m), "_PROXY")
}

// mayHave reports whether headers of which some names are unknown may hold one
// of a name.
func mayHave(headers []gateway.HeaderFacts, name string) bool {
	if _, ok := header(headers, name); ok {
		return true
	}
	for _, h := range headers {
		if _, known := h.Name.Value(); !known {
			return true
		}
	}
	return false
}

func responseLacksAllowOrigin() Rule {
	return Rule{
		Name: "response-lacks-allow-origin", Severity: Warning,
		Summary: "a response of a non-proxy integration carries no Access-Control-Allow-Origin",
		Page:    "The request is sent and does its work, but the page gets a network error instead of the response.",
		Why:     "Behind a non-proxy integration only the headers arrive that the integration response maps; each response needs Access-Control-Allow-Origin, errors, too. The console's \"Enable CORS\" adds it to the status 200 alone.",
		Fix:     "Declare Access-Control-Allow-Origin in the method response, and map it in the integration response.",
		Sources: []string{restCORSPage, "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors-console.html"},
		check: func(s *subject) (out []Finding) {
			if !s.browsers {
				return nil
			}
			for _, r := range s.resources {
				for _, c := range r.calls {
					out = append(out, s.lackingResponses(r, c)...)
				}
			}
			return out
		},
	}
}

// lackingResponses are the responses of a method that a page cannot read: the
// method where it is all of them.
func (s *subject) lackingResponses(r *resource, c *call) (out []Finding) {
	kind := integrationKind(c.method)
	if kind != "AWS" && kind != "HTTP" && kind != "MOCK" {
		return nil
	}
	const fix = "declare the header in the method response, and map it in the integration response"
	i := c.method.Integration
	for j := range i.Responses {
		response := &i.Responses[j]
		if mayHave(response.Headers, cors.HeaderAllowOrigin) || overridesOrigin(response.Templates) || isForNavigation(response) {
			continue
		}
		status := response.Status.String()
		f := Finding{
			Severity: Warning, Place: first(response.Place, c.place), Subject: c.key, Safe: true, Fix: fix,
			Text: c.key + " answers " + status + " without " + cors.HeaderAllowOrigin,
			Page: fmt.Sprintf("a page's %s is sent, and its response %s cannot be read: no %s", c.verbs()[0], status, cors.HeaderAllowOrigin),
		}
		out = append(out, f)
	}
	if len(out) < len(i.Responses) || len(out) == 0 {
		if s.onlySuccessLacks(i, out) {
			for k := range out {
				out[k].Severity = Error
			}
		}
		return out
	}
	// Nothing of the method can be read.
	all := out[0]
	all.Text = "no response of " + c.key + " carries " + cors.HeaderAllowOrigin
	all.Place = c.place
	if r.options != nil || s.facts.CORS != nil {
		all.Severity, all.Place = Error, first(i.Place, c.place)
	}
	for _, f := range out {
		all.Related = append(all.Related, Related{f.Place, "this response"})
	}
	return []Finding{all}
}

// isForNavigation reports whether a response is for whoever opens the address,
// and not for a script: a redirect, or a page.
func isForNavigation(r *gateway.IntegrationResponseFacts) bool {
	if strings.HasPrefix(r.Status.String(), "3") {
		return true
	}
	return len(r.Templates) > 0 && !slices.ContainsFunc(r.Templates, func(t gateway.TemplateFacts) bool { return t.MediaType.String() != "text/html" })
}

// onlySuccessLacks reports whether what lacks the header is the only success.
func (s *subject) onlySuccessLacks(i *gateway.IntegrationFacts, lacking []Finding) bool {
	success := 0
	lacks := false
	for j := range i.Responses {
		r := &i.Responses[j]
		if !strings.HasPrefix(r.Status.String(), "2") {
			continue
		}
		success++
		for _, f := range lacking {
			lacks = lacks || f.Place == r.Place
		}
	}
	return success == 1 && lacks && len(lacking) == 1
}

func integrationResponseOnProxy() Rule {
	return Rule{
		Name: "integration-response-on-proxy", Severity: Warning,
		Summary: "headers are mapped behind a proxy integration, where they are ignored",
		Page:    "The headers are never sent: unless the backend sends Access-Control-Allow-Origin itself, no page can read a response.",
		Why:     "With AWS_PROXY and HTTP_PROXY the backend's response is passed on as it is; integration responses play no part.",
		Fix:     "Send the headers from the backend, on every response, and remove the integration response.",
		Sources: []string{restCORSPage, "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html"},
		check: func(s *subject) (out []Finding) {
			for _, r := range s.responses() {
				if isBehindProxy(r.method) && sendsCORS(r.headers) {
					severity := Warning
					if s.isImported(r.method) {
						// The console leaves it in what it exports.
						severity = Info
					}
					out = append(out, Finding{
						Severity: severity, Place: r.place, Subject: r.of, Text: integrationKind(r.method) + " ignores this integration response and its headers",
						Page: "the headers are never sent: what a page may read is the backend's to say", Fix: "send the headers from the backend",
					})
				}
			}
			return out
		},
	}
}

func duplicateIntegrationResponse() Rule {
	return Rule{
		Name: "duplicate-integration-response", Severity: Error,
		Summary: "an integration has two responses for one status",
		Page:    "One of the two is lost, and with it perhaps the CORS headers; or the deployment fails.",
		Why:     "An integration has one integration response for each status code; of two resources that make it, the later one wins or is refused.",
		Fix:     "Keep one of them, with all headers.",
		Sources: []string{"https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegrationResponse.html"},
		check: func(s *subject) (out []Finding) {
			if !s.browsers {
				return nil
			}
			for i := range s.facts.Methods {
				m := &s.facts.Methods[i]
				// Of two that exclude each other, nobody may know which is made.
				if m.Integration == nil || s.isImported(m) || s.facts.IsOpen(gateway.OpenMethodResponse) != "" {
					continue
				}
				seen := map[string]gateway.Place{}
				for _, r := range m.Integration.Responses {
					status, known := r.Status.Value()
					if !known || status == "" || !isKnownPath(m) {
						continue
					}
					if before, ok := seen[status]; ok && before != r.Place {
						out = append(out, Finding{
							Place: r.Place, Subject: m.Key(), Text: m.Key() + " has two integration responses for " + status,
							Page: "one of the two is lost", Fix: "keep one, with all headers", Related: []Related{{before, "the other one"}},
						})
						continue
					}
					seen[status] = r.Place
				}
			}
			return out
		},
	}
}

func isKnownPath(m *gateway.MethodFacts) bool {
	_, known := m.Path.Value()
	return known
}

// isImported reports whether a method comes from an OpenAPI document, whose
// responses go by patterns.
func (s *subject) isImported(m *gateway.MethodFacts) bool {
	return s.facts.Tool == "openapi" || m.MadeBy != "" || s.facts.Tool != "terraform" && m.Path.Place.Line <= m.Place.Line
}

func varyMissing() Rule {
	return Rule{
		Name: "vary-missing", Severity: Info,
		Summary: "a response depends on the page's origin and does not say so",
		Page:    "A cache may hand a page the response that was made for another, which is then refused.",
		Why:     "Where Access-Control-Allow-Origin depends on the request, Vary: Origin keeps caches from mixing the responses up.",
		Fix:     "Send Vary: Origin with it.",
		Sources: []string{"https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches"},
		check: func(s *subject) (out []Finding) {
			for _, r := range s.responses() {
				h, ok := header(r.headers, cors.HeaderAllowOrigin)
				echoes := ok && r.method == nil && strings.HasPrefix(strings.ToLower(h.Value.String()), "method.request.header.origin")
				if !echoes && !overridesOrigin(r.templates) || mayHave(r.headers, cors.HeaderVary) || isBehindProxy(r.method) {
					continue
				}
				if len(r.templates) > 0 && strings.Contains(strings.ToLower(r.templates[0].Template.String()), "header.vary") {
					continue
				}
				out = append(out, Finding{
					Place: first(h.Value.Place, r.place), Subject: r.of, Text: cors.HeaderAllowOrigin + " depends on the request, and there is no Vary: Origin",
					Page: "a cache may hand a page the response made for another", Fix: "send Vary: Origin", Safe: true,
				})
			}
			return out
		},
	}
}

package lint

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

const gatewayResponsePage = "https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html"

// failuresWithoutResponse are the errors of API Gateway's own that a page cannot read for want
// of a gateway response.
func (s *subject) failuresWithoutResponse() (out []*refusal) {
	for i := range s.refusals {
		r := &s.refusals[i]
		if r.asked == askFailure && r.step.Cause == cors.AllowOriginMissing && r.verdict.ActualAnswer.Basis.GatewayResponse == nil {
			out = append(out, r)
		}
	}
	return out
}

// sendingGatewayResponses are the gateway responses with
// Access-Control-Allow-Origin.
func (s *subject) sendingGatewayResponses() (out []gateway.GatewayResponseFacts) {
	for _, g := range s.facts.GatewayResponses {
		if mayHave(g.Headers, cors.HeaderAllowOrigin) {
			out = append(out, g)
		}
	}
	return out
}

func gatewayResponsesMissing() Rule {
	return Rule{
		Name: "gateway-responses-missing", Severity: Warning,
		Summary: "API Gateway's own errors carry no Access-Control-Allow-Origin",
		Page:    "A network error in place of the 401, 403, 429 or 5xx: the page cannot tell an expired token from a broken network.",
		Why:     "What an authorizer, an API key, a quota or a validator turns away never reaches the backend that sends the CORS headers. API Gateway answers by itself, and adds what its gateway responses say.",
		Fix:     "Add the gateway responses DEFAULT_4XX and DEFAULT_5XX with Access-Control-Allow-Origin.",
		Sources: []string{gatewayResponsePage, "https://github.com/serverless/serverless/issues/3896"},
		check: func(s *subject) []Finding {
			if len(s.facts.GatewayResponses) > 0 {
				return nil
			}
			for _, r := range s.failuresWithoutResponse() {
				if r.hasAuth() || r.method.Validated.Value {
					return []Finding{{
						Place: s.facts.Place, Subject: r.key, Text: "no gateway response carries " + cors.HeaderAllowOrigin,
						Page: "a page sees a network error instead of the 401, 403, 429 or 5xx",
						Fix:  "add the gateway responses DEFAULT_4XX and DEFAULT_5XX with " + cors.HeaderAllowOrigin,
					}}
				}
			}
			return nil
		},
	}
}

func gatewayResponsesPartial() Rule {
	return Rule{
		Name: "gateway-responses-partial", Severity: Warning,
		Summary: "only some of API Gateway's own errors carry Access-Control-Allow-Origin",
		Page:    "A network error in place of the others, such as 429 or 5xx.",
		Why:     "A gateway response is for its type alone; only DEFAULT_4XX and DEFAULT_5XX cover what has none of its own.",
		Fix:     "Add DEFAULT_4XX and DEFAULT_5XX with the same headers.",
		Sources: []string{gatewayResponsePage},
		check: func(s *subject) []Finding {
			sending := s.sendingGatewayResponses()
			if len(sending) == 0 || s.hasUnknownResponseType() {
				return nil
			}
			var missed []string
			var example *refusal
			for _, r := range s.failuresWithoutResponse() {
				if f := string(r.failure); !strings.Contains(strings.Join(missed, " "), f) {
					missed = append(missed, f)
					example = r
				}
			}
			if example == nil {
				return nil
			}
			return []Finding{{
				Place: sending[len(sending)-1].Place, Text: "no gateway response for " + strings.Join(missed, ", "),
				Page: "a page sees a network error instead of them", Fix: "add DEFAULT_4XX and DEFAULT_5XX with the same headers",
			}}
		},
	}
}

// hasUnknownResponseType reports whether a gateway response misspells its type:
// it may be meant for what is missing.
func (s *subject) hasUnknownResponseType() bool {
	return slices.ContainsFunc(s.faults, func(f gateway.DeploymentFault) bool { return f.Code == gateway.UnknownResponseType })
}

func gatewayResponseLacksAllowOrigin() Rule {
	return Rule{
		Name: "gateway-response-lacks-allow-origin", Severity: Warning,
		Summary: "a gateway response is customised without Access-Control-Allow-Origin",
		Page:    "A network error in place of this error.",
		Why:     "A type that is customised, if only in its body or status, takes nothing from DEFAULT_4XX and DEFAULT_5XX: it has to repeat the CORS headers.",
		Fix:     "Add Access-Control-Allow-Origin to the gateway response.",
		Sources: []string{gatewayResponsePage},
		check: func(s *subject) (out []Finding) {
			if !s.browsers {
				return nil
			}
			for _, g := range s.facts.GatewayResponses {
				if !mayHave(g.Headers, cors.HeaderAllowOrigin) {
					out = append(out, Finding{
						Place: g.Place, Subject: g.Type.String(), Text: "gateway response " + g.Type.String() + " lacks " + cors.HeaderAllowOrigin,
						Page: "a page sees a network error instead of this error", Fix: "add " + cors.HeaderAllowOrigin,
					})
				}
			}
			return out
		},
	}
}

func gatewayResponseLacksCredentials() Rule {
	return Rule{
		Name: "gateway-response-lacks-credentials", Severity: Warning,
		Summary: "a gateway response lacks Access-Control-Allow-Credentials",
		Page:    "A request with credentials sees a network error in place of this error.",
		Why:     "The preflight allows credentials; so must every response to a request with credentials, with the page's own origin.",
		Fix:     "Add Access-Control-Allow-Credentials: 'true' with the origin, or with method.request.header.origin.",
		Sources: []string{credentialsClause, gatewayResponsePage},
		check: func(s *subject) (out []Finding) {
			if !s.allowsCredentials() {
				return nil
			}
			for _, g := range s.sendingGatewayResponses() {
				if mayHave(g.Headers, cors.HeaderAllowCredentials) {
					continue
				}
				out = append(out, Finding{
					Place: first(g.HeadersPlace, g.Place), Subject: g.Type.String(), Text: "gateway response " + g.Type.String() + " is not for requests with credentials, which the preflight allows",
					Page: "a request with credentials cannot read this error: no " + cors.HeaderAllowCredentials,
					Fix:  "add " + cors.HeaderAllowCredentials + ": 'true', with the page's origin",
				})
			}
			return out
		},
	}
}

// allowsCredentials reports whether a preflight of the API allows credentials
// to some origin.
func (s *subject) allowsCredentials() bool {
	for _, r := range s.responses() {
		if credentials, _, known := r.value(cors.HeaderAllowCredentials); r.isPreflight() && known && credentials == "true" {
			origin, _, known := r.value(cors.HeaderAllowOrigin)
			return !known || origin != "*"
		}
	}
	return false
}

func gatewayResponseStatus() Rule {
	return Rule{
		Name: "gateway-response-status", Severity: Warning,
		Summary: "DEFAULT_4XX or DEFAULT_5XX sets a status code",
		Page:    "One status for every error of the class: a page cannot tell 401 from 403, 404 or 429.",
		Why:     "The status of a default gateway response replaces that of every type that has none of its own.",
		Fix:     "Leave the status code out of the defaults.",
		Sources: []string{gatewayResponsePage},
		check: func(s *subject) (out []Finding) {
			if !s.browsers {
				return nil
			}
			for _, g := range s.facts.GatewayResponses {
				if strings.HasPrefix(g.Type.String(), "DEFAULT_") && g.Status.IsGiven() {
					out = append(out, Finding{
						Place: first(g.Status.Place, g.Place), Subject: g.Type.String(), Text: g.Type.String() + " gives all its errors the status " + g.Status.String(),
						Page: "a page cannot tell one error from another", Fix: "leave the status code out",
					})
				}
			}
			return out
		},
	}
}

func gatewayResponseBody() Rule {
	return Rule{
		Name: "gateway-response-body", Severity: Info,
		Summary: "the body of a gateway response is not what it is meant to be",
		Page:    "response.json() throws, or the page shows the text of a template.",
		Why:     "Bodies of gateway responses are not evaluated: variables such as $context.error.messageString are put in, and nothing else. $context.error.messageString has its own quotes, and JSON wants double ones.",
		Fix:     "Use {\"message\":$context.error.messageString}, or leave the body out.",
		Sources: []string{"https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html"},
		check: func(s *subject) (out []Finding) {
			if !s.browsers {
				return nil
			}
			for _, g := range s.facts.GatewayResponses {
				for _, t := range g.Templates {
					text, known := t.Template.Value()
					media, _ := t.MediaType.Value()
					if !known || media != "application/json" || strings.TrimSpace(text) == "" {
						continue
					}
					what := ""
					switch {
					case strings.Contains(text, "#set(") || strings.Contains(text, "#if("):
						what = "directives are not evaluated in a gateway response"
					case !json.Valid([]byte(filled(text))):
						what = "the body is not JSON"
					default:
						continue
					}
					out = append(out, Finding{
						Place: first(t.Template.Place, g.Place), Subject: g.Type.String(), Text: what, Page: "response.json() of a page throws",
						Fix: `use {"message":$context.error.messageString}`, Safe: true,
					})
				}
			}
			return out
		},
	}
}

// filled puts values in place of the variables of a body.
func filled(text string) string {
	text = strings.ReplaceAll(text, "$context.error.messageString", `"x"`)
	text = regexp.MustCompile(`\$(context|stageVariables|method|input|util)\.[A-Za-z0-9_.()'"-]*[A-Za-z0-9_)]`).ReplaceAllString(text, "0")
	return regexp.MustCompile(`\$\{?[a-zA-Z]+[A-Za-z0-9_.]*\}?`).ReplaceAllString(text, "0")
}

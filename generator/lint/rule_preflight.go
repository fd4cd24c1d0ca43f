package lint

import (
	"cmp"
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

const (
	restCORSPage = "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html"
	httpCORSPage = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html"
)

// sees says what a page sees of a request that fails.
func (r *refusal) sees() string {
	what := "a page's " + r.verb
	if r.header != "" {
		what += " with " + r.header
	}
	if r.mode == cors.CredentialsInclude {
		what += " with credentials"
	}
	if r.page.origin != examplePage {
		what += " from " + r.page.origin
	}
	where := "is refused at its preflight: "
	if r.step.Stage == cors.StageResponse {
		where = "is sent, and the response cannot be read: "
	}
	return what + " " + where + r.step.Detail()
}

// preflights are the refusals of a method's preflight for which the answer is of
// a kind: one for each page, credentials mode and method.
func (s *subject) preflights(is func(r *refusal, a *gateway.Answer) bool) (out []*refusal) {
	for i := range s.refusals {
		r := &s.refusals[i]
		if r.asked == askPreflight && r.verdict.PreflightAnswer != nil && is(r, r.verdict.PreflightAnswer) {
			out = append(out, r)
		}
	}
	return out
}

// needsPreflight reports whether a browser asks first: for the method, or for
// what a page sends with it.
func (c *call) needsPreflight() bool {
	return c.verb == "ANY" || !cors.IsSafelistedMethod(c.verb) || len(c.headers()) > 0 || c.speaksOfPreflights()
}

// speaksOfPreflights reports whether the responses of the call carry what only a
// preflight is asked for: the file believes that there is one.
func (c *call) speaksOfPreflights() bool {
	if c.method == nil || c.method.Integration == nil {
		return false
	}
	return slices.ContainsFunc(c.method.Integration.Responses, func(r gateway.IntegrationResponseFacts) bool {
		_, methods := header(r.Headers, cors.HeaderAllowMethods)
		_, headers := header(r.Headers, cors.HeaderAllowHeaders)
		return methods || headers
	})
}

func missingOptions() Rule {
	return Rule{
		Name: "missing-options", Severity: Error,
		Summary: "a path of a REST API has no OPTIONS method",
		Page:    "The preflight gets 403 \"Missing Authentication Token\", and the request is never sent. Only GET, HEAD and POST without further headers go without a preflight.",
		Why:     "A REST API answers OPTIONS on a path only where the path has that method; CORS of a parent or a sibling is not inherited.",
		Fix:     "Give the path an OPTIONS method with a mock integration that answers with the CORS headers.",
		Sources: []string{restCORSPage, "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors-console.html"},
		check: func(s *subject) (out []Finding) {
			byPath := map[string]int{}
			for _, r := range s.preflights(func(r *refusal, a *gateway.Answer) bool {
				return a.Failure == gateway.MissingAuthenticationToken && a.Basis.Method == nil && r.needsPreflight()
			}) {
				if !r.known {
					s.doubt(*r, gateway.Doubt{Why: "the path of " + r.key + " is not known", Place: r.place})
					continue
				}
				severity := Warning
				if !cors.IsSafelistedMethod(r.verb) && (r.wantsBrowsers(s) || s.lists(r.verb)) || len(r.authHeaders()) > 0 && r.wantsBrowsers(s) {
					severity = Error
				}
				i, ok := byPath[r.path]
				if !ok {
					i, byPath[r.path] = len(out), len(out)
					out = append(out, Finding{
						Severity: severity, Place: pathPlace(r.call), Subject: r.path, Text: r.path + " has no OPTIONS method",
						Page: r.sees(), Fix: "give the path an OPTIONS method with a mock integration that answers with the CORS headers", Safe: true,
					})
				}
				if severity == Error && out[i].Severity != Error {
					out[i].Severity, out[i].Page = Error, r.sees()
				}
			}
			return out
		},
	}
}

// wantsBrowsers reports whether the file plainly wants pages to call the path:
// responses of the API carry CORS headers, or it believes to have CORS.
func (c *call) wantsBrowsers(s *subject) bool {
	return s.facts.CORS != nil || slices.ContainsFunc(s.facts.Methods, func(m gateway.MethodFacts) bool {
		return m.Method.String() != "OPTIONS" && isCORSMethod(&m)
	})
}

// lists reports whether a preflight of the API allows the method by name.
func (s *subject) lists(verb string) bool {
	return slices.ContainsFunc(s.methodLists(), func(a allowed) bool { return slices.Contains(words(a.text), verb) })
}

// pathPlace is where a path stands: the key of an OpenAPI document above its
// operations, otherwise the method.
func pathPlace(c *call) gateway.Place {
	if file := c.place.File; c.method == nil || strings.HasSuffix(file, ".tf") || strings.HasSuffix(file, ".tf.json") {
		return c.place
	}
	if path := c.method.Path.Place; path.File == c.place.File && path.Line <= c.place.Line && !path.IsZero() {
		return path
	}
	return c.place
}

func preflightAuthorized() Rule {
	return Rule{
		Name: "preflight-authorized", Severity: Error,
		Summary: "a preflight needs credentials or an API key",
		Page:    "Every request that needs a preflight is refused: the preflight gets 401 or 403, which is not an ok status.",
		Why:     "A browser sends a preflight without credentials, without an Authorization header and without an API key. In SAM, the default authorizer and ApiKeyRequired reach the OPTIONS methods unless AddDefaultAuthorizerToCorsPreflight and AddApiKeyRequiredToCorsPreflight are false. An ANY method without an OPTIONS beside it takes preflights, too.",
		Fix:     "Ask nothing of the caller of OPTIONS: authorization NONE, no API key, security: [] in OpenAPI.",
		Sources: []string{
			"https://fetch.spec.whatwg.org/#cors-preflight-fetch", restCORSPage,
			"https://github.com/aws/serverless-application-model/issues/717",
		},
		check: func(s *subject) (out []Finding) {
			for _, r := range s.preflights(func(r *refusal, a *gateway.Answer) bool {
				return isAuthFailure(a.Failure) && (a.Basis.Method != nil || a.Basis.Route != nil && strings.HasPrefix(a.Basis.Route.Key.String(), "OPTIONS "))
			}) {
				a := r.verdict.PreflightAnswer
				f := Finding{Subject: "OPTIONS " + r.path, Page: r.sees(), Fix: "ask nothing of the caller of this OPTIONS", Safe: true}
				what := "an authorizer"
				if a.Failure == gateway.InvalidAPIKey {
					what = "an API key"
				}
				f.Text = f.Subject + " needs " + what
				switch m := a.Basis.Method; {
				case m == nil:
					f.Place = a.Basis.Route.Place
				case m.Method.String() != "OPTIONS":
					f.Place = m.Place
					f.Text = "ANY takes the preflights of " + r.path + ", and needs " + what
					f.Fix = "give the path an OPTIONS method of its own that asks nothing of its caller"
				case a.Failure == gateway.InvalidAPIKey:
					f.Place = first(m.Auth.APIKeyRequired.Place, m.Place)
				default:
					f.Place = first(m.Auth.Type.Place, m.Place)
				}
				out = append(out, f)
			}
			return out
		},
	}
}

func isAuthFailure(f gateway.Failure) bool {
	return f == gateway.Unauthorized || f == gateway.AccessDenied || f == gateway.InvalidAPIKey || f == gateway.MissingAuthenticationToken
}

// first is the first place that is one.
func first(places ...gateway.Place) gateway.Place {
	return cmp.Or(places...)
}

func httpAnyAuthorizer() Rule {
	return Rule{
		Name: "http-any-authorizer", Severity: Warning,
		Summary: "a route for every method has an authorizer, and takes the preflights, too",
		Page:    "The preflight gets 401, and the request is never sent.",
		Why:     "$default, and as has been reported ANY, take OPTIONS before the CORS configuration answers it; an authorizer on them then asks the preflight for a token that browsers do not send.",
		Fix:     "Add a route OPTIONS /{proxy+} (and OPTIONS / where the root is called) without an authorizer; or name the methods instead of ANY.",
		Sources: []string{httpCORSPage, "https://github.com/aws/serverless-application-model/issues/1603"},
		check: func(s *subject) (out []Finding) {
			for _, r := range s.preflights(func(r *refusal, a *gateway.Answer) bool {
				return s.facts.Kind == gateway.HTTP && s.facts.CORS != nil && isAuthFailure(a.Failure) && a.Basis.Route != nil && !strings.HasPrefix(a.Basis.Route.Key.String(), "OPTIONS ")
			}) {
				route := r.verdict.PreflightAnswer.Basis.Route
				out = append(out, Finding{
					Place: first(route.Key.Place, route.Place), Subject: route.Key.String(), Text: route.Key.String() + " takes preflights, and has an authorizer",
					Page: r.sees(), Fix: "add a route OPTIONS /{proxy+} without an authorizer", Safe: true,
				})
			}
			return out
		},
	}
}

func optionsLacksCORSHeaders() Rule {
	return Rule{
		Name: "options-lacks-cors-headers", Severity: Error,
		Summary: "an OPTIONS method answers without Access-Control-Allow-Origin",
		Page:    "Every request that needs a preflight is refused.",
		Why:     "A preflight is passed only by a response that allows the page's origin; a mock sends no header that its integration response does not map.",
		Fix:     "Map Access-Control-Allow-Origin, -Methods and -Headers in the integration response of the OPTIONS method.",
		Sources: []string{restCORSPage, "https://fetch.spec.whatwg.org/#cors-check"},
		check: func(s *subject) (out []Finding) {
			for _, r := range s.preflights(func(r *refusal, a *gateway.Answer) bool {
				return s.facts.Kind == gateway.REST && a.Failure == "" && r.step.Cause == cors.AllowOriginMissing && a.Basis.Method != nil
			}) {
				b := r.verdict.PreflightAnswer.Basis
				if b.Response != nil && overridesOrigin(b.Response.Templates) {
					continue
				}
				at := b.Method.Place
				if b.Response != nil {
					at = first(b.Response.Place, at)
				}
				out = append(out, Finding{
					Place: at, Subject: "OPTIONS " + r.path, Text: "OPTIONS " + r.path + " answers without " + cors.HeaderAllowOrigin,
					Page: r.sees(), Fix: "map the CORS headers in this integration response", Safe: true,
				})
			}
			return out
		},
	}
}

func preflightFails() Rule {
	return Rule{
		Name: "preflight-fails", Severity: Error,
		Summary: "the mock of an OPTIONS method answers 500 or 415",
		Page:    "Every request that needs a preflight is refused: 500 is not an ok status.",
		Why:     "A mock takes its status from its request template, which must come to an object with an integer statusCode for application/json; and one mapping template must not set a header twice. With a binary media type of */* the template is taken for binary unless contentHandling is CONVERT_TO_TEXT.",
		Fix:     "Use the request template {\"statusCode\": 204} for application/json, an integration response without a pattern, and CONVERT_TO_TEXT where the API has binary media types.",
		Sources: []string{
			"https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html",
			"https://github.com/squidfunk/terraform-aws-api-gateway-enable-cors/issues/10",
		},
		check: func(s *subject) (out []Finding) {
			for _, r := range s.preflights(func(r *refusal, a *gateway.Answer) bool {
				return a.Failure == gateway.APIConfigurationError || a.Failure == gateway.UnsupportedMediaType
			}) {
				b := r.verdict.PreflightAnswer.Basis
				if b.Method == nil || b.Method.Integration == nil {
					continue
				}
				i := b.Method.Integration
				f := Finding{
					Place: first(i.Place, b.Method.Place), Subject: "OPTIONS " + r.path, Page: r.sees(), Safe: true,
					Text: "the mock of OPTIONS " + r.path + " fails", Fix: `use the request template {"statusCode": 204} for application/json`,
				}
				for _, t := range i.RequestTemplates {
					f.Place = first(t.Template.Place, f.Place)
				}
				if binary := s.binaryPlace(); !binary.IsZero() && !convertsToText(i) {
					f.Text += ": a binary media type covers its template"
					f.Place = first(i.Place, b.Method.Place)
					f.Fix = "set contentHandling to CONVERT_TO_TEXT on the integration and on its response"
					f.Related = []Related{{binary, "the binary media type"}}
				}
				out = append(out, f)
			}
			return out
		},
	}
}

// binaryPlace is where a binary media type stands that covers every type.
func (s *subject) binaryPlace() gateway.Place {
	for _, t := range s.facts.BinaryMediaTypes {
		if t.String() == "*/*" {
			return t.Place
		}
	}
	return gateway.Place{}
}

func convertsToText(i *gateway.IntegrationFacts) bool {
	return i.ContentHandling.String() == gateway.ContentHandling
}

func preflightStatus() Rule {
	return Rule{
		Name: "preflight-status", Severity: Error,
		Summary: "an OPTIONS method answers with a status that is not ok",
		Page:    "Every request that needs a preflight is refused.",
		Why:     "A preflight response needs a status from 200 to 299, whatever its headers say. A redirect is not followed.",
		Fix:     "Answer 204, or 200.",
		Sources: []string{"https://fetch.spec.whatwg.org/#cors-preflight-fetch"},
		check: func(s *subject) (out []Finding) {
			for _, r := range s.preflights(func(r *refusal, a *gateway.Answer) bool {
				return a.Failure == "" && (r.step.Cause == cors.StatusNotOK || r.step.Cause == cors.StatusRedirect) && a.Basis.Response != nil
			}) {
				b := r.verdict.PreflightAnswer.Basis
				out = append(out, Finding{
					Place: first(b.Response.Status.Place, b.Response.Place), Subject: "OPTIONS " + r.path, Safe: true,
					Text: "OPTIONS " + r.path + " answers " + r.step.Value, Page: r.sees(), Fix: "answer 204",
				})
			}
			return out
		},
	}
}

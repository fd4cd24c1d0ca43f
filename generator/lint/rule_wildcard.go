package lint

import (
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

const credentialsClause = "https://fetch.spec.whatwg.org/#cors-protocol-and-credentials"

// response is something of a REST API that sends headers.
type response struct {
	// of names it.
	of        string
	headers   []gateway.HeaderFacts
	templates []gateway.TemplateFacts
	place     gateway.Place
	// method is nil for a gateway response.
	method   *gateway.MethodFacts
	response *gateway.IntegrationResponseFacts
}

// responses are all integration responses and gateway responses.
func (s *subject) responses() (out []response) {
	for i := range s.facts.Methods {
		m := &s.facts.Methods[i]
		if m.Integration == nil {
			continue
		}
		for j := range m.Integration.Responses {
			r := &m.Integration.Responses[j]
			out = append(out, response{m.Key(), r.Headers, r.Templates, first(r.Place, m.Place), m, r})
		}
	}
	for _, g := range s.facts.GatewayResponses {
		out = append(out, response{"gateway response " + g.Type.String(), g.Headers, nil, g.Place, nil, nil})
	}
	return out
}

func (r *response) isPreflight() bool {
	return r.method != nil && r.method.Method.String() == "OPTIONS"
}

// value is the literal of a header; known reports that it is given and known.
func (r *response) value(name string) (s string, at gateway.Place, known bool) {
	h, ok := header(r.headers, name)
	if !ok {
		return "", gateway.Place{}, false
	}
	s, known = unquoted(h.Value)
	return s, first(h.Value.Place, h.Key.Place, r.place), known
}

func wildcardWithCredentials() Rule {
	const fix = "name the origin instead of *, or leave the credentials out"
	return Rule{
		Name: "wildcard-with-credentials", Severity: Error,
		Summary: "credentials are allowed to any origin",
		Page:    "Every request with credentials is refused: * stands for no origin then. An HTTP API refuses the configuration.",
		Why:     "With credentials a browser wants the page's own origin in Access-Control-Allow-Origin. No tool but SAM, in one spelling, looks for it.",
		Fix:     "Name the origins; or leave Access-Control-Allow-Credentials out where no cookies are used: an Authorization header that the page sets needs none.",
		Sources: []string{credentialsClause, "https://github.com/aws/aws-cdk/issues/9076"},
		read:    told("wildcard-with-credentials", nothingLive, fix, false),
		check: func(s *subject) (out []Finding) {
			for _, r := range s.responses() {
				credentials, at, known := r.value(cors.HeaderAllowCredentials)
				origin, originAt, known2 := r.value(cors.HeaderAllowOrigin)
				if !known || !known2 || credentials != "true" || origin != "*" || overridesOrigin(r.templates) {
					continue
				}
				out = append(out, Finding{
					Place: at, Subject: r.of, Text: "credentials are allowed beside " + cors.HeaderAllowOrigin + ": *",
					Page: "every request with credentials is refused", Fix: fix, Related: []Related{{originAt, "any origin is allowed here"}},
				})
			}
			for _, f := range s.faults {
				if f.Code == gateway.CredentialsForAnyOrigin {
					out = append(out, Finding{
						Place: first(s.facts.CORS.AllowCredentials.Place, f.Place), Text: f.Text, Page: nothingLive, Fix: fix,
						Related: []Related{{f.Place, "any origin is allowed here"}},
					})
				}
			}
			return out
		},
	}
}

func wildcardLiteralWithCredentials() Rule {
	return Rule{
		Name: "wildcard-literal-with-credentials", Severity: Warning,
		Summary: "* stands for methods or headers where credentials are allowed",
		Page:    "A request with credentials is refused at its preflight, unless it needs no permission for its method and headers.",
		Why:     "With credentials * is the name of one method or header, not a wildcard.",
		Fix:     "List the methods and the headers.",
		Sources: []string{credentialsClause},
		check: func(s *subject) (out []Finding) {
			index := map[gateway.Place]int{}
			for i := range s.refusals {
				r := &s.refusals[i]
				name, value := cors.HeaderAllowHeaders, r.header
				switch r.step.Cause {
				case cors.HeaderAnyWithCredentials:
				case cors.MethodAnyWithCredentials:
					name, value = cors.HeaderAllowMethods, r.verb
				default:
					continue
				}
				at := r.allows(name).spot()
				if _, ok := index[at]; !ok {
					index[at] = len(out)
					out = append(out, Finding{
						Place: at, Subject: r.key, Text: "* in " + name + " is no wildcard for a request with credentials",
						Page: r.sees(), Fix: "list them by name",
					})
				}
				if f := &out[index[at]]; value != "" && !slices.Contains(f.Missing, value) {
					f.Missing = append(f.Missing, value)
				}
			}
			return out
		},
	}
}

func wildcardAmongValues() Rule {
	return Rule{
		Name: "wildcard-among-values", Severity: Info,
		Summary: "* stands beside names",
		Page:    "Nothing: a browser takes both.",
		Why:     "The wildcard makes the names beside it superfluous, Authorization excepted.",
		Fix:     "Use the wildcard alone (with Authorization where it is needed), or the names alone.",
		Sources: []string{allowHeadersClause},
		check: func(s *subject) (out []Finding) {
			add := func(list []string, at gateway.Place) {
				others := slices.DeleteFunc(slices.Clone(list), func(w string) bool { return w == "*" || strings.EqualFold(w, "Authorization") })
				if slices.Contains(list, "*") && len(others) > 0 {
					out = append(out, Finding{Place: at, Text: "* beside " + strings.Join(others, ", "), Page: "a browser takes both", Fix: "use * alone, or the names alone", Safe: true})
				}
			}
			for _, r := range s.responses() {
				for _, name := range []string{cors.HeaderAllowHeaders, cors.HeaderAllowMethods, cors.HeaderExposeHeaders} {
					if text, at, known := r.value(name); known {
						add(words(text), at)
					}
				}
			}
			if c := s.facts.CORS; s.facts.Kind == gateway.HTTP && c != nil {
				for _, list := range []gateway.Fact[[]gateway.Text]{c.AllowOrigins, c.AllowHeaders, c.AllowMethods, c.ExposeHeaders} {
					var texts []string
					at := list.Place
					for _, t := range list.Value {
						if texts = append(texts, t.String()); t.String() == "*" {
							at = first(t.Place, at)
						}
					}
					add(texts, at)
				}
			}
			return out
		},
	}
}

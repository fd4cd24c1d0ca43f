package lint

import (
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

const allowMethodsClause = "https://fetch.spec.whatwg.org/#http-access-control-allow-methods"

// methodFindings are the methods that a preflight refuses, one finding for each
// place.
func (s *subject) methodFindings(any bool, fix string) (out []Finding) {
	methods := map[gateway.Place][]string{}
	index := map[gateway.Place]int{}
	for _, r := range s.preflights(func(r *refusal, a *gateway.Answer) bool {
		isAny := r.method != nil && r.method.Method.String() == "ANY" || r.route != nil && !slices.Contains(strings.Fields(strings.ToUpper(r.route.Key.String())), r.verb)
		return (r.step.Cause == cors.MethodNotAllowed || r.step.Cause == cors.MethodCase) && isAny == any
	}) {
		a := r.allows(cors.HeaderAllowMethods)
		at := a.spot()
		if _, ok := index[at]; !ok {
			index[at] = len(out)
			out = append(out, Finding{Place: at, Subject: r.key, Page: r.sees(), Fix: fix, Safe: true})
			if r.step.Cause == cors.MethodCase {
				out[index[at]].Fix = "write methods in upper case"
			}
		}
		if !slices.Contains(methods[at], r.verb) {
			methods[at] = append(methods[at], r.verb)
		}
	}
	for at, i := range index {
		out[i].Text, out[i].Missing = cors.HeaderAllowMethods+" does not allow "+strings.Join(methods[at], ", "), methods[at]
	}
	return out
}

func methodNotInAllowMethods() Rule {
	return Rule{
		Name: "method-not-in-allow-methods", Severity: Error,
		Summary: "a method of the API is not among the allowed methods",
		Page:    "The preflight of a request with the method is refused, and the request never sent.",
		Why:     "PUT, PATCH, DELETE and the like need Access-Control-Allow-Methods, which is compared byte by byte, in upper case. GET, HEAD and POST do not.",
		Fix:     "Add the method to Access-Control-Allow-Methods.",
		Sources: []string{allowMethodsClause, "https://fetch.spec.whatwg.org/#cors-safelisted-method"},
		check: func(s *subject) []Finding {
			return s.methodFindings(false, "add the method to "+cors.HeaderAllowMethods)
		},
	}
}

func anyMethodNotInAllowMethods() Rule {
	return Rule{
		Name: "any-method-not-in-allow-methods", Severity: Info,
		Summary: "the API takes every method, and pages may not send all of them",
		Page:    "Pages can send the methods that are listed, and GET, HEAD and POST.",
		Why:     "ANY takes methods that Access-Control-Allow-Methods leaves out; that may be meant.",
		Fix:     "Add the methods that pages are to send.",
		Sources: []string{allowMethodsClause},
		check: func(s *subject) []Finding {
			return s.methodFindings(true, "add the methods that pages are to send")
		},
	}
}

// methodLists are the allowed methods as the file has them, with what stands
// behind each.
func (s *subject) methodLists() (out []allowed) {
	add := func(text string, at gateway.Place) { out = append(out, allowed{text: text, given: true, place: at}) }
	if c := s.facts.CORS; c != nil && s.facts.Kind == gateway.HTTP && c.AllowMethods.IsGiven() && c.AllowMethods.Unknown == "" {
		var texts []string
		for _, t := range c.AllowMethods.Value {
			if _, known := t.Value(); !known {
				return nil
			}
			texts = append(texts, t.String())
		}
		add(strings.Join(texts, ","), c.AllowMethods.Place)
	}
	for _, r := range s.resources {
		if r.options == nil || r.options.Integration == nil {
			continue
		}
		for _, response := range r.options.Integration.Responses {
			if h, ok := header(response.Headers, cors.HeaderAllowMethods); ok {
				if text, known := unquoted(h.Value); known {
					add(text, h.Value.Place)
				}
			}
		}
	}
	return out
}

func words(list string) (out []string) {
	for word := range strings.SplitSeq(list, ",") {
		if word = strings.TrimSpace(word); word != "" {
			out = append(out, word)
		}
	}
	return out
}

func anyInAllowMethods() Rule {
	return Rule{
		Name: "any-in-allow-methods", Severity: Warning,
		Summary: "ANY stands among the allowed methods",
		Page:    "Pages cannot send PUT, PATCH or DELETE by it: to a browser ANY is the name of a method that nobody sends.",
		Why:     "ANY is API Gateway's word; in Access-Control-Allow-Methods the wildcard is *.",
		Fix:     "List the methods, or use * where no credentials are allowed.",
		Sources: []string{allowMethodsClause},
		check: func(s *subject) (out []Finding) {
			for _, a := range s.methodLists() {
				if slices.ContainsFunc(words(a.text), func(w string) bool { return strings.EqualFold(w, "ANY") }) {
					out = append(out, Finding{
						Place: a.place, Text: "ANY in " + cors.HeaderAllowMethods + " allows no method", Safe: true,
						Page: "pages cannot send PUT, PATCH or DELETE by it", Fix: "list the methods",
					})
				}
			}
			return out
		},
	}
}

func allowMethodsLacksSafelisted() Rule {
	return Rule{
		Name: "allow-methods-lacks-safelisted", Severity: Info,
		Summary: "a method that needs no permission is not among the allowed methods",
		Page:    "Nothing: browsers send GET, HEAD and POST whether or not they are listed.",
		Why:     "They are CORS-safelisted methods. Who leaves POST out to keep pages from posting is mistaken.",
		Fix:     "List the method for the reader's sake, or leave it.",
		Sources: []string{"https://fetch.spec.whatwg.org/#cors-safelisted-method"},
		check: func(s *subject) (out []Finding) {
			lists := s.methodLists()
			for _, r := range s.resources {
				for _, c := range r.calls {
					if !cors.IsSafelistedMethod(c.verb) {
						continue
					}
					for _, a := range lists {
						if c.answeredBy(a, r) && !slices.Contains(words(a.text), c.verb) && !slices.Contains(words(a.text), "*") {
							out = append(out, Finding{
								Place: a.place, Subject: c.key, Text: c.verb + " is not listed, and not refused",
								Page: "browsers send " + c.verb + " whether or not it is listed", Fix: "list it, for the reader's sake", Safe: true,
							})
						}
					}
				}
			}
			return out
		},
	}
}

// answeredBy reports whether a list of methods is that of the call's preflight.
func (c *call) answeredBy(a allowed, r *resource) bool {
	if c.route != nil {
		return true
	}
	if r.options == nil || r.options.Integration == nil {
		return false
	}
	return slices.ContainsFunc(r.options.Integration.Responses, func(i gateway.IntegrationResponseFacts) bool {
		h, ok := header(i.Headers, cors.HeaderAllowMethods)
		return ok && h.Value.Place == a.place
	})
}

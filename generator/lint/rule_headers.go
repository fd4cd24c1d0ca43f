package lint

import (
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// allowed is what allows something of a preflight: a list of an HTTP API's CORS
// configuration, a mapped header of an OPTIONS method.
type allowed struct {
	// text is the value as it stands; "" where it is not given.
	text  string
	given bool
	place gateway.Place
	// at is where it would have to stand.
	at gateway.Place
}

// allows finds what the answer to a refused preflight says of methods or
// headers.
func (r *refusal) allows(name string) allowed {
	b := r.verdict.PreflightAnswer.Basis
	if c := b.CORS; c != nil {
		list := c.AllowHeaders
		switch name {
		case cors.HeaderAllowMethods:
			list = c.AllowMethods
		case cors.HeaderAllowOrigin:
			list = c.AllowOrigins
		}
		out := allowed{place: list.Place, at: c.Place}
		var texts []string
		for _, t := range list.Value {
			if text := t.String(); text != "" {
				texts = append(texts, text)
			}
		}
		out.given = list.IsGiven() && (list.Unknown != "" || len(texts) > 0)
		out.text = strings.Join(texts, ",")
		return out
	}
	var out allowed
	if b.Method != nil {
		out.at = b.Method.Place
	}
	if b.Response != nil {
		out.at = first(b.Response.Place, out.at)
		if h, ok := header(b.Response.Headers, name); ok {
			out.text, _ = unquoted(h.Value)
			out.given, out.place = true, first(h.Value.Place, h.Key.Place, out.at)
		}
	}
	return out
}

// spot is where to mend it: the list, or what makes one where an HTTP API has
// an empty one.
func (a allowed) spot() gateway.Place {
	if a.given || !a.place.IsZero() && a.place.Line > 0 && a.text == "" {
		return first(a.place, a.at)
	}
	return a.at
}

// headerFindings are the refused request headers for which a page has a reason,
// one finding for each place.
func (s *subject) headerFindings(is func(r *refusal, a allowed) bool, text func(names []string, a allowed) string, fix string) (out []Finding) {
	names := map[gateway.Place][]string{}
	index := map[gateway.Place]int{}
	given := map[gateway.Place]allowed{}
	for i := range s.refusals {
		r := &s.refusals[i]
		if !r.isHeaderRefused() {
			continue
		}
		a := r.allows(cors.HeaderAllowHeaders)
		if !is(r, a) {
			continue
		}
		at := a.spot()
		if _, ok := index[at]; !ok {
			index[at], given[at] = len(out), a
			out = append(out, Finding{Place: at, Subject: r.key, Page: r.sees(), Fix: fix, Safe: true})
		}
		if !slices.ContainsFunc(names[at], func(n string) bool { return strings.EqualFold(n, r.header) }) {
			names[at] = append(names[at], r.header)
		}
	}
	for at, i := range index {
		out[i].Text, out[i].Missing = text(names[at], given[at]), names[at]
	}
	return out
}

func lacks(what string) func(names []string, a allowed) string {
	return func(names []string, a allowed) string {
		if !a.given {
			return "no request header is allowed, and " + what + " " + strings.Join(names, ", ")
		}
		return cors.HeaderAllowHeaders + " lacks " + strings.Join(names, ", ") + ", which " + what
	}
}

const allowHeadersClause = "https://fetch.spec.whatwg.org/#http-access-control-allow-headers"

func authHeaderNotAllowed() Rule {
	return Rule{
		Name: "auth-header-not-allowed", Severity: Error,
		Summary: "the header that the auth needs is not allowed",
		Page:    "The preflight of every request with the header is refused, and without it the API answers 401 or 403: no page can call it.",
		Why:     "A browser sends a header such as Authorization or X-Api-Key only when the preflight response lists it in Access-Control-Allow-Headers. SAM, HTTP APIs and Terraform list none by default.",
		Fix:     "List the header in Access-Control-Allow-Headers.",
		Sources: []string{allowHeadersClause, restCORSPage, httpCORSPage},
		check: func(s *subject) []Finding {
			out := s.headerFindings(func(r *refusal, a allowed) bool {
				return r.need == needAuth && r.step.Cause == cors.HeaderNotAllowed
			}, lacks("the auth needs"), "list the header in "+cors.HeaderAllowHeaders)
			for i := range out {
				// A signature may be in the query string instead.
				if strings.Contains(out[i].Text, "X-Amz-Date") && !strings.Contains(out[i].Text, "Authorization") {
					out[i].Severity = Warning
				}
			}
			return out
		},
	}
}

func allowHeadersMissing() Rule {
	return Rule{
		Name: "allow-headers-missing", Severity: Warning,
		Summary: "no request header is allowed, so a POST with JSON fails",
		Page:    "A fetch with Content-Type: application/json is refused at its preflight; one with a form or plain text goes through.",
		Why:     "Only three values of Content-Type go without a preflight, and JSON is not among them. Without Access-Control-Allow-Headers no header passes.",
		Fix:     "List Content-Type in Access-Control-Allow-Headers.",
		Sources: []string{allowHeadersClause, "https://fetch.spec.whatwg.org/#cors-safelisted-request-header"},
		check: func(s *subject) []Finding {
			auth := map[gateway.Place]bool{}
			for _, f := range authHeaderNotAllowed().check(s) {
				auth[f.Place] = true
			}
			return s.headerFindings(func(r *refusal, a allowed) bool {
				return r.need != needAuth && r.step.Cause == cors.HeaderNotAllowed && !a.given && !auth[a.spot()]
			}, lacks("a page needs"), "list Content-Type in "+cors.HeaderAllowHeaders)
		},
	}
}

func contentTypeNotAllowed() Rule {
	return Rule{
		Name: "content-type-not-allowed", Severity: Warning,
		Summary: "Content-Type is not among the allowed headers, so a POST with JSON fails",
		Page:    "A fetch with Content-Type: application/json is refused at its preflight; one with a form or plain text goes through.",
		Why:     "Only three values of Content-Type go without a preflight, and JSON is not among them.",
		Fix:     "Add Content-Type to Access-Control-Allow-Headers.",
		Sources: []string{allowHeadersClause, "https://fetch.spec.whatwg.org/#cors-safelisted-request-header"},
		check: func(s *subject) []Finding {
			return s.headerFindings(func(r *refusal, a allowed) bool {
				return r.need == needJSON && r.step.Cause == cors.HeaderNotAllowed && a.given
			}, lacks("a JSON body needs"), "add Content-Type to "+cors.HeaderAllowHeaders)
		},
	}
}

func allowHeadersLacksDeclared() Rule {
	return Rule{
		Name: "allow-headers-lacks-declared", Severity: Warning,
		Summary: "a request header that a method declares is not allowed",
		Page:    "A request with the header is refused at its preflight.",
		Why:     "The method reads the header, and a page can send it only when the preflight response lists it in Access-Control-Allow-Headers.",
		Fix:     "Add the header to Access-Control-Allow-Headers.",
		Sources: []string{allowHeadersClause},
		check: func(s *subject) []Finding {
			return s.headerFindings(func(r *refusal, a allowed) bool {
				return r.need == needDeclared && r.step.Cause == cors.HeaderNotAllowed && a.given
			}, lacks("a method needs"), "add the header to "+cors.HeaderAllowHeaders)
		},
	}
}

func wildcardHeadersWithAuthorization() Rule {
	return Rule{
		Name: "wildcard-headers-with-authorization", Severity: Warning,
		Summary: "* in Access-Control-Allow-Headers is to cover Authorization",
		Page:    "By the standard the preflight of a request with Authorization is refused. Chromium 156, Firefox 153 and WebKit 2.50 let it pass.",
		Why:     "The wildcard covers every request header but Authorization, which has to be listed by name.",
		Fix:     "List Authorization beside *, or list the headers by name.",
		Sources: []string{"https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name", "https://github.com/mdn/browser-compat-data/issues/20092"},
		check: func(s *subject) []Finding {
			return s.headerFindings(func(r *refusal, a allowed) bool {
				return r.step.Cause == cors.AuthorizationNotAny
			}, func([]string, allowed) string { return "* does not cover Authorization, which the auth needs" },
				"list Authorization by name")
		},
	}
}

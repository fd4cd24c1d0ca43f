package lint

import (
	"regexp"
	"strconv"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

func maxAgeInvalid() Rule {
	return Rule{
		Name: "max-age-invalid", Severity: Warning,
		Summary: "Access-Control-Max-Age is not a number of seconds",
		Page:    "A preflight goes before every request: a browser takes the value for 5 seconds. An HTTP API refuses a value beyond its range.",
		Why:     "The value is a number of seconds without sign or unit. HTTP APIs take -1 to 86400.",
		Fix:     "Give a number of seconds from 0 to 86400.",
		Sources: []string{"https://fetch.spec.whatwg.org/#http-access-control-max-age"},
		check: func(s *subject) (out []Finding) {
			for _, r := range s.responses() {
				value, at, known := r.value(cors.HeaderMaxAge)
				if _, err := strconv.ParseUint(strings.TrimSpace(value), 10, 63); known && err != nil && value != "-1" {
					out = append(out, Finding{
						Place: at, Subject: r.of, Text: strconv.Quote(value) + " is not a number of seconds", Page: "a browser takes it for 5 seconds",
						Fix: "give a number of seconds", Safe: true,
					})
				}
			}
			if c := s.facts.CORS; s.facts.Kind == gateway.HTTP && c != nil && c.MaxAge.IsGiven() && c.MaxAge.Unknown == "" && (c.MaxAge.Value < -1 || c.MaxAge.Value > 86400) {
				out = append(out, Finding{
					Severity: Error, Place: c.MaxAge.Place, Text: "an HTTP API takes -1 to 86400 seconds", Page: nothingLive, Fix: "give 86400 or less", Safe: true,
				})
			}
			return out
		},
	}
}

func allowCredentialsNotTrue() Rule {
	return Rule{
		Name: "allow-credentials-not-true", Severity: Warning,
		Summary: "Access-Control-Allow-Credentials has a value other than true",
		Page:    "A request with credentials is refused.",
		Why:     "The only value that means anything is true, in lower case. To allow none, the header is left out.",
		Fix:     "Write 'true', or leave the header out.",
		Sources: []string{"https://fetch.spec.whatwg.org/#http-access-control-allow-credentials"},
		check: func(s *subject) (out []Finding) {
			for _, r := range s.responses() {
				value, at, known := r.value(cors.HeaderAllowCredentials)
				if !known || value == "true" {
					continue
				}
				f := Finding{
					Place: at, Subject: r.of, Text: strconv.Quote(value) + " allows no credentials", Page: "a request with credentials is refused",
					Fix: "write 'true', or leave the header out",
				}
				if strings.EqualFold(value, "false") || value == "" {
					f.Severity = Info
				}
				out = append(out, f)
			}
			return out
		},
	}
}

// originTemplates are the response templates that set Access-Control-Allow-Origin.
func (s *subject) originTemplates() (out []response) {
	for _, r := range s.responses() {
		if overridesOrigin(r.templates) {
			out = append(out, r)
		}
	}
	return out
}

func (s *subject) templateFindings(is func(text string) (what string), page, fix string) (out []Finding) {
	for _, r := range s.originTemplates() {
		for _, t := range r.templates {
			if what := is(t.Template.String()); what != "" {
				out = append(out, Finding{Place: first(t.Template.Place, r.place), Subject: r.of, Text: what, Page: page, Fix: fix})
			}
		}
	}
	return out
}

func originByRegex() Rule {
	return Rule{
		Name: "origin-by-regex", Severity: Warning,
		Summary: "a mapping template compares the origin with a regular expression",
		Page:    "More origins are let in than are written: a dot stands for any character.",
		Why:     "matches() takes a regular expression. https://www.example.com matches https://wwwxexample.com, too, unless its dots are escaped.",
		Fix:     "Compare with ==, or with startsWith and endsWith.",
		Sources: []string{"https://github.com/aws/aws-cdk/issues/26623"},
		check: func(s *subject) []Finding {
			call := regexp.MustCompile(`\.matches\(\s*["']([^"']*)["']`)
			bare := regexp.MustCompile(`[A-Za-z0-9]\.[A-Za-z0-9]`)
			return s.templateFindings(func(text string) string {
				for _, m := range call.FindAllStringSubmatch(text, -1) {
					if bare.MatchString(m[1]) {
						return m[1] + " is a regular expression, whose dots stand for any character"
					}
				}
				return ""
			}, "pages of other sites are let in", "compare with ==, or with startsWith and endsWith")
		},
	}
}

func originFromQuery() Rule {
	return Rule{
		Name: "origin-from-query", Severity: Info,
		Summary: "a mapping template takes the origin from wherever it finds one",
		Page:    "A parameter ?origin= in the address decides instead of the browser's header.",
		Why:     "$input.params('origin') looks in the path and the query string before the headers.",
		Fix:     "Use $input.params().header.get('origin').",
		Sources: []string{"https://github.com/aws/aws-cdk/pull/19104"},
		check: func(s *subject) []Finding {
			params := regexp.MustCompile(`(?i)\$input\.params\(\s*["']origin["']\s*\)`)
			return s.templateFindings(func(text string) string {
				if params.MatchString(text) {
					return "$input.params('origin') reads the query string, too"
				}
				return ""
			}, "an address with ?origin= decides instead of the browser's header", "use $input.params().header.get('origin')")
		},
	}
}

// originRefused finds pages that were asked for and do not get through.
func originRefused() Rule {
	return Rule{
		Name: "origin-refused", Severity: Error,
		Summary: "a page of an origin that was asked for does not get through",
		Page:    "It is refused, whatever it sends.",
		Why:     "The origin was given with --origin, or by the policy, and the file does not allow it.",
		Fix:     "Allow the origin.",
		Sources: []string{"https://fetch.spec.whatwg.org/#cors-check"},
		check: func(s *subject) (out []Finding) {
			if len(s.options.Origins) == 0 {
				return nil
			}
			for i := range s.refusals {
				r := &s.refusals[i]
				answer := r.verdict.PreflightAnswer
				if answer == nil {
					answer = r.verdict.ActualAnswer
				}
				if answer.Failure != "" || r.step.Cause != cors.AllowOriginMissing && r.step.Cause != cors.AllowOriginOther {
					continue
				}
				at := answer.Basis.Place()
				if h, _ := answer.Basis.Header(cors.HeaderAllowOrigin); h.Value.IsGiven() {
					at = first(h.Value.Place, at)
				}
				if c := answer.Basis.CORS; c != nil {
					at = first(c.AllowOrigins.Place, c.Place)
				}
				out = append(out, Finding{
					Place: first(at, r.place), Subject: r.key, Text: r.page.origin + " is not allowed", Page: r.sees(), Fix: "allow the origin",
				})
			}
			return out
		},
	}
}

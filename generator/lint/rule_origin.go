package lint

import (
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

const serialisationPage = "https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin"

// namedOrigin is an origin as the file has it.
type namedOrigin struct {
	value string
	place gateway.Place
	of    string
	// entry is one of an HTTP API's list, and not a header's whole value.
	entry bool
}

// origins are all that the file names and that are known.
func (s *subject) origins() (out []namedOrigin) {
	for _, r := range s.responses() {
		if isBehindProxy(r.method) {
			continue
		}
		if value, at, known := r.value(cors.HeaderAllowOrigin); known && value != "" && !isPlaceholder(value) {
			out = append(out, namedOrigin{value, at, r.of, false})
		}
	}
	if c := s.facts.CORS; c != nil && s.facts.Kind == gateway.HTTP {
		for _, t := range c.AllowOrigins.Value {
			if value, known := t.Value(); known && !isPlaceholder(value) {
				out = append(out, namedOrigin{value, first(t.Place, c.AllowOrigins.Place, c.Place), "", true})
			}
		}
	}
	return out
}

// isPlaceholder reports whether something is to be put in place of a value
// before the file is deployed, by a script or by hand.
func isPlaceholder(value string) bool {
	return strings.ContainsAny(value, "<>{}$%") || strings.Contains(value, "__")
}

// originFindings are the origins that are at fault in one way; instead is the
// origin that is meant, where that is plain.
func (s *subject) originFindings(fault func(namedOrigin) (text, fix, instead string)) (out []Finding) {
	for _, o := range s.origins() {
		if text, fix, instead := fault(o); text != "" {
			page := "no page's origin equals " + o.value
			out = append(out, Finding{Place: o.place, Subject: o.of, Text: text, Page: page, Fix: fix, Safe: instead != "", Instead: instead})
		}
	}
	return out
}

func commaJoinedOrigins() Rule {
	return Rule{
		Name: "comma-joined-origins", Severity: Error,
		Summary: "several origins are joined to one value",
		Page:    "Every page is refused: no origin equals the list.",
		Why:     "Access-Control-Allow-Origin holds one origin or *, never a list. SAM copies a list as it is, though its documentation says otherwise.",
		Fix:     "On a REST API let a mapping template pick the page's origin, or a Lambda function answer; on an HTTP API give AllowOrigins as a list.",
		Sources: []string{"https://fetch.spec.whatwg.org/#http-access-control-allow-origin", "https://github.com/aws/serverless-application-model/issues/3769"},
		check: func(s *subject) []Finding {
			return s.originFindings(func(o namedOrigin) (text, fix, instead string) {
				if !strings.Contains(o.value, ",") {
					return "", "", ""
				}
				if o.entry {
					return "several origins stand in one entry", "give each an entry of its own", ""
				}
				return "several origins in " + cors.HeaderAllowOrigin, "let a mapping template pick the page's origin from the list", ""
			})
		},
	}
}

func originNotSerialised() Rule {
	return Rule{
		Name: "origin-not-serialised", Severity: Error,
		Summary: "an origin is written as no browser sends it",
		Page:    "The pages that are meant are refused: origins are compared byte by byte.",
		Why:     "A browser sends scheme, host and port, in lower case, without a path, a trailing slash or the default port.",
		Fix:     "Write the origin as the browser's Origin header has it.",
		Sources: []string{serialisationPage, "https://fetch.spec.whatwg.org/#cors-check"},
		check: func(s *subject) []Finding {
			return s.originFindings(func(o namedOrigin) (text, fix, instead string) {
				if strings.ContainsAny(o.value, ",*'\"") || o.value == "null" || o.value == "" {
					return "", "", ""
				}
				_, err := cors.ParseOrigin(o.value)
				if err == nil {
					return "", "", ""
				}
				f := cors.Faults(err)[0]
				if f.Fix != "" {
					return o.value + " is not an origin as browsers send it", "write " + f.Fix, f.Fix
				}
				return o.value + ": " + f.Detail, "write scheme, host and port alone", ""
			})
		},
	}
}

func originPatternUnsupported() Rule {
	return Rule{
		Name: "origin-pattern-unsupported", Severity: Error,
		Summary: "an origin holds a wildcard that nobody expands",
		Page:    "Every page is refused: no origin has a * in it.",
		Why:     "A browser knows * alone. HTTP APIs know https://* and http://* besides. Sub-domains are not among them.",
		Fix:     "List the origins; or on a REST API let a mapping template compare beginning and end of the Origin header.",
		Sources: []string{httpCORSPage, "https://fetch.spec.whatwg.org/#http-access-control-allow-origin"},
		check: func(s *subject) []Finding {
			return s.originFindings(func(o namedOrigin) (text, fix, instead string) {
				isForm := o.value == "*" || o.entry && (o.value == "https://*" || o.value == "http://*")
				if !strings.Contains(o.value, "*") || isForm || strings.Contains(o.value, ",") {
					return "", "", ""
				}
				return o.value + " is not a wildcard here", "list the origins", ""
			})
		},
	}
}

func nullOrigin() Rule {
	return Rule{
		Name: "null-origin", Severity: Warning,
		Summary: "the origin null is allowed",
		Page:    "Every site can read the API: a sandboxed iframe has this origin.",
		Why:     "null is the origin of sandboxed frames, of files and of some redirects. Anyone can make one.",
		Fix:     "Leave null out; serve the page from an address instead of a file.",
		Sources: []string{"https://fetch.spec.whatwg.org/#origin-header"},
		check: func(s *subject) []Finding {
			return s.originFindings(func(o namedOrigin) (text, fix, instead string) {
				if o.value != "null" {
					return "", "", ""
				}
				return "null is the origin of any sandboxed frame", "leave it out", ""
			})
		},
	}
}

func quotedValue() Rule {
	return Rule{
		Name: "quoted-value", Severity: Error,
		Summary: "a value of an HTTP API's CORS configuration has inner quotes",
		Page:    "The value matches nothing: the quotes are part of it.",
		Why:     "Only the mapping expressions of REST APIs need single quotes inside of the file's own. An HTTP API takes values as they are.",
		Fix:     "Take the inner quotes away.",
		Sources: []string{httpCORSPage},
		check: func(s *subject) (out []Finding) {
			c := s.facts.CORS
			if c == nil || s.facts.Kind != gateway.HTTP {
				return nil
			}
			for _, list := range []gateway.Fact[[]gateway.Text]{c.AllowOrigins, c.AllowMethods, c.AllowHeaders, c.ExposeHeaders} {
				for _, t := range list.Value {
					if value := t.String(); strings.HasPrefix(value, "'") || strings.HasPrefix(value, `"`) {
						out = append(out, Finding{
							Place: first(t.Place, list.Place), Text: "the quotes are part of " + value, Page: "nothing that a page sends equals it",
							Fix: "take the inner quotes away", Safe: true,
						})
					}
				}
			}
			return out
		},
	}
}

func allowOriginsMissing() Rule {
	return Rule{
		Name: "allow-origins-missing", Severity: Error,
		Summary: "a CORS configuration allows no origin",
		Page:    "Every page is refused.",
		Why:     "Without AllowOrigins an HTTP API sends no CORS headers, whatever else the configuration says.",
		Fix:     "Give AllowOrigins.",
		Sources: []string{httpCORSPage},
		check: func(s *subject) (out []Finding) {
			c := s.facts.CORS
			if c == nil || s.facts.Kind != gateway.HTTP || c.AllowOrigins.Unknown != "" || len(c.AllowOrigins.Value) > 0 {
				return nil
			}
			if !c.AllowMethods.IsGiven() && !c.AllowHeaders.IsGiven() && !c.AllowCredentials.IsGiven() && !c.ExposeHeaders.IsGiven() && !c.AllowOrigins.IsGiven() {
				return nil
			}
			return []Finding{{
				Place: first(c.AllowOrigins.Place, c.Place), Text: "no origin is allowed", Page: "every page is refused: no " + cors.HeaderAllowOrigin,
				Fix: "give the origins of the pages",
			}}
		},
	}
}

func allowOriginDiffers() Rule {
	return Rule{
		Name: "allow-origin-differs", Severity: Warning,
		Summary: "a response allows another origin than the preflight",
		Page:    "The request passes its preflight and is sent, but the page cannot read the response.",
		Why:     "Both the preflight response and the actual one are checked against the page's origin.",
		Fix:     "Name the same origin in both.",
		Sources: []string{"https://fetch.spec.whatwg.org/#cors-check"},
		check: func(s *subject) (out []Finding) {
			for i := range s.refusals {
				r := &s.refusals[i]
				if r.asked != askResponse && r.asked != askFailure || r.step.Cause != cors.AllowOriginOther {
					continue
				}
				b := r.verdict.ActualAnswer.Basis
				h, _ := b.Header(cors.HeaderAllowOrigin)
				if _, err := cors.ParseOrigin(r.step.Value); err != nil || h.Value.Place.IsZero() {
					continue
				}
				out = append(out, Finding{
					Place: h.Value.Place, Subject: r.key, Text: "the preflight allows " + r.page.origin + ", this response " + r.step.Value,
					Page: r.sees(), Fix: "name the same origin in both", Related: []Related{{r.page.place, "the origin that the preflight allows"}},
				})
			}
			return out
		},
	}
}

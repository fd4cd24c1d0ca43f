package lint

import (
	"regexp"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// page is the origin of a page, and where the file allows it; the place is zero
// for one that the file does not name.
type page struct {
	origin string
	place  gateway.Place
}

// examplePage stands for any page.
const examplePage = "https://app.example.com"

// meet finds the pages that a resource is for: those the options name, those
// that what answers its preflights names, or those that anything of the API
// names.
func (s *subject) meet(r *resource) {
	var named []page
	switch {
	case s.facts.Kind == gateway.HTTP:
		if c := s.facts.CORS; c != nil {
			r.credentials = c.AllowCredentials.Value && c.AllowCredentials.Unknown == ""
			for _, o := range c.AllowOrigins.Value {
				named = append(named, pagesOf(o)...)
			}
		}
	case r.options != nil:
		named, r.credentials = pagesOfMethod(r.options)
	}
	if len(s.options.Origins) > 0 {
		for _, o := range s.options.Origins {
			r.pages = append(r.pages, page{origin: o})
		}
		return
	}
	if len(named) == 0 && r.options == nil {
		for i := range s.facts.Methods {
			if m := &s.facts.Methods[i]; len(named) == 0 {
				named, _ = pagesOfMethod(m)
			}
		}
	}
	if len(named) == 0 {
		named = []page{{origin: examplePage}}
	}
	r.pages = named
}

// pagesOfMethod are the pages that a method's responses name, and whether they
// allow credentials.
func pagesOfMethod(m *gateway.MethodFacts) (named []page, credentials bool) {
	if m.Integration == nil {
		return nil, false
	}
	for _, r := range m.Integration.Responses {
		if h, ok := header(r.Headers, cors.HeaderAllowOrigin); ok {
			if s, known := unquoted(h.Value); known {
				named = append(named, pagesOf(gateway.Literal(s, h.Value.Place))...)
			}
		}
		for _, t := range r.Templates {
			named = append(named, pagesOfTemplate(t.Template)...)
		}
		if h, ok := header(r.Headers, cors.HeaderAllowCredentials); ok {
			value, known := unquoted(h.Value)
			credentials = credentials || known && strings.EqualFold(value, "true")
		}
	}
	return named, credentials
}

// pagesOf are the pages that an entry means: of a list that someone joined to
// one value, each.
func pagesOf(t gateway.Text) (out []page) {
	value, known := t.Value()
	if !known {
		return []page{{examplePage, t.Place}}
	}
	for entry := range strings.SplitSeq(value, ",") {
		if origin := originOf(entry); origin != "" {
			out = append(out, page{origin, t.Place})
		}
	}
	return out
}

// originOf is an origin that an entry means; "" where it means none.
func originOf(entry string) string {
	entry = strings.Trim(strings.TrimSpace(entry), `'"`)
	if entry == "" || isPlaceholder(entry) {
		return ""
	}
	switch entry {
	case "*", "https://*":
		return examplePage
	case "http://*":
		return "http://localhost:3000"
	}
	p, _, err := cors.ParseOriginPattern(entry)
	for _, f := range cors.Faults(err) {
		if f.Fix != "" && err != nil {
			p, _, err = cors.ParseOriginPattern(f.Fix)
		}
	}
	if err != nil {
		return ""
	}
	return strings.Replace(strings.Replace(p.String(), "*.", "app.", 1), ":*", ":3000", 1)
}

// templateOrigin finds the origins that a mapping template compares with.
func templateOrigin() *regexp.Regexp { return regexp.MustCompile(`["']((?:https?://)[^"'\s]+)["']`) }

func pagesOfTemplate(t gateway.Text) (out []page) {
	text := t.String()
	if !strings.Contains(text, "responseOverride") {
		return nil
	}
	for _, m := range templateOrigin().FindAllStringSubmatch(text, maxTemplatePages) {
		literal := strings.NewReplacer("[.]", ".", `\.`, ".", `\\.`, ".", ".*", "app", ".+", "app").Replace(m[1])
		if origin := originOf(literal); origin != "" {
			out = append(out, page{origin, t.Place})
		}
	}
	return out
}

// maxTemplatePages bounds the pages of one template.
const maxTemplatePages = 50

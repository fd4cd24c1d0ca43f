package fix

import (
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
)

// named is a value of a header for a file, with what it comes to.
type named struct {
	tree edit.Tree
	text string
	at   gateway.Place
	// credentials: the preflights allow them, too; elsewhere: no preflight names
	// the origin, and only another response does.
	credentials, elsewhere bool
}

// originOf is the one origin that the API's preflights name, otherwise that of
// its other responses; why there is none.
func (t *task) originOf(api *gateway.Facts) (found named, why string) {
	preflights, others := map[string]named{}, map[string]named{}
	templates, proxies := false, false
	add := func(to map[string]named, headers []gateway.HeaderFacts) {
		h, ok := header(headers, cors.HeaderAllowOrigin)
		if !ok || !h.Value.IsGiven() {
			return
		}
		text := h.Value.String()
		value, quoted := inner(text)
		if !quoted || strings.Contains(value, ",") {
			return
		}
		n := named{text: text, at: h.Value.Place}
		if c, ok := header(headers, cors.HeaderAllowCredentials); ok {
			n.credentials = c.Value.String() == "'true'"
		}
		if n.tree, ok = t.again(h.Value); !ok {
			return
		}
		if have, ok := to[text]; !ok || have.credentials && !n.credentials {
			to[text] = n
		}
	}
	for _, m := range api.Methods {
		to := others
		if m.Method.String() == "OPTIONS" {
			to = preflights
		}
		if m.Integration == nil {
			continue
		}
		if strings.HasSuffix(strings.ToUpper(m.Integration.Type.String()), "_PROXY") {
			proxies = proxies || m.Method.String() == "OPTIONS"
			continue
		}
		for _, r := range m.Integration.Responses {
			add(to, r.Headers)
			templates = templates || overrides(r.Templates)
		}
	}
	for _, g := range api.GatewayResponses {
		add(others, g.Headers)
	}
	from := preflights
	if len(preflights) == 0 && !templates {
		from = others
	}
	switch {
	case templates:
		return named{}, "a mapping template picks the origin of the preflights: do the same here"
	case len(from) == 0 && api.Kind == gateway.REST && api.CORS != nil && len(api.CORS.AllowOrigins.Value) == 1:
		// The file plainly says it, though where a REST API does not read it.
		value, known := api.CORS.AllowOrigins.Value[0].Value()
		if !known || !isOrigin(value) {
			return named{}, "the origin in the CORS configuration is not known"
		}
		text := "'" + value + "'"
		return named{tree: edit.String(text), text: text, at: api.CORS.AllowOrigins.Place, elsewhere: true, credentials: api.CORS.AllowCredentials.Value && value != "*"}, ""
	case len(from) == 0 && proxies:
		return named{}, "the backend answers the preflights: the file names no origin"
	case len(from) == 0:
		return named{}, "the file names no origin that could be allowed"
	case len(from) > 1:
		return named{}, "the file names several origins, and which one is meant is for you to say"
	}
	for _, n := range from {
		found = n
	}
	found.elsewhere = len(preflights) == 0
	return found, ""
}

// again is a value to be written once more: where a function of this file makes
// it, such as !Sub of a parameter, that function, so that both change together.
// ok is false where it is neither known nor written here.
func (t *task) again(v gateway.Text) (tree edit.Tree, ok bool) {
	literal, known := v.Value()
	if v.Place.File == t.d.Name {
		if spot := t.d.Find(v.Place.Start, v.Place.End); !spot.IsZero() && (!known || isFunction(spot.Value)) {
			return edit.Copy(spot.Value), true
		}
	}
	return edit.String(literal), known
}

func isOrigin(s string) bool {
	_, err := cors.ParseOrigin(s)
	return err == nil || s == "*"
}

// overrides reports whether a mapping template sets Access-Control-Allow-Origin.
func overrides(templates []gateway.TemplateFacts) bool {
	for _, t := range templates {
		text := strings.ToLower(t.Template.String())
		if strings.Contains(text, "responseoverride") && strings.Contains(text, "access-control-allow-origin") {
			return true
		}
	}
	return false
}

func header(headers []gateway.HeaderFacts, name string) (gateway.HeaderFacts, bool) {
	for _, h := range headers {
		if strings.EqualFold(h.Name.String(), name) {
			return h, true
		}
	}
	return gateway.HeaderFacts{}, false
}

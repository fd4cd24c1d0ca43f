package lint

import (
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// gatewayResponsesDiffer compares the gateway responses that a policy speaks for
// with its own.
func (s *subject) gatewayResponsesDiffer(api gateway.API) (out []Finding) {
	var missing []string
	for _, want := range api.GatewayResponses() {
		if !slices.ContainsFunc(s.facts.GatewayResponses, func(g gateway.GatewayResponseFacts) bool {
			kind, known := g.Type.Value()
			return !known || kind == want.Type
		}) {
			missing = append(missing, want.Type)
		}
	}
	// Of an API without methods here the rest may be elsewhere, too.
	if len(missing) > 0 && len(s.facts.Methods) > 0 && s.facts.IsOpen(gateway.OpenResponses) == "" {
		out = append(out, Finding{
			Place: s.facts.Place, Text: "there is no gateway response " + strings.Join(missing, ", ") + ", and the policy has it",
			Page: "a page cannot read the API's own errors", Fix: "add it, with the headers of the policy",
		})
	}
	for _, g := range s.facts.GatewayResponses {
		if kind, known := g.Type.Value(); known && api.Governs(kind) {
			out = append(out, headersDiffer("gateway response "+kind, first(g.HeadersPlace, g.Place), g.Headers, api.GatewayResponses()[0].Headers)...)
		}
	}
	return out
}

// mappedDiffer compares the responses that API Gateway maps, on the paths of the
// policy, with what it has them carry.
func (s *subject) mappedDiffer(api gateway.API, all bool) (out []Finding) {
	want, perRequest := api.ActualHeaders()
	for i := range s.facts.Methods {
		m := &s.facts.Methods[i]
		if !m.MapsResponses() || !slices.ContainsFunc(api.Resources(), func(r gateway.Resource) bool {
			return (all || r.Path == m.Path.String()) && r.IsFor(m.Method.String())
		}) {
			continue
		}
		for _, r := range m.Integration.Responses {
			have := r.Headers
			if perRequest && overridesOrigin(r.Templates) {
				// The template has the last word.
				have = slices.DeleteFunc(slices.Clone(have), func(h gateway.HeaderFacts) bool {
					return strings.EqualFold(h.Name.String(), cors.HeaderAllowOrigin)
				})
			} else if perRequest {
				out = append(out, Finding{
					Place: r.Place, Subject: m.Key(), Text: "no mapping template picks the page's origin, and the policy has several",
					Page: "pages get what the file says", Fix: "pick it with the mapping template that the preflight has",
				})
				continue
			}
			out = append(out, headersDiffer(m.Key(), r.Place, have, want)...)
		}
	}
	return out
}

// headersDiffer compares the CORS headers of a response that is at a place.
func headersDiffer(of string, at gateway.Place, have []gateway.HeaderFacts, want []gateway.Mapping) (out []Finding) {
	for _, name := range []string{cors.HeaderAllowOrigin, cors.HeaderAllowCredentials, cors.HeaderExposeHeaders, cors.HeaderVary} {
		wanted := ""
		for _, m := range want {
			if strings.EqualFold(m.Header, name) {
				wanted = m.String()
			}
		}
		text, place := "", at
		if h, ok := header(have, name); ok {
			value, known := h.Value.Value()
			if !known {
				continue
			}
			text, place = value, first(h.Value.Place, h.Key.Place, at)
		} else if mayHave(have, name) {
			continue
		}
		if name == cors.HeaderVary && (wanted == "" || text != "") {
			continue // it may name more
		}
		for _, f := range differs(name, strings.Trim(text, "'"), strings.Trim(wanted, "'"), name == cors.HeaderExposeHeaders, place) {
			f.Subject, f.Text = of, f.Text+", for the "+of
			out = append(out, f)
		}
	}
	return out
}

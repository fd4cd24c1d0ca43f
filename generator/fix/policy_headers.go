package fix

import (
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// editHeaders makes mapped headers those of the policy. Headers that have
// nothing to do with CORS stay, and so do values that are known to be right.
func (p *placing) editHeaders(h *sheet, w way, prefix string, have []gateway.HeaderFacts, want []gateway.Mapping) error {
	s := h.at(w)
	if s.IsZero() || s.Value.Kind != reader.MappingValue || len(s.Value.Fields) == 0 || isFunction(s.Value) {
		// gateway responses of SAM have no prefix.
		return h.put(w, headerValues(prefix, want), nil)
	}
	for _, m := range want {
		key := keyOf(h, w, prefix, m.Header)
		if key == "" {
			key = prefix + m.Header
		}
		if isKnown(have, m) && h.has(w.to(key)) {
			continue
		}
		value := quoted(m.String())
		if !h.has(w.to(key)) {
			value = p.inOwnWords(h, mappingOf(with(key, value))).Fields[0].Value
		}
		if err := h.put(w.to(key), value, nil); err != nil {
			return err
		}
	}
	for _, f := range h.at(w).Value.Fields {
		name, ok := cutPrefix(f.Key, prefix)
		if ok && isCORS(name) && !wants(want, name) {
			if err := h.remove(w.to(f.Key)); err != nil {
				return err
			}
		}
	}
	return nil
}

// keyOf is the key that a header has; "" where it has none.
func keyOf(h *sheet, w way, prefix, header string) string {
	for _, f := range h.at(w).Value.Fields {
		if name, ok := cutPrefix(f.Key, prefix); ok && strings.EqualFold(name, header) {
			return f.Key
		}
	}
	return ""
}

func cutPrefix(key, prefix string) (string, bool) {
	if len(key) < len(prefix) || !strings.EqualFold(key[:len(prefix)], prefix) {
		return "", false
	}
	return key[len(prefix):], true
}

// isKnown reports whether a header is known to have its value.
func isKnown(have []gateway.HeaderFacts, want gateway.Mapping) bool {
	for _, h := range have {
		if strings.EqualFold(h.Name.String(), want.Header) && hasValue(h, want) {
			return true
		}
	}
	return false
}

// hasValue reports whether a header is known to say what it is to: the order of a
// list, and the case of the names of headers, say nothing.
func hasValue(h gateway.HeaderFacts, want gateway.Mapping) bool {
	value, known := h.Value.Value()
	if !known || value == want.String() {
		return known
	}
	list, quoted := inner(value)
	have, names := words(list), words(want.Value)
	switch {
	case !quoted || want.Expression:
		return false
	case strings.EqualFold(want.Header, cors.HeaderAllowHeaders), strings.EqualFold(want.Header, cors.HeaderExposeHeaders):
		have, names = lower(have), lower(names)
	case !strings.EqualFold(want.Header, cors.HeaderAllowMethods):
		return false
	}
	slices.Sort(have)
	slices.Sort(names)
	return slices.Equal(have, names)
}

func lower(words []string) (out []string) {
	for _, w := range words {
		out = append(out, strings.ToLower(w))
	}
	return out
}

// editTemplate makes the mapping template of a response what it is to be; one
// that does not set the origin, where none has to, stays.
func editTemplate(h *sheet, w way, have, want string) error {
	if strings.TrimSpace(have) == strings.TrimSpace(want) || want == "" && !setsOrigin(have) {
		return nil
	}
	at := w.to("application/json")
	if want != "" {
		return h.put(w, mappingOf(with("application/json", quoted(want))), nil)
	}
	if s := h.at(w); !s.IsZero() && len(s.Value.Fields) == 1 {
		at = w
	}
	return h.remove(at)
}

// declare declares headers in the method response of a status; the declarations
// of other CORS headers go.
func (p *placing) declare(h *sheet, method way, words methodWords, status string, names []string) error {
	w, ok := words.declarations(h, method, status)
	if !ok {
		return refuse(gateway.Place{}, "", "%s has no response %s", method, status)
	}
	if !h.has(w) || len(h.at(w).Value.Fields) == 0 {
		return h.put(w, declaredHeaders(words.prefix, names, words.declared), nil)
	}
	for _, name := range names {
		if keyOf(h, w, words.prefix, name) == "" {
			if err := h.put(w.to(words.prefix+name), words.declared(), nil); err != nil {
				return err
			}
		}
	}
	for _, f := range h.at(w).Value.Fields {
		name, ok := cutPrefix(f.Key, words.prefix)
		if ok && isCORS(name) && !containsFold(names, name) {
			if err := h.remove(w.to(f.Key)); err != nil {
				return err
			}
		}
	}
	return nil
}

func containsFold(names []string, name string) bool {
	for _, n := range names {
		if strings.EqualFold(n, name) {
			return true
		}
	}
	return false
}

// editResponses gives the responses that API Gateway maps their headers.
func (p *placing) editResponses(h *sheet, w way, words methodWords, m *gateway.MethodFacts) error {
	list := h.at(w.to(words.integration, words.responses))
	if list.IsZero() || len(list.Value.Items)+len(list.Value.Fields) != len(m.Integration.Responses) {
		return refuse(m.Place, "", "the integration responses of %s are not written out", m.Key())
	}
	headers, perRequest := p.target.ActualHeaders()
	for i, r := range m.Integration.Responses {
		response := w.to(words.integration, words.responses, i)
		if list.Value.Kind == reader.MappingValue {
			response = w.to(words.integration, words.responses, list.Value.Fields[i].Key)
		}
		if err := p.editHeaders(h, response.to(words.responseParameters), methodHeader, r.Headers, headers); err != nil {
			return err
		}
		have := templateOf(r.Templates)
		want, err := p.responseTemplate(m, have)
		if err != nil {
			return err
		}
		if strings.TrimSpace(want) != strings.TrimSpace(have) {
			if err := h.put(response.to(words.responseTemplates, "application/json"), quoted(want), nil); err != nil {
				if err = h.put(response.to(words.responseTemplates), mappingOf(with("application/json", quoted(want))), nil); err != nil {
					return err
				}
			}
		}
		names := make([]string, 0, len(headers)+1)
		if perRequest {
			names = append(names, "Access-Control-Allow-Origin")
		}
		for _, header := range headers {
			names = append(names, header.Header)
		}
		if err := p.declare(h, w, words, r.Status.String(), names); err != nil {
			return err
		}
	}
	return nil
}

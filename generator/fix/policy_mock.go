package fix

import (
	"strconv"
	"strings"

	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// editMock makes an OPTIONS mock the policy's: in place, or anew where it is too
// broken to answer.
func (p *placing) editMock(h *sheet, w way, words methodWords, m *gateway.MethodFacts, mock gateway.Mock, rendered *reader.Value) error {
	if i := m.Integration; i != nil && i.Type.String() != "MOCK" {
		return notAMock(m)
	}
	if mockSays(m, mock, p.needsText(p.facts[0])) == nil && p.declares(m, mock) {
		return nil
	}
	if isGuarded(m.Auth) {
		if err := words.admit(h, w); err != nil {
			return err
		}
	}
	response, sound := p.soleResponse(h, w, words, m)
	if !sound {
		for _, key := range []string{words.integration, words.rest} {
			if h.at(w.to(key)).IsZero() {
				if err := h.set(w, "", key, edit.Copy(rendered.Get(key))); err != nil {
					return err
				}
			} else if err := h.make(h.Replace(h.at(w.to(key)), edit.Copy(rendered.Get(key))), w.to(key)); err != nil {
				return err
			}
		}
		return nil
	}
	have := m.Integration.Responses[0]
	if err := p.editHeaders(h, response.to(words.responseParameters), methodHeader, have.Headers, mock.Headers); err != nil {
		return err
	}
	if err := editTemplate(h, response.to(words.responseTemplates), templateOf(have.Templates), mock.ResponseTemplate); err != nil {
		return err
	}
	if p.needsText(p.facts[0]) {
		for _, at := range []way{w.to(words.integration, words.text), response.to(words.text)} {
			if err := h.put(at, quoted(gateway.ContentHandling), nil); err != nil {
				return err
			}
		}
	}
	return p.declare(h, w, words, have.Status.String(), mock.DeclaredHeaders())
}

// declares reports whether the method response of a sound mock declares its
// headers.
func (p *placing) declares(m *gateway.MethodFacts, mock gateway.Mock) bool {
	if m.MadeBy != "" {
		return true
	}
	status := m.Integration.Responses[0].Status.String()
	for _, r := range m.Responses {
		if r.Status.String() != status {
			continue
		}
		for _, name := range mock.DeclaredHeaders() {
			found := false
			for _, h := range r.Headers {
				found = found || strings.EqualFold(h.Name.String(), name)
			}
			if !found {
				return false
			}
		}
		return true
	}
	return false
}

// soleResponse is the way to the one response of a mock that answers with an ok
// status, whose method response is there.
func (p *placing) soleResponse(h *sheet, w way, words methodWords, m *gateway.MethodFacts) (way, bool) {
	i := m.Integration
	if i == nil || len(i.Responses) != 1 || i.Responses[0].Pattern.String() != "" {
		return nil, false
	}
	status := i.Responses[0].Status.String()
	if code, err := strconv.Atoi(status); err != nil || code < 200 || code > 299 || !asksForStatus(templateOf(i.RequestTemplates)) {
		return nil, false
	}
	if _, ok := words.declarations(h, w, status); !ok {
		return nil, false
	}
	list := h.at(w.to(words.integration, words.responses))
	switch {
	case list.IsZero():
		return nil, false
	case list.Value.Kind == reader.ListValue && len(list.Value.Items) == 1:
		return w.to(words.integration, words.responses, 0), true
	case list.Value.Kind == reader.MappingValue && len(list.Value.Fields) == 1:
		return w.to(words.integration, words.responses, list.Value.Fields[0].Key), true
	}
	return nil, false
}

// asksForStatus reports whether a mock's request template gives an integer ok
// status.
func asksForStatus(template string) bool {
	_, after, ok := strings.Cut(template, "statusCode")
	after = strings.TrimLeft(after, "\"' \t\r\n:")
	return ok && len(after) >= 3 && after[0] == '2' && strings.Trim(after[:3], "0123456789") == "" && !strings.Contains(template, `:"2`) && !strings.Contains(template, `: "2`)
}

func notAMock(m *gateway.MethodFacts) error {
	return refuse(m.Place, "take it out first: the policy lets API Gateway answer", "%s is not a mock: somebody else answers the preflight", m.Key())
}

package fix

import (
	"strconv"
	"strings"

	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// methodWords are how a tool spells the parts of a REST API's method.
type methodWords struct {
	integration, text  string
	requestTemplates   string
	responses          string
	responseParameters string
	responseTemplates  string
	// declarations is where the headers of a status are declared, and prefix what
	// their names begin with there.
	declarations func(h *sheet, method way, status string) (w way, ok bool)
	prefix       string
	declared     func() *reader.Value
	// admit takes away what a method asks of its caller.
	admit func(h *sheet, method way) error
	// rest are the keys of a rendered mock that say the method responses.
	rest string
}

// resourceWords are those of AWS::ApiGateway::Method.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-method.html
func resourceWords() methodWords {
	return methodWords{
		integration: "Integration", text: "ContentHandling", requestTemplates: "RequestTemplates", responses: "IntegrationResponses",
		responseParameters: "ResponseParameters", responseTemplates: "ResponseTemplates", rest: "MethodResponses",
		prefix: methodHeader, declared: func() *reader.Value { return bare("true") },
		declarations: func(h *sheet, method way, status string) (way, bool) {
			list := h.at(method.to("MethodResponses"))
			if list.IsZero() {
				return nil, false
			}
			for i, item := range list.Value.Items {
				if code := item.Value.Get("StatusCode"); code != nil && code.Text == status {
					return method.to("MethodResponses", i, "ResponseParameters"), true
				}
			}
			return nil, false
		},
		admit: func(h *sheet, method way) error {
			if err := h.put(method.to("AuthorizationType"), quoted("NONE"), nil); err != nil {
				return err
			}
			for _, key := range []string{"AuthorizerId", "AuthorizationScopes"} {
				if err := h.remove(method.to(key)); err != nil {
					return err
				}
			}
			if h.has(method.to("ApiKeyRequired")) {
				return h.put(method.to("ApiKeyRequired"), bare("false"), nil)
			}
			return nil
		},
	}
}

// operationWords are those of an operation of OpenAPI.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
func operationWords(openAPI3 bool) methodWords {
	return methodWords{
		integration: "x-amazon-apigateway-integration", text: "contentHandling", requestTemplates: "requestTemplates", responses: "responses",
		responseParameters: "responseParameters", responseTemplates: "responseTemplates", rest: "responses",
		declared: func() *reader.Value {
			typ := with("type", quoted("string"))
			if openAPI3 {
				return mappingOf(with("schema", mappingOf(typ)))
			}
			return mappingOf(typ)
		},
		declarations: func(h *sheet, method way, status string) (way, bool) {
			w := method.to("responses", status)
			s := h.at(w)
			if s.IsZero() || s.Value.Kind == reader.MappingValue && s.Value.Get("$ref") != nil {
				return nil, false
			}
			return w.to("headers"), true
		},
		admit: func(h *sheet, method way) error {
			own, all := method.to("security"), method[:len(method)-3].to("security")
			switch {
			case h.has(own):
				return h.make(h.Replace(h.at(own), edit.List()), own)
			case h.has(all):
				return h.make(h.Set(h.at(method), "security", edit.List()), own)
			}
			// SAM's own flags are for the rest.
			return nil
		},
	}
}

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
		if err := h.put(w.to(key), quoted(m.String()), nil); err != nil {
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
		if value, known := h.Value.Value(); known && value == want.String() && strings.EqualFold(h.Name.String(), want.Header) {
			return true
		}
	}
	return false
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

func notAMock(m *gateway.MethodFacts) error {
	return refuse(m.Place, "take it out first: the policy lets API Gateway answer", "%s is not a mock: somebody else answers the preflight", m.Key())
}

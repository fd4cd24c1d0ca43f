package fix

import (
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// correctMock lets the mock of an OPTIONS method come to a status.
func correctMock(t *task) Edit {
	m := t.method(func(m *gateway.MethodFacts) bool { return m.Key() == t.f.Subject })
	if m == nil || m.Integration == nil || m.Integration.Place.File != t.d.Name {
		return not("the mock is written elsewhere")
	}
	i := t.d.Find(m.Integration.Place.Start, m.Integration.Place.End)
	if i.IsZero() || i.Value.Kind != reader.MappingValue {
		return not("the mock is written elsewhere")
	}
	capital := i.Value.Get("Type") != nil
	key := func(k string) string {
		if capital {
			return strings.ToUpper(k[:1]) + k[1:]
		}
		return k
	}
	e := Edit{}
	if strings.Contains(t.f.Text, "binary media type") {
		e.Means = []string{"- " + m.Key() + ": integration", "+ " + m.Key() + ": integration"}
		word := edit.String(gateway.ContentHandling)
		e.Changes = t.d.SetAfter(i, key("type"), key("contentHandling"), word)
		for j := range m.Integration.Responses {
			r := m.Integration.Responses[j]
			if at := t.d.Find(r.Place.Start, r.Place.End); r.Place.File == t.d.Name && at.Value.Kind == reader.MappingValue && r.ContentHandling.String() == "" {
				e.Changes = append(e.Changes, t.d.SetAfter(at, key("statusCode"), key("contentHandling"), word)...)
			}
		}
		return e
	}
	status := ""
	for _, r := range m.Integration.Responses {
		if s, known := r.Status.Value(); known && strings.HasPrefix(s, "2") && r.Pattern.String() == "" {
			status = s
		}
	}
	if status == "" {
		return not("no integration response without a pattern has an ok status")
	}
	e.Means = []string{"- " + m.Key() + ": request template", "+ " + m.Key() + ": request template"}
	text := `{"statusCode": ` + status + `}`
	templates := i.Child(key("requestTemplates"))
	if templates.IsZero() {
		e.Changes = t.d.SetAfter(i, key("type"), key("requestTemplates"), edit.Map(edit.Field{Key: "application/json", Value: edit.String(text)}))
		return e
	}
	if j := templates.Child("application/json"); !j.IsZero() {
		at, ok := t.scalar(j)
		if !ok {
			return not("a function makes the request template: change it where it comes from")
		}
		if at.Value.Style == reader.Block {
			e.Changes = t.d.Replace(j, edit.String(text))
			return e
		}
		e.Changes = t.d.SetText(at, text)
		return e
	}
	e.Changes = t.setAll(templates, edit.Field{Key: "application/json", Value: edit.String(text)})
	return e
}

// answerOK gives the response of a preflight a status that is ok: that of a
// method response which is there, or else 204.
func answerOK(t *task) Edit {
	var m *gateway.MethodFacts
	var r *gateway.IntegrationResponseFacts
	for _, api := range t.APIs(t.f) {
		for i := range api.Methods {
			if api.Methods[i].Integration == nil || api.Methods[i].Method.String() != "OPTIONS" {
				continue
			}
			for j := range api.Methods[i].Integration.Responses {
				if x := &api.Methods[i].Integration.Responses[j]; x.Status.Place == t.f.Place {
					m, r = &api.Methods[i], x
				}
			}
		}
	}
	if m == nil {
		return not("the response is written elsewhere")
	}
	at, ok := t.scalar(t.spot)
	if !ok {
		return not("a function makes the status: change it where it comes from")
	}
	status := ""
	for _, response := range m.Responses {
		if s, known := response.Status.Value(); known && strings.HasPrefix(s, "2") {
			status = s
			break
		}
	}
	if status == "" {
		status = "204"
	}
	var names []string
	for _, h := range r.Headers {
		names = append(names, h.Name.String())
	}
	declared := t.declare(t.spot, m, status, names)
	if declared.Not != "" {
		return declared
	}
	changes := t.d.SetText(at, status)
	if !t.d.IsJSON && at.Value.Style == reader.Plain {
		changes = t.d.SetBare(at, status)
	} else if t.d.IsJSON && at.Value.Style == reader.Plain {
		changes = t.d.SetBare(at, status)
	}
	return Edit{
		Changes: append(changes, declared.Changes...),
		Means:   append(declared.Means, "- "+m.Key()+": integration response ", "+ "+m.Key()+": integration response "+status),
	}
}

// mapCORS lets an OPTIONS method answer with CORS headers.
func mapCORS(t *task) Edit {
	api := t.facts()
	for i := range api.Methods {
		m := &api.Methods[i]
		if m.Method.String() != "OPTIONS" || m.Integration == nil {
			continue
		}
		here := m.Place == t.f.Place
		for j := range m.Integration.Responses {
			r := &m.Integration.Responses[j]
			if r.Place != t.f.Place {
				continue
			}
			o, why := t.originOf(api)
			if why != "" {
				return not(why)
			}
			headers := []mapping{{cors.HeaderAllowOrigin, o.tree, o.text}}
			path := m.Path.String()
			if _, ok := header(r.Headers, cors.HeaderAllowMethods); !ok {
				headers = append(headers, static(cors.HeaderAllowMethods, append(methodsOf(api, path), "OPTIONS")))
			}
			if _, ok := header(r.Headers, cors.HeaderAllowHeaders); !ok && len(needs(api, path)) > 0 {
				headers = append(headers, static(cors.HeaderAllowHeaders, needs(api, path)))
			}
			if _, ok := header(r.Headers, cors.HeaderAllowCredentials); !ok && o.credentials {
				headers = append(headers, mapping{cors.HeaderAllowCredentials, edit.String("'true'"), "'true'"})
			}
			e := t.mapHeaders(t.spot, m, r, headers...)
			e.Unsafe = o.elsewhere
			return e
		}
		if here {
			return t.addMock(m)
		}
	}
	return not("the OPTIONS method is written elsewhere")
}

// addIntegration gives an OPTIONS method a mock.
func addIntegration(t *task) Edit {
	m := t.method(func(m *gateway.MethodFacts) bool { return m.Key() == t.f.Subject })
	if m == nil {
		return not("the OPTIONS method is written elsewhere")
	}
	return t.addMock(m)
}

// addMock gives an OPTIONS method whose integration or whose responses are
// missing both.
func (t *task) addMock(m *gateway.MethodFacts) Edit {
	if m.Place.File != t.d.Name {
		return not("the OPTIONS method is written elsewhere")
	}
	p, why := t.preflightFor(t.facts(), m.Path.String())
	if why != "" {
		return not(why)
	}
	s := t.d.Find(m.Place.Start, m.Place.End)
	e := Edit{Means: []string{"- " + m.Key() + ": ", "+ " + m.Key() + ": "}, Unsafe: p.elsewhere}
	if properties := s.Child("Properties"); !properties.IsZero() {
		integration, responses := p.writeIntegration()
		if there := properties.Child("Integration"); !there.IsZero() {
			_, i := integration.Fields()[0], there
			for _, f := range integration.Fields() {
				if f.Key == "IntegrationResponses" || i.Value.Get(f.Key) == nil {
					e.Changes = append(e.Changes, t.d.Set(there, f.Key, f.Value)...)
				}
			}
		} else {
			e.Changes = t.d.Set(properties, "Integration", integration)
		}
		if properties.Value.Get("MethodResponses") != nil {
			var names []string
			for _, h := range p.headers {
				names = append(names, h.name)
			}
			e.Changes = append(e.Changes, t.declareCloudFormation(properties, p.status, missingFrom(m, p.status, names))...)
			return e
		}
		e.Changes = append(e.Changes, t.d.Set(properties, "MethodResponses", responses)...)
		return e
	}
	if s.Value.Kind != reader.MappingValue && !s.Value.Null || !strings.EqualFold(s.Key(), "options") {
		return not("the OPTIONS method is written elsewhere")
	}
	root := s.Above(func(s edit.Spot) bool { return s.Value.Get("paths") != nil })
	operation := p.writeOpenAPI(!root.IsZero() && root.Value.Get("swagger") != nil)
	if s.Value.Null || len(s.Value.Fields) == 0 {
		e.Changes = t.d.Replace(s, operation)
		return e
	}
	var names []string
	for _, h := range p.headers {
		names = append(names, h.name)
	}
	for _, f := range operation.Fields() {
		if f.Key == integrationKey {
			e.Changes = append(e.Changes, t.d.Set(s, f.Key, f.Value)...)
		}
	}
	if s.Value.Get("responses") == nil {
		e.Changes = append(e.Changes, t.d.Set(s, "responses", operation.Fields()[0].Value)...)
	} else if missing := missingFrom(m, p.status, names); len(missing) > 0 || !responds(m, p.status) {
		declared := t.declareOpenAPI(s, p.status, missing)
		if declared == nil {
			return not("the method response is written elsewhere")
		}
		e.Changes = append(e.Changes, declared...)
	}
	return e
}

// missingFrom are the headers that a method response does not declare.
func missingFrom(m *gateway.MethodFacts, status string, names []string) (out []string) {
	var have []gateway.HeaderFacts
	for _, r := range m.Responses {
		if r.Status.String() == status {
			have = r.Headers
		}
	}
	for _, name := range names {
		if _, ok := header(have, name); !ok {
			out = append(out, name)
		}
	}
	return out
}

func responds(m *gateway.MethodFacts, status string) bool {
	for _, r := range m.Responses {
		if r.Status.String() == status {
			return true
		}
	}
	return false
}

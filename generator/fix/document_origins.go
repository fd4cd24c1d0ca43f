package fix

import (
	"regexp"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// splitOrigins gives each of several origins that are joined to one value an
// entry of its own; on a REST API a mapping template picks the page's.
func splitOrigins(t *task) Edit {
	if t.facts().Kind == gateway.HTTP {
		return t.splitEntry()
	}
	return t.pickOrigin()
}

func (t *task) splitEntry() Edit {
	s, ok := t.scalar(t.spot)
	if !ok || s.Value.Tag != "" || s.Value.Style == reader.Block {
		return not("a function makes the value: change it where it comes from")
	}
	entries := words(s.Value.Text)
	e := Edit{Means: []string{"- CORS configuration: AllowOrigins: "}}
	var list []edit.Tree
	for _, entry := range entries {
		e.Means = append(e.Means, "+ CORS configuration: AllowOrigins: "+entry)
		list = append(list, edit.String(entry))
	}
	if up := s.Up(); up.Value.Kind != reader.ListValue {
		e.Changes = t.d.Replace(s, edit.List(list...))
		return e
	}
	e.Changes = t.d.SetText(s, entries[0])
	for _, entry := range list[1:] {
		e.Changes = append(e.Changes, t.d.Append(s.Up(), entry)...)
	}
	return e
}

// pickOrigin lets the mapping template of a mock pick the page's origin from
// those that the value plainly names.
func (t *task) pickOrigin() Edit {
	literal, ok := t.scalar(t.spot)
	if !ok || literal.Value.Tag != "" || literal.Key() == "Fn::Sub" {
		return not("a function makes the value: change it where it comes from")
	}
	list, _ := inner(literal.Value.Text)
	if !t.isMock() {
		return t.pickInError(words(list))
	}
	if key := t.spot.Key(); key == "AllowOrigin" || key == "Cors" {
		return t.pickInSAM(words(list))
	}
	template, why := templateFor(words(list))
	if why != "" {
		return not(why)
	}
	response := t.spot.Up().Up()
	key, templates := t.spot.Key(), "responseTemplates"
	if !strings.HasPrefix(key, methodHeader) {
		return not("the response is written elsewhere")
	}
	if isCloudFormation(response) {
		templates = "ResponseTemplates"
	}
	e := Edit{Means: []string{
		"- Access-Control-Allow-Origin: '" + list, "- template for application/json: ", "+ template for application/json: ",
		"+ Vary: 'Origin'", "+ declares Vary",
	}}
	vary := t.varyOf(response)
	if vary {
		e.Changes = t.d.Delete(t.spot)
	} else {
		e.Changes = append(t.d.SetKey(t.spot, methodHeader+cors.HeaderVary), t.d.SetText(literal, "'Origin'")...)
		m := t.method(func(m *gateway.MethodFacts) bool { return m.Key() == t.f.Subject })
		status := ""
		if m != nil {
			for _, r := range m.Integration.Responses {
				if r.Place.Start <= t.f.Place.Start && t.f.Place.End <= r.Place.End {
					status = r.Status.String()
				}
			}
		}
		if status == "" {
			return not("the response is written elsewhere")
		}
		declared := t.declare(response, m, status, []string{cors.HeaderVary})
		if declared.Not != "" {
			return declared
		}
		e.Changes = append(e.Changes, declared.Changes...)
		e.Means = append(e.Means, declared.Means...)
	}
	if there := response.Child(templates); there.IsZero() {
		e.Changes = append(e.Changes, t.d.Set(response, templates, edit.Map(edit.Field{Key: "application/json", Value: edit.String(template)}))...)
	} else if json := there.Child("application/json"); json.IsZero() {
		e.Changes = append(e.Changes, t.setAll(there, edit.Field{Key: "application/json", Value: edit.String(template)})...)
	} else {
		// What a preflight has in its body nobody reads.
		e.Changes = append(e.Changes, t.d.Replace(json, edit.String(template))...)
	}
	return e
}

// isMock reports whether the finding is about the mock of a preflight.
func (t *task) isMock() bool {
	m := t.method(func(m *gateway.MethodFacts) bool { return m.Key() == t.f.Subject })
	return m != nil && m.Method.String() == "OPTIONS" && m.Integration != nil && strings.EqualFold(m.Integration.Type.String(), "MOCK")
}

func (t *task) varyOf(response edit.Spot) bool {
	for _, key := range []string{"responseParameters", "ResponseParameters"} {
		if p := response.Child(key); !p.IsZero() && p.Value.Get(methodHeader+cors.HeaderVary) != nil {
			return true
		}
	}
	return false
}

// pickInError is for a gateway response, which evaluates no template: any origin
// may read an error that holds nothing, or with credentials the page's own.
func (t *task) pickInError([]string) Edit {
	for _, api := range t.APIs(t.f) {
		for _, g := range api.GatewayResponses {
			h, ok := header(g.Headers, cors.HeaderAllowOrigin)
			if !ok || h.Value.Place != t.f.Place {
				continue
			}
			if c, _ := header(g.Headers, cors.HeaderAllowCredentials); c.Value.String() == "'true'" {
				return not("a gateway response has room for one origin: name it, or write method.request.header.origin")
			}
			return t.change(func(string) string { return "'*'" })
		}
	}
	return not("which of the origins is meant is for you to say: this response has room for one")
}

// templateFor is a mapping template that picks the page's origin from a list.
func templateFor(origins []string) (template, why string) {
	api, _, err := gateway.Parse(gateway.Config{
		API: string(gateway.REST), Config: cors.Config{AllowOrigins: origins, AllowMethods: []string{"GET"}},
	})
	if err != nil {
		return "", "the origins cannot all be allowed: " + cors.Faults(err)[0].Detail
	}
	for _, r := range api.Resources() {
		if mock, ok := api.Mock(r); ok && mock.ResponseTemplate != "" {
			return mock.ResponseTemplate, ""
		}
	}
	return "", "one of the origins covers the others"
}

// serialise writes an origin as a browser sends it.
func serialise(t *task) Edit {
	if t.f.Instead == "" {
		return not("what origin is meant is for you to say")
	}
	if t.facts().Kind == gateway.HTTP {
		return t.entry(func(string) string { return t.f.Instead })
	}
	return t.change(func(s string) string {
		if _, quoted := inner(s); quoted {
			return "'" + t.f.Instead + "'"
		}
		return t.f.Instead
	})
}

// sameOrigin names the preflight's origin where a response has another.
func sameOrigin(t *task) Edit {
	if len(t.f.Related) == 0 {
		return not("the preflight names no origin in this file")
	}
	at := t.f.Related[0].Place
	for _, api := range t.APIs(t.f) {
		o, why := t.originOf(api)
		if why != "" {
			return not(why)
		}
		if o.at == at && at.File == t.f.Place.File {
			e := Edit{Changes: t.d.Replace(t.spot, o.tree)}
			for _, h := range t.mapped() {
				e.Means = append(e.Means, "- "+h.Name.String()+": "+h.Value.String(), "+ "+h.Name.String()+": "+o.text)
			}
			return e
		}
	}
	return not("the preflights of the API name several origins")
}

// nameOrigin names the one origin of the API where an integration response is to
// give the request's own back, which only a mapping template can.
func nameOrigin(t *task) Edit {
	mapped := t.mapped()
	if len(mapped) > 0 && strings.EqualFold(mapped[0].Name.String(), cors.HeaderAllowOrigin) && strings.HasPrefix(mapped[0].Value.String(), "method.request.") {
		h := mapped[0]
		o, why := t.originOf(t.facts())
		if why != "" {
			return not(why)
		}
		name := h.Name.String()
		return Edit{
			Changes: t.d.Replace(t.spot, o.tree), Means: []string{"- " + name + ": " + h.Value.String(), "+ " + name + ": " + o.text},
		}
	}
	return not("what the header is to say is for you to write")
}

// dropNull takes null out of a list of origins.
func dropNull(t *task) Edit {
	if up := t.spot.Up(); !up.IsZero() && up.Value.Kind == reader.ListValue && len(up.Value.Items) > 1 {
		return Edit{Changes: t.d.Delete(t.spot), Means: []string{"- CORS configuration: AllowOrigins: null"}}
	}
	return not("which origin is to be allowed in its place is for you to say")
}

// compareOrigins writes a comparison for a regular expression that is plainly a
// single origin.
func compareOrigins(t *task) Edit {
	at, ok := t.scalar(t.spot)
	if !ok {
		return not("a function makes the template: change it where it comes from")
	}
	// The quotes of JSON and of YAML have a backslash before them.
	call := regexp.MustCompile(`\.matches\(\s*(\\?["'])\^?(https?://[A-Za-z0-9:.\\-]+?)\$?(\\?["'])\s*\)`)
	changes := t.d.ReplaceIn(at, call, " == ${1}${2}${3}")
	for i := range changes {
		changes[i].New = strings.NewReplacer(`\\.`, ".", `\.`, ".").Replace(changes[i].New)
	}
	if len(changes) == 0 {
		return not("what the expression is to match is for you to say")
	}
	return Edit{Changes: changes, Means: []string{"- template for", "+ template for"}}
}

// readHeader takes the origin from the header alone.
func readHeader(t *task) Edit {
	at, ok := t.scalar(t.spot)
	if !ok {
		return not("a function makes the template: change it where it comes from")
	}
	call := regexp.MustCompile(`(?i)\$input\.params\(\s*(\\?["'])(origin)(\\?["'])\s*\)`)
	return Edit{Changes: t.d.ReplaceIn(at, call, "$$input.params().header.get(${1}${2}${3})"), Means: []string{"- template for", "+ template for"}}
}

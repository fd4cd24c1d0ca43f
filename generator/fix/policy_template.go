package fix

import (
	"slices"
	"strconv"

	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// intoTemplate puts the policy into a CloudFormation template.
func (p *placing) intoTemplate() error {
	api := p.facts[0]
	h, err := p.open(api.Place.File)
	if err != nil {
		return err
	}
	properties := way{"Resources", api.Name, "Properties"}
	d, body, err := p.document(h, properties.to("Body"))
	switch {
	case err != nil:
		return err
	case !p.policy.IsREST() && !h.has(properties):
		return refuse(api.Place, "put the policy where the API is declared", "%s is declared elsewhere", api.Name)
	case !p.policy.IsREST() && d != nil && !h.has(properties.to("CorsConfiguration")):
		return p.intoOpenAPI(d, body)
	case !p.policy.IsREST():
		if err := p.configure(h, properties.to("CorsConfiguration"), configurationNames); err != nil {
			return err
		}
		return p.addRoutes(h)
	case d != nil && p.hasResponseResources():
		if err := p.operations(d, body, nil); err != nil {
			return err
		}
		if err := p.documentResponses(d, body, nil); err != nil {
			return err
		}
		template, err := snippet(p.target, "cloudformation")
		if err != nil {
			return err
		}
		added, err := p.responseResources(h, template, nil)
		if err != nil {
			return err
		}
		return p.deploy(h, added)
	case d != nil:
		if err := p.intoOpenAPI(d, body); err != nil {
			return err
		}
		return p.deploy(h, nil)
	}
	return p.intoResources(h)
}

// document is where the OpenAPI document of an API stands: in the template, or
// in a file of its own; nil where there is none.
func (p *placing) document(h *sheet, w way) (*sheet, way, error) {
	if s := h.at(w); !s.IsZero() && s.Value.Kind == reader.MappingValue && !isFunction(s.Value) {
		return h, w, nil
	}
	file := ""
	for _, f := range p.facts {
		for _, m := range f.Methods {
			if m.MadeBy == "" && m.Place.File != h.name {
				file = m.Place.File
			}
		}
		for _, r := range f.Routes {
			if r.Place.File != h.name {
				file = r.Place.File
			}
		}
	}
	if file == "" {
		return nil, nil, nil
	}
	d, err := p.open(file)
	return d, nil, err
}

// resourceAt is the logical id of the resource at a place of the file as it was
// read.
func (p *placing) resourceAt(at gateway.Place) (string, error) {
	d, err := p.Document(at.File)
	if err != nil {
		return "", err
	}
	if d.Root != nil {
		// A document that the template includes has none.
		if resources := d.Root.Get("Resources"); resources != nil {
			for _, f := range resources.Fields {
				if f.Start == at.Start {
					return f.Key, nil
				}
			}
		}
	}
	return "", refuse(at, "", "what stands there is not a resource of the template")
}

// withParameters is how a condition comes to hold that decides about what a
// policy would add.
const withParameters = "give the parameters with --parameter values that make it"

// intoResources edits AWS::ApiGateway resources, and adds what is missing beside
// them.
func (p *placing) intoResources(h *sheet) error {
	template, err := snippet(p.target, "cloudformation")
	if err != nil {
		return err
	}
	var added []string
	for _, r := range p.target.Resources() {
		id, want := mockOf(template, p.target, r)
		mock, _ := p.target.Mock(r)
		done := map[string]bool{}
		for _, m := range p.options(r.Path) {
			own, err := p.resourceAt(m.Place)
			if err == nil && !done[own] {
				err = p.editMock(h, way{"Resources", own, "Properties"}, resourceWords(), m, mock, want)
			}
			if err != nil {
				return err
			}
			done[own] = true
		}
		if len(done) > 0 {
			continue
		}
		sibling, err := p.sibling(h, r.Path)
		if err != nil {
			return err
		}
		resource := h.at(way{"Resources", sibling, "Properties", "ResourceId"}).Value
		if other := conditional(h.Root, "AWS::ApiGateway::Method", with("HttpMethod", quoted("OPTIONS")), with("ResourceId", resource)); other != "" {
			return refuse(p.facts[0].Place, withParameters, "a condition decides whether %s is made, the OPTIONS method of %s", other, r.Path)
		}
		id = free(h, id)
		if err := p.addBeside(h, sibling, sibling, id, "AWS::ApiGateway::Method", []string{"RestApiId", "ResourceId"}, p.inOwnWords(h, want)); err != nil {
			return err
		}
		added = append(added, id)
	}
	for _, f := range p.facts {
		for i := range f.Methods {
			m := &f.Methods[i]
			if !p.maps(m) {
				continue
			}
			id, err := p.resourceAt(m.Place)
			if err == nil {
				err = p.editResponses(h, way{"Resources", id, "Properties"}, resourceWords(), m)
			}
			if err != nil {
				return err
			}
		}
	}
	responses, err := p.responseResources(h, template, added)
	if err != nil {
		return err
	}
	return p.deploy(h, append(added, responses...))
}

// sibling is a method of a path that an OPTIONS method can stand beside: one
// that is made under no condition, if there is one.
func (p *placing) sibling(h *sheet, path string) (string, error) {
	var ids []string
	for _, f := range p.facts {
		for _, m := range f.Methods {
			if m.Path.String() != path {
				continue
			}
			id, err := p.resourceAt(m.Place)
			if err != nil {
				return "", err
			}
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	// The new one stands behind the last of them.
	for _, id := range slices.Backward(ids) {
		if !h.has(way{"Resources", id, "Condition"}) {
			return id, nil
		}
	}
	return ids[len(ids)-1], nil
}

// free is a logical id that nothing else has.
func free(h *sheet, id string) string {
	out := id
	for i := 2; !h.at(way{"Resources", out}).IsZero(); i++ {
		out = id + strconv.Itoa(i)
	}
	return out
}

// addBeside adds a resource behind another. It has its condition and some
// properties from a sibling; the others are given.
func (p *placing) addBeside(h *sheet, sibling, after, id, kind string, shared []string, properties *reader.Value) error {
	from := h.at(way{"Resources", sibling}).Value
	resource := edit.Map(edit.Field{Key: "Type", Value: edit.String(kind)})
	if condition := from.Get("Condition"); condition != nil {
		resource = resource.With("Condition", edit.Copy(condition))
	}
	all := edit.Map()
	for _, key := range shared {
		if v := from.Get("Properties", key); v != nil {
			all = all.With(key, edit.Copy(v))
		}
	}
	for _, f := range properties.Fields {
		if !slices.Contains(shared, f.Key) {
			all = all.With(f.Key, edit.Copy(f.Value))
		}
	}
	return h.set(way{"Resources"}, after, id, resource.With("Properties", all))
}

// responseResources edits the gateway responses of the API, and adds those that
// are missing, which it gives.
func (p *placing) responseResources(h *sheet, template *reader.Value, methods []string) (added []string, err error) {
	have := map[string]bool{}
	last := ""
	for _, f := range p.facts {
		for _, g := range f.GatewayResponses {
			have[g.Type.String()] = true
			id, err := p.resourceAt(g.Place)
			if err != nil {
				continue // it stands in the API's document
			}
			last = id
			if p.target.Governs(g.Type.String()) {
				w := way{"Resources", id, "Properties", "ResponseParameters"}
				if err := p.editHeaders(h, w, gatewayResponseHeader, g.Headers, p.target.GatewayResponses()[0].Headers); err != nil {
					return nil, err
				}
			}
		}
	}
	at := 0
	for _, m := range p.facts[0].Methods {
		if id, err := p.resourceAt(m.Place); err == nil && m.Place.Start > at {
			at, last = m.Place.Start, id
		}
	}
	sibling := last
	// They stand behind all methods, the new ones, too.
	if s := h.at(way{"Resources"}); !s.IsZero() {
		_, end := s.Value.Field(last)
		for _, id := range methods {
			if _, i := s.Value.Field(id); i > end {
				end, last = i, id
			}
		}
	}
	for _, g := range p.target.GatewayResponses() {
		if have[g.Type] {
			continue
		}
		api := h.at(way{"Resources", sibling, "Properties", "RestApiId"}).Value
		if other := conditional(h.Root, responseKind, with("ResponseType", quoted(g.Type)), with("RestApiId", api)); other != "" {
			return nil, refuse(p.facts[0].Place, withParameters, "a condition decides whether %s is made, the gateway response %s", other, g.Type)
		}
		wanted, properties := responseResource(template, g.Type)
		id := free(h, wanted)
		// A gateway response stands under no condition of a method.
		resource := edit.Map(edit.Field{Key: "Type", Value: edit.String(responseKind)})
		if condition := h.at(way{"Resources", p.facts[0].Name, "Condition"}); !condition.IsZero() {
			resource = resource.With("Condition", edit.Copy(condition.Value))
		}
		all := edit.Map(edit.Field{Key: "RestApiId", Value: edit.Copy(api)})
		for _, f := range p.inOwnWords(h, properties).Fields {
			if f.Key != "RestApiId" {
				all = all.With(f.Key, edit.Copy(f.Value))
			}
		}
		if err := h.set(way{"Resources"}, last, id, resource.With("Properties", all)); err != nil {
			return nil, err
		}
		last, added = id, append(added, id)
	}
	return added, nil
}

// hasResponseResources reports whether gateway responses stand in the template,
// beside the document of the API.
func (p *placing) hasResponseResources() bool {
	for _, g := range p.facts[0].GatewayResponses {
		if _, err := p.resourceAt(g.Place); err == nil {
			return true
		}
	}
	return false
}

// responseResource is a gateway response of a rendered template.
func responseResource(template *reader.Value, kind string) (id string, properties *reader.Value) {
	for _, f := range template.Get("Resources").Fields {
		if properties := f.Value.Get("Properties"); properties != nil {
			if t := properties.Get("ResponseType"); t != nil && t.Text == kind {
				return f.Key, properties
			}
		}
	}
	return "", nil
}

package fix

import (
	"slices"
	"strings"

	"apigw-cors/generator"
	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

const (
	documentCORS      = "x-amazon-apigateway-cors"
	documentResponses = "x-amazon-apigateway-gateway-responses"
)

// intoDocument puts the policy into an OpenAPI document that stands alone.
func (p *placing) intoDocument() error {
	h, err := p.open(p.facts[0].Place.File)
	if err != nil {
		return err
	}
	return p.intoOpenAPI(h, nil)
}

// intoOpenAPI puts the policy into an OpenAPI document, a file or part of one.
func (p *placing) intoOpenAPI(h *sheet, w way) error {
	if !p.policy.IsREST() {
		return p.configure(h, w.to(documentCORS), documentNames)
	}
	if err := p.operations(h, w, nil); err != nil {
		return err
	}
	return p.documentResponses(h, w, types(p.target.GatewayResponses()))
}

// operations makes the OPTIONS operations of a document the policy's, for those
// paths that are wanted; nil stands for all.
func (p *placing) operations(h *sheet, w way, wanted func(path string) bool) error {
	isThree := strings.HasPrefix(h.word(w.to("openapi")), "3")
	text, err := generator.Definition(p.target)
	if err != nil {
		return err
	}
	definition, _, err := reader.Values("definition", text)
	if err != nil {
		return err
	}
	for _, r := range p.target.Resources() {
		if wanted != nil && !wanted(r.Path) {
			continue
		}
		op := operationOf(definition, r.Path, isThree)
		mock, _ := p.target.Mock(r)
		item := w.to("paths", r.Path)
		own := optionsKey(h, item)
		switch s := h.at(item); {
		case s.IsZero():
			err = h.put(item, mappingOf(with("options", op)), nil)
		case s.Value.Get("$ref") != nil || isFunction(s.Value):
			err = refuse(p.facts[0].Place, "", "the path %s is not written out in the document", r.Path)
		case own == "":
			err = h.set(item, "", "options", edit.Copy(op))
		default:
			for _, m := range p.options(r.Path) {
				if err == nil {
					err = p.editMock(h, item.to(own), operationWords(isThree), m, mock, op)
				}
			}
		}
		if err != nil {
			return err
		}
	}
	for _, f := range p.facts {
		for i := range f.Methods {
			m := &f.Methods[i]
			if !p.maps(m) || m.Place.File != h.name {
				continue
			}
			verb := operationKey(h, w.to("paths", m.Path.String()), m.Method.String())
			if verb == "" {
				return refuse(m.Place, "", "%s is not written out in the document", m.Key())
			}
			if err := p.editResponses(h, w.to("paths", m.Path.String(), verb), operationWords(isThree), m); err != nil {
				return err
			}
		}
	}
	return nil
}

// optionsKey is the key of a path's OPTIONS operation, in whatever case; "" for
// none.
func optionsKey(h *sheet, item way) string { return operationKey(h, item, "OPTIONS") }

func operationKey(h *sheet, item way, verb string) string {
	s := h.at(item)
	if s.IsZero() {
		return ""
	}
	for _, f := range s.Value.Fields {
		if strings.EqualFold(f.Key, verb) || verb == "ANY" && strings.EqualFold(f.Key, "x-amazon-apigateway-any-method") {
			return f.Key
		}
	}
	return ""
}

// documentResponses makes the gateway responses of a document the policy's, and
// adds those of some types where they are missing.
func (p *placing) documentResponses(h *sheet, w way, add []string) error {
	all := p.target.GatewayResponses()
	if len(all) == 0 {
		return nil
	}
	at := w.to(documentResponses)
	for _, f := range p.facts {
		for _, g := range f.GatewayResponses {
			kind := g.Type.String()
			if !p.target.Governs(kind) || h.at(at.to(kind)).IsZero() {
				continue
			}
			if err := p.editHeaders(h, at.to(kind, "responseParameters"), gatewayResponseHeader, g.Headers, all[0].Headers); err != nil {
				return err
			}
		}
	}
	var missing []reader.ValueField
	for _, g := range all {
		if slices.Contains(add, g.Type) && h.at(at.to(g.Type)).IsZero() {
			missing = append(missing, with(g.Type, mappingOf(with("responseParameters", headerValues(gatewayResponseHeader, g.Headers)))))
		}
	}
	if len(missing) == 0 {
		return nil
	}
	if s := h.at(at); s.IsZero() {
		return h.put(at, mappingOf(missing...), nil)
	}
	for _, f := range missing {
		if err := h.put(at.to(f.Key), f.Value, nil); err != nil {
			return err
		}
	}
	return nil
}

func types(responses []gateway.GatewayResponse) (out []string) {
	for _, g := range responses {
		out = append(out, g.Type)
	}
	return out
}

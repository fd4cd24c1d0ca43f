package fix

import (
	"path"
	"slices"
	"strings"

	"apigw-cors/generator"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// encoded puts the policy into an OpenAPI document that the configuration writes
// out as an object, for jsonencode or yamlencode.
func (p *modulePolicy) encoded(missing []string) error {
	text, err := generator.Definition(p.placing.target)
	if err != nil {
		return err
	}
	definition, _, err := reader.Values("definition", text)
	if err != nil {
		return err
	}
	isThree, err := p.isThree()
	if err != nil {
		return err
	}
	for _, r := range p.placing.target.Resources() {
		mock, _ := p.placing.target.Mock(r)
		op := operationOf(definition, r.Path, isThree)
		m := method(p.api, "OPTIONS", r.Path)
		switch {
		case m == nil:
			err = p.write([]string{"paths", r.Path}, "options", op)
		case m.Integration != nil && m.Integration.Type.String() != "MOCK":
			err = notAMock(m)
		case mockSays(m, mock, p.placing.needsText(p.api)) != nil || !p.placing.declares(m, mock):
			for _, f := range op.Fields {
				if err == nil {
					err = p.write([]string{"paths", r.Path, "options"}, f.Key, f.Value)
				}
			}
		}
		if err != nil {
			return err
		}
	}
	for i := range p.api.Methods {
		if m := &p.api.Methods[i]; p.placing.maps(m) {
			if err := p.encodedMethod(m, isThree); err != nil {
				return err
			}
		}
	}
	return p.encodedResponses(missing)
}

// encodedMethod lets the responses that API Gateway maps for a method carry the
// policy's headers.
func (p *modulePolicy) encodedMethod(m *gateway.MethodFacts, isThree bool) error {
	headers, perRequest := p.placing.target.ActualHeaders()
	declared := []string{}
	for _, h := range headers {
		declared = append(declared, h.Header)
	}
	if perRequest {
		declared = append(declared, cors.HeaderAllowOrigin)
	}
	kind := mappingOf(with("type", quoted("string")))
	if isThree {
		kind = mappingOf(with("schema", kind))
	}
	verb, err := p.verb(m)
	if err != nil {
		return err
	}
	op := []string{"paths", m.Path.String(), verb}
	for _, r := range m.Integration.Responses {
		key := r.Pattern.String()
		if key == "" {
			key = "default"
		}
		at := slices.Concat(op, []string{integrationKey, "responses", key})
		if _, o, err := p.at(at...); err != nil || o == nil {
			return refuse(r.Place, aFile, "%s, status %s is not written out", m.Key(), r.Status)
		}
		if err := p.encodedHeaders(append(at, "responseParameters"), methodHeader, r.Headers, headers); err != nil {
			return err
		}
		have := templateOf(r.Templates)
		template, err := p.placing.responseTemplate(m, have)
		if err == nil && strings.TrimSpace(template) != strings.TrimSpace(have) {
			err = p.write(append(at, "responseTemplates"), "application/json", quoted(template))
		}
		if err != nil {
			return err
		}
		for _, name := range declared {
			if !declares(m, r.Status.String(), name) {
				if err := p.write(slices.Concat(op, []string{"responses", r.Status.String(), "headers"}), name, kind); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// verb is the key of a method in the document.
func (p *modulePolicy) verb(m *gateway.MethodFacts) (string, error) {
	_, o, err := p.at("paths", m.Path.String())
	if err != nil || o == nil {
		return "", refuse(m.Place, aFile, "%s is not written out", m.Key())
	}
	for _, item := range o.Items {
		key, _ := edit.Text(item.KeyExpr)
		if strings.EqualFold(key, m.Method.String()) || m.Method.String() == "ANY" && strings.EqualFold(key, "x-amazon-apigateway-any-method") {
			return key, nil
		}
	}
	return "", refuse(m.Place, aFile, "%s is not written out", m.Key())
}

// declares reports whether the method response of a status has a header.
func declares(m *gateway.MethodFacts, status, name string) bool {
	for _, r := range m.Responses {
		if _, ok := header(r.Headers, name); ok && r.Status.String() == status {
			return true
		}
	}
	return false
}

// encodedHeaders gives the headers of a response the policy's values, and takes
// those of CORS away that the policy does not have.
func (p *modulePolicy) encodedHeaders(at []string, prefix string, have []gateway.HeaderFacts, want []gateway.Mapping) error {
	if headersSay(have, want) == nil {
		return nil
	}
	for _, h := range want {
		if err := p.write(at, prefix+h.Header, quoted(h.String())); err != nil {
			return err
		}
	}
	for _, h := range have {
		if !isCORS(h.Name.String()) || wants(want, h.Name.String()) {
			continue
		}
		if file, o, err := p.at(at...); err == nil && o != nil {
			if i := edit.Key(o, h.Key.String()); i >= 0 {
				file.RemoveKey(o, i)
			}
		}
	}
	return nil
}

// aFile is the way for a document that is not edited where it stands.
const aFile = "write the document to a file, and let body = file(...) or templatefile(...) read it"

// encodedResponses makes the gateway responses of the document the policy's, and
// adds those of some types.
func (p *modulePolicy) encodedResponses(missing []string) error {
	want := p.placing.target.GatewayResponses()
	for _, g := range p.api.GatewayResponses {
		kind := g.Type.String()
		if _, o, err := p.at(documentResponses, kind); err != nil || o == nil || !p.placing.target.Governs(kind) {
			continue
		}
		if err := p.encodedHeaders([]string{documentResponses, kind, "responseParameters"}, gatewayResponseHeader, g.Headers, want[0].Headers); err != nil {
			return err
		}
	}
	for _, g := range want {
		if !slices.Contains(missing, g.Type) {
			continue
		}
		if err := p.write([]string{documentResponses}, g.Type, mappingOf(with("responseParameters", headerValues(gatewayResponseHeader, g.Headers)))); err != nil {
			return err
		}
	}
	return nil
}

// isThree reports whether the document is of OpenAPI 3.
func (p *modulePolicy) isThree() (bool, error) {
	_, root, err := p.at()
	if err != nil {
		return false, err
	}
	i := edit.Key(root, "openapi")
	if i < 0 {
		return false, nil
	}
	version, _ := edit.Text(root.Items[i].ValueExpr)
	return strings.HasPrefix(version, "3"), nil
}

// at is the object at the end of a way through the document as it is now; nil
// where there is none.
func (p *modulePolicy) at(keys ...string) (*edit.HCL, *hclsyntax.ObjectConsExpr, error) {
	call, ok := p.block.node().Body.Attributes["body"].Expr.(*hclsyntax.FunctionCallExpr)
	if !ok || len(call.Args) != 1 || call.Name != "jsonencode" && call.Name != "yamlencode" {
		return nil, nil, refuse(p.api.Place, aFile, "the body of %s is computed", p.api.Name)
	}
	folder := path.Dir(p.block.place.File)
	file, o, err := p.objectOf(p.block.HCL, call.Args[0], folder, 0)
	for _, key := range keys {
		if err != nil {
			break
		}
		i := edit.Key(o, key)
		if i < 0 {
			return file, nil, nil
		}
		file, o, err = p.objectOf(file, o.Items[i].ValueExpr, folder, 0)
	}
	if err != nil {
		return nil, nil, refuse(p.api.Place, aFile, "the body of %s: %v", p.api.Name, err)
	}
	return file, o, nil
}

// write gives a key of an object of the document a value; of an object that is
// not there, too.
func (p *modulePolicy) write(keys []string, key string, v *reader.Value) error {
	file, o, err := p.at(keys...)
	if err != nil {
		return err
	}
	if o == nil {
		last := len(keys) - 1
		return p.write(keys[:last], keys[last], mappingOf(with(key, v)))
	}
	if i := edit.Key(o, key); i >= 0 {
		file.Replace(o.Items[i].ValueExpr.Range(), object(v))
		return nil
	}
	file.AddKey(o, word(key), object(v))
	return nil
}

// word is a key in HCL's syntax.
func word(key string) string {
	if hclsyntax.ValidIdentifier(key) {
		return key
	}
	return edit.Quoted(key)
}

// object is a value in HCL's syntax.
func object(v *reader.Value) string {
	switch {
	case v.Kind == reader.ListValue:
		var items []string
		for _, item := range v.Items {
			items = append(items, object(item.Value))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case v.Kind == reader.MappingValue:
		if len(v.Fields) == 1 {
			if only := object(v.Fields[0].Value); !strings.Contains(only, "\n") {
				return "{ " + word(v.Fields[0].Key) + " = " + only + " }"
			}
		}
		var b strings.Builder
		for _, f := range v.Fields {
			b.WriteString("\n  " + word(f.Key) + " = " + strings.ReplaceAll(object(f.Value), "\n", "\n  "))
		}
		return "{" + b.String() + "\n}"
	case strings.Contains(v.Text, "\n"):
		return heredoc(v.Text)
	case v.Style == reader.Plain && (v.Text == "true" || v.Text == "false"):
		return v.Text
	}
	return edit.Quoted(v.Text)
}

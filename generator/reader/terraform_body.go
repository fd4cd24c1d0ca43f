package reader

import (
	"strconv"
	"strings"

	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader/terraform"
)

// body reads the OpenAPI document of an API, which the configuration builds of
// values or of text, or takes from a file.
func (m *terraformModel) body(a *terraformAPI, r *terraform.Resource) {
	v := r.Get("body")
	if !v.IsGiven() {
		return
	}
	root := m.document(v)
	if root == nil || root.kind == unknown {
		why := v.Text().Unknown()
		if why == "" {
			why = "its body cannot be read"
		}
		a.open(gateway.Everything, why, v.Place())
		return
	}
	s := &scope{template: &template{reading: m.reading, kind: OpenAPI, file: r.Place.File}}
	cors := a.facts.CORS
	s.openAPI(&a.facts, root)
	// The provider sets the CORS configuration by the block alone.
	// https://github.com/hashicorp/terraform-provider-aws/issues/33390
	if a.facts.Kind == gateway.REST {
		return
	}
	if cors == nil && a.facts.CORS != nil {
		m.note(codeBodyIgnored, a.facts.CORS.Place, "the provider ignores x-amazon-apigateway-cors in the body of "+r.Address, "")
	}
	a.facts.CORS = cors
}

// document is the value that a text encodes.
func (m *terraformModel) document(v terraform.Value) *node {
	if built, ok := v.Encoded(); ok {
		return valueNode(built, 0)
	}
	text, ok := v.Source(placeholder)
	if !ok {
		return nil
	}
	d := parse(v.Place().File, []byte(text.Text))
	for _, f := range d.faults {
		f.Place = text.Place(f.Place)
		m.Faults = append(m.Faults, f)
	}
	replaceParts(d.root, text)
	return d.root
}

// valueNode is a value as a document has it.
func valueNode(v terraform.Value, depth int) *node {
	at := v.Place()
	if depth > maxDepth {
		return unknownNode(at, errTooDeep.Error())
	}
	switch v.Shape() {
	case terraform.Null:
		return &node{kind: scalar, typ: nullType, place: at, parts: []part{{literal: "null"}}}
	case terraform.List:
		out := &node{kind: list, place: at}
		items, _ := v.Items()
		for _, item := range items {
			out.items = append(out.items, valueNode(item, depth+1))
		}
		return out
	case terraform.Object:
		out := &node{kind: mapping, place: at}
		entries, _ := v.Entries()
		for _, entry := range entries {
			key := entry.Key.Text()
			out.set(field{key: key.String(), at: key.Place, value: valueNode(entry.Value, depth+1)})
		}
		return out
	case terraform.Scalar:
		out := &node{kind: scalar, place: at}
		switch {
		case v.IsBool():
			out.typ = boolType
		case v.IsNumber():
			out.typ = numberType
		}
		for _, p := range v.Text().Parts {
			out.parts = append(out.parts, part{literal: p.Literal, unknown: p.Unknown})
		}
		return out
	}
	return unknownNode(at, v.Text().Unknown())
}

// The ends of a placeholder, from the private use area, which no API's words
// are written in.
const (
	placeholderStart = "\ue000"
	placeholderEnd   = "\ue001"
)

// placeholder stands in a document's text for a part that is not known.
func placeholder(i int) string { return placeholderStart + strconv.Itoa(i) + placeholderEnd }

// replaceParts turns places of a text into those of its source, and
// placeholders into what they stand for.
func replaceParts(n *node, text terraform.Source) {
	if n == nil {
		return
	}
	n.place = text.Place(n.place)
	var parts []part
	for _, p := range n.parts {
		parts = append(parts, splitPlaceholders(p, text)...)
	}
	n.parts = parts
	for i := range n.fields {
		n.fields[i].at = text.Place(n.fields[i].at)
		replaceParts(n.fields[i].value, text)
	}
	for _, item := range n.items {
		replaceParts(item, text)
	}
}

func splitPlaceholders(p part, text terraform.Source) []part {
	if !strings.Contains(p.literal, placeholderStart) {
		return []part{p}
	}
	var out []part
	for rest := p.literal; rest != ""; {
		before, after, found := strings.Cut(rest, placeholderStart)
		if before != "" {
			out = append(out, part{literal: before})
		}
		if !found {
			break
		}
		number, left, _ := strings.Cut(after, placeholderEnd)
		i, err := strconv.Atoi(number)
		if err != nil || i < 0 || i >= len(text.Unknown) {
			return []part{p}
		}
		out = append(out, part{unknown: text.Unknown[i]})
		rest = left
	}
	return out
}

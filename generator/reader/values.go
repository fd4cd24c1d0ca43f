package reader

import (
	"strconv"
	"strings"

	"apigw-cors/generator/gateway"
)

const (
	methodHeader  = "method.response.header."
	gatewayHeader = "gatewayresponse.header."
)

// text is a value as a text; absent where it is null or not given.
func (s *scope) text(n *node) gateway.Text {
	n = s.resolve(n)
	switch {
	case n == nil || n.isNull():
		return gateway.Text{}
	case n.kind == scalar:
		return textOf(n)
	}
	return gateway.Unknown(unknownOf(s.parts(n)), n.place)
}

// textOf is a resolved scalar's text.
func textOf(n *node) gateway.Text {
	t := gateway.Text{Place: n.place}
	for _, p := range n.parts {
		t.Parts = append(t.Parts, gateway.TextPart{Literal: p.literal, Unknown: p.unknown})
	}
	return t
}

// upper is a text in upper case.
func upper(t gateway.Text) gateway.Text {
	for i := range t.Parts {
		t.Parts[i].Literal = strings.ToUpper(t.Parts[i].Literal)
	}
	return t
}

// truth is a boolean. CloudFormation takes "true" for true.
func (s *scope) truth(n *node) gateway.Fact[bool] {
	n = s.resolve(n)
	if n == nil || n.isNull() {
		return gateway.Fact[bool]{}
	}
	text, known := n.literal()
	if !known {
		return gateway.Fact[bool]{Unknown: unknownOf(s.parts(n)), Place: n.place}
	}
	value, ok := boolean(text)
	if !ok {
		return gateway.Fact[bool]{Unknown: strconv.Quote(text) + " is not a boolean", Place: n.place}
	}
	return gateway.Fact[bool]{Value: value, Place: n.place}
}

func boolean(text string) (value, ok bool) {
	switch strings.ToLower(text) {
	case "true", "yes", "on", "1":
		return true, true
	case "false", "no", "off", "0":
		return false, true
	}
	return false, false
}

// number is a whole number. CloudFormation takes "600" for 600.
func (s *scope) number(n *node) gateway.Fact[int] {
	n = s.resolve(n)
	if n == nil || n.isNull() {
		return gateway.Fact[int]{}
	}
	text, known := n.literal()
	if !known {
		return gateway.Fact[int]{Unknown: unknownOf(s.parts(n)), Place: n.place}
	}
	value, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		return gateway.Fact[int]{Unknown: strconv.Quote(text) + " is not a whole number", Place: n.place}
	}
	return gateway.Fact[int]{Value: value, Place: n.place}
}

// texts is a list of texts. A single text counts as a list of one, as
// CloudFormation takes it.
func (s *scope) texts(n *node) gateway.Fact[[]gateway.Text] {
	n = s.resolve(n)
	switch {
	case n == nil || n.isNull():
		return gateway.Fact[[]gateway.Text]{}
	case n.kind == scalar && !unknownIn(n.parts):
		return gateway.Fact[[]gateway.Text]{Value: []gateway.Text{textOf(n)}, Place: n.place}
	case n.kind != list:
		return gateway.Fact[[]gateway.Text]{Unknown: unknownOf(s.parts(n)), Place: n.place}
	}
	out := gateway.Fact[[]gateway.Text]{Value: []gateway.Text{}, Place: n.place}
	for _, item := range s.items(n) {
		out.Value = append(out.Value, s.text(item))
	}
	return out
}

// items are those of a list that are there; none of what is not a list.
func (s *scope) items(n *node) []*node {
	n = s.resolve(n)
	if !n.isKind(list) || !s.spend(len(n.items)) {
		return nil
	}
	var out []*node
	for _, item := range n.items {
		if v := s.resolve(item); v != nil {
			out = append(out, v)
		}
	}
	return out
}

// fields are those of a mapping whose values are there.
func (s *scope) fields(n *node) []field {
	n = s.resolve(n)
	if !n.isKind(mapping) || !s.spend(len(n.fields)) {
		return nil
	}
	var out []field
	for _, f := range n.fields {
		if f.value = s.resolve(f.value); f.value != nil {
			out = append(out, f)
		}
	}
	return out
}

// headers are the header mappings of a response: the keys with the prefix
// stripped, with their values where they map. A key without the prefix is kept,
// for API Gateway to refuse; mappings of other things than headers are not.
func (s *scope) headers(n *node, prefix string, mapped bool) []gateway.HeaderFacts {
	var out []gateway.HeaderFacts
	fields := s.fields(n)
	// What is made of a header takes more room than a value that is looked at.
	if !s.spend(headerSteps * len(fields)) {
		return nil
	}
	for _, f := range fields {
		name, ok := strings.CutPrefix(f.key, prefix)
		if !ok && (strings.Contains(f.key, ".path.") || strings.Contains(f.key, ".querystring.")) {
			continue
		}
		h := gateway.HeaderFacts{Key: gateway.Literal(f.key, f.at), Name: gateway.Literal(name, f.at)}
		if mapped {
			h.Value = s.text(f.value)
		}
		out = append(out, h)
	}
	return out
}

// templates are mapping templates by media type.
func (s *scope) templates(n *node) []gateway.TemplateFacts {
	var out []gateway.TemplateFacts
	if r := s.resolve(n); r.isKind(unknown) {
		return []gateway.TemplateFacts{{MediaType: gateway.Unknown(r.why, r.place), Template: gateway.Unknown(r.why, r.place)}}
	}
	for _, f := range s.fields(n) {
		out = append(out, gateway.TemplateFacts{MediaType: gateway.Literal(f.key, f.at), Template: s.text(f.value)})
	}
	return out
}

// placeOf is a value's place; zero where there is none.
func placeOf(n *node) gateway.Place {
	if n == nil {
		return gateway.Place{}
	}
	return n.place
}

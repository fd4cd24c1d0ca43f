package reader

import (
	"bytes"
	"cmp"
	"errors"
	"path"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// Value is a value of a YAML or JSON document as it stands in the text: no
// alias, merge key or function is followed. Offsets are in bytes, and those of
// [apigw-cors/generator/gateway.Place].
type Value struct {
	Kind ValueKind
	// Style is how a scalar is quoted.
	Style ScalarStyle
	// Tag is that of a YAML short form, such as "!Sub".
	Tag string
	// Text is that of a scalar, without quotes; "" for null.
	Text string
	// Null is set for a value that is not there.
	Null bool
	// Flow is set for a list or a mapping in brackets, as in JSON.
	Flow bool
	// Alias is set where *name repeats what stands elsewhere.
	Alias bool
	// Start and End are where the value stands with its tag and anchor, Content
	// where it begins without them.
	Start, Content, End int
	// Fields are of a mapping, Items of a list, in the order of the text.
	Fields []ValueField
	Items  []ValueItem
}

// ValueKind is the kind of a [Value].
type ValueKind uint8

// The kinds.
const (
	ScalarValue ValueKind = iota
	ListValue
	MappingValue
)

// ScalarStyle is how a scalar is quoted.
type ScalarStyle uint8

// The styles. Block is a literal or folded text of YAML, | or >.
const (
	Plain ScalarStyle = iota
	SingleQuoted
	DoubleQuoted
	Block
)

// ValueField is a key of a mapping with its value.
type ValueField struct {
	Key string
	// Start and End are where the key stands, quotes included.
	Start, End int
	Value      *Value
}

// ValueItem is an item of a list.
type ValueItem struct {
	// Dash is where its "-" stands; in brackets, where its value begins.
	Dash  int
	Value *Value
}

// Values parses a document for the places of its values, and reports whether it
// is JSON. Of a YAML file with several documents it is the first; nil where
// there is nothing in it. The error is a [Fault].
func Values(name string, src []byte) (root *Value, isJSON bool, err error) {
	d := parse(name, src)
	if len(d.faults) > 0 {
		return nil, false, d.faults[0]
	}
	if d.root == nil {
		return nil, false, nil
	}
	if d.json {
		return jsonValue(d.root), true, nil
	}
	var y yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader(src)).Decode(&y); err != nil {
		return nil, false, err
	}
	if len(y.Content) == 0 {
		return nil, false, errors.New(path.Base(name) + ": nothing in it")
	}
	p := &yamlParser{document: d, lines: newLines(name, src)}
	return p.valueOf(y.Content[0]), false, nil
}

// jsonValue is a value of JSON. Of a key that stands twice it has the last.
func jsonValue(n *node) *Value {
	v := &Value{Start: n.place.Start, Content: n.place.Start, End: n.place.End}
	switch n.kind {
	case list:
		v.Kind, v.Flow = ListValue, true
		for _, item := range n.items {
			v.Items = append(v.Items, ValueItem{item.place.Start, jsonValue(item)})
		}
	case mapping:
		v.Kind, v.Flow = MappingValue, true
		for _, f := range n.fields {
			v.Fields = append(v.Fields, ValueField{f.key, f.at.Start, f.at.End, jsonValue(f.value)})
		}
		slices.SortFunc(v.Fields, func(a, b ValueField) int { return cmp.Compare(a.Start, b.Start) })
	default:
		v.Text, _ = n.literal()
		v.Null = n.typ == nullType
		if n.typ == textType {
			v.Style = DoubleQuoted
		}
	}
	return v
}

// valueOf is a value of YAML. The document was parsed before: it is neither too
// deep nor too large.
func (p *yamlParser) valueOf(y *yaml.Node) *Value {
	start := p.lines.offset(y.Line, y.Column)
	v := &Value{Start: start, Content: p.content(y, start)}
	if y.Kind == yaml.AliasNode {
		v.Alias, v.End = true, start+1+len(y.Value)
		return v
	}
	if tag := y.ShortTag(); y.Style&yaml.TaggedStyle != 0 && !strings.HasPrefix(tag, "!!") {
		v.Tag = tag
	}
	v.Flow = y.Style&yaml.FlowStyle != 0
	switch y.Kind {
	case yaml.SequenceNode:
		v.Kind, v.End = ListValue, p.inside(y, start)
		for _, child := range y.Content {
			item := ValueItem{Value: p.valueOf(child)}
			item.Dash = item.Value.Start
			if !v.Flow {
				item.Dash = p.blank(v.End)
				if isEmpty(child) {
					item.Value.Start, item.Value.Content, item.Value.End = item.Dash+1, item.Dash+1, item.Dash+1
				}
			}
			v.Items = append(v.Items, item)
			v.End = max(v.End, item.Value.End)
		}
		v.End = p.collectionEnd(y, v.End)
	case yaml.MappingNode:
		v.Kind, v.End = MappingValue, p.inside(y, start)
		for i := 0; i+1 < len(y.Content); i += 2 {
			key, f := p.valueOf(y.Content[i]), ValueField{Value: p.valueOf(y.Content[i+1])}
			f.Key, f.Start, f.End = key.Text, key.Start, key.End
			if colon := p.blank(key.End); isEmpty(y.Content[i+1]) {
				f.Value.Start, f.Value.Content, f.Value.End = colon+1, colon+1, colon+1
			}
			v.Fields = append(v.Fields, f)
			v.End = max(v.End, f.Value.End)
		}
		v.End = p.collectionEnd(y, v.End)
	default:
		v.Text, v.Null, v.End = y.Value, y.ShortTag() == "!!null", p.scalarEnd(y, start)
		if v.Null {
			v.Text = ""
		}
		switch {
		case y.Style&yaml.DoubleQuotedStyle != 0:
			v.Style = DoubleQuoted
		case y.Style&yaml.SingleQuotedStyle != 0:
			v.Style = SingleQuoted
		case y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
			v.Style = Block
		}
	}
	return v
}

// isEmpty reports whether nothing stands in the text for a value.
func isEmpty(y *yaml.Node) bool {
	return y.Kind == yaml.ScalarNode && y.Value == "" && y.Style == 0 && y.Anchor == ""
}

// Field is the field of a key, and its index: the last of those with the key,
// which holds; -1 where there is none.
func (v *Value) Field(key string) (*ValueField, int) {
	if v == nil {
		return nil, -1
	}
	for i := len(v.Fields) - 1; i >= 0; i-- {
		if v.Fields[i].Key == key {
			return &v.Fields[i], i
		}
	}
	return nil, -1
}

// Get is the value of a key below others; nil where one is not there.
func (v *Value) Get(keys ...string) *Value {
	for _, key := range keys {
		f, _ := v.Field(key)
		if f == nil {
			return nil
		}
		v = f.Value
	}
	return v
}

package edit

import (
	"slices"

	"apigw-cors/generator/reader"
)

// Tree is a value to be written into a YAML or JSON document: a scalar, a list
// or a mapping whose keys keep their order. The zero Tree is an empty text.
type Tree struct {
	kind reader.ValueKind
	// text is a scalar's; bare: it is a number, a boolean or null.
	text string
	bare bool
	// tag is that of a YAML short form.
	tag    string
	fields []Field
	items  []Tree
}

// Field is a key of a [Map] with its value.
type Field struct {
	Key   string
	Value Tree
}

// String is a text.
func String(s string) Tree { return Tree{text: s} }

// Bare is a number, a boolean or null, which stands without quotes.
func Bare(s string) Tree { return Tree{text: s, bare: true} }

// Map is a mapping.
func Map(fields ...Field) Tree { return Tree{kind: reader.MappingValue, fields: fields} }

// List is a list.
func List(items ...Tree) Tree { return Tree{kind: reader.ListValue, items: items} }

// With is a mapping with one more key.
func (t Tree) With(key string, value Tree) Tree {
	t.fields = append(t.fields[:len(t.fields):len(t.fields)], Field{key, value})
	return t
}

// Fields are those of a mapping.
func (t Tree) Fields() []Field { return slices.Clone(t.fields) }

// Len is the number of fields or items.
func (t Tree) Len() int { return len(t.fields) + len(t.items) }

// isNames reports whether a value is a list of texts.
func (t Tree) isNames() bool {
	return t.kind == reader.ListValue && !slices.ContainsFunc(t.items, func(item Tree) bool { return item.kind != reader.ScalarValue || item.tag != "" })
}

// Tagged is the value under a tag such as "!Sub"; what JSON writes for it is
// the caller's to say.
func (t Tree) Tagged(tag string) Tree {
	t.tag = tag
	return t
}

// Copy is a value that stands in a document, as a tree.
func Copy(v *reader.Value) Tree {
	t := Tree{kind: v.Kind, tag: v.Tag}
	switch v.Kind {
	case reader.ListValue:
		for _, item := range v.Items {
			t.items = append(t.items, Copy(item.Value))
		}
	case reader.MappingValue:
		for _, f := range v.Fields {
			t.fields = append(t.fields, Field{f.Key, Copy(f.Value)})
		}
	default:
		t.text = v.Text
		// A plain text that needs no quotes gets none, and that of a short form, such
		// as !Ref, none either.
		t.bare = v.Null || v.Style == reader.Plain && (v.Tag != "" || !isPlainText(v.Text, false))
		if v.Null {
			t.text = "null"
		}
	}
	return t
}

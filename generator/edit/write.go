package edit

import (
	"strings"

	"apigw-cors/generator/reader"
)

// block writes a value in lines, as what stands behind a key that begins at an
// indentation: a blank and a scalar, or a line for each field or item.
func (d *Document) block(t Tree, indent string) string {
	tag := ""
	if t.tag != "" {
		tag = " " + t.tag
	}
	switch {
	case t.kind == reader.ScalarValue && !t.bare && strings.Contains(strings.TrimSuffix(t.text, "\n"), "\n"):
		return tag + " " + d.blockText(t.text, indent+d.unit)
	case t.kind == reader.ScalarValue:
		return tag + " " + d.scalar(t, false)
	case t.Len() == 0 && t.kind == reader.ListValue:
		return tag + " []"
	case t.Len() == 0:
		return tag + " {}"
	case d.bracketed && t.isNames():
		return tag + " " + d.flow(t, brackets{comma: ", "})
	}
	var b strings.Builder
	b.WriteString(tag)
	if t.kind == reader.MappingValue {
		for _, f := range t.fields {
			b.WriteString(d.newline + indent + d.unit + d.blockField(f, indent+d.unit))
		}
		return b.String()
	}
	dash := indent
	if d.dashed {
		dash += d.unit
	}
	for _, item := range t.items {
		b.WriteString(d.newline + dash + d.blockItem(item, dash))
	}
	return b.String()
}

// blockField is a key with its value, the key being at an indentation.
func (d *Document) blockField(f Field, indent string) string {
	return d.key(f.Key, false) + ":" + d.block(f.Value, indent)
}

// blockItem is an item with its dash, the dash being at an indentation. The
// first key of a mapping stands on the dash's line.
func (d *Document) blockItem(t Tree, indent string) string {
	if t.kind != reader.MappingValue || t.Len() == 0 || t.tag != "" {
		return "-" + d.block(t, indent)
	}
	var b strings.Builder
	for i, f := range t.fields {
		if i == 0 {
			b.WriteString("- ")
		} else {
			b.WriteString(d.newline + indent + "  ")
		}
		b.WriteString(d.blockField(f, indent+"  "))
	}
	return b.String()
}

// blockText is a text of several lines.
func (d *Document) blockText(text, indent string) string {
	sign := "|"
	if !strings.HasSuffix(text, "\n") {
		sign = "|-"
	}
	var b strings.Builder
	b.WriteString(sign)
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
		b.WriteString(d.newline)
		if line != "" {
			b.WriteString(indent + line)
		}
	}
	return b.String()
}

// key writes a key.
func (d *Document) key(key string, flow bool) string {
	if d.IsJSON {
		return quoteJSON(key)
	}
	return d.scalar(String(key), flow)
}

// brackets are how a list or a mapping in brackets is written.
type brackets struct {
	// lines: each field and item has a line of its own; indent is that of the
	// closing bracket.
	lines  bool
	indent string
	// colon is what stands between a key and its value, comma between two items
	// on one line, pad inside of the braces.
	colon, comma, pad string
}

// flow writes a value in brackets.
func (d *Document) flow(t Tree, b brackets) string {
	if t.kind == reader.ScalarValue {
		tag := ""
		if t.tag != "" {
			tag = t.tag + " "
		}
		return tag + d.scalar(t, true)
	}
	open, end := "{", "}"
	if t.kind == reader.ListValue {
		open, end = "[", "]"
	}
	if t.Len() == 0 {
		return open + end
	}
	inner := b
	inner.indent += d.unit
	var parts []string
	for _, f := range t.fields {
		parts = append(parts, d.flowField(f, inner))
	}
	for _, item := range t.items {
		parts = append(parts, d.flow(item, inner))
	}
	if b.lines {
		break1 := d.newline + inner.indent
		return open + break1 + strings.Join(parts, ","+break1) + d.newline + b.indent + end
	}
	pad := b.pad
	if t.kind == reader.ListValue {
		pad = ""
	}
	return open + pad + strings.Join(parts, b.comma) + pad + end
}

func (d *Document) flowField(f Field, b brackets) string {
	return d.key(f.Key, true) + b.colon + d.flow(f.Value, b)
}

// bracketsOf learns how a value in brackets is written from itself, or from the
// values around it where there is nothing in it.
func (d *Document) bracketsOf(s Spot) brackets {
	b := brackets{colon: ": ", comma: ", ", indent: d.indentOf(s.Value.Start)}
	for from := s; !from.IsZero(); from = from.Up() {
		v := from.Value
		if !v.Flow || len(v.Fields)+len(v.Items) == 0 {
			continue
		}
		first, second := d.flowChildren(v)
		b.lines = strings.ContainsAny(d.Source(v.Start, first), "\r\n")
		if b.lines && from.Value == s.Value {
			b.indent = d.indentOf(v.End - 1)
		}
		if len(v.Fields) > 0 {
			f := v.Fields[0]
			if between := d.Source(f.End, f.Value.Start); !strings.ContainsAny(between, "\r\n#") {
				b.colon = between
			}
			if !b.lines && d.text[first-1] == ' ' {
				b.pad = " "
			}
		}
		if second >= 0 && d.text[second-1] != ' ' && !b.lines {
			b.comma = ","
		}
		if !b.lines && second < 0 && d.IsJSON && b.colon == ":" {
			b.comma = ","
		}
		break
	}
	if !d.IsJSON && b.colon == ":" {
		b.colon = ": "
	}
	return b
}

// flowChildren are where the first two children of a value in brackets begin; -1
// for a second that is not there.
func (d *Document) flowChildren(v *reader.Value) (first, second int) {
	second = -1
	if v.Kind == reader.MappingValue {
		if len(v.Fields) > 1 {
			second = v.Fields[1].Start
		}
		return v.Fields[0].Start, second
	}
	if len(v.Items) > 1 {
		second = v.Items[1].Value.Start
	}
	return v.Items[0].Value.Start, second
}

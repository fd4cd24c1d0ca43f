package edit

import (
	"strings"

	"apigw-cors/generator/reader"
)

// Set gives a key of a mapping a value: behind the last key, or in place of the
// value that the key has. A mapping that is null or empty becomes one with the
// key. nil where the value is no mapping that can be written to.
func (d *Document) Set(m Spot, key string, value Tree) []Change {
	return d.SetAfter(m, "", key, value)
}

// SetAfter is [Document.Set], where a new key stands behind another of the
// mapping, if it has that one.
func (d *Document) SetAfter(m Spot, after, key string, value Tree) []Change {
	v := m.Value
	switch {
	case v == nil || v.Alias || v.Tag != "":
		return nil
	case v.Kind != reader.MappingValue && !v.Null, v.Null && len(m.way) == 0:
		return nil
	case v.Null || len(v.Fields) == 0 && !m.inFlow() && !d.IsJSON:
		return d.Replace(m, Map(Field{key, value}))
	}
	if _, i := v.Field(key); i >= 0 {
		return d.Replace(m.to(i, v.Fields[i].Value), value)
	}
	_, i := v.Field(after)
	if i < 0 {
		i = len(v.Fields) - 1
	}
	d = d.near(v)
	if v.Flow {
		b := d.bracketsOf(m)
		inner := b
		if b.lines {
			inner.indent += d.unit
			if len(v.Fields) > 0 && d.startsLine(v.Fields[0].Start) {
				inner.indent = d.indentOf(v.Fields[0].Start)
			}
		}
		if i < 0 {
			return []Change{{d.Name, v.Start, v.End, d.flow(Map(Field{key, value}), b)}}
		}
		return d.behind(v.Fields[i].Value.End, d.flowField(Field{key, value}, inner), b, inner)
	}
	indent := d.spaces(v.Fields[0].Start)
	return d.line(v.Fields[i].Value, indent+d.blockField(Field{key, value}, indent))
}

// near is the document with the style of a mapping's own values: their
// indentation, and whether their lists stand in brackets.
func (d *Document) near(v *reader.Value) *Document {
	out := *d
	for _, f := range v.Fields {
		if f.Value.Kind == reader.ListValue && !f.Value.Alias && len(f.Value.Items) > 0 {
			out.bracketed = f.Value.Flow
		}
	}
	for _, f := range v.Fields {
		if len(f.Value.Fields) == 0 || !d.startsLine(f.Start) || !d.startsLine(f.Value.Fields[0].Start) {
			continue
		}
		deeper, ok := strings.CutPrefix(d.indentOf(f.Value.Fields[0].Start), d.indentOf(f.Start))
		if ok && deeper != "" {
			out.unit = deeper
			break
		}
	}
	return &out
}

// Append adds an item to the end of a list. A null value becomes a list of one;
// nil where it is no list that can be written to.
func (d *Document) Append(l Spot, item Tree) []Change {
	v := l.Value
	switch {
	case v == nil || v.Alias || v.Tag != "":
		return nil
	case v.Kind != reader.ListValue && !v.Null, v.Null && len(l.way) == 0:
		return nil
	case v.Null || len(v.Items) == 0 && !l.inFlow() && !d.IsJSON:
		return d.Replace(l, List(item))
	}
	if v.Flow {
		b := d.bracketsOf(l)
		inner := b
		if b.lines {
			inner.indent += d.unit
			if len(v.Items) > 0 && d.startsLine(v.Items[0].Value.Start) {
				inner.indent = d.indentOf(v.Items[0].Value.Start)
			}
		}
		if len(v.Items) == 0 {
			return []Change{{d.Name, v.Start, v.End, d.flow(List(item), b)}}
		}
		return d.behind(v.Items[len(v.Items)-1].Value.End, d.flow(item, inner), b, inner)
	}
	indent := d.spaces(v.Items[0].Dash)
	return d.line(v.Items[len(v.Items)-1].Value, indent+d.blockItem(item, indent))
}

// line puts a line behind those of a value.
func (d *Document) line(v *reader.Value, text string) []Change {
	at := d.lineEnd(v.End)
	// With |+ and >+ the empty lines belong to the text.
	if v.Style == reader.Block && strings.Contains(strings.SplitN(d.Source(v.Content, v.End), "\n", 2)[0], "+") {
		for next := d.nextLine(at); next < len(d.text) && strings.TrimSpace(d.Source(next, d.lineEnd(next))) == ""; next = d.nextLine(at) {
			at = d.lineEnd(next)
			if at == len(d.text) {
				break
			}
		}
	}
	// Comments at the end of what stands in a value, deeper than the line, are its.
	deeper := len(text) - len(strings.TrimLeft(text, " "))
	for v.Kind != reader.ScalarValue && !v.Flow && !v.Alias && at < len(d.text) {
		next := d.nextLine(at)
		line := d.Source(next, d.lineEnd(next))
		comment := strings.TrimLeft(line, " ")
		if !strings.HasPrefix(comment, "#") || len(line)-len(comment) <= deeper {
			break
		}
		at = d.lineEnd(next)
	}
	return []Change{{d.Name, at, at, d.newline + text}}
}

// behind puts a field or an item behind what ends at an offset of a value in
// brackets. A comment on the line stays with what it is about.
func (d *Document) behind(at int, text string, b, inner brackets) []Change {
	if !b.lines {
		comma := b.comma
		return []Change{{d.Name, at, at, comma + text}}
	}
	rest := strings.TrimLeft(d.Source(at, d.lineEnd(at)), " \t")
	if !d.IsJSON && strings.HasPrefix(rest, "#") {
		end := d.lineEnd(at)
		return []Change{{d.Name, at, at, ","}, {d.Name, end, end, d.newline + inner.indent + text}}
	}
	return []Change{{d.Name, at, at, "," + d.newline + inner.indent + text}}
}

// Replace puts a value in the place of another, whose comments inside of it go
// with it. nil where that is the root.
func (d *Document) Replace(s Spot, t Tree) []Change {
	v := s.Value
	if len(s.way) == 0 {
		return nil
	}
	if d.IsJSON || s.inFlow() {
		return []Change{{d.Name, v.Start, v.End, d.flow(t, d.bracketsOf(s))}}
	}
	last := s.way[len(s.way)-1]
	if f := s.field(); f != nil {
		from := f.End + strings.IndexByte(d.Source(f.End, len(d.text)), ':') + 1
		text := d.block(t, d.spaces(f.Start))
		if end := d.lineEnd(v.End); strings.Contains(text, d.newline) && !strings.HasPrefix(strings.TrimSpace(text), "|") && strings.HasPrefix(strings.TrimSpace(d.Source(v.End, end)), "#") {
			// A comment on the line stays on that of the key.
			return []Change{{d.Name, from, v.End, ""}, {d.Name, end, end, text}}
		}
		head := d.Source(from, d.lineEnd(from))
		if i := strings.Index(head, " #"); i >= 0 && v.Style == reader.Block && !strings.Contains(text, d.newline) {
			text += strings.TrimRight(head[i:], " ")
		}
		return []Change{{d.Name, from, v.End, text}}
	}
	dash := last.in.Items[last.index].Dash
	return []Change{{d.Name, dash, v.End, d.blockItem(t, d.spaces(dash))}}
}

// AddResource adds a key with a mapping behind another of a mapping of such:
// with an empty line before it, where the others have one.
func (d *Document) AddResource(m Spot, after, key string, value Tree) []Change {
	changes := d.SetAfter(m, after, key, value)
	fields := m.Value.Fields
	if m.Value.Flow || len(changes) != 1 || len(fields) < 2 {
		return changes
	}
	last := fields[len(fields)-1]
	if strings.TrimSpace(d.Source(d.lineStart(d.lineStart(last.Start)-1), d.lineStart(last.Start))) == "" {
		changes[0].New = d.newline + changes[0].New
	}
	return changes
}

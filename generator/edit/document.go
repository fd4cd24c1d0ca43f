package edit

import (
	"bytes"
	"strings"

	"apigw-cors/generator/reader"
)

// Document is a YAML or JSON file, to be edited in its own style: indentation,
// quotes, line ends, dashes and brackets are those of the neighbourhood. Its
// methods change nothing: they give the [Change]s of its text.
type Document struct {
	// Name is the File of the changes.
	Name string
	// Root is nil where there is nothing in the file.
	Root *reader.Value
	// IsJSON is set for JSON, and not for YAML in brackets.
	IsJSON bool

	text    []byte
	newline string
	// unit is how much deeper the values of a mapping stand, as spaces or tabs.
	unit string
	// dashed: the dashes of a list stand deeper than its key.
	dashed bool
	// bracketed: lists of texts stand in brackets.
	bracketed bool
	// quote is around texts that need one.
	quote reader.ScalarStyle
}

// Parse parses a document. The error is a [reader.Fault].
func Parse(name string, text []byte) (*Document, error) {
	root, isJSON, err := reader.Values(name, text)
	if err != nil {
		return nil, err
	}
	d := &Document{Name: name, Root: root, IsJSON: isJSON, text: text, newline: "\n", quote: reader.DoubleQuoted}
	if end := bytes.IndexByte(text, '\n'); end > 0 && text[end-1] == '\r' {
		d.newline = "\r\n"
	} else if end < 0 && bytes.IndexByte(text, '\r') >= 0 {
		d.newline = "\r"
	}
	d.dashed = true
	if root != nil {
		d.learn()
	}
	return d, nil
}

// learn looks how the document is written: what most values do is its style.
func (d *Document) learn() {
	units := map[string]int{}
	dashes, quotes := 0, 0
	var look func(v *reader.Value, column int)
	look = func(v *reader.Value, column int) {
		for _, f := range v.Fields {
			at := d.column(f.Start)
			if d.startsLine(f.Start) {
				if deeper := at - column; column >= 0 && deeper > 0 && deeper <= 8 {
					units[d.indentOf(f.Start)[:deeper]]++
				}
			}
			if f.Value.Kind == reader.ListValue && !f.Value.Flow && len(f.Value.Items) > 0 {
				if d.column(f.Value.Items[0].Dash) > at {
					dashes++
				} else {
					dashes--
				}
			}
			look(f.Value, at)
		}
		for _, item := range v.Items {
			look(item.Value, -1)
		}
		switch v.Style {
		case reader.DoubleQuoted:
			quotes++
		case reader.SingleQuoted:
			quotes--
		}
	}
	look(d.Root, -1)
	if d.Root.Flow && len(d.Root.Fields) > 0 && d.startsLine(d.Root.Fields[0].Start) {
		units[d.indentOf(d.Root.Fields[0].Start)]++
	}
	d.dashed = dashes >= 0
	if quotes < 0 {
		d.quote = reader.SingleQuoted
	}
	most := 0
	for unit, n := range units {
		if n > most || n == most && len(unit) < len(d.unit) {
			d.unit, most = unit, n
		}
	}
	if d.unit == "" {
		d.unit = "  "
	}
}

// Source is what stands in the text for a stretch of it.
func (d *Document) Source(start, end int) string { return string(d.text[start:end]) }

// Spot is a value with the way to it from the root.
type Spot struct {
	Value *reader.Value
	way   []step
}

// step is a field of a mapping, or an item of a list.
type step struct {
	in    *reader.Value
	index int
}

// Find is the innermost field or item that holds all of a stretch of the text:
// of a place of facts, the value that it is the place of. A mapping of one field
// stands where its field does; found is the field, but of an item the item, and
// of a function's call the call. The spot of a stretch outside of all values has
// no Value.
func (d *Document) Find(start, end int) Spot {
	if d.Root == nil || start < d.Root.Start || end > d.Root.End {
		return Spot{}
	}
	s := Spot{Value: d.Root}
	for start != s.Value.Start || end != s.Value.End || s.isItsField() {
		inner, ok := s.inner(start, end)
		if !ok {
			break
		}
		s = inner
	}
	return s
}

// isItsField reports whether a value stands in the text where its only field
// does, and the place is rather that of the field.
func (s Spot) isItsField() bool {
	v := s.Value
	if s.field() == nil || v.Flow || len(v.Fields) != 1 || v.Fields[0].Start != v.Start {
		return false
	}
	key := v.Fields[0].Key
	return key != "Ref" && key != "Condition" && !strings.HasPrefix(key, "Fn::")
}

func (s Spot) inner(start, end int) (Spot, bool) {
	for i, f := range s.Value.Fields {
		if f.Start <= start && end <= max(f.End, f.Value.End) {
			return s.to(i, f.Value), true
		}
	}
	for i, item := range s.Value.Items {
		if item.Dash <= start && end <= item.Value.End {
			return s.to(i, item.Value), true
		}
	}
	return Spot{}, false
}

func (s Spot) to(index int, v *reader.Value) Spot {
	return Spot{v, append(s.way[:len(s.way):len(s.way)], step{s.Value, index})}
}

// IsZero reports whether nothing was found.
func (s Spot) IsZero() bool { return s.Value == nil }

// Child is the value of a key; zero where it is not there.
func (s Spot) Child(keys ...string) Spot {
	for _, key := range keys {
		_, i := s.Value.Field(key)
		if i < 0 {
			return Spot{}
		}
		s = s.to(i, s.Value.Fields[i].Value)
	}
	return s
}

// Item is an item of a list.
func (s Spot) Item(i int) Spot { return s.to(i, s.Value.Items[i].Value) }

// Up is the value around; zero for the root.
func (s Spot) Up() Spot {
	if len(s.way) == 0 {
		return Spot{}
	}
	last := s.way[len(s.way)-1]
	return Spot{last.in, s.way[: len(s.way)-1 : len(s.way)-1]}
}

// Key is the key of the value; "" for an item and for the root.
func (s Spot) Key() string {
	if f := s.field(); f != nil {
		return f.Key
	}
	return ""
}

func (s Spot) field() *reader.ValueField {
	if len(s.way) == 0 {
		return nil
	}
	if last := s.way[len(s.way)-1]; last.in.Kind == reader.MappingValue {
		return &last.in.Fields[last.index]
	}
	return nil
}

// Keys is the way from the root, the items of lists without names.
func (s Spot) Keys() (out []string) {
	for ; len(s.way) > 0; s = s.Up() {
		out = append([]string{s.Key()}, out...)
	}
	return out
}

// Above is the nearest value around, or the value itself, of which is holds;
// zero where there is none.
func (s Spot) Above(is func(Spot) bool) Spot {
	for !s.IsZero() && !is(s) {
		s = s.Up()
	}
	return s
}

// Lines of the text.

// lineStart is where the line of an offset begins, behind a byte order mark.
func (d *Document) lineStart(at int) int {
	start := 1 + bytes.LastIndexAny(d.text[:at], "\r\n")
	if start == 0 && strings.HasPrefix(string(d.text[:min(3, len(d.text))]), "\ufeff") && at >= 3 {
		return 3
	}
	return start
}

// lineEnd is where the line of an offset ends, before its newline.
func (d *Document) lineEnd(at int) int {
	if n := bytes.IndexAny(d.text[at:], "\r\n"); n >= 0 {
		return at + n
	}
	return len(d.text)
}

// nextLine is where the line behind that of an offset begins.
func (d *Document) nextLine(at int) int {
	end := d.lineEnd(at)
	if bytes.HasPrefix(d.text[end:], []byte("\r\n")) {
		return end + 2
	}
	return min(end+1, len(d.text))
}

func (d *Document) column(at int) int { return at - d.lineStart(at) }

// startsLine reports whether only blanks stand before an offset in its line.
func (d *Document) startsLine(at int) bool {
	return len(bytes.Trim(d.text[d.lineStart(at):at], " \t")) == 0
}

// indentOf is what stands before the first letter of an offset's line.
func (d *Document) indentOf(at int) string {
	start := d.lineStart(at)
	line := d.text[start:d.lineEnd(at)]
	return string(line[:len(line)-len(bytes.TrimLeft(line, " \t"))])
}

// spaces are as wide as what stands before an offset in its line.
func (d *Document) spaces(at int) string { return strings.Repeat(" ", d.column(at)) }

package terraform

import (
	"bytes"
	"sort"
	"strings"
	"unicode/utf8"

	"apigw-cors/generator/gateway"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// origin is how a text came about: encoded from a value, or put together from
// pieces of a file.
type origin struct {
	encoded *Value
	pieces  []piece
}

// piece is a stretch of a template: a literal, whose text stands at the end of
// src[start:end], or a value.
type piece struct {
	value Value
	file  string
	src   []byte
	start hcl.Pos
	end   int
}

// Shape is what a value is on the outside.
type Shape int

// The shapes.
const (
	Unknown Shape = iota
	Null
	Scalar
	List
	Object
)

// Shape is what the value is.
func (v Value) Shape() Shape {
	switch v.kind {
	case absent, null:
		return Null
	case text, number, boolean:
		return Scalar
	case list, set:
		return List
	case object:
		return Object
	}
	return Unknown
}

// IsBool and IsNumber tell scalars apart.
func (v Value) IsBool() bool   { return v.kind == boolean }
func (v Value) IsNumber() bool { return v.kind == number }

// Encoded is the value that the text was made of by jsonencode or yamlencode.
func (v Value) Encoded() (Value, bool) {
	if v.kind == text && v.origin != nil && v.origin.encoded != nil {
		return *v.origin.encoded, true
	}
	return Value{}, false
}

// pieces remembers what a template is put together from.
func (e *evaluator) pieces(x *hclsyntax.TemplateExpr, values []Value) *origin {
	o := &origin{}
	for i, p := range x.Parts {
		r := p.Range()
		next := piece{value: values[i], file: r.Filename, start: r.Start, end: r.End.Byte}
		if literal, ok := p.(*hclsyntax.LiteralValueExpr); ok && values[i].kind == text && literal != nil {
			next.src = e.sources[r.Filename]
		}
		o.pieces = append(o.pieces, next)
	}
	return o
}

// Source is a text with the places it comes from.
type Source struct {
	Text string
	// Unknown are the reasons of the parts that are not known, by number.
	Unknown []string

	offsets []int
	pieces  []piece
}

// Source is the text that a value is, with a placeholder for each part that is
// not known; false where it is no text.
func (v Value) Source(placeholder func(i int) string) (Source, bool) {
	if v.kind != text {
		return Source{}, false
	}
	pieces := []piece{{value: v, file: v.at.File, start: hcl.Pos{Line: v.at.Line, Column: v.at.Column, Byte: v.at.Start}, end: v.at.End}}
	if v.origin != nil && len(v.origin.pieces) > 0 {
		pieces = v.origin.pieces
	}
	s := Source{pieces: pieces}
	var b strings.Builder
	for _, p := range pieces {
		s.offsets = append(s.offsets, b.Len())
		for _, t := range p.value.Text().Parts {
			if t.Unknown == "" {
				b.WriteString(t.Literal)
				continue
			}
			b.WriteString(placeholder(len(s.Unknown)))
			s.Unknown = append(s.Unknown, t.Unknown)
		}
	}
	s.Text = b.String()
	return s, true
}

// Place is where a stretch of the text stands in its source. Of one that is
// not written as it is, such as one with an interpolation in it, only the
// beginning is known.
func (s Source) Place(at gateway.Place) gateway.Place {
	if at.Line == 0 {
		return gateway.Place{File: s.pieces[0].file}
	}
	start, exact := s.locate(at.Start)
	end, ends := s.locate(at.End)
	if exact && ends && start.File == end.File {
		start.End = end.Start
	} else {
		start.Start, start.End = 0, 0
	}
	return start
}

// locate gives the place of an offset; exact where the source has the same
// text there.
func (s Source) locate(offset int) (at gateway.Place, exact bool) {
	i := max(0, sort.SearchInts(s.offsets, offset+1)-1)
	p := s.pieces[i]
	at = gateway.Place{File: p.file, Line: p.start.Line, Column: p.start.Column, Start: p.start.Byte}
	literal, known := p.value.known()
	from := p.end - len(literal)
	if !known || p.src == nil || from < p.start.Byte || p.end > len(p.src) || string(p.src[from:p.end]) != literal {
		return at, false
	}
	at.Start = from + offset - s.offsets[i]
	before := p.src[p.start.Byte:at.Start]
	if n := bytes.Count(before, []byte{'\n'}); n > 0 {
		at.Line += n
		at.Column = 1
		before = before[bytes.LastIndexByte(before, '\n')+1:]
	}
	at.Column += utf8.RuneCount(before)
	return at, true
}

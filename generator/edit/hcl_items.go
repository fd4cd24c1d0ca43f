package edit

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// AddItems adds elements to a list, in its own form: on its line, or a line each.
func (h *HCL) AddItems(list *hclsyntax.TupleConsExpr, items ...string) {
	var last *hcl.Range
	if n := len(list.Exprs); n > 0 {
		r := list.Exprs[n-1].Range()
		last = &r
	}
	h.add(list.SrcRange, last, nil, items)
}

// AddKey adds a key with its value to an object. The key is in HCL's syntax, as
// is the value.
func (h *HCL) AddKey(o *hclsyntax.ObjectConsExpr, key, value string) {
	if len(o.Items) == 0 {
		h.add(o.SrcRange, nil, nil, []string{key + " = " + value})
		return
	}
	last := o.Items[len(o.Items)-1]
	span := hcl.RangeBetween(last.KeyExpr.Range(), last.ValueExpr.Range())
	between := string(h.text[last.KeyExpr.Range().End.Byte:last.ValueExpr.Range().Start.Byte])
	text := key + " = " + value
	switch {
	case strings.Contains(between, ":"):
		text = key + between + value
	case strings.HasPrefix(between, "  ") || !strings.Contains(between, " "):
		// The equals signs of its neighbours stand below one another, or close.
		width := len(last.KeyExpr.Range().SliceBytes(h.text)) + strings.IndexByte(between, '=')
		pad := max(min(1, strings.IndexByte(between, '=')), width-len(key))
		text = key + strings.Repeat(" ", pad) + between[strings.IndexByte(between, '='):] + value
	}
	h.add(o.SrcRange, &span, &o.Items[0], []string{text})
}

// add puts elements behind the last one between brackets.
func (h *HCL) add(brackets hcl.Range, last *hcl.Range, _ *hclsyntax.ObjectConsItem, items []string) {
	if h.err != nil {
		return
	}
	closing := brackets.End.Byte - 1
	isObject := h.text[brackets.Start.Byte] == '{'
	if last == nil {
		h.fill(brackets, isObject, items)
		return
	}
	oneLine := last.End.Line == brackets.End.Line && brackets.Start.Line == last.Start.Line || !h.beginsLine(last.Start.Byte)
	if oneLine {
		h.splice(last.End.Byte, last.End.Byte, ", "+strings.Join(items, ", "))
		return
	}
	base, unit := h.indent(last.Start.Byte), h.unit(last.Start.Byte)
	end := last.End.Byte
	if h.text[end-1] == '\n' {
		end = h.tail(*last)
	}
	comma := h.comma(end, closing)
	var b strings.Builder
	for i, item := range items {
		b.WriteString(h.newline + base + h.indented(item, base, unit))
		if comma > 0 || !isObject && i < len(items)-1 {
			b.WriteByte(',')
		}
	}
	at := h.tail(*last)
	if closing < at {
		// The closing bracket stands behind the last element.
		at = closing
	}
	text := b.String()
	if comma == 0 && (!isObject || h.hasCommas(brackets.Start.Byte, last.Start.Byte)) {
		text = "," + string(h.text[end:at]) + text
		h.splice(end, at, text)
		return
	}
	h.splice(at, at, text)
}

// comma is where a comma stands behind an element; 0 where none does.
func (h *HCL) comma(from, to int) int {
	for i := from; i < to; i++ {
		switch h.text[i] {
		case ',':
			return i
		case ' ', '\t', '\r', '\n':
		default:
			return 0
		}
	}
	return 0
}

// hasCommas reports whether the elements before the last are separated by
// commas, and not by line ends alone.
func (h *HCL) hasCommas(from, to int) bool {
	before := strings.TrimSpace(string(h.text[from:to]))
	return strings.HasSuffix(before, ",")
}

// fill puts the first elements between brackets.
func (h *HCL) fill(brackets hcl.Range, isObject bool, items []string) {
	start, end := brackets.Start.Byte+1, brackets.End.Byte-1
	if strings.TrimSpace(string(h.text[start:end])) != "" {
		h.Fail("%s:%d: there is nothing but a comment between the brackets", h.file, brackets.Start.Line)
		return
	}
	if !isObject && len(items) == 1 && len(items[0]) < 60 {
		h.splice(start, end, items[0])
		return
	}
	base, unit := h.indent(brackets.Start.Byte), h.unit(brackets.Start.Byte)
	var b strings.Builder
	for _, item := range items {
		b.WriteString(h.newline + base + unit + h.indented(item, base+unit, unit))
		if !isObject {
			b.WriteByte(',')
		}
	}
	h.splice(start, end, b.String()+h.newline+base)
}

// RemoveItem takes an element out of a list.
func (h *HCL) RemoveItem(list *hclsyntax.TupleConsExpr, i int) {
	var spans []hcl.Range
	for _, x := range list.Exprs {
		spans = append(spans, x.Range())
	}
	h.remove(spans, i)
}

// RemoveKey takes a key out of an object.
func (h *HCL) RemoveKey(o *hclsyntax.ObjectConsExpr, i int) {
	var spans []hcl.Range
	for _, item := range o.Items {
		spans = append(spans, hcl.RangeBetween(item.KeyExpr.Range(), item.ValueExpr.Range()))
	}
	h.remove(spans, i)
}

func (h *HCL) remove(spans []hcl.Range, i int) {
	if h.err != nil {
		return
	}
	at := spans[i]
	end := at.End.Byte
	if c := h.comma(end, len(h.text)); c > 0 {
		end = c + 1
	}
	alone := h.beginsLine(at.Start.Byte) && (h.isBare(end) || h.text[at.End.Byte-1] == '\n')
	switch {
	case alone:
		start := h.lineStart(at.Start.Byte)
		tail := h.tail(hcl.Range{End: hcl.Pos{Byte: end}})
		h.splice(start, h.nextLine(tail), "")
	case i == 0 && len(spans) == 1:
		h.splice(at.Start.Byte, end, "")
	case i == 0:
		h.splice(at.Start.Byte, spans[1].Start.Byte, "")
	default:
		h.splice(spans[i-1].End.Byte, at.End.Byte, "")
	}
}

// Key is the number of the item of an object whose key is a text, or -1.
func Key(o *hclsyntax.ObjectConsExpr, key string) int {
	return slices.IndexFunc(o.Items, func(item hclsyntax.ObjectConsItem) bool {
		s, ok := Text(item.KeyExpr)
		return ok && s == key
	})
}

// Text is the text that an expression is, where it is a literal and nothing
// else.
func Text(x hclsyntax.Expression) (string, bool) {
	switch x := x.(type) {
	case *hclsyntax.ObjectConsKeyExpr:
		if name := hcl.ExprAsKeyword(x.Wrapped); name != "" && !x.ForceNonLiteral {
			return name, true
		}
		return Text(x.Wrapped)
	case *hclsyntax.TemplateExpr, *hclsyntax.LiteralValueExpr:
		v, problems := x.Value(nil)
		if problems.HasErrors() || v.IsNull() || v.Type() != cty.String {
			return "", false
		}
		return v.AsString(), true
	}
	return "", false
}

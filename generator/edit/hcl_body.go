package edit

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// member is an attribute or a block of a body.
type member struct {
	span hcl.Range
	// name is that of an attribute, equals where its equals sign ends; "" of a
	// block.
	name   string
	equals hcl.Range
}

// members are those of a body in the order of their lines.
func members(b *hclsyntax.Body) (out []member) {
	for _, a := range b.Attributes {
		out = append(out, member{a.Range(), a.Name, a.EqualsRange})
	}
	for _, inner := range b.Blocks {
		out = append(out, member{span: hcl.RangeBetween(inner.Range(), inner.CloseBraceRange)})
	}
	slices.SortFunc(out, func(x, y member) int { return x.span.Start.Byte - y.span.Start.Byte })
	return out
}

// isMeta reports whether a member is for Terraform itself, and by custom the last.
func (m member) isMeta(h *HCL) bool {
	return m.name == "depends_on" || m.name == "" && strings.HasPrefix(string(m.span.SliceBytes(h.text)), "lifecycle")
}

// Set gives an attribute of a block an expression, or adds it with one. A new one
// stands below that of the name after where there is such, and otherwise last.
func (h *HCL) Set(b *hclsyntax.Block, name, expression, after string) {
	if a := b.Body.Attributes[name]; a != nil {
		h.Replace(a.Expr.Range(), expression)
		return
	}
	all := members(b.Body)
	i := slices.IndexFunc(all, func(m member) bool { return m.name == after && after != "" })
	many := strings.Contains(expression, "\n")
	if i >= 0 && !many {
		h.insertBelow(b, all[i].span, h.aligned(all[i], name)+expression, false)
		return
	}
	if len(all) == 0 {
		h.insertFirst(b, name+" = "+expression)
		return
	}
	if i < 0 || many {
		i = len(all) - 1
		for i > 0 && name != "depends_on" && all[i].isMeta(h) {
			i--
		}
	}
	// What takes several lines, and the settings for Terraform itself, stand
	// apart.
	apart := many || name == "depends_on" || all[i].name == ""
	text := name + " = " + expression
	if !apart && all[i].span.Start.Line == all[i].span.End.Line {
		text = h.aligned(all[i], name) + expression
	}
	h.insertBelow(b, all[i].span, text, apart)
}

// aligned is a name with its equals sign, which stands below that of a member
// where there is room.
func (h *HCL) aligned(m member, name string) string {
	start := m.span.Start.Byte
	if m.name == "" {
		return name + " = "
	}
	gap := m.equals.Start.Byte - start - len(m.name)
	pad := 1
	if width := m.equals.Start.Byte - start; gap > 1 && width > len(name) {
		pad = width - len(name)
	}
	return name + strings.Repeat(" ", pad) + "= "
}

// AddBlock adds a nested block as the last of another, apart from what is above.
func (h *HCL) AddBlock(b *hclsyntax.Block, text string) {
	all := members(b.Body)
	if len(all) == 0 {
		h.insertFirst(b, text)
		return
	}
	h.insertBelow(b, all[len(all)-1].span, text, true)
}

func (h *HCL) insertFirst(b *hclsyntax.Block, text string) {
	base := h.indent(b.Range().Start.Byte)
	unit := h.unit(b.Range().Start.Byte)
	at := b.OpenBraceRange.End.Byte
	if b.OpenBraceRange.Start.Line == b.CloseBraceRange.Start.Line {
		h.splice(at, b.CloseBraceRange.Start.Byte, h.newline+base+unit+h.indented(text, base+unit, unit)+h.newline+base)
		return
	}
	h.splice(h.lineEnd(at), h.lineEnd(at), h.newline+base+unit+h.indented(text, base+unit, unit))
}

// insertBelow adds lines below what stands at a place in a block.
func (h *HCL) insertBelow(b *hclsyntax.Block, at hcl.Range, text string, apart bool) {
	if b.OpenBraceRange.Start.Line == b.CloseBraceRange.Start.Line {
		h.Fail("%s:%d: the block stands on one line", h.file, b.OpenBraceRange.Start.Line)
		return
	}
	base, end := h.indent(at.Start.Byte), h.tail(at)
	text = h.newline + base + h.indented(text, base, h.unit(at.Start.Byte))
	if apart {
		text = h.newline + text
		if next := h.nextLine(end); next < b.CloseBraceRange.Start.Byte && strings.TrimSpace(string(h.text[next:h.lineEnd(next)])) != "" && h.lineStart(b.CloseBraceRange.Start.Byte) > next {
			text += h.newline
		}
	}
	h.splice(end, end, text)
}

// tail is where the line ends on which a node ends; the end of a heredoc is
// part of its node.
func (h *HCL) tail(r hcl.Range) int {
	end := r.End.Byte
	if end > 0 && h.text[end-1] == '\n' {
		// A heredoc ends behind its line.
		end--
		if end > 0 && h.text[end-1] == '\r' {
			end--
		}
		return end
	}
	return h.lineEnd(end)
}

// Remove takes an attribute out of a block.
func (h *HCL) Remove(b *hclsyntax.Block, name string) {
	if a := b.Body.Attributes[name]; a != nil {
		h.removeLines(a.Range())
	}
}

// RemoveBlock takes a block out, at the top or in another, with the comment that
// stands right above it.
func (h *HCL) RemoveBlock(b *hclsyntax.Block) {
	start := h.lineStart(b.Range().Start.Byte)
	for start > 0 && isComment(string(h.text[h.lineStart(start-1):start])) {
		start = h.lineStart(start - 1)
	}
	r := hcl.RangeBetween(b.Range(), b.CloseBraceRange)
	h.removeFrom(start, r)
}

func isComment(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, "#") || strings.HasPrefix(line, "//")
}

// removeLines deletes what stands at a place, and one of the blank lines around
// it.
func (h *HCL) removeLines(r hcl.Range) { h.removeFrom(h.lineStart(r.Start.Byte), r) }

func (h *HCL) removeFrom(start int, r hcl.Range) {
	if h.err != nil {
		return
	}
	end := h.tail(r)
	if !h.beginsLine(r.Start.Byte) || r.End.Byte < end && !h.isBare(r.End.Byte) {
		h.Fail("%s:%d: it shares its line with something else", h.file, r.Start.Line)
		return
	}
	end = h.nextLine(end)
	blank := func(from int) bool {
		return from < len(h.text) && strings.TrimSpace(string(h.text[from:h.lineEnd(from)])) == ""
	}
	above := start > 0 && blank(h.lineStart(start-1))
	opens := start > 0 && strings.HasSuffix(strings.TrimSpace(string(h.text[h.lineStart(start-1):start])), "{")
	closes := end >= len(h.text) || strings.HasPrefix(strings.TrimSpace(string(h.text[end:h.lineEnd(end)])), "}")
	switch {
	case (above || opens || start == 0) && blank(end):
		end = h.nextLine(end)
	case above && closes:
		start = h.lineStart(start - 1)
	}
	h.splice(start, end, "")
}

// Append adds top-level blocks below one, apart from it; below the last one
// where there is none given.
func (h *HCL) Append(after *hclsyntax.Block, text string) {
	if after == nil && len(h.body.Blocks) > 0 {
		after = h.body.Blocks[len(h.body.Blocks)-1]
	}
	end := len(h.text)
	if after != nil {
		end = h.lineEnd(after.CloseBraceRange.End.Byte)
	}
	unit := "  "
	if after != nil {
		unit = h.unit(after.Range().Start.Byte)
	}
	gap := h.newline + h.newline
	if after == nil {
		gap = ""
	}
	text = h.indented(strings.Trim(text, "\n"), "", unit)
	if end == len(h.text) && after == nil {
		text += h.newline
	}
	if next := h.nextLine(end); next < len(h.text) && end < next && strings.TrimSpace(string(h.text[next:h.lineEnd(next)])) != "" {
		text += h.newline
	}
	h.splice(end, end, gap+text)
}

package edit

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
)

// HCL is a file in HCL's native syntax that is edited step by step. Each step
// changes a stretch of the text and parses it again, so what was found before
// a step (blocks, attributes, expressions) has to be looked up anew after it.
// A top-level block that was as "terraform fmt" leaves it stays so; any other
// keeps its own indentation and alignment.
//
// The first step that cannot be made, or that leaves a text that does not
// parse, is kept as the error of [HCL.Changes]; those after it do nothing.
type HCL struct {
	file         string
	before, text []byte
	body         *hclsyntax.Body
	newline      string
	err          error
}

// ParseHCL parses a file in HCL's native syntax.
func ParseHCL(file string, text []byte) (*HCL, error) {
	h := &HCL{file: file, before: text, text: text, newline: "\n"}
	if i := bytes.IndexByte(text, '\n'); i > 0 && text[i-1] == '\r' {
		h.newline = "\r\n"
	}
	return h, h.parse()
}

func (h *HCL) parse() error {
	f, problems := hclsyntax.ParseConfig(h.text, h.file, hcl.InitialPos)
	if problems.HasErrors() {
		return problems
	}
	h.body = f.Body.(*hclsyntax.Body)
	return nil
}

// Text is the text after the steps so far.
func (h *HCL) Text() []byte { return h.text }

// Source is the text of a node.
func (h *HCL) Source(n hclsyntax.Node) string { return string(n.Range().SliceBytes(h.text)) }

// Changes are what the steps come to, from the text that was parsed at first.
func (h *HCL) Changes() ([]Change, error) {
	if h.err != nil {
		return nil, h.err
	}
	return Lines(h.file, h.before, h.text), nil
}

// Blocks are the top-level blocks.
func (h *HCL) Blocks() []*hclsyntax.Block { return h.body.Blocks }

// Block is the top-level block of a type with the labels; nil where there is
// none.
func (h *HCL) Block(kind string, labels ...string) *hclsyntax.Block {
	return nested(h.body, kind, labels...)
}

// Nested is the first block of a type in another; nil where there is none.
func Nested(b *hclsyntax.Block, kind string) *hclsyntax.Block { return nested(b.Body, kind) }

func nested(body *hclsyntax.Body, kind string, labels ...string) *hclsyntax.Block {
	for _, b := range body.Blocks {
		if b.Type == kind && slices.Equal(b.Labels, labels) {
			return b
		}
	}
	return nil
}

// Quoted is a string in HCL's syntax.
func Quoted(s string) string { return string(hclwrite.TokensForValue(cty.StringVal(s)).Bytes()) }

// Formatted is a text as "terraform fmt" leaves it.
func Formatted(text string) string { return string(hclwrite.Format([]byte(text))) }

// Replace puts an expression in place of a stretch of the text.
func (h *HCL) Replace(r hcl.Range, text string) {
	h.splice(r.Start.Byte, r.End.Byte, h.indented(text, h.indent(r.Start.Byte), h.unit(r.Start.Byte)))
}

// Fail keeps the reason for which the steps cannot be made.
func (h *HCL) Fail(format string, args ...any) {
	if h.err == nil {
		h.err = fmt.Errorf(format, args...)
	}
}

var errNotParsed = errors.New("the text that comes out does not parse")

// splice puts text in place of some bytes, and tidies the block around them if
// it was tidy.
func (h *HCL) splice(start, end int, text string) {
	if h.err != nil {
		return
	}
	at := slices.IndexFunc(h.body.Blocks, func(b *hclsyntax.Block) bool {
		return b.Range().Start.Byte <= start && end <= b.CloseBraceRange.End.Byte
	})
	tidy := false
	if at >= 0 {
		old := blockText(h.text, h.body.Blocks[at])
		tidy = bytes.Equal(hclwrite.Format(old), old)
	}
	was := len(h.body.Blocks)
	h.text = slices.Concat(h.text[:start], []byte(text), h.text[end:])
	if h.parse() != nil {
		h.err = errNotParsed
		return
	}
	if tidy && len(h.body.Blocks) == was {
		b := h.body.Blocks[at]
		from := b.Range().Start.Byte
		h.text = slices.Concat(h.text[:from], hclwrite.Format(blockText(h.text, b)), h.text[b.CloseBraceRange.End.Byte:])
		if h.parse() != nil {
			h.err = errNotParsed
		}
	}
}

func blockText(text []byte, b *hclsyntax.Block) []byte {
	return text[b.Range().Start.Byte:b.CloseBraceRange.End.Byte]
}

// lineStart and lineEnd are the ends of the line that an offset is in, without
// its line break.
func (h *HCL) lineStart(offset int) int { return bytes.LastIndexByte(h.text[:offset], '\n') + 1 }

func (h *HCL) lineEnd(offset int) int {
	i := bytes.IndexByte(h.text[offset:], '\n')
	if i < 0 {
		return len(h.text)
	}
	if i > 0 && h.text[offset+i-1] == '\r' {
		i--
	}
	return offset + i
}

// nextLine is where the line after an offset begins.
func (h *HCL) nextLine(offset int) int {
	if i := bytes.IndexByte(h.text[offset:], '\n'); i >= 0 {
		return offset + i + 1
	}
	return len(h.text)
}

// indent is the blank beginning of a line.
func (h *HCL) indent(offset int) string {
	line := h.text[h.lineStart(offset):]
	return string(line[:len(line)-len(bytes.TrimLeft(line, " \t"))])
}

// unit is one step of indentation around an offset: a tab where its line has
// one, or else what the first line of the block's body begins with.
func (h *HCL) unit(offset int) string {
	for _, b := range h.body.Blocks {
		if b.Range().Start.Byte > offset || offset > b.CloseBraceRange.End.Byte {
			continue
		}
		first := h.nextLine(b.OpenBraceRange.Start.Byte)
		for first < b.CloseBraceRange.Start.Byte && strings.TrimSpace(string(h.text[first:h.lineEnd(first)])) == "" {
			first = h.nextLine(first)
		}
		if in := strings.TrimPrefix(h.indent(first), h.indent(b.Range().Start.Byte)); in != "" && first < b.CloseBraceRange.Start.Byte {
			return in
		}
	}
	if strings.Contains(h.indent(offset), "\t") {
		return "\t"
	}
	return "  "
}

// indented gives the lines of a text but the first an indentation, with two
// blanks of its own standing for one unit, and the file's line ends. Lines of a
// heredoc are moved as a whole.
func (h *HCL) indented(text, base, unit string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if i == 0 || line == "" {
			continue
		}
		inner := strings.TrimLeft(line, " ")
		depth := (len(line) - len(inner)) / 2
		lines[i] = base + strings.Repeat(unit, depth) + strings.Repeat(" ", (len(line)-len(inner))%2) + inner
	}
	return strings.Join(lines, h.newline)
}

// isBare reports whether nothing but blanks and a comment stands in the line
// from an offset on.
func (h *HCL) isBare(offset int) bool {
	rest := strings.TrimSpace(string(h.text[offset:h.lineEnd(offset)]))
	return rest == "" || strings.HasPrefix(rest, "#") || strings.HasPrefix(rest, "//")
}

// beginsLine reports whether nothing but blanks stands before an offset in its
// line.
func (h *HCL) beginsLine(offset int) bool {
	return strings.TrimSpace(string(h.text[h.lineStart(offset):offset])) == ""
}

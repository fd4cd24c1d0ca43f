package reader

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// parseJSON parses one JSON value. Keys that stand twice are no fault: the
// last one holds, as in CloudFormation.
func (d *document) parseJSON(src []byte) error {
	p := &jsonParser{document: d, lines: newLines(d.file, src), base: 0}
	if bytes.HasPrefix(src, []byte(bom)) {
		p.base = len(bom)
	}
	p.decoder = json.NewDecoder(bytes.NewReader(src[p.base:]))
	p.decoder.UseNumber()
	p.end = p.base
	root, err := p.value(0)
	if err != nil {
		return p.at(err)
	}
	if _, start, err := p.token(); err != io.EOF {
		return Fault{Place: p.lines.place(start, start+1), Detail: "there is something behind the JSON value"}
	}
	d.root = root
	return nil
}

type jsonParser struct {
	*document
	lines   *lines
	decoder *json.Decoder
	// base is the offset of the first byte that the decoder sees, end that
	// behind the last token.
	base, end int
	values    int
}

// start is where the token after the last one begins.
func (p *jsonParser) start() int {
	src, i := p.lines.src, p.end
	for i < len(src) && strings.IndexByte(" \t\r\n,:", src[i]) >= 0 {
		i++
	}
	return i
}

// token gives the next token and where it begins.
func (p *jsonParser) token() (json.Token, int, error) {
	start := p.start()
	t, err := p.decoder.Token()
	p.end = p.base + int(p.decoder.InputOffset())
	return t, start, err
}

func (p *jsonParser) value(depth int) (*node, error) {
	t, start, err := p.token()
	if err != nil {
		return nil, err
	}
	return p.of(t, start, depth)
}

// of is the value that begins with a token.
func (p *jsonParser) of(t json.Token, start, depth int) (*node, error) {
	n := &node{place: p.lines.place(start, p.end)}
	if p.values++; p.values > maxValues {
		return nil, Fault{Place: n.place, Detail: errTooMany.Error()}
	}
	if depth > maxDepth {
		return nil, Fault{Place: n.place, Detail: errTooDeep.Error()}
	}
	switch v := t.(type) {
	case nil:
		n.typ, n.parts = nullType, []part{{}}
	case bool:
		n.typ, n.parts = boolType, []part{{literal: "false"}}
		if v {
			n.parts[0].literal = "true"
		}
	case json.Number:
		n.typ, n.parts = numberType, []part{{literal: v.String()}}
	case string:
		n.parts = []part{{literal: v}}
	case json.Delim:
		if err := p.inside(n, v, depth); err != nil {
			return nil, err
		}
		n.place.End = p.end
	}
	return n, nil
}

// inside fills an array or an object up to its closing bracket.
func (p *jsonParser) inside(n *node, open json.Delim, depth int) error {
	n.kind = list
	if open == '{' {
		n.kind = mapping
	}
	for {
		t, start, err := p.token()
		if err != nil {
			return err
		}
		if d, ok := t.(json.Delim); ok && (d == ']' || d == '}') {
			return nil
		}
		if n.kind == list {
			item, err := p.of(t, start, depth+1)
			if err != nil {
				return err
			}
			n.items = append(n.items, item)
			continue
		}
		f := field{at: p.lines.place(start, p.end)}
		f.key, _ = t.(string)
		if f.value, err = p.value(depth + 1); err != nil {
			return err
		}
		if old, replaced := n.set(f); replaced {
			p.replaced = append(p.replaced, old)
		}
	}
}

// at gives an error of the decoder its place.
func (p *jsonParser) at(err error) error {
	var f Fault
	if errors.As(err, &f) {
		return f
	}
	src, offset, detail := p.lines.src, p.start(), err.Error()
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		// The offset is that of the character, or of the one behind it.
		offset = min(p.base+int(syntax.Offset), len(src))
		if c, ok := strings.CutPrefix(detail, "invalid character '"); ok && offset > 0 && src[offset-1] == c[0] &&
			(offset == len(src) || src[offset] != c[0]) {
			offset--
		}
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		offset, detail = len(src), "the file ends in the middle of a value"
	}
	return Fault{Place: p.lines.place(offset, offset), Detail: detail}
}

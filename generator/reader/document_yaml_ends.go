package reader

import (
	"bytes"
	"strings"

	"gopkg.in/yaml.v3"
)

// The YAML parser says where a value begins and not where it ends. What
// follows finds the end in the source, from what the parser made of it.

// content is where the text of a value begins: behind its tag and anchor.
func (p *yamlParser) content(y *yaml.Node, start int) int {
	if y.Style&yaml.TaggedStyle == 0 && y.Anchor == "" {
		return start
	}
	src, i := p.lines.src, start
	for i < len(src) && (src[i] == '!' || src[i] == '&') {
		end := i
		if bytes.HasPrefix(src[i:], []byte("!<")) {
			end += max(0, bytes.IndexByte(src[i:], '>'))
		}
		for end < len(src) && strings.IndexByte(" \t\r\n,[]{}", src[end]) < 0 {
			end++
		}
		next := p.blank(end)
		if next == len(src) || y.Kind == yaml.ScalarNode && y.Value == "" && y.Style&^yaml.TaggedStyle == 0 {
			return end
		}
		i = next
	}
	return i
}

// blank skips blanks, line ends and comments.
func (p *yamlParser) blank(i int) int {
	src := p.lines.src
	for i < len(src) {
		switch src[i] {
		case ' ', '\t', '\r', '\n':
			i++
		case '#':
			if i > 0 && strings.IndexByte(" \t\r\n", src[i-1]) < 0 {
				return i
			}
			i = p.lineEnd(i)
		default:
			return i
		}
	}
	return i
}

// lineEnd is where the line of an offset ends.
func (p *yamlParser) lineEnd(i int) int {
	if n := bytes.IndexAny(p.lines.src[i:], "\r\n"); n >= 0 {
		return i + n
	}
	return len(p.lines.src)
}

// inside is where the content of a collection begins.
func (p *yamlParser) inside(y *yaml.Node, start int) int {
	i := p.content(y, start)
	if y.Style&yaml.FlowStyle != 0 && i < len(p.lines.src) {
		i++
	}
	return i
}

// behind is where a child of a collection ends; an alias's end is its own, not
// that of what it repeats.
func (p *yamlParser) behind(y *yaml.Node, n *node, end int) int {
	if y.Kind == yaml.AliasNode {
		return max(end, p.lines.offset(y.Line, y.Column)+1+len(y.Value))
	}
	return max(end, n.place.End)
}

// collectionEnd is where a collection ends whose last child ends at end.
func (p *yamlParser) collectionEnd(y *yaml.Node, end int) int {
	if y.Style&yaml.FlowStyle == 0 {
		return end
	}
	src := p.lines.src
	for i := end; ; i++ {
		i = p.blank(i)
		switch {
		case i < len(src) && (src[i] == ',' || src[i] == ':'):
		case i < len(src) && (src[i] == ']' || src[i] == '}'):
			return i + 1
		default:
			return end
		}
	}
}

// scalarEnd is where a scalar ends.
func (p *yamlParser) scalarEnd(y *yaml.Node, start int) int {
	src := p.lines.src
	i := p.content(y, start)
	if i >= len(src) {
		return len(src)
	}
	switch {
	case y.Style&yaml.DoubleQuotedStyle != 0:
		for i++; i < len(src) && src[i] != '"'; i++ {
			if src[i] == '\\' {
				i++
			}
		}
		return min(i+1, len(src))
	case y.Style&yaml.SingleQuotedStyle != 0:
		for i++; i < len(src); i++ {
			if src[i] != '\'' {
				continue
			}
			if i+1 == len(src) || src[i+1] != '\'' {
				return i + 1
			}
			i++
		}
		return len(src)
	case y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return p.blockEnd(y, i)
	}
	return p.plainEnd(y.Value, i)
}

// plainEnd is where a plain scalar ends: line ends are folded in it.
func (p *yamlParser) plainEnd(value string, i int) int {
	src := p.lines.src
	if bytes.HasPrefix(src[i:], []byte(value)) {
		return i + len(value)
	}
	for v := 0; v < len(value) && i < len(src); {
		if !isBlank(value[v]) {
			v++
			i++
			continue
		}
		for v < len(value) && isBlank(value[v]) {
			v++
		}
		for i < len(src) && isBlank(src[i]) {
			i++
		}
	}
	return i
}

// blockEnd is where a literal or folded scalar ends: behind its last line that
// is not blank, without the line's end.
func (p *yamlParser) blockEnd(y *yaml.Node, i int) int {
	src := p.lines.src
	end := p.lineEnd(i)
	first := strings.TrimLeft(y.Value, "\r\n")
	if strings.TrimSpace(first) == "" {
		return end
	}
	indent := -1
	for at := end; at < len(src); {
		from := at + 1
		if src[at] == '\r' && from < len(src) && src[from] == '\n' {
			from++
		}
		at = p.lineEnd(min(from, len(src)))
		text := bytes.TrimLeft(src[min(from, at):at], " ")
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		spaces := at - from - len(text)
		if indent < 0 {
			indent = spaces - (len(first) - len(strings.TrimLeft(first, " ")))
		}
		if spaces < indent {
			break
		}
		end = at
	}
	return end
}

func isBlank(b byte) bool { return b == ' ' || b == '\t' || b == '\r' || b == '\n' }

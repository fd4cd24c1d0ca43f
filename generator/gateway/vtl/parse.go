package vtl

import "strings"

// Parse reads a template. Its error is an [*Error].
func Parse(template string) (*Template, error) {
	if len(template) > maxTemplate {
		return nil, &Error{1, 1, "longer than the 300 KB that API Gateway takes"}
	}
	p := &parser{source: template, end: len(template)}
	nodes := p.nodes()
	if p.fault == nil && p.at < p.end {
		p.failf(p.at, "an #else or #end without #if or #foreach")
	}
	if p.fault != nil {
		return nil, p.fault
	}
	return &Template{template, nodes}, nil
}

// parser reads source[at:end]. The first fault ends it: at is then end.
type parser struct {
	source  string
	at, end int
	depth   int
	fault   *Error
}

func (p *parser) failf(at int, reason string) {
	if p.fault == nil {
		line, column := position(p.source, at)
		p.fault = &Error{line, column, reason}
	}
	p.at = p.end
}

// deeper guards against nesting without end.
func (p *parser) deeper() func() {
	if p.depth++; p.depth > maxDepth {
		p.failf(p.at, "nested more than 100 levels deep")
	}
	return func() { p.depth-- }
}

func (p *parser) rest() string { return p.source[p.at:p.end] }

func (p *parser) peek() byte {
	if p.at < p.end {
		return p.source[p.at]
	}
	return 0
}

func (p *parser) take(s string) bool {
	if strings.HasPrefix(p.rest(), s) {
		p.at += len(s)
		return true
	}
	return false
}

// nodes reads up to the end, or to an #else, #elseif or #end that belongs to
// whoever asks.
func (p *parser) nodes() (out []node) {
	defer p.deeper()()
	start := p.at
	flush := func(to int) {
		if to > start {
			out = append(out, text(p.source[start:to]))
		}
	}
	for p.at < p.end {
		here := p.at
		var n node
		switch c := p.source[here]; {
		case c == '\\' && here+1 < p.end && (p.source[here+1] == '$' || p.source[here+1] == '#'):
			// Whether the backslash stays depends on what follows being defined.
			flush(here)
			n = escaped(here)
			p.at++
			start = p.at
			p.at++
			out = append(out, n)
			continue
		case c == '$':
			n = p.textReference()
		case c == '#':
			var ends bool
			if n, ends = p.directive(); ends {
				p.at = here
				flush(here)
				return out
			}
		}
		if p.fault != nil {
			return nil
		}
		if n == nil && p.at == here {
			p.at++
			continue
		}
		flush(here)
		if n != nil {
			out = append(out, n)
		}
		start = p.at
	}
	flush(p.at)
	return out
}

// textReference reads a reference in text; nil and no step where the dollar
// sign is only text.
func (p *parser) textReference() node {
	start := p.at
	if r, ok := p.reference(); ok {
		return r
	}
	if p.fault == nil {
		p.at = start
	}
	return nil
}

func isLetter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_'
}

func (p *parser) identifier() string {
	start := p.at
	if !isLetter(p.peek()) {
		return ""
	}
	for p.at < p.end {
		if c := p.source[p.at]; !isLetter(c) && c != '-' && (c < '0' || c > '9') {
			break
		}
		p.at++
	}
	return p.source[start:p.at]
}

func (p *parser) reference() (r reference, ok bool) {
	start := p.at
	if !p.take("$") {
		return r, false
	}
	r.at, r.quiet = start, p.take("!")
	formal := p.take("{")
	if r.name = p.identifier(); r.name == "" {
		return r, false
	}
	for p.fault == nil {
		a := access{at: p.at}
		switch {
		case p.peek() == '.' && p.at+1 < p.end && isLetter(p.source[p.at+1]):
			p.at++
			a.name = p.identifier()
			if p.peek() == '(' {
				p.at++
				a.call, a.args = true, p.expressions(")")
			}
		case p.peek() == '[':
			p.at++
			a.index = p.expression()
			p.expect("]")
		default:
			if formal && !p.take("}") {
				if p.peek() == '|' {
					p.failf(p.at, "an alternate value is beyond what is evaluated here")
				}
				return r, false
			}
			r.source = p.source[start:p.at]
			return r, true
		}
		r.path = append(r.path, a)
	}
	return r, false
}

func (p *parser) expect(s string) {
	p.space()
	if p.fault == nil && !p.take(s) {
		p.failf(p.at, "expected "+s)
	}
}

func (p *parser) space() {
	for p.at < p.end && strings.IndexByte(" \t\r\n", p.source[p.at]) >= 0 {
		p.at++
	}
}

// newline eats what is left of a directive's line, if it is blank.
func (p *parser) newline() {
	rest := p.rest()
	trimmed := strings.TrimLeft(rest, " \t")
	trimmed = strings.TrimPrefix(trimmed, "\r")
	if strings.HasPrefix(trimmed, "\n") {
		p.at += len(rest) - len(trimmed) + 1
	}
}

// directive reads what a # begins. ends marks the #else, #elseif or #end of
// the block around it; nil and no step is text.
func (p *parser) directive() (n node, ends bool) {
	start := p.at
	p.at++
	switch {
	case p.take("#"):
		end := strings.IndexByte(p.rest(), '\n')
		if end < 0 {
			end = len(p.rest()) - 1
		}
		p.at += end + 1
		return nil, false
	case p.take("*"):
		end := strings.Index(p.rest(), "*#")
		if end < 0 {
			p.failf(start, "a comment that does not end")
			return nil, false
		}
		p.at += end + 2
		return nil, false
	case p.take("[["):
		end := strings.Index(p.rest(), "]]#")
		if end < 0 {
			p.failf(start, "#[[ without ]]#")
			return nil, false
		}
		n = text(p.rest()[:end])
		p.at += end + 3
		return n, false
	}
	formal := p.take("{")
	name := p.word()
	if formal && !p.take("}") {
		p.at = start
		return nil, false
	}
	switch name {
	case "set", "if", "foreach":
		if !p.opens() {
			break
		}
		switch name {
		case "set":
			return p.set(start), false
		case "if":
			return p.choice(start), false
		}
		return p.foreach(start), false
	case "else", "elseif", "end":
		return nil, true
	case "break", "stop":
		p.newline()
		return jump{name == "stop"}, false
	case "macro", "parse", "include", "define", "evaluate":
		p.failf(start, "#"+name+" is beyond what is evaluated here")
		return nil, false
	}
	p.at = start
	return nil, false
}

// word is the name of a directive: letters only, so that #elseText is one
// with text behind it.
func (p *parser) word() string {
	start := p.at
	for p.at < p.end && 'a' <= p.source[p.at] && p.source[p.at] <= 'z' {
		p.at++
	}
	name := p.source[start:p.at]
	for _, known := range []string{"elseif", "else", "end", "break", "stop"} {
		if strings.HasPrefix(name, known) {
			p.at = start + len(known)
			return known
		}
	}
	return name
}

func (p *parser) opens() bool {
	p.space()
	return p.take("(")
}

func (p *parser) set(start int) node {
	p.space()
	target, ok := p.reference()
	if !ok {
		p.failf(p.at, "#set needs a reference to set")
		return nil
	}
	p.expect("=")
	n := set{target, p.expression(), start}
	p.expect(")")
	p.newline()
	return n
}

func (p *parser) choice(start int) node {
	var out choice
	b := branch{at: start, condition: p.expression()}
	p.expect(")")
	for p.fault == nil {
		p.newline()
		b.body = p.nodes()
		out = append(out, b)
		here := p.at
		p.take("#")
		formal := p.take("{")
		name := p.word()
		if formal {
			p.take("}")
		}
		last := out[len(out)-1].condition == nil
		switch {
		case name == "end":
			p.newline()
			return out
		case name == "elseif" && !last:
			if !p.opens() {
				p.failf(p.at, "expected (")
			}
			b = branch{at: here, condition: p.expression()}
			p.expect(")")
		case name == "else" && !last:
			b = branch{at: here}
		default:
			p.failf(start, "#if without #end")
		}
	}
	return nil
}

func (p *parser) foreach(start int) node {
	p.space()
	r, ok := p.reference()
	p.space()
	if !ok || len(r.path) > 0 || !p.take("in") {
		p.failf(start, "#foreach needs a name and a list: #foreach($name in $list)")
		return nil
	}
	n := foreach{name: r.name, in: p.expression(), at: start}
	p.expect(")")
	p.newline()
	n.body = p.nodes()
	if !p.take("#end") && !p.take("#{end}") {
		p.failf(start, "#foreach without #end")
	}
	p.newline()
	return n
}

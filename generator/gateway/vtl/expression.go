package vtl

import (
	"strconv"
	"strings"
)

// expressions reads a list that ends with a closing bracket.
func (p *parser) expressions(closing string) (out []expression) {
	p.space()
	if p.take(closing) {
		return nil
	}
	for p.fault == nil {
		out = append(out, p.expression())
		p.space()
		if p.take(closing) {
			return out
		}
		p.expect(",")
	}
	return nil
}

// levels are the operators by how loosely they bind. Words stand beside the
// signs.
func levels() [][]string {
	return [][]string{
		{"||", "or"}, {"&&", "and"},
		{"==", "!=", "eq", "ne"},
		{"<=", ">=", "<", ">", "le", "ge", "lt", "gt"},
		{"+", "-"}, {"*", "/", "%"},
	}
}

func (p *parser) expression() expression {
	defer p.deeper()()
	return p.operation(levels())
}

func (p *parser) operation(levels [][]string) expression {
	if len(levels) == 0 {
		return p.unary()
	}
	left := p.operation(levels[1:])
	for p.fault == nil {
		p.space()
		at := p.at
		operator := p.operator(levels[0])
		if operator == "" {
			return left
		}
		left = binary{operator, left, p.operation(levels[1:]), at}
	}
	return left
}

func (p *parser) operator(known []string) string {
	for _, o := range known {
		if !strings.HasPrefix(p.rest(), o) {
			continue
		}
		if after := p.at + len(o); isLetter(o[0]) && after < p.end && (isLetter(p.source[after]) || p.source[after] == '-') {
			continue
		}
		p.at += len(o)
		switch o {
		case "or":
			return "||"
		case "and":
			return "&&"
		case "eq":
			return "=="
		case "ne":
			return "!="
		case "le":
			return "<="
		case "ge":
			return ">="
		case "lt":
			return "<"
		case "gt":
			return ">"
		}
		return o
	}
	return ""
}

func (p *parser) unary() expression {
	defer p.deeper()()
	p.space()
	if p.take("!") || p.operator([]string{"not"}) != "" {
		return negated{p.unary()}
	}
	return p.primary()
}

func (p *parser) primary() expression {
	start := p.at
	switch c := p.peek(); {
	case c == '(':
		p.at++
		e := p.expression()
		p.expect(")")
		return e
	case c == '$':
		if r, ok := p.reference(); ok {
			return r
		}
	case c == '"', c == '\'':
		return p.string(c)
	case c == '[':
		p.at++
		return p.list()
	case c == '{':
		p.at++
		return p.mapping()
	case c == '-' || '0' <= c && c <= '9':
		return p.number()
	case isLetter(c):
		switch p.identifier() {
		case "true":
			return constant{true}
		case "false":
			return constant{false}
		case "null":
			return constant{nil}
		}
	}
	p.failf(start, "not an expression")
	return constant{nil}
}

func (p *parser) number() expression {
	start := p.at
	p.take("-")
	digits := func() {
		for '0' <= p.peek() && p.peek() <= '9' {
			p.at++
		}
	}
	digits()
	if p.peek() == '.' && p.at+1 < p.end && '0' <= p.source[p.at+1] && p.source[p.at+1] <= '9' {
		p.at++
		digits()
		f, err := strconv.ParseFloat(p.source[start:p.at], 64)
		if err == nil {
			return constant{f}
		}
	} else if n, err := strconv.ParseInt(p.source[start:p.at], 10, 64); err == nil {
		return constant{n}
	}
	p.failf(start, "not a number")
	return constant{nil}
}

// string reads a string literal. Single quotes take everything as it stands;
// between double quotes there may be references and directives.
func (p *parser) string(quote byte) expression {
	start := p.at
	p.at++
	end := strings.IndexByte(p.rest(), quote)
	if end < 0 {
		p.failf(start, "a string that does not end")
		return constant{nil}
	}
	from, to := p.at, p.at+end
	p.at = to + 1
	literal := p.source[from:to]
	if p.peek() == quote || strings.HasSuffix(literal, `\`) || strings.Contains(literal, `\u`) {
		// Versions of Velocity read a doubled or an escaped quote differently.
		p.failf(start, "an escape in a string is beyond what is evaluated here")
		return constant{nil}
	}
	if quote == '\'' || !strings.ContainsAny(literal, "$#") {
		return constant{literal}
	}
	inner := &parser{source: p.source, at: from, end: to, depth: p.depth}
	nodes := inner.nodes()
	if inner.fault == nil && inner.at < inner.end {
		inner.failf(inner.at, "an #else or #end without #if or #foreach")
	}
	if inner.fault != nil {
		p.fault, p.at = inner.fault, p.end
		return constant{nil}
	}
	return quoted{nodes}
}

func (p *parser) list() expression {
	p.space()
	if p.take("]") {
		return list{}
	}
	first := p.expression()
	p.space()
	if p.take("..") {
		s := span{first, p.expression()}
		p.expect("]")
		return s
	}
	out := list{first}
	if p.take("]") {
		return out
	}
	p.expect(",")
	return append(out, p.expressions("]")...)
}

func (p *parser) mapping() expression {
	var m mapping
	p.space()
	if p.take("}") {
		return m
	}
	for p.fault == nil {
		m.keys = append(m.keys, p.expression())
		p.expect(":")
		m.values = append(m.values, p.expression())
		p.space()
		if p.take("}") {
			return m
		}
		p.expect(",")
	}
	return m
}

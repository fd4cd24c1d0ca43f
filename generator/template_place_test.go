package generator

import (
	"fmt"
	"strings"
)

// region is the kind of text a place is in.
type region string

const (
	inCode         region = ""
	inComment      region = "line comment"
	inBlockComment region = "block comment"
	inString       region = "string"
)

// valueEnd stands for the last byte of a value that a quoter wrote.
const valueEnd = 0

// place is what the reader of a language knows between two bytes.
type place struct {
	in region
	// quote is what ends the string, three times if triple.
	quote  byte
	triple bool
	// previous is the byte of code before this place, first and last those of
	// the word that ends at or before it.
	previous, first, last byte
	// indent counts the spaces that start the line, until something follows.
	indent  int
	started bool
	// line: the value before this place has to end its line.
	line bool
	// whole: a name without quotes has begun a value, and must not be all of it.
	whole bool
}

// grammar is as much of a language as it takes to know what a place is.
type grammar struct {
	// comments begin a line comment; where after is not empty, only behind
	// one of its bytes.
	comments      []string
	commentsAfter string
	blockComments bool
	// quotes begin a string; in one of raw, a backslash is itself.
	quotes, raw       string
	triple, multiline bool
	// plain: a string can stand without quotes, so a quote in a word is
	// itself, and so is what follows a word.
	plain bool
	// before and after are the bytes a value may have for neighbours.
	before, after string
	// forbidden bytes stand in no template: a backtick would open a string
	// that interpolates.
	forbidden string
}

func grammars() map[string]grammar {
	script := grammar{comments: []string{"//"}, blockComments: true, quotes: `'"`, before: "\n ([{,", after: "\n ,;:)]}.", forbidden: "`"}
	return map[string]grammar{
		".yaml": {comments: []string{"#"}, commentsAfter: "\n ", quotes: `'"`, raw: "'", plain: true, before: "\n ", after: "\n:"},
		".tf":   {comments: []string{"#", "//"}, blockComments: true, quotes: `"`, before: "\n [({", after: "\n ,)]}"},
		".ts":   script,
		".js":   script,
		".py":   {comments: []string{"#"}, quotes: `'"`, triple: true, before: "\n ([{,", after: "\n ,:)]}."},
		".sh":   {comments: []string{"#"}, commentsAfter: "\n\t ;(", quotes: `'"`, raw: "'", multiline: true, before: "\n\t (=", after: "\n\t );"},
		".json": {quotes: `"`, before: "\n [:", after: "\n ,:]}"},
	}
}

// text follows s from a place.
func (c *checker) text(s string, p place) (place, error) {
	for i := 0; i < len(s); i++ {
		if strings.IndexByte(c.grammar.forbidden, s[i]) >= 0 {
			return p, fmt.Errorf("%s: %q is not allowed in this language's templates", c.name, s[i])
		}
		if err := c.endsValue(p, s[i]); err != nil {
			return p, err
		}
		p.line, p.whole = false, false
		switch {
		case s[i] == '\n':
			if p.in == inString && !p.triple && !c.grammar.multiline {
				return p, fmt.Errorf("%s: a string goes on over the end of the line", c.name)
			}
			p.indent, p.started, p.first, p.last = 0, false, 0, 0
			if p.in == inComment {
				p.in = inCode
			}
		case s[i] == ' ' && !p.started:
			p.indent++
		default:
			p.started = true
		}
		var skip int
		p, skip = c.grammar.step(p, s[i:])
		i += skip
	}
	return p, nil
}

// endsValue reports a byte that cannot follow the value before it.
func (c *checker) endsValue(p place, next byte) error {
	switch {
	case p.line && next != '\n':
		return fmt.Errorf("%s: %q follows a value of several lines", c.name, next)
	case p.in == inCode && p.previous == valueEnd && strings.IndexByte(c.grammar.after, next) < 0:
		return fmt.Errorf("%s: %q follows a whole value", c.name, next)
	case p.whole && strings.IndexByte("\n :", next) >= 0:
		return fmt.Errorf("%s: an id is all of a value, which a reader may take for a number, a Boolean or null", c.name)
	}
	return nil
}

// step takes the first byte of s, and tells how many more it took.
func (g grammar) step(p place, s string) (place, int) {
	c := s[0]
	switch p.in {
	case inComment:
		return p, 0
	case inBlockComment:
		if strings.HasPrefix(s, "*/") {
			p.in = inCode
			return p, 1
		}
		return p, 0
	case inString:
		switch {
		case c == '\\' && strings.IndexByte(g.raw, p.quote) < 0:
			return p, 1
		case p.triple && strings.HasPrefix(s, strings.Repeat(string(p.quote), 3)):
			return p.after(c).leave(), 2
		case !p.triple && c == p.quote:
			return p.after(c).leave(), 0
		}
		return p, 0
	}
	for _, comment := range g.comments {
		if strings.HasPrefix(s, comment) && (g.commentsAfter == "" || strings.IndexByte(g.commentsAfter, p.previous) >= 0) {
			p.in, p.previous = inComment, '\n'
			return p, len(comment) - 1
		}
	}
	if g.blockComments && strings.HasPrefix(s, "/*") {
		p.in = inBlockComment
		return p, 1
	}
	if c == '\\' && g.multiline {
		return p.after(c), 1
	}
	if strings.IndexByte(g.quotes, c) >= 0 && !(g.plain && isWord(p.previous)) {
		p.in, p.quote = inString, c
		if p.triple = g.triple && strings.HasPrefix(s, strings.Repeat(string(c), 3)); p.triple {
			return p, 2
		}
		return p, 0
	}
	return p.after(c), 0
}

func (p place) leave() place {
	p.in, p.quote, p.triple = inCode, 0, false
	return p
}

// after is the place after a byte of code.
func (p place) after(c byte) place {
	if c != ' ' && c != '\n' {
		if p.previous == ' ' || p.previous == '\n' {
			p.first = c
		}
		p.last = c
	}
	p.previous = c
	return p
}

// goesOn reports that a plain string has begun, of which what follows would be
// a part: a value has to stand behind a key, a dash or a tag.
func (p place) goesOn() bool {
	dash := p.first == '-' && p.last == '-'
	return p.last != 0 && p.last != ':' && !dash && p.first != '!'
}

func isWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '.' || c == '-'
}

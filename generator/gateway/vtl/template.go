package vtl

import (
	"fmt"
	"strings"
)

// The bounds of a template. API Gateway's own are 300 KB for a template and
// 1,000 rounds of #foreach.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
const (
	maxTemplate = 300 << 10
	maxDepth    = 100
	maxSteps    = 20_000
	maxRounds   = 1000
	maxString   = 64 << 10
	maxOutput   = 1 << 20
)

// Template is a template that was read.
type Template struct {
	source string
	nodes  []node
}

// Error is why a template cannot be read, or lies beyond the subset.
type Error struct {
	// Line and Column count from 1, the column in characters.
	Line, Column int
	Reason       string
}

func (e *Error) Error() string {
	return fmt.Sprintf("line %d, column %d of the template: %s", e.Line, e.Column, e.Reason)
}

// Unknown is a value that nobody can know from the template and the request.
type Unknown struct {
	Why string
	// At is the offset in the template, in bytes.
	At int
}

// Position gives the line and column of an offset, both from 1, the column in
// characters.
func (t *Template) Position(offset int) (line, column int) { return position(t.source, offset) }

func position(source string, offset int) (line, column int) {
	before := source[:min(max(offset, 0), len(source))]
	start := strings.LastIndexByte(before, '\n') + 1
	return strings.Count(before, "\n") + 1, len([]rune(before[start:])) + 1
}

// node is a part of a template's text.
type node interface{ write(*run) }

// expression is a part of a directive.
type expression interface{ value(*run) any }

type text string

// escaped is the backslash in front of a reference or a directive.
type escaped int

// reference is $name.path, as text or as an expression.
type reference struct {
	name   string
	path   []access
	quiet  bool
	source string
	at     int
}

// access is one step of a reference: a property, a method call or an index.
type access struct {
	name  string
	call  bool
	args  []expression
	index expression
	at    int
}

type set struct {
	target reference
	to     expression
	at     int
}

type branch struct {
	// condition is nil for #else.
	condition expression
	body      []node
	at        int
}

type choice []branch

type foreach struct {
	name string
	in   expression
	body []node
	at   int
}

// jump is #break or #stop.
type jump struct{ stop bool }

type (
	constant struct{ is any }
	// quoted is a string in double quotes with references or directives in it.
	quoted  struct{ nodes []node }
	list    []expression
	span    struct{ from, to expression }
	mapping struct{ keys, values []expression }
	negated struct{ of expression }
	binary  struct {
		operator    string
		left, right expression
		at          int
	}
)

package reader

import (
	"slices"
	"strings"

	"apigw-cors/generator/gateway"
)

// variables puts values in place of the Serverless Framework's variables, such
// as ${self:custom.origin} and ${env:ORIGIN, 'http://localhost'}.
// https://www.serverless.com/framework/docs/guides/variables
type variables struct {
	*template
	root *node
	// inside are the variables that are being resolved.
	inside []string
	// values counts what is made, so that variables in variables stay bounded.
	values int
}

// expand is a value with its variables resolved; what cannot be known stays
// unknown. A value that is not there is nil.
func (v *variables) expand(n *node) *node {
	if n == nil {
		return nil
	}
	if v.values++; v.values > maxValues {
		return unknownNode(n.place, errTooMany.Error())
	}
	if n.kind == scalar {
		if text, ok := n.literal(); ok && n.typ == textType && strings.Contains(text, "${") {
			return v.text(n, text)
		}
		return n
	}
	out := &node{kind: n.kind, tag: n.tag, why: n.why, place: n.place, madeBy: n.madeBy}
	for _, item := range n.items {
		if e := v.expand(item); e != nil {
			out.items = append(out.items, e)
		}
	}
	for _, f := range n.fields {
		if f.value = v.expand(f.value); f.value != nil {
			out.set(f)
		}
	}
	return out
}

// text is a text with its variables resolved. One that is nothing but a
// variable may become any value.
func (v *variables) text(n *node, text string) *node {
	out := &node{kind: scalar, tag: n.tag, place: n.place}
	rest, size := text, 0
	for rest != "" {
		start := strings.Index(rest, "${")
		if start < 0 {
			break
		}
		end := closing(rest[start:])
		if end < 0 {
			break
		}
		inner := rest[start+2 : start+end]
		if !isVariable(inner) {
			out.parts = appendPart(out.parts, part{literal: rest[:start+end+1]})
			rest = rest[start+end+1:]
			continue
		}
		value := v.value(inner, n.place)
		if start == 0 && end+1 == len(rest) && len(out.parts) == 0 && n.tag == "" {
			return value
		}
		out.parts = appendPart(out.parts, part{literal: rest[:start]})
		for _, p := range v.textParts(value) {
			if size += len(p.literal); size > maxText {
				return unknownNode(n.place, "it is longer than 1 MiB")
			}
			out.parts = appendPart(out.parts, p)
		}
		rest = rest[start+end+1:]
	}
	out.parts = appendPart(out.parts, part{literal: rest})
	return out
}

// textParts are those of a variable's value within a text.
func (v *variables) textParts(n *node) []part {
	switch {
	case n == nil:
		return nil
	case n.kind == scalar && n.tag == "":
		return n.parts
	case n.kind == unknown:
		return []part{{unknown: n.why}}
	}
	return []part{{unknown: "a variable in it is not a text"}}
}

// closing is where the brace of a text that begins with ${ is closed; -1 where
// it is not.
func closing(text string) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch {
		case strings.HasPrefix(text[i:], "${"):
			depth++
			i++
		case text[i] == '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// isVariable reports whether what stands in ${} is a variable, and not a
// pseudo parameter, a resource or a stage variable.
func isVariable(inner string) bool {
	if strings.HasPrefix(inner, "file(") {
		return true
	}
	source, address, ok := strings.Cut(inner, ":")
	return ok && !strings.HasPrefix(address, ":") && source != "" && !strings.ContainsAny(source, " '\"")
}

// value is what a variable with its fallbacks comes to.
func (v *variables) value(inner string, at gateway.Place) *node {
	if len(v.inside) > 32 || slices.Contains(v.inside, inner) {
		return unknownNode(at, "the variable "+inner+" refers to itself")
	}
	v.inside = append(v.inside, inner)
	defer func() { v.inside = v.inside[:len(v.inside)-1] }()
	for _, candidate := range splitTop(inner) {
		if value := v.candidate(candidate, at); value != nil {
			return value
		}
	}
	return unknownNode(at, "the variable "+inner+" has no value here")
}

// splitTop splits at the commas that are not in quotes, braces or parentheses.
func splitTop(text string) []string {
	var out []string
	depth, quote, from := 0, byte(0), 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case c == '{' || c == '(':
			depth++
		case c == '}' || c == ')':
			depth--
		case c == ',' && depth == 0:
			out = append(out, strings.TrimSpace(text[from:i]))
			from = i + 1
		}
	}
	return append(out, strings.TrimSpace(text[from:]))
}

// candidate is one of a variable's alternatives; nil where it has no value.
func (v *variables) candidate(text string, at gateway.Place) *node {
	if len(text) >= 2 && (text[0] == '\'' || text[0] == '"') && text[len(text)-1] == text[0] {
		return textNode(text[1:len(text)-1], at)
	}
	if strings.HasPrefix(text, "${") && closing(text) == len(text)-1 {
		return v.value(text[2:len(text)-1], at)
	}
	source, address, ok := strings.Cut(text, ":")
	if strings.Contains(text, "${") && ok {
		resolved, known := v.text(textNode(text, at), text).literal()
		if !known {
			return unknownNode(at, "the variable "+text+" depends on another")
		}
		source, address, _ = strings.Cut(resolved, ":")
	}
	switch {
	case strings.HasPrefix(source, "file("):
		return v.file(source, address, at)
	case !ok:
		return literalNode(text, at)
	case source == "self":
		return v.at(v.root, address)
	case source == "opt" || source == "env":
		if value, ok := v.options.Parameters[address]; ok {
			return textNode(value, at)
		}
		return nil
	case source == "sls" && address == "stage":
		if stage := v.at(v.root, "provider.stage"); stage != nil {
			return stage
		}
		return textNode("dev", at)
	case source == "param":
		if value, ok := v.options.Parameters[address]; ok {
			return textNode(value, at)
		}
		return v.at(v.root, "params.default."+address)
	}
	return unknownNode(at, "the variable "+text+" is read at the deployment")
}

// literalNode is a number, a boolean or null that stands in a variable.
func literalNode(text string, at gateway.Place) *node {
	n := textNode(text, at)
	switch {
	case text == "null":
		return nil
	case text == "true" || text == "false":
		n.typ = boolType
	case strings.Trim(text, "0123456789.-") == "":
		n.typ = numberType
	}
	return n
}

// file is a value of another YAML or JSON file, as in file(./cors.yml):origins.
func (v *variables) file(source, address string, at gateway.Place) *node {
	name := strings.TrimSuffix(strings.TrimPrefix(source, "file("), ")")
	if isDocument(name) {
		if d := v.local(name); d != nil && d.root != nil {
			if address == "" {
				return v.expand(d.root)
			}
			return v.at(d.root, address)
		}
	}
	return unknownNode(at, "the file "+name+" is not read")
}

// at is a value of a document, by its address; nil where it is not there.
func (v *variables) at(root *node, address string) *node {
	n := root
	for _, key := range strings.Split(address, ".") {
		if key == "" {
			continue
		}
		if n.isKind(scalar) {
			n = v.expand(n)
		}
		if n.isKind(unknown) {
			return n
		}
		if n.isKind(list) {
			n = itemAt(n, key)
		} else {
			n = n.get(key)
		}
	}
	if n == nil || n == root {
		return nil
	}
	return v.expand(n)
}

func itemAt(n *node, key string) *node {
	i := 0
	for _, c := range key {
		if c < '0' || c > '9' || i > len(n.items) {
			return nil
		}
		i = i*10 + int(c-'0')
	}
	if i >= len(n.items) {
		return nil
	}
	return n.items[i]
}

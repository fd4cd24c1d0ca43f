package terraform

import (
	"io/fs"
	"strings"

	"apigw-cors/generator/gateway"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// evaluator computes expressions as far as the files allow. It is lazy: what
// no resource of API Gateway asks for is not computed. And it is bounded.
type evaluator struct {
	fsys    fs.FS
	options Options
	modules map[string]*module
	faults  []Fault
	// sources are the files that were parsed, by name.
	sources map[string][]byte
	// read are the files and folders that had a part in it.
	read  map[string]bool
	steps int
	depth int
	// plan is nil without one; index finds what it has once all is known to
	// be there.
	plan  *plan
	index *planIndex
}

// Bounds of the work for one module, its children included.
const (
	maxSteps = 1_000_000
	maxDepth = 2000
	// maxElements and maxLength bound a collection and a string: local a =
	// concat(b, b), b = concat(c, c) and so on double at every line.
	maxElements = 20_000
	maxLength   = 1 << 20
	maxParts    = 1000
	tooLarge    = "it takes too long to compute"
)

// step counts an operation; false where there were too many.
func (e *evaluator) step() bool {
	e.steps++
	return e.steps < maxSteps
}

func (e *evaluator) eval(x hclsyntax.Expression, env environment) Value {
	if x == nil {
		return Value{}
	}
	at := place(x.Range())
	if e.depth >= maxDepth || !e.step() {
		return unknownValue(tooLarge, at)
	}
	e.depth++
	defer func() { e.depth-- }()
	switch x := x.(type) {
	case *hclsyntax.LiteralValueExpr:
		return fromCty(x.Val, at)
	case *hclsyntax.ParenthesesExpr:
		return e.eval(x.Expression, env)
	case *hclsyntax.TemplateWrapExpr:
		return e.eval(x.Wrapped, env)
	case *hclsyntax.ObjectConsKeyExpr:
		if name := rawKey(x); name != "" {
			return textValue(name, at)
		}
		return e.eval(x.Wrapped, env)
	case *hclsyntax.TemplateExpr:
		parts := make([]Value, len(x.Parts))
		for i, p := range x.Parts {
			parts[i] = e.eval(p, env)
		}
		v := e.concat(parts, at)
		if at.Line < x.Range().End.Line {
			v.origin = e.pieces(x, parts)
		}
		return v
	case *hclsyntax.TemplateJoinExpr:
		v := e.eval(x.Tuple, env)
		items, open := v.Items()
		if open != "" {
			return unknownValue(open, at)
		}
		return e.concat(items, at)
	case *hclsyntax.ScopeTraversalExpr:
		return e.traversal(x.Traversal, env, at)
	case *hclsyntax.RelativeTraversalExpr:
		return e.walk(e.eval(x.Source, env), x.Traversal, at)
	case *hclsyntax.IndexExpr:
		return e.at(e.eval(x.Collection, env), e.eval(x.Key, env), at)
	case *hclsyntax.FunctionCallExpr:
		return e.call(x, env, at)
	case *hclsyntax.ConditionalExpr:
		return e.conditional(x, env, at)
	case *hclsyntax.TupleConsExpr:
		out := Value{kind: list, at: at}
		for _, item := range x.Exprs {
			out.items = append(out.items, e.eval(item, env))
		}
		return out
	case *hclsyntax.ObjectConsExpr:
		return e.object(x, env, at)
	case *hclsyntax.ForExpr:
		return e.forEach(x, env, at)
	case *hclsyntax.SplatExpr:
		return e.splat(x, env, at)
	case *hclsyntax.AnonSymbolExpr:
		if env.item == nil {
			return wrongValue("a splat without a list", at)
		}
		return *env.item
	case *hclsyntax.BinaryOpExpr:
		return e.binary(x, env, at)
	case *hclsyntax.UnaryOpExpr:
		return e.unary(x, env, at)
	}
	return unknownValue("this expression is not understood", at)
}

// rawKey is the name that a key of an object is without quotes; "" for an
// expression.
func rawKey(x *hclsyntax.ObjectConsKeyExpr) string {
	if x.ForceNonLiteral {
		return ""
	}
	if t, ok := x.Wrapped.(*hclsyntax.ScopeTraversalExpr); ok && len(t.Traversal) == 1 {
		return t.Traversal.RootName()
	}
	return ""
}

// concat joins the parts of a template.
func (e *evaluator) concat(values []Value, at gateway.Place) Value {
	out := Value{kind: text, at: at}
	size, unknowns := 0, 0
	for _, v := range values {
		switch v.kind {
		case text:
			for _, p := range v.parts {
				if p.ref != nil || p.why != "" {
					unknowns++
				}
			}
			out.parts = append(out.parts, v.parts...)
		case number, boolean:
			s, ok := scalarString(v.scalar)
			if !ok {
				return unknownValue("a number of too many digits", at)
			}
			out.parts = append(out.parts, part{literal: s})
		case unknown:
			if v.wrong {
				return wrongValue(v.why, at)
			}
			unknowns++
			out.parts = append(out.parts, part{why: v.why})
		case null, absent:
			return wrongValue("null in a string", at)
		default:
			return wrongValue("it is not a string", at)
		}
		size += v.length()
		if size > maxLength || unknowns > maxParts {
			return unknownValue(tooLarge, at)
		}
	}
	// Neighbours that are known become one, so that a string stays short.
	merged := out.parts[:0:0]
	for i := 0; i < len(out.parts); i++ {
		p := out.parts[i]
		if p.ref == nil && p.why == "" {
			var literal strings.Builder
			for ; i < len(out.parts) && out.parts[i].ref == nil && out.parts[i].why == ""; i++ {
				literal.WriteString(out.parts[i].literal)
			}
			i--
			p.literal = literal.String()
		}
		if p.literal != "" || p.ref != nil || p.why != "" {
			merged = append(merged, p)
		}
	}
	if len(merged) == 0 {
		merged = []part{{}}
	}
	out.parts = merged
	return out
}

func (e *evaluator) conditional(x *hclsyntax.ConditionalExpr, env environment, at gateway.Place) Value {
	condition, why := e.eval(x.Condition, env).Bool()
	if why == "" {
		if condition {
			return e.eval(x.TrueResult, env)
		}
		return e.eval(x.FalseResult, env)
	}
	yes, no := e.eval(x.TrueResult, env), e.eval(x.FalseResult, env)
	if same, unsure := e.equal(yes, no); same && unsure == "" {
		return yes
	}
	return unknownValue(why, at)
}

func (e *evaluator) object(x *hclsyntax.ObjectConsExpr, env environment, at gateway.Place) Value {
	out := Value{kind: object, at: at}
	for _, item := range x.Items {
		e.setKey(&out, e.eval(item.KeyExpr, env), e.eval(item.ValueExpr, env))
	}
	return out
}

// setKey adds an entry, or replaces the one of the same key; a key that is not
// known opens the object.
func (e *evaluator) setKey(o *Value, key, v Value) {
	name, known := key.identity()
	if !known {
		o.open = key.Text().Unknown()
		if o.open == "" {
			o.open = "its key is not a string"
		}
		o.rest = e.either(o.rest, v)
		return
	}
	for i := range o.entries {
		if !e.step() {
			break
		}
		if o.entries[i].name == name {
			o.entries[i] = Entry{key, v, name}
			return
		}
	}
	if len(o.entries) >= maxElements || e.steps >= maxSteps {
		o.open = tooLarge
		return
	}
	o.entries = append(o.entries, Entry{key, v, name})
}

// either is what an element looks like that may be one or the other.
func (e *evaluator) either(a *Value, b Value) *Value {
	if a == nil {
		return &b
	}
	if same, why := e.equal(*a, b); same && why == "" {
		return a
	}
	v := unknownValue("it is one of several", b.at)
	return &v
}

func (e *evaluator) forEach(x *hclsyntax.ForExpr, env environment, at gateway.Place) Value {
	source := e.eval(x.CollExpr, env)
	out := Value{kind: list, at: at}
	if x.KeyExpr != nil {
		out.kind = object
	}
	entries, open := e.elements(source)
	if open == notCollection {
		return wrongValue(open, at)
	}
	for i, entry := range entries {
		if len(out.items) >= maxElements || !e.step() {
			out.open = tooLarge
			break
		}
		// The last one stands for those that nobody can name.
		last := open != "" && i == len(entries)-1
		inner := env.bind(x.KeyVar, entry.Key).bind(x.ValVar, entry.Value)
		unsure := ""
		if x.CondExpr != nil {
			condition, why := e.eval(x.CondExpr, inner).Bool()
			if why == "" && !condition {
				continue
			}
			unsure = why
		}
		v := e.eval(x.ValExpr, inner)
		switch {
		case last || unsure != "":
			if unsure == "" {
				unsure = open
			}
			out.open, out.rest = unsure, e.either(out.rest, v)
		case x.KeyExpr == nil:
			out.items = append(out.items, v)
		case x.Group:
			e.group(&out, e.eval(x.KeyExpr, inner), v)
		default:
			e.setKey(&out, e.eval(x.KeyExpr, inner), v)
		}
	}
	return out
}

// group appends to the list under a key, as "{for …: key => value...}" does.
func (e *evaluator) group(o *Value, key, v Value) {
	name, known := key.identity()
	if known {
		if old, ok := o.get(name); ok {
			old.items = append(old.items, v)
			e.setKey(o, key, old)
			return
		}
	}
	e.setKey(o, key, Value{kind: list, items: []Value{v}, at: v.at})
}

const notCollection = "it is not a collection"

// elements gives what a for expression walks, in Terraform's order. The last
// one is unknown where there may be more.
func (e *evaluator) elements(v Value) (entries []Entry, open string) {
	switch v.kind {
	case object:
		entries, open = v.sorted(), v.open
	case list, set:
		for i, item := range v.items {
			key := intValue(i, item.at)
			if v.kind == set {
				key = item
			}
			entries = append(entries, Entry{Key: key, Value: item})
		}
		open = v.open
	case unknown:
		open = v.why
	case lazy:
		return nil, "it holds what is known after an apply"
	default:
		return nil, notCollection
	}
	if open != "" {
		entries = append(entries, Entry{Key: unknownValue(open, v.at), Value: v.other()})
	}
	return entries, open
}

func (e *evaluator) splat(x *hclsyntax.SplatExpr, env environment, at gateway.Place) Value {
	source := e.eval(x.Source, env)
	out := Value{kind: list, at: at}
	visit := func(v Value) Value {
		inner := env
		inner.item = &v
		return e.eval(x.Each, inner)
	}
	switch source.kind {
	case list, set:
		for _, item := range source.items {
			if !e.step() {
				out.open = tooLarge
				break
			}
			out.items = append(out.items, visit(item))
		}
	case absent, null:
		return out
	case unknown:
	default:
		// A splat of what is not a list takes it for a list of one.
		out.items = []Value{visit(source)}
		return out
	}
	if _, open := source.Items(); open != "" {
		rest := visit(source.other())
		out.open, out.rest = open, &rest
	}
	return out
}

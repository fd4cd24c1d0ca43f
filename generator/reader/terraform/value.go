package terraform

import (
	"cmp"
	"slices"
	"strings"

	"apigw-cors/generator/gateway"
	"github.com/zclconf/go-cty/cty"
)

// Value is what an expression comes to, as far as the files say. A string may
// be known in parts, a collection may hold more than is known. The zero Value
// is that of an argument that is not given.
type Value struct {
	kind kind
	// parts of a text.
	parts []part
	// scalar of a number or a bool.
	scalar cty.Value
	// items of a list; entries of an object, in the order they are written.
	items   []Value
	entries []Entry
	// open is why a collection may hold more than its items or entries; rest,
	// what such an element looks like.
	open string
	rest *Value
	// attributes gives those of an object that is only looked into on demand: a
	// resource, a module.
	attributes func(name string) Value
	resource   *Resource
	// origin is how a text came about, where it may be a document.
	origin *origin
	// why an unknown value cannot be known. It is wrong where Terraform would
	// refuse to evaluate it.
	why   string
	wrong bool

	at gateway.Place
}

type kind int

const (
	absent kind = iota
	unknown
	null
	text
	number
	boolean
	list
	set
	object
	lazy
)

// part is a stretch of a text: a literal, an attribute of a resource that only
// exists after an apply, or unknown for another reason.
type part struct {
	literal string
	ref     *Reference
	why     string
}

// Reference is an attribute of a resource that is known after an apply, such as
// aws_api_gateway_rest_api.shop.id.
type Reference struct {
	Resource  *Resource
	Attribute string
}

// Entry is a key of an object with its value.
type Entry struct {
	Key, Value Value
	// name is the key where it is known.
	name string
}

func unknownValue(why string, at gateway.Place) Value {
	return Value{kind: unknown, why: why, at: at}
}

// wrongValue stands for what Terraform refuses to evaluate.
func wrongValue(why string, at gateway.Place) Value {
	return Value{kind: unknown, why: why, wrong: true, at: at}
}

func textValue(s string, at gateway.Place) Value {
	return Value{kind: text, parts: []part{{literal: s}}, at: at}
}

func boolValue(b bool, at gateway.Place) Value {
	return Value{kind: boolean, scalar: cty.BoolVal(b), at: at}
}

// referenceValue is an attribute that is known after an apply.
func referenceValue(r *Resource, attribute string, at gateway.Place) Value {
	return Value{kind: text, parts: []part{{ref: &Reference{r, attribute}}}, at: at}
}

// Place is where the value is written: for one that comes through a local or a
// variable, where that is given.
func (v Value) Place() gateway.Place { return v.at }

// IsGiven reports whether there is a value that is not null.
func (v Value) IsGiven() bool { return v.kind != absent && v.kind != null }

// Unknown is why the value cannot be known; "" where it is, or is in parts.
func (v Value) Unknown() string {
	if v.kind == unknown {
		return v.why
	}
	return ""
}

func (v Value) placed(at gateway.Place) Value {
	if !at.IsZero() {
		v.at = at
	}
	return v
}

// Text is the value as a string: numbers and bools are converted, as Terraform
// converts them.
func (v Value) Text() gateway.Text {
	switch v.kind {
	case absent, null:
		return gateway.Text{}
	case unknown:
		return gateway.Unknown(v.why, v.at)
	case number, boolean:
		s, ok := scalarString(v.scalar)
		if !ok {
			return gateway.Unknown("a number of too many digits", v.at)
		}
		return gateway.Literal(s, v.at)
	case text:
		out := gateway.Text{Place: v.at}
		for _, p := range v.parts {
			if why := p.unknown(); why != "" {
				out.Parts = append(out.Parts, gateway.TextPart{Unknown: why})
			} else if n := len(out.Parts); n > 0 && out.Parts[n-1].Unknown == "" {
				out.Parts[n-1].Literal += p.literal
			} else {
				out.Parts = append(out.Parts, gateway.TextPart{Literal: p.literal})
			}
		}
		return out
	}
	return gateway.Unknown("it is not a string", v.at)
}

func (p part) unknown() string {
	if p.ref != nil {
		return p.ref.String() + " is known after an apply"
	}
	return p.why
}

func (r Reference) String() string { return r.Resource.Address + "." + r.Attribute }

// Bool is the value as a bool, with the reason where it cannot be known.
func (v Value) Bool() (value bool, why string) {
	if v.kind == boolean {
		return v.scalar.True(), ""
	}
	s, known := v.Text().Value()
	switch {
	case known && s == "true":
		return true, ""
	case known && s == "false":
		return false, ""
	case known:
		return false, "it is not true or false"
	}
	return false, v.Text().Unknown()
}

// Int is the value as an integer, with the reason where it cannot be known.
func (v Value) Int() (value int, why string) {
	n, why := v.numeric()
	if why != "" {
		return 0, why
	}
	i, accuracy := n.AsBigFloat().Int64()
	if accuracy != 0 || i != int64(int(i)) {
		return 0, "it is not an integer"
	}
	return int(i), ""
}

// Reference is the attribute that the value is, where it is nothing else.
func (v Value) Reference() (Reference, bool) {
	if v.kind == text && len(v.parts) == 1 && v.parts[0].ref != nil {
		return *v.parts[0].ref, true
	}
	return Reference{}, false
}

// ReferenceAfter is the attribute that follows a literal prefix, as in
// "integrations/${aws_apigatewayv2_integration.x.id}".
func (v Value) ReferenceAfter(prefix string) (Reference, bool) {
	if v.kind == text && len(v.parts) == 2 && v.parts[0].literal == prefix && v.parts[1].ref != nil {
		return *v.parts[1].ref, true
	}
	return Reference{}, false
}

// Items are the elements of a list, set or tuple. Open is why there may be
// more; an element nobody can name is then the last.
func (v Value) Items() (items []Value, open string) {
	switch v.kind {
	case list, set:
		items, open = v.items, v.open
	case unknown:
		open = v.why
	case object, lazy:
		return nil, "it is not a list"
	}
	if open != "" {
		items = append(slices.Clip(items), v.other())
	}
	return items, open
}

// Entries are the keys and values of a map or object, in the order they are
// written. Open is why there may be more; an entry nobody can name is then the
// last.
func (v Value) Entries() (entries []Entry, open string) {
	switch v.kind {
	case object:
		entries, open = v.entries, v.open
	case unknown:
		open = v.why
	}
	if open != "" {
		entries = append(slices.Clip(entries), Entry{Key: unknownValue(open, v.at), Value: v.other()})
	}
	return entries, open
}

// References are the attributes that the value holds, at any depth.
func (v Value) References() []Reference { return v.references(nil, 0) }

func (v Value) references(out []Reference, depth int) []Reference {
	if depth > 20 || len(out) > maxElements {
		return out
	}
	for _, p := range v.parts {
		if p.ref != nil {
			out = append(out, *p.ref)
		}
	}
	if v.resource != nil {
		out = append(out, Reference{v.resource, "id"})
	}
	for _, item := range v.items {
		out = item.references(out, depth+1)
	}
	for _, entry := range v.entries {
		out = entry.Value.references(out, depth+1)
	}
	if v.rest != nil {
		out = v.rest.references(out, depth+1)
	}
	return out
}

// Resource is the resource that the value stands for; nil for any other value.
func (v Value) Resource() *Resource { return v.resource }

// other is what an element looks like that is not known to be there.
func (v Value) other() Value {
	if v.rest != nil {
		return *v.rest
	}
	return unknownValue(cmp.Or(v.open, v.why), v.at)
}

// known is the literal of a text, number or bool.
func (v Value) known() (string, bool) {
	if v.kind < text || v.kind > boolean {
		return "", false
	}
	return v.Text().Value()
}

// identity is what tells a key or an element from others, whatever it
// is: a resource's id is unknown, but it is that of no other resource.
func (v Value) identity() (string, bool) {
	switch v.kind {
	case number, boolean:
		return v.known()
	case text:
		var b strings.Builder
		for _, p := range v.parts {
			switch {
			case p.ref != nil:
				b.WriteString("\x00" + p.ref.String() + "\x00")
			case p.why != "":
				return "", false
			default:
				b.WriteString(p.literal)
			}
		}
		return b.String(), true
	}
	return "", false
}

// get is the value of a key that is known to be there.
func (v Value) get(name string) (Value, bool) {
	for _, e := range v.entries {
		if e.name == name {
			return e.Value, true
		}
	}
	return Value{}, false
}

// sorted are the entries in the order in which Terraform walks a map.
func (v Value) sorted() []Entry {
	return slices.SortedStableFunc(slices.Values(v.entries), func(a, b Entry) int { return cmp.Compare(a.name, b.name) })
}

// isNull compares with null: a text of which nothing is known but that it is
// an attribute of a resource is not null.
func (v Value) isNull() (is bool, why string) {
	switch v.kind {
	case absent, null:
		return true, ""
	case unknown:
		return false, v.why
	}
	return false, ""
}

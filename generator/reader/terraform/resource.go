package terraform

import (
	"strings"

	"apigw-cors/generator/gateway"
)

// Resource is an instance of a resource, or of a data source.
type Resource struct {
	Type, Name string
	IsData     bool
	// Undeclared is set for one that is only referred to.
	Undeclared bool
	// Address is that of Terraform: module.cors.aws_api_gateway_method.x["/"].
	// A "?" stands for a key that is not known.
	Address string
	// Place is the header of the block.
	Place gateway.Place
	// Open is why there may be more instances than are known, this one standing
	// for them; "" for one that is known.
	Open string

	static    string
	body      *body
	env       environment
	evaluator *evaluator
	// pending are the arguments that are being computed, done those that are.
	pending map[string]bool
	done    map[string]Value
	// planned is what a plan or a state has of it; nil without.
	planned *planned
}

// Get is the value of an argument; absent where the block does not give it.
func (r *Resource) Get(name string) Value {
	if v, ok := r.done[name]; ok {
		return v
	}
	x := r.body.expression(name)
	if x == nil && r.planned == nil {
		return Value{}
	}
	if r.pending[name] {
		return wrongValue(r.Address+"."+name+" refers to itself", r.Place)
	}
	if r.pending == nil {
		r.pending, r.done = map[string]bool{}, map[string]Value{}
	}
	r.pending[name] = true
	v := r.evaluator.eval(x, r.env)
	if r.planned != nil {
		v = r.overlaid(name, v)
	}
	delete(r.pending, name)
	if r.planned == nil || r.evaluator.index != nil {
		r.done[name] = v
	}
	return v
}

// overlaid is an argument with what a plan knows of it. Of one that the files
// do not give, the plan's value counts where there are no files: a provider's
// default is none of what the file says.
func (r *Resource) overlaid(name string, v Value) Value {
	if r.evaluator.index == nil || v.kind == absent && len(r.body.arguments) > 0 {
		return v
	}
	return overlay(v, r.evaluator.index.value(r, name))
}

// attribute is what an expression elsewhere sees of the resource: an argument,
// or what is known after an apply. It is placed where it is referred to.
func (r *Resource) attribute(name string, at gateway.Place) Value {
	if r.IsData && r.Type == "template_file" && name == "rendered" {
		return r.rendered(at)
	}
	if v := r.Get(name); v.IsGiven() && !r.IsData {
		return v.placed(at)
	}
	blocks := r.Blocks(name)
	if len(blocks) == 0 || r.IsData {
		return referenceValue(r, name, at)
	}
	out := Value{kind: list, at: at}
	for _, b := range blocks {
		out.items = append(out.items, Value{kind: lazy, at: at, attributes: func(inner string) Value {
			return b.Get(inner).placed(at)
		}})
	}
	return out
}

// unknownKey is why the instance that is evaluated stands for those that nobody
// can name.
func (env environment) unknownKey() string {
	if env.index.kind == unknown {
		return env.index.why
	}
	if env.key.kind != absent {
		if _, known := env.key.identity(); !known {
			return whyUnknown(env.key)
		}
	}
	return ""
}

// Source is an argument as it is written; "" where it is not given.
func (r *Resource) Source(name string) string { return r.evaluator.source(r.body.expression(name)) }

func (e *evaluator) source(x expression) string {
	if x == nil {
		return ""
	}
	at := x.Range()
	src := e.sources[at.Filename]
	if at.End.Byte > len(src) || at.Start.Byte > at.End.Byte {
		return ""
	}
	return string(src[at.Start.Byte:at.End.Byte])
}

// Renews reports whether a deployment is made anew when the API changes: by
// triggers, by replace_triggered_by, or by an argument that forces it and is
// computed; why is the reason where nobody can tell.
func (r *Resource) Renews() (renews bool, why string) {
	if r.Get("triggers").IsGiven() {
		return true, ""
	}
	if r.onlyPlanned() {
		return false, "a plan does not show replace_triggered_by"
	}
	for _, b := range r.body.blocks {
		if b.kind == "lifecycle" && b.body.expression("replace_triggered_by") != nil {
			return true, ""
		}
	}
	for _, name := range []string{"stage_description", "variables"} {
		if x := r.body.expression(name); x != nil && computed(x) {
			return true, ""
		}
	}
	return false, ""
}

// DependsOn is where the block says what comes before it; zero where it does
// not.
func (r *Resource) DependsOn() gateway.Place {
	if x := r.body.expression("depends_on"); x != nil {
		return place(x.Range())
	}
	return gateway.Place{}
}

// onlyPlanned reports whether there is no file to read: all that is known is
// what a plan or a state says.
func (r *Resource) onlyPlanned() bool { return r.planned != nil && len(r.body.arguments) == 0 }

// InstanceKey is the end of the address that tells an instance from others of
// its block: ["a"], [0]; "" where there is but one.
func (r *Resource) InstanceKey() string {
	base, key := cutKey(r.Address)
	if key == nil && !strings.HasSuffix(r.Address, "[?]") {
		return ""
	}
	return strings.TrimPrefix(r.Address, strings.TrimSuffix(base, "[?]"))
}

// Block is a nested block.
type Block struct {
	Place  gateway.Place
	get    func(name string) Value
	source func(name string) string
}

// Get is the value of an argument; absent where the block does not give it.
func (b Block) Get(name string) Value { return b.get(name) }

// Source is an argument as it is written; "" where the files do not give it.
func (b Block) Source(name string) string { return b.source(name) }

// Blocks are the nested blocks of a type, those of dynamic blocks among them.
func (r *Resource) Blocks(kind string) []Block {
	var out []Block
	for _, b := range r.body.blocks {
		switch {
		case b.kind == kind:
			out = append(out, r.block(b, b.body, r.env))
		case b.kind == "dynamic" && len(b.labels) == 1 && b.labels[0] == kind:
			out = append(out, r.dynamic(b, kind)...)
		}
	}
	if r.onlyPlanned() {
		items, _ := r.Get(kind).Items()
		for _, item := range items {
			get := func(name string) Value {
				v, _ := item.get(name)
				return v
			}
			out = append(out, Block{r.Place, get, func(string) string { return "" }})
		}
	}
	return out
}

func (r *Resource) block(b block, content *body, env environment) Block {
	e := r.evaluator
	return Block{
		place(b.at),
		func(name string) Value { return e.eval(content.expression(name), env) },
		func(name string) string { return e.source(content.expression(name)) },
	}
}

func (r *Resource) dynamic(b block, kind string) []Block {
	e := r.evaluator
	iterator := kind
	if t, ok := e.keyword(b.body.expression("iterator")); ok {
		iterator = t
	}
	var content *body
	for _, inner := range b.body.blocks {
		if inner.kind == "content" {
			content = inner.body
		}
	}
	entries, open := e.elements(e.eval(b.body.expression("for_each"), r.env))
	if content == nil || open == notCollection {
		return nil
	}
	var out []Block
	for _, entry := range entries[:min(len(entries), maxInstances)] {
		each := Value{kind: object, at: entry.Value.at, entries: []Entry{
			{Value: entry.Key, name: "key"}, {Value: entry.Value, name: "value"},
		}}
		out = append(out, r.block(b, content, r.env.bind(iterator, each)))
	}
	return out
}

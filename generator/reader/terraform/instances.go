package terraform

import (
	"fmt"
	"strconv"

	"apigw-cors/generator/gateway"
)

// instances are what a block comes to: one, or one for each element of its
// for_each or count.
type instances[T any] struct {
	// single is set where there is neither for_each nor count.
	single bool
	// counted is set where instances are numbered rather than named.
	counted bool
	keys    []Value
	items   []T
	// open is why there may be more; the last item then stands for those, its
	// key unknown.
	open string
}

// maxInstances bounds a block's instances: for_each = range(1000000) is not an
// API.
const maxInstances = 2000

// expand makes the instances of a block.
func expand[T any](e *evaluator, s *scope, b *body, address string, instance func(address string, env environment) T) instances[T] {
	env := environment{scope: s}
	if x := b.expression("count"); x != nil {
		out := instances[T]{counted: true}
		n, why := e.eval(x, env).Int()
		switch {
		case why != "":
			out.open = why
		case n > maxInstances:
			n, out.open = 0, fmt.Sprintf("count is more than %d", maxInstances)
		}
		for i := range n {
			env.index = intValue(i, place(x.Range()))
			out.add(env.index, instance(fmt.Sprintf("%s[%d]", address, i), env))
		}
		if keys, ok := e.plannedKeys(address); ok && out.open != "" {
			out.open = ""
			for _, key := range keys {
				env.index = fromJSON(key, place(x.Range()))
				out.add(env.index, instance(fmt.Sprintf("%s[%v]", address, key), env))
			}
		}
		if out.open != "" {
			env.index = unknownValue(out.open, place(x.Range()))
			out.add(env.index, instance(address+"[?]", env))
		}
		return out
	}
	x := b.expression("for_each")
	if x == nil {
		return instances[T]{single: true, items: []T{instance(address, env)}}
	}
	out := instances[T]{}
	visit := func(key, value Value, name string) {
		env.key, env.value = key, value
		out.add(key, instance(address+"["+name+"]", env))
	}
	entries, open := e.eachOf(e.eval(x, env))
	if keys, ok := e.plannedKeys(address); ok && open != "" {
		entries, open = named(entries, keys, open), ""
	}
	if len(entries) > maxInstances {
		entries, open = entries[:maxInstances], fmt.Sprintf("for_each has more than %d elements", maxInstances)
	}
	for _, entry := range entries {
		name := strconv.Quote(entry.name)
		if _, known := entry.Key.known(); !known {
			name = "?"
		}
		visit(entry.Key, entry.Value, name)
	}
	out.open = open
	return out
}

// plannedKeys are the keys that a plan gives a block's instances.
func (e *evaluator) plannedKeys(address string) ([]any, bool) {
	if e.plan == nil {
		return nil, false
	}
	return e.plan.keys[address], true
}

// named gives the entries the keys that a plan knows; the last one, which
// stands for the unknown ones, is what those are of which no more is known.
func named(entries []Entry, keys []any, open string) (out []Entry) {
	other := entries[len(entries)-1].Value
	for _, key := range keys {
		name := fmt.Sprint(key)
		next := Entry{Key: textValue(name, other.at), Value: other, name: name}
		for _, e := range entries {
			if e.name == name {
				next = e
			}
		}
		out = append(out, next)
	}
	return out
}

func (i *instances[T]) add(key Value, item T) {
	i.keys = append(i.keys, key)
	i.items = append(i.items, item)
}

// eachOf gives what for_each walks: the entries of a map, the members of a
// set, each both key and value. The last is unknown where there may be more.
func (e *evaluator) eachOf(v Value) (entries []Entry, open string) {
	if v.kind == lazy && v.attributes != nil && v.resource == nil {
		return nil, "it holds what is known after an apply"
	}
	switch v.kind {
	case object:
		entries, open = v.sorted(), v.open
	case set, list:
		// A list is refused by Terraform; a conditional of sets is taken for
		// one here.
		members := e.unique(v)
		for _, item := range members.items {
			name, _ := item.identity()
			entries = append(entries, Entry{Key: item, Value: item, name: name})
		}
		open = members.open
	default:
		open = v.why
		if open == "" {
			open = "for_each is neither a map nor a set"
		}
	}
	if open != "" {
		entries = append(entries, Entry{Key: unknownValue(open, v.at), Value: v.other()})
		if v.kind == set || v.kind == list {
			entries[len(entries)-1].Key = v.other()
		}
	}
	return entries, open
}

// value is what a reference to the whole block comes to.
func (i *instances[T]) value(of func(T) Value, at gateway.Place) Value {
	if i.single {
		return of(i.items[0])
	}
	out := Value{kind: object, at: at, open: i.open}
	if i.counted {
		out.kind = list
	}
	for n, item := range i.items {
		v := of(item)
		if i.open != "" && n == len(i.items)-1 {
			out.rest = &v
		} else if i.counted {
			out.items = append(out.items, v)
		} else {
			name, _ := i.keys[n].identity()
			out.entries = append(out.entries, Entry{Key: i.keys[n], Value: v, name: name})
		}
	}
	return out
}

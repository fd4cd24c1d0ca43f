package terraform

import (
	"slices"
	"strings"

	"apigw-cors/generator/gateway"
)

// collections are the functions that move values from one collection to
// another. Each value keeps its place, and what is unknown stays in its.
func (e *evaluator) collections(name string, args []Value, at gateway.Place) (Value, bool) {
	one := len(args) == 1
	switch name {
	case "merge":
		return e.merge(args, at), true
	case "concat":
		return e.concatLists(args, at), true
	case "setunion":
		v := e.unique(e.concatLists(args, at))
		v.kind = set
		return v, true
	case "sensitive", "nonsensitive", "ephemeralasnull", "tomap":
		if one {
			return args[0], true
		}
		return wrongArguments(name, at)
	case "tolist":
		if one && (args[0].kind == list || args[0].kind == set) {
			v := args[0]
			v.kind = list
			return v, true
		}
	case "toset", "distinct":
		if one && (args[0].kind == list || args[0].kind == set) {
			v := e.unique(args[0])
			if name == "toset" {
				v.kind = set
				slices.SortStableFunc(v.items, byIdentity)
			}
			return v, true
		}
	case "keys", "values":
		if one && args[0].kind == object {
			return e.keysOrValues(name, args[0], at), true
		}
	case "lookup":
		return e.lookup(args, at)
	case "zipmap":
		if len(args) == 2 && args[0].kind == list && args[1].kind == list {
			return e.zipmap(args[0], args[1], at), true
		}
	case "flatten":
		if one && (args[0].kind == list || args[0].kind == set) {
			out := Value{kind: list, at: args[0].at}
			e.flatten(args[0], &out)
			return out, true
		}
	case "compact":
		if one && args[0].kind == list {
			return e.compact(args[0]), true
		}
	case "coalesce", "coalescelist":
		return e.coalesce(name, args, at), true
	case "element":
		return e.element(args, at)
	case "one":
		if one && (args[0].kind == list || args[0].kind == set) && args[0].open == "" {
			if len(args[0].items) == 0 {
				return Value{kind: null, at: at}, true
			}
			return args[0].items[0], true
		}
	case "slice":
		if len(args) == 3 && args[0].kind == list && args[0].open == "" {
			from, why := args[1].Int()
			to, why2 := args[2].Int()
			if why+why2 == "" && 0 <= from && from <= to && to <= len(args[0].items) {
				return Value{kind: list, items: args[0].items[from:to], at: args[0].at}, true
			}
		}
	case "reverse":
		if one && args[0].kind == list && args[0].open == "" {
			v := args[0]
			v.items = slices.Clone(v.items)
			slices.Reverse(v.items)
			return v, true
		}
	case "length":
		return e.lengthOf(args, at)
	case "contains":
		if len(args) == 2 {
			return e.contains(args[0], args[1], at), true
		}
	case "matchkeys":
		if len(args) == 3 {
			return e.matchkeys(args, at), true
		}
	case "alltrue", "anytrue":
		if one && (args[0].kind == list || args[0].kind == set) {
			return e.allOrAny(name == "alltrue", args[0], at), true
		}
	}
	return Value{}, false
}

func byIdentity(a, b Value) int {
	x, _ := a.identity()
	y, _ := b.identity()
	return strings.Compare(x, y)
}

func (e *evaluator) merge(args []Value, at gateway.Place) Value {
	out := Value{kind: object, at: at}
	for _, arg := range args {
		switch arg.kind {
		case null, absent:
			continue
		case unknown, lazy:
			// Whatever was known may be replaced: only that it is there is
			// still known, and what it holds is not.
			for i, old := range out.entries {
				out.entries[i].Value = unknownValue(arg.mayReplace(), old.Value.at)
			}
			out.open, out.rest = arg.mayReplace(), nil
		case object:
			for _, entry := range arg.entries {
				e.setKey(&out, entry.Key, entry.Value)
			}
			if arg.open != "" {
				out.open = arg.open
				out.rest = e.either(out.rest, arg.other())
			}
		default:
			return wrongValue("merge() takes maps", at)
		}
	}
	return out
}

func (v Value) mayReplace() string {
	if v.why != "" {
		return v.why
	}
	return "it holds what is known after an apply"
}

func (e *evaluator) concatLists(args []Value, at gateway.Place) Value {
	out := Value{kind: list, at: at}
	for _, arg := range args {
		switch arg.kind {
		case list, set:
			if len(out.items)+len(arg.items) > maxElements || !e.step() {
				out.open = tooLarge
				return out
			}
			out.items = append(out.items, arg.items...)
			if arg.open != "" {
				out.open, out.rest = arg.open, e.either(out.rest, arg.other())
			}
		case unknown, lazy:
			out.open = arg.mayReplace()
		case null, absent:
		default:
			return wrongValue("concat() takes lists", at)
		}
	}
	return out
}

// unique drops the elements that are known to be there already.
func (e *evaluator) unique(v Value) Value {
	seen := map[string]bool{}
	var items []Value
	for _, item := range v.items {
		name, known := item.identity()
		if known && seen[name] {
			continue
		}
		seen[name] = known
		items = append(items, item)
	}
	v.items = items
	return v
}

func (e *evaluator) keysOrValues(name string, v Value, at gateway.Place) Value {
	out := Value{kind: list, at: at, open: v.open}
	for _, entry := range v.sorted() {
		if name == "keys" {
			out.items = append(out.items, entry.Key)
		} else {
			out.items = append(out.items, entry.Value)
		}
	}
	if name == "values" {
		out.rest = v.rest
	}
	return out
}

func (e *evaluator) lookup(args []Value, at gateway.Place) (Value, bool) {
	if len(args) < 2 {
		return wrongArguments("lookup", at)
	}
	v := e.at(args[0], args[1], at)
	if !v.wrong || len(args) < 3 {
		return v, true
	}
	return args[2], true
}

func (e *evaluator) zipmap(keys, values Value, at gateway.Place) Value {
	out := Value{kind: object, at: at, open: keys.open}
	if values.open != "" {
		out.open = values.open
	}
	for i, key := range keys.items {
		if i < len(values.items) {
			e.setKey(&out, key, values.items[i])
		} else {
			e.setKey(&out, key, values.other())
		}
	}
	return out
}

func (e *evaluator) flatten(v Value, into *Value) {
	if v.open != "" {
		rest := v.other()
		into.open = v.open
		if rest.kind == list || rest.kind == set {
			for _, item := range rest.items {
				into.rest = e.either(into.rest, item)
			}
		} else {
			into.rest = e.either(into.rest, rest)
		}
	}
	for _, item := range v.items {
		switch {
		case len(into.items) >= maxElements || !e.step() || e.depth > maxDepth:
			into.open = tooLarge
			return
		case item.kind == list || item.kind == set:
			e.depth++
			e.flatten(item, into)
			e.depth--
		case item.kind == unknown:
			into.open = item.why
		default:
			into.items = append(into.items, item)
		}
	}
}

func (e *evaluator) compact(v Value) Value {
	out := Value{kind: list, at: v.at, open: v.open, rest: v.rest}
	for _, item := range v.items {
		if s, known := item.known(); item.IsGiven() && (!known || s != "") {
			out.items = append(out.items, item)
		}
	}
	return out
}

func (e *evaluator) coalesce(name string, args []Value, at gateway.Place) Value {
	for _, arg := range args {
		empty := !arg.IsGiven()
		switch arg.kind {
		case unknown:
			return unknownValue(arg.why, at)
		case text:
			s, known := arg.known()
			if !known && arg.length() == 0 {
				if _, ok := arg.Reference(); !ok {
					return unknownValue(arg.Text().Unknown(), at)
				}
			}
			empty = known && s == ""
		case list, set:
			if arg.open != "" && len(arg.items) == 0 {
				return unknownValue(arg.open, at)
			}
			empty = len(arg.items) == 0 && name == "coalescelist"
		}
		if !empty {
			return arg
		}
	}
	return wrongValue(name+"() has nothing to choose", at)
}

func (e *evaluator) element(args []Value, at gateway.Place) (Value, bool) {
	if len(args) != 2 {
		return wrongArguments("element", at)
	}
	i, why := args[1].Int()
	items := args[0].items
	switch {
	case args[0].kind == unknown:
		return unknownValue(args[0].why, at), true
	case len(items) == 0 && args[0].open == "":
		return wrongValue("element() of an empty list", at), true
	case why == "" && i >= 0 && i < len(items):
		return items[i], true
	case args[0].open != "":
		return args[0].other(), true
	case why != "":
		return unknownValue(why, at), true
	}
	return items[((i%len(items))+len(items))%len(items)], true
}

func (e *evaluator) lengthOf(args []Value, at gateway.Place) (Value, bool) {
	if len(args) != 1 {
		return wrongArguments("length", at)
	}
	v := args[0]
	switch v.kind {
	case list, set, object:
		if v.open != "" {
			return unknownValue(v.open, at), true
		}
		return intValue(len(v.items)+len(v.entries), at), true
	case text:
		if s, known := v.known(); known {
			return intValue(len([]rune(s)), at), true
		}
		return unknownValue(v.Text().Unknown(), at), true
	}
	return unknownValue(v.mayReplace(), at), true
}

func (e *evaluator) contains(v, item Value, at gateway.Place) Value {
	unsure := v.open
	if v.kind == unknown {
		unsure = v.why
	}
	for _, other := range v.items {
		same, why := e.equal(other, item)
		if same && why == "" {
			return boolValue(true, at)
		}
		if why != "" {
			unsure = why
		}
	}
	if unsure != "" {
		return unknownValue(unsure, at)
	}
	return boolValue(false, at)
}

func (e *evaluator) matchkeys(args []Value, at gateway.Place) Value {
	out := Value{kind: list, at: at, open: args[0].open}
	for i, v := range args[0].items {
		if i >= len(args[1].items) {
			break
		}
		found, why := e.contains(args[2], args[1].items[i], at).Bool()
		switch {
		case why != "":
			out.open, out.rest = why, e.either(out.rest, v)
		case found:
			out.items = append(out.items, v)
		}
	}
	return out
}

func (e *evaluator) allOrAny(all bool, v Value, at gateway.Place) Value {
	unsure := v.open
	for _, item := range v.items {
		b, why := item.Bool()
		if why == "" && b != all {
			return boolValue(!all, at)
		}
		if why != "" {
			unsure = why
		}
	}
	if unsure != "" {
		return unknownValue(unsure, at)
	}
	return boolValue(all, at)
}

package vtl

import (
	"math"
	"strconv"
	"strings"
)

// The values are nil, bool, int64, float64, string, *List, *Map, object and
// Unknown.

// List is a list of values. It can grow while a template runs.
type List struct{ values []any }

// Map is a map of values in the order in which they were put.
type Map struct {
	keys   []string
	values map[string]any
}

func newMap(pairs ...any) *Map {
	m := &Map{values: map[string]any{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		m.put(pairs[i].(string), pairs[i+1])
	}
	return m
}

func (m *Map) put(key string, v any) {
	if _, ok := m.values[key]; !ok {
		m.keys = append(m.keys, key)
	}
	m.values[key] = v
}

// object is one of API Gateway's own variables.
type object interface {
	// property is $object.name; call is $object.name(arguments).
	property(r *run, name string, at int) any
	call(r *run, name string, args []any, at int) any
}

// format is how Velocity prints a value; ok is false where that depends on a
// Java class.
func format(v any) (s string, ok bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case bool:
		return strconv.FormatBool(v), true
	case int64:
		return strconv.FormatInt(v, 10), true
	}
	return "", false
}

func (c constant) value(*run) any { return c.is }

func (q quoted) value(r *run) any {
	outer, unknown := r.out, r.result.OutputUnknown
	r.out, r.result.OutputUnknown = &strings.Builder{}, nil
	r.write(q.nodes)
	s, inner := r.out.String(), r.result.OutputUnknown
	r.out, r.result.OutputUnknown = outer, unknown
	if inner != nil {
		return *inner
	}
	return r.bounded(s, 0)
}

// bounded keeps strings from growing without end.
func (r *run) bounded(s string, at int) any {
	r.steps += len(s) / 1024
	if len(s) > maxString {
		r.giveUp(at, "a string of more than 64 KiB")
		return Unknown{"a string of more than 64 KiB", at}
	}
	return s
}

func (l list) value(r *run) any {
	out := &List{}
	for _, e := range l {
		if !r.step(0) {
			break
		}
		out.values = append(out.values, e.value(r))
	}
	return out
}

func (s span) value(r *run) any {
	from, ok1 := s.from.value(r).(int64)
	to, ok2 := s.to.value(r).(int64)
	if !ok1 || !ok2 || from-to > maxRounds || to-from > maxRounds {
		return Unknown{"a range without whole numbers, or a very long one", 0}
	}
	out := &List{values: []any{from}}
	for from != to {
		if from < to {
			from++
		} else {
			from--
		}
		r.steps++
		out.values = append(out.values, from)
	}
	return out
}

func (m mapping) value(r *run) any {
	out := newMap()
	for i, k := range m.keys {
		key, ok := k.value(r).(string)
		if !ok || !r.step(0) {
			return Unknown{"a map whose keys are not strings", 0}
		}
		out.put(key, m.values[i].value(r))
	}
	return out
}

func (n negated) value(r *run) any { return not(truth(n.of.value(r), 0)) }

func not(v any) any {
	if b, ok := v.(bool); ok {
		return !b
	}
	return v
}

func (b binary) value(r *run) any {
	if !r.step(b.at) {
		return Unknown{"the run has ended", b.at}
	}
	left := b.left.value(r)
	switch b.operator {
	case "&&", "||":
		return b.logic(r, truth(left, b.at))
	}
	right := b.right.value(r)
	for _, v := range []any{left, right} {
		if u, ok := v.(Unknown); ok {
			return u
		}
	}
	switch b.operator {
	case "==":
		return equal(left, right, b.at)
	case "!=":
		return not(equal(left, right, b.at))
	}
	return b.number(r, left, right)
}

// logic is Kleene's: what is unknown does not matter beside what decides.
func (b binary) logic(r *run, left any) any {
	decides := b.operator == "||"
	if left == decides {
		return decides
	}
	right := truth(b.right.value(r), b.at)
	if right == decides {
		return decides
	}
	if u, ok := left.(Unknown); ok {
		return u
	}
	return right
}

// equal compares as Velocity 1.7 does: values of different classes by what
// they print.
func equal(left, right any, at int) any {
	switch {
	case left == nil && right == nil:
		return Unknown{"whether null equals null differs between versions of Velocity", at}
	case left == nil || right == nil:
		return false
	}
	if l, ok := float(left); ok {
		if r, ok := float(right); ok {
			return l == r
		}
	}
	l, ok1 := format(left)
	r, ok2 := format(right)
	if !ok1 || !ok2 {
		return Unknown{"how lists, maps and fractions compare", at}
	}
	return l == r
}

func float(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

func (b binary) number(r *run, left, right any) any {
	l, ok1 := left.(int64)
	n, ok2 := right.(int64)
	if !ok1 || !ok2 {
		ls, ok1 := left.(string)
		rs, ok2 := format(right)
		if !ok1 {
			ls, ok1 = format(left)
			_, ok2 = right.(string)
		}
		if b.operator == "+" && ok1 && ok2 {
			return r.bounded(ls+rs, b.at)
		}
		return Unknown{"what " + b.operator + " makes of values that are not whole numbers", b.at}
	}
	switch b.operator {
	case "<":
		return l < n
	case ">":
		return l > n
	case "<=":
		return l <= n
	case ">=":
		return l >= n
	}
	if l > math.MaxInt32 || l < math.MinInt32 || n > math.MaxInt32 || n < math.MinInt32 {
		return Unknown{"arithmetic on large numbers", b.at}
	}
	switch {
	case b.operator == "+":
		return l + n
	case b.operator == "-":
		return l - n
	case b.operator == "*":
		return l * n
	case n == 0:
		return nil
	case b.operator == "/":
		return l / n
	}
	return l % n
}

func (n reference) value(r *run) any {
	if !r.step(n.at) {
		return Unknown{"the run has ended", n.at}
	}
	v, known := r.names[n.name]
	if !known {
		v = root(n.name)
	}
	for _, a := range n.path {
		if _, ok := v.(Unknown); ok || v == nil {
			return v
		}
		v = a.follow(r, v)
	}
	if s, ok := v.(string); ok {
		r.steps += len(s) / 4096
	}
	return v
}

func (a access) follow(r *run, v any) any {
	if a.index != nil {
		return at(r, v, a.index.value(r), a.at)
	}
	if a.call {
		args := make([]any, len(a.args))
		for i, e := range a.args {
			args[i] = e.value(r)
		}
		if o, ok := v.(object); ok {
			return o.call(r, a.name, args, a.at)
		}
		for _, arg := range args {
			if u, ok := arg.(Unknown); ok {
				return u
			}
		}
		return method(r, v, a.name, args, a.at)
	}
	switch v := v.(type) {
	case object:
		return v.property(r, a.name, a.at)
	case *Map:
		if found, ok := v.values[a.name]; ok {
			return found
		}
		return nil
	}
	return method(r, v, "get"+strings.ToUpper(a.name[:1])+a.name[1:], nil, a.at)
}

// at is $list[0] and $map["key"].
func at(r *run, v, index any, where int) any {
	if u, ok := index.(Unknown); ok {
		return u
	}
	switch v := v.(type) {
	case *List:
		if i, ok := index.(int64); ok {
			if i < 0 {
				i += int64(len(v.values))
			}
			if i < 0 || i >= int64(len(v.values)) {
				return nil
			}
			return v.values[i]
		}
	case *Map:
		if key, ok := index.(string); ok {
			return v.values[key]
		}
	case object:
		if key, ok := index.(string); ok {
			return v.property(r, key, where)
		}
	}
	return Unknown{"an index into something that is neither a list nor a map", where}
}

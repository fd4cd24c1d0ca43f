package cors

import "slices"

// Method is a request method. Its zero value is none.
//
// https://fetch.spec.whatwg.org/#methods
type Method struct{ s string }

// ParseMethod parses a method, case-sensitive as methods are.
func ParseMethod(s string) (Method, error) { return Method{s}, nil }

// String is the method as it is sent.
func (m Method) String() string { return m.s }

// Methods is a list of methods without duplicates, or all (`*`). Its zero
// value is empty.
type Methods struct {
	any  bool
	list []Method
}

// NewMethods is `*` where any is set, otherwise list without duplicates.
func NewMethods(any bool, list ...Method) Methods {
	if any {
		return Methods{any: true}
	}
	var out Methods
	for _, m := range list {
		if !slices.Contains(out.list, m) {
			out.list = append(out.list, m)
		}
	}
	return out
}

// Any reports whether every method is allowed.
func (l Methods) Any() bool { return l.any }

// List is the methods by name, in the order given.
func (l Methods) List() []Method { return slices.Clone(l.list) }

// Strings is "*" alone, or the names.
func (l Methods) Strings() []string {
	if l.any {
		return []string{"*"}
	}
	var out []string
	for _, m := range l.list {
		out = append(out, m.s)
	}
	return out
}

// Contains reports whether the list covers m.
func (l Methods) Contains(m Method) bool { return l.any || slices.Contains(l.list, m) }

// Empty reports whether the list covers nothing.
func (l Methods) Empty() bool { return !l.any && len(l.list) == 0 }

// Union covers what l or other covers: l's methods first, then those other
// adds.
func (l Methods) Union(other Methods) Methods {
	return NewMethods(l.any || other.any, slices.Concat(l.list, other.list)...)
}

package cors

import (
	"slices"
	"strings"
)

// HeaderName is a request- or response-header name, spelled as its author did.
// Compare with [HeaderName.Equal]. The zero value is not a name.
//
// https://fetch.spec.whatwg.org/#header-name
type HeaderName struct{ s string }

const (
	specHeaderName  = "https://fetch.spec.whatwg.org/#header-name"
	specCredentials = "https://fetch.spec.whatwg.org/#cors-protocol-and-credentials"
)

// ParseHeaderName parses a header name. Whether pages may send or read the
// header, it does not ask.
func ParseHeaderName(s string) (HeaderName, error) {
	if f := checkHeaderName(s); f != nil {
		return HeaderName{}, f.of(s)
	}
	return HeaderName{s}, nil
}

func checkHeaderName(s string) *FieldError {
	switch {
	case s == "":
		return fault(Missing, "the entry is empty", specHeaderName).hint("leave it out")
	case s == "*":
		return fault(Invalid, "`*` stands for header names, and is not one itself", specHeaderName).hint("name one header, such as Content-Type")
	case !IsToken(s):
		return fault(Invalid, "a header name has letters, digits and hyphens, no blanks", specHeaderName).
			hint("name a header, such as Content-Type").fixed(repairHeaderName(s))
	case strings.Contains(s, "*"):
		return fault(Prohibited, "`*` stands for whole names only, and would be taken literally here", specCredentials).
			hint("list the names, or use `*` alone")
	}
	return nil
}

// ParseRequestHeaderName parses the name of a header that a page may send.
//
// https://fetch.spec.whatwg.org/#forbidden-request-header
func ParseRequestHeaderName(s string) (HeaderName, error) {
	n, err := ParseHeaderName(s)
	if err != nil {
		return HeaderName{}, err
	}
	if f := checkRequestHeader(s); f != nil {
		return HeaderName{}, f.of(s)
	}
	return n, nil
}

// repairHeaderName undoes the slips of copying a name from a request or a
// document.
func repairHeaderName(s string) string {
	name, _, _ := strings.Cut(unwrap(s), ":")
	if name = unwrap(name); strings.Contains(name, "*") || !IsToken(name) {
		return ""
	}
	return name
}

// String is the name as it was spelled.
func (n HeaderName) String() string { return n.s }

// Equal reports whether both are the same name, in whatever case.
func (n HeaderName) Equal(other HeaderName) bool { return strings.EqualFold(n.s, other.s) }

// HeaderNames is a list of header names without duplicates, and possibly `*`.
// Its zero value is empty.
type HeaderNames struct {
	any  bool
	list []HeaderName
}

// Any reports whether the list has the wildcard.
func (l HeaderNames) Any() bool { return l.any }

// List is the names without the wildcard, in the order given.
func (l HeaderNames) List() []HeaderName { return slices.Clone(l.list) }

// Strings is the names, after "*" where the list has it.
func (l HeaderNames) Strings() []string {
	var out []string
	if l.any {
		out = append(out, "*")
	}
	for _, n := range l.list {
		out = append(out, n.s)
	}
	return out
}

// Contains reports whether the list has n by name.
func (l HeaderNames) Contains(n HeaderName) bool { return slices.ContainsFunc(l.list, n.Equal) }

// Empty reports whether the list has neither name nor wildcard.
func (l HeaderNames) Empty() bool { return !l.any && len(l.list) == 0 }

// With is the list with names added at its end, but for those it has.
func (l HeaderNames) With(names ...HeaderName) HeaderNames {
	out := HeaderNames{any: l.any, list: slices.Clone(l.list)}
	for _, n := range names {
		if !out.Contains(n) {
			out.list = append(out.list, n)
		}
	}
	return out
}

package cors

import (
	"iter"
	"strings"
)

// Header is a name and a value.
//
// https://fetch.spec.whatwg.org/#concept-header
type Header struct{ Name, Value string }

// HeaderList is the headers of a request or a response, in their order. A name
// may stand more than once, and is the same in whatever case.
//
// https://fetch.spec.whatwg.org/#concept-header-list
type HeaderList []Header

// Get is the value of the named header, several of them joined by ", ", and
// whether there is any. So two Access-Control-Allow-Origin headers are one
// value that equals no origin.
//
// https://fetch.spec.whatwg.org/#concept-header-list-get
func (l HeaderList) Get(name string) (value string, ok bool) {
	for _, h := range l {
		switch {
		case !sameName(h.Name, name):
		case ok:
			value += ", " + h.Value
		default:
			value, ok = h.Value, true
		}
	}
	return value, ok
}

// sameName compares header names. They are ASCII, which the length holds
// EqualFold to: it would take the Kelvin sign for a k.
func sameName(a, b string) bool { return len(a) == len(b) && strings.EqualFold(a, b) }

// tokens are the elements of a header whose value is a comma-separated list.
// Empty elements do not count.
//
// https://fetch.spec.whatwg.org/#extract-header-list-values
func (l HeaderList) tokens(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, h := range l {
			if !sameName(h.Name, name) {
				continue
			}
			for element := range strings.SplitSeq(h.Value, ",") {
				if element = trimBlanks(element); element != "" && !yield(element) {
					return
				}
			}
		}
	}
}

// isTokenList reports whether the named header has the syntax of its list; a
// header that is absent has.
func (l HeaderList) isTokenList(name string) bool {
	for t := range l.tokens(name) {
		if !IsToken(t) {
			return false
		}
	}
	return true
}

func (l HeaderList) listsToken(name, token string, equal func(a, b string) bool) bool {
	for t := range l.tokens(name) {
		if equal(t, token) {
			return true
		}
	}
	return false
}

func sameBytes(a, b string) bool { return a == b }

func trimBlanks(s string) string { return strings.Trim(s, " \t") }

// trimWhitespace normalises a header value.
//
// https://fetch.spec.whatwg.org/#concept-header-value-normalize
func trimWhitespace(s string) string { return strings.Trim(s, " \t\r\n") }

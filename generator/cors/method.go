package cors

import (
	"slices"
	"strings"
)

// Method is a request method. The zero value is not one.
//
// https://fetch.spec.whatwg.org/#methods
type Method struct{ s string }

const specMethod = "https://fetch.spec.whatwg.org/#concept-method"

// ParseMethod parses a method that a page may send. Methods are case-sensitive:
// patch is one too, and is not PATCH.
func ParseMethod(s string) (Method, error) {
	if f := checkMethod(s); f != nil {
		return Method{}, f.of(s)
	}
	return Method{s}, nil
}

func checkMethod(s string) *FieldError {
	switch {
	case s == "":
		return fault(Missing, "the entry is empty", specMethod).hint("leave it out")
	case s == "*":
		return fault(Invalid, "`*` stands for every method, and is not one itself", specMethod).hint("name one method, such as GET")
	case !IsToken(s):
		return fault(Invalid, "a method has letters, digits and some punctuation, no blanks", specMethod).hint("name a method, such as GET")
	case isForbiddenMethod(s):
		return fault(Forbidden, "pages cannot send this method", "https://fetch.spec.whatwg.org/#forbidden-method").hint("leave it out")
	}
	return nil
}

// https://fetch.spec.whatwg.org/#forbidden-method
func isForbiddenMethod(s string) bool {
	switch strings.ToUpper(s) {
	case "CONNECT", "TRACE", "TRACK":
		return true
	}
	return false
}

// UpperMethod is raw without the blanks around it and in upper case. Letters
// beyond ASCII stay as they are: no method has them, and some of them have an
// upper case in ASCII (ſ).
func UpperMethod(raw string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, trimWhitespace(raw))
}

func commonMethods() []string {
	return []string{"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}
}

// SimilarMethod is the common method that name is one slip away from, such as
// GET for GTE.
func SimilarMethod(name string) (Method, bool) {
	upper := strings.ToUpper(name)
	for _, common := range commonMethods() {
		if Distance(upper, common) == 1 {
			return Method{common}, true
		}
	}
	return Method{}, false
}

// IsToken reports whether s has the syntax of a method and of a header name.
//
// https://httpwg.org/specs/rfc9110.html#tokens
func IsToken(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		alphanumeric := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		if !alphanumeric && !strings.ContainsRune("!#$%&'*+-.^_`|~", rune(c)) {
			return false
		}
	}
	return s != ""
}

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

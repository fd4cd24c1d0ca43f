package cors

import "strings"

// PatternKind is the form of an [OriginPattern].
type PatternKind string

// The forms of a pattern.
const (
	// Exact is one origin: https://example.com.
	Exact PatternKind = "exact"
	// AnyOrigin is *: every origin, null included.
	AnyOrigin PatternKind = "any-origin"
	// AnyHTTPS is https://*: every host, on every port.
	AnyHTTPS PatternKind = "any-https"
	// AnyHTTP is http://*: every host, on every port.
	AnyHTTP PatternKind = "any-http"
	// Subdomains is https://*.example.com: one or more labels in front of the
	// host, which itself is left out.
	Subdomains PatternKind = "subdomains"
	// AnyPort is http://localhost:*: every port, the default one included.
	AnyPort PatternKind = "any-port"
)

// OriginPattern stands for one origin or a family of them. Its zero value
// matches nothing.
type OriginPattern struct {
	kind   PatternKind
	scheme string
	host   string
	port   string
}

// ParseOriginPattern parses a pattern. A fault that leaves no doubt about what
// is meant (upper case, default port, trailing slash, Unicode host, blanks
// around) is brought to the serialised form and reported as advice; any other
// is a [*FieldError], with the corrected value as its Fix where there is one.
func ParseOriginPattern(s string) (OriginPattern, []Advice, error) {
	p, f := parsePattern(s)
	if f != nil {
		return OriginPattern{}, nil, f
	}
	return p, p.advice(s, false), nil
}

// Kind is the form of the pattern.
func (p OriginPattern) Kind() PatternKind { return p.kind }

// Scheme is the scheme of the origins it stands for, such as https; "" for
// [AnyOrigin], which stands for every one.
func (p OriginPattern) Scheme() string { return p.scheme }

// String is the pattern in its normal form.
func (p OriginPattern) String() string {
	switch p.kind {
	case AnyOrigin:
		return "*"
	case AnyHTTPS, AnyHTTP:
		return p.scheme + "://*"
	case Subdomains:
		return p.scheme + "://*." + p.hostport()
	case AnyPort:
		return p.scheme + "://" + p.host + ":*"
	case Exact:
		return p.scheme + "://" + p.hostport()
	}
	return ""
}

func (p OriginPattern) hostport() string {
	if p.port == "" {
		return p.host
	}
	return p.host + ":" + p.port
}

// OriginRule says how a program compares the value of an Origin header with a
// pattern: it is the one definition that all programs made from it share. A
// value matches when Any is set, or when it equals Equals, or when it has
// Prefix and Suffix, no "@", and no "/" after the "://" of Prefix. An empty
// Equals equals nothing and an empty Prefix begins nothing. The comparison is
// byte by byte, as a browser sends an origin in one form only.
type OriginRule struct {
	Any    bool
	Equals string
	Prefix string
	Suffix string
}

// Rule is how to compare an Origin header's value with p.
func (p OriginPattern) Rule() OriginRule {
	switch p.kind {
	case AnyOrigin:
		return OriginRule{Any: true}
	case AnyHTTPS, AnyHTTP:
		return OriginRule{Prefix: p.scheme + "://"}
	case Subdomains:
		return OriginRule{Prefix: p.scheme + "://", Suffix: "." + p.hostport()}
	case AnyPort:
		origin := p.scheme + "://" + p.host
		return OriginRule{Equals: origin, Prefix: origin + ":"}
	case Exact:
		return OriginRule{Equals: p.String()}
	}
	return OriginRule{}
}

// Matches reports whether the rule takes the value of an Origin header.
func (r OriginRule) Matches(header string) bool {
	switch {
	case r.Any:
		return true
	case r.Equals != "" && header == r.Equals:
		return true
	case r.Prefix == "":
		return false
	}
	lastSlash := strings.Index(r.Prefix, "://") + len("://") - 1
	return strings.HasPrefix(header, r.Prefix) && strings.HasSuffix(header, r.Suffix) &&
		!strings.Contains(header, "@") && strings.LastIndexByte(header, '/') == lastSlash
}

// Matches reports whether p takes the value of an Origin header.
func (p OriginPattern) Matches(header string) bool { return p.Rule().Matches(header) }

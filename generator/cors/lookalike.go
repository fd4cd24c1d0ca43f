package cors

import (
	"slices"
	"strconv"
	"strings"
)

// LookAlike is an origin that a careless comparison takes for one that a policy
// allows. A browser can send it, and hosts that are made up end in .invalid,
// which nobody has.
//
// https://portswigger.net/web-security/cors
// https://www.rfc-editor.org/rfc/rfc6761#section-6.4
type LookAlike struct {
	Kind LookAlikeKind
	// Origin is serialised; "null" for [LooksOpaque].
	Origin string
}

// LookAlikeKind is the comparison that takes a [LookAlike] for the other.
type LookAlikeKind string

// The kinds.
const (
	// LooksLonger has the allowed host at its beginning:
	// https://app.example.com.invalid.
	LooksLonger LookAlikeKind = "suffix"
	// LooksPrefixed has it at its end: https://evilapp.example.com.
	LooksPrefixed LookAlikeKind = "prefix"
	// LooksDotted has a letter where the allowed one has a dot, which in a
	// regular expression stands for any character: https://appxexample.com.
	LooksDotted LookAlikeKind = "dot"
	// LooksApex is the host below which a pattern allows all:
	// https://example.com for https://*.example.com.
	LooksApex LookAlikeKind = "apex"
	// LooksElsewhere differs in the port alone.
	LooksElsewhere LookAlikeKind = "port"
	// LooksPlain differs in the scheme alone: http for https.
	LooksPlain LookAlikeKind = "scheme"
	// LooksOpaque is null, which any page can have.
	LooksOpaque LookAlikeKind = "null"
)

// Example is an origin that p stands for; "" for the zero pattern.
func (p OriginPattern) Example() string {
	switch p.kind {
	case AnyOrigin:
		return "https://apigw-cors-probe.example"
	case AnyHTTPS, AnyHTTP:
		return p.scheme + "://apigw-cors-probe.example"
	case Subdomains:
		return p.scheme + "://app." + p.hostport()
	case AnyPort:
		return p.scheme + "://" + p.host + ":3000"
	}
	return p.String()
}

// LookAlikes are the origins that look like those the policy allows, and are
// not allowed; each once, null last.
func (p Policy) LookAlikes() (out []LookAlike) {
	add := func(kind LookAlikeKind, origin string) {
		isAllowed := slices.ContainsFunc(p.origins, func(o OriginPattern) bool { return o.Matches(origin) })
		isKnown := slices.ContainsFunc(out, func(l LookAlike) bool { return l.Origin == origin })
		if !isAllowed && !isKnown {
			out = append(out, LookAlike{kind, origin})
		}
	}
	for _, pattern := range p.origins {
		for _, l := range pattern.lookAlikes() {
			if _, err := ParseOrigin(l.Origin); err == nil {
				add(l.Kind, l.Origin)
			}
		}
	}
	add(LooksOpaque, "null")
	return out
}

// lookAlikes may be no origins, or such as p stands for.
func (p OriginPattern) lookAlikes() []LookAlike {
	scheme, rest, ok := strings.Cut(p.Example(), "://")
	if !ok || p.kind == AnyOrigin {
		return nil
	}
	other := map[string]string{"https": "http", "http": "https"}[scheme]
	if p.kind == AnyHTTPS || p.kind == AnyHTTP {
		return []LookAlike{{LooksPlain, other + "://" + rest}}
	}
	host, port := rest, ""
	if i := strings.LastIndexByte(rest, ':'); i > strings.LastIndexByte(rest, ']') {
		host, port = rest[:i], rest[i:]
	}
	out := []LookAlike{{LooksLonger, scheme + "://" + host + ".invalid" + port}}
	if p.kind == Subdomains {
		out = append(out, LookAlike{LooksApex, scheme + "://" + p.hostport()}, LookAlike{LooksPrefixed, scheme + "://evil" + p.hostport()})
	} else {
		out = append(out, LookAlike{LooksPrefixed, scheme + "://evil" + rest})
	}
	out = append(out, LookAlike{LooksDotted, scheme + "://" + strings.Replace(host, ".", "x", 1) + port}, LookAlike{LooksElsewhere, scheme + "://" + host + otherPort(port)})
	if other != "" {
		out = append(out, LookAlike{LooksPlain, other + "://" + rest})
	}
	return out
}

// otherPort is one that begins as port does, where there is such a one.
func otherPort(port string) string {
	if port == "" {
		return ":8443"
	}
	if n, err := strconv.Atoi(port[1:] + "0"); err == nil && n <= 65535 {
		return port + "0"
	}
	return ":8443"
}

package cors

import "strings"

// maxOriginLen bounds an origin as written, in bytes: the longest host with
// any scheme in use fits well.
const maxOriginLen = 512

const specAllowOrigin = "https://fetch.spec.whatwg.org/#http-access-control-allow-origin"

// parsePattern is [ParseOriginPattern] without advice.
func parsePattern(raw string) (OriginPattern, *FieldError) {
	p, f := readPattern(raw)
	if f == nil {
		return p, nil
	}
	if _, ok := opaqueScheme(trimWhitespace(raw)); !ok {
		if several := severalFault(raw, repairOrigin); several != nil {
			return OriginPattern{}, several.of(raw)
		}
	}
	if f.Hint == "" {
		f.hint("use a form such as https://example.com")
	}
	return OriginPattern{}, f.of(raw).fixed(repairOrigin(raw))
}

// readPattern is parsePattern without corrections, which are made with it.

func readPattern(raw string) (OriginPattern, *FieldError) {
	s := trimWhitespace(raw)
	switch {
	case len(raw) > maxOriginLen:
		return OriginPattern{}, fault(Invalid, "an origin has at most 512 bytes here", specOrigin)
	case s == "":
		return OriginPattern{}, fault(Missing, "the entry is empty", "").hint("leave it out")
	case s == "*":
		return OriginPattern{kind: AnyOrigin}, nil
	case asciiLower(s) == "null":
		return OriginPattern{}, fault(Prohibited, "any site can give itself the origin null, in a sandboxed frame", specAllowOrigin).
			hint("serve the page from an origin of its own, and allow that")
	}
	if scheme, ok := opaqueScheme(s); ok {
		return OriginPattern{}, opaqueFault(scheme)
	}
	if f := wrapFault(s); f != nil {
		return OriginPattern{}, f
	}
	t, f := splitOrigin(s)
	if f != nil {
		return OriginPattern{}, f
	}
	return newPattern(t)
}

// newPattern tells the forms apart by where the wildcard stands.
func newPattern(t tuple) (OriginPattern, *FieldError) {
	base, subdomains := strings.CutPrefix(t.host, "*.")
	wild := t.host == "*" || subdomains || t.port == "*"
	switch {
	case t.host == "":
		return OriginPattern{}, fault(Invalid, "the host is missing", specHost)
	case wild && t.scheme != "http" && t.scheme != "https":
		return OriginPattern{}, fault(Prohibited, "a wildcard goes with http and https only", "").
			hint("name the origin in full")
	case t.host == "*" && t.port != "":
		return OriginPattern{}, fault(Invalid, "`*` for the host stands for every port too", "").
			hint("leave the port out, or name the hosts")
	case t.host == "*":
		kind := AnyHTTPS
		if t.scheme == "http" {
			kind = AnyHTTP
		}
		return OriginPattern{kind: kind, scheme: t.scheme}, nil
	case strings.Contains(base, "*"):
		return OriginPattern{}, fault(Invalid, "`*` stands for whole labels at the start of the host, or for the port", "").
			hint("use a form such as https://*.example.com, or list the origins")
	case subdomains && t.port == "*":
		return OriginPattern{}, fault(Invalid, "a pattern has one wildcard, for the host or for the port", "").
			hint("list the ports, or the hosts")
	}

	host, isIP, detail := parseHost(base)
	if detail != "" {
		return OriginPattern{}, fault(Invalid, detail, specHost)
	}
	p := OriginPattern{kind: Exact, scheme: t.scheme, host: host, port: t.port}
	switch {
	case subdomains && isIP:
		return OriginPattern{}, fault(Invalid, "an IP address has no subdomains", specHost)
	case subdomains:
		p.kind = Subdomains
	case t.port == "*":
		p.kind, p.port = AnyPort, ""
	}
	if len(p.String()) > maxOriginLen {
		return OriginPattern{}, fault(Invalid, "an origin has at most 512 bytes here", specOrigin)
	}
	return p, nil
}

package cors

import (
	"strconv"
	"strings"
)

// Origin is a serialised tuple origin, as a browser sends it in the Origin
// header: lower-case scheme and host, the default port left out, no trailing
// slash. The zero value is not one.
//
// https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
type Origin struct{ s string }

// ParseOrigin parses a serialised origin and normalises nothing: a browser
// compares Access-Control-Allow-Origin byte by byte. A *[FieldError] carries
// the serialised form as its Fix where the fault is unambiguous.
//
// https://fetch.spec.whatwg.org/#cors-check
func ParseOrigin(s string) (Origin, error) {
	p, f := parsePattern(s)
	switch {
	case f != nil:
	case p.kind != Exact:
		f = fault(Invalid, "a pattern is not an origin", specOrigin)
		f.Hint = "name one origin, such as https://example.com"
	case p.String() != s:
		f = fault(Invalid, "an origin is compared byte by byte, and this is not its serialised form", specOrigin).fixed(p.String())
	default:
		return Origin{s}, nil
	}
	return Origin{}, f.of(s)
}

// String is the origin as it is sent.
func (o Origin) String() string { return o.s }

const (
	specOrigin = "https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin"
	specHost   = "https://url.spec.whatwg.org/#host-parsing"
	specPort   = "https://url.spec.whatwg.org/#port-state"
)

// tuple is the three parts of an origin; in a pattern, host and port may hold
// wildcards.
type tuple struct{ scheme, host, port string }

// splitOrigin takes an origin apart and refuses whatever a URL may have and an
// origin may not.
func splitOrigin(s string) (tuple, *FieldError) {
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok {
		f := fault(Invalid, "an origin begins with its scheme, http:// or https://", specOrigin)
		f.Hint = "put the scheme in front, as in https://example.com"
		return tuple{}, f
	}
	scheme = asciiLower(scheme)
	if f := checkScheme(scheme); f != nil {
		return tuple{}, f
	}
	if strings.Contains(rest, `\`) {
		return tuple{}, fault(Invalid, "an origin has no backslash", specOrigin)
	}
	authority, path := rest, ""
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		authority, path = rest[:i], rest[i:]
	}
	if strings.Contains(authority, "@") {
		return tuple{}, fault(Invalid, "an origin has no user name and no password", specOrigin)
	}
	switch {
	case path == "" || path == "/":
	case path[0] == '?':
		return tuple{}, fault(Invalid, "an origin has no query", specOrigin)
	case path[0] == '#':
		return tuple{}, fault(Invalid, "an origin has no fragment", specOrigin)
	default:
		return tuple{}, fault(Invalid, "an origin has no path", specOrigin)
	}
	host, port, f := splitPort(scheme, authority)
	return tuple{scheme, host, port}, f
}

// splitPort cuts the port off an authority. The scheme's default port and an
// empty one are left out, as the URL standard does.
func splitPort(scheme, authority string) (host, port string, f *FieldError) {
	colon := strings.LastIndexByte(authority, ':')
	if colon < strings.LastIndexByte(authority, ']') || colon < 0 {
		return authority, "", nil
	}
	host, port = authority[:colon], authority[colon+1:]
	if !strings.HasPrefix(host, "[") && strings.Contains(host, ":") {
		return "", "", fault(Invalid, "an IPv6 address stands in brackets, as in http://[::1]:3000", specHost)
	}
	if port == "*" || port == "" {
		return host, port, nil
	}
	n, ok := portNumber(port)
	if !ok {
		f := fault(Invalid, "a port is a number from 1 to 65535", specPort)
		f.Hint = "correct the port, or leave it out for the scheme's default"
		return "", "", f
	}
	if scheme == "http" && n == 80 || scheme == "https" && n == 443 {
		return host, "", nil
	}
	return host, strconv.Itoa(n), nil
}

// portNumber takes leading zeros, as browsers do; a sign it does not.
func portNumber(s string) (int, bool) {
	if strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseUint(s, 10, 16)
	return int(n), err == nil && n > 0
}

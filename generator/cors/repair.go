package cors

import (
	"net/netip"
	"strings"
)

// repairOrigin guesses which origin or pattern the author of a refused value
// means. It never widens what was written, and it guesses nothing ("") where
// two readings are likely.
func repairOrigin(raw string) string {
	if len(raw) > maxOriginLen {
		return ""
	}
	s := strings.ReplaceAll(unwrap(raw), `\`, "/")
	if s == "*" {
		return s
	}
	scheme, rest := repairScheme(s)
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	rest = repairHost(rest[strings.LastIndexByte(rest, '@')+1:])
	if scheme == "" {
		if scheme = guessScheme(rest); scheme == "" {
			return ""
		}
	}
	if p, f := readPattern(scheme + "://" + rest); f == nil {
		return p.String()
	}
	return ""
}

// repairScheme returns "" for a scheme that is missing, or stands for several.
func repairScheme(s string) (scheme, rest string) {
	if lower := asciiLower(s); strings.HasPrefix(lower, "blob:") {
		s = s[len("blob:"):]
	}
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok {
		for _, scheme := range []string{"https", "http"} {
			for _, slashless := range []string{":", "//"} {
				if n := len(scheme + slashless); len(s) > n && asciiLower(s[:n]) == scheme+slashless {
					return scheme, strings.TrimLeft(s[n:], "/")
				}
			}
		}
		return "", strings.TrimLeft(s, "/")
	}
	rest = strings.TrimLeft(rest, "/")
	scheme = asciiLower(scheme)
	switch {
	case scheme == "ws":
		scheme = "http"
	case scheme == "wss":
		scheme = "https"
	case misspelt(scheme) != "":
		scheme = misspelt(scheme)
	case strings.Contains(scheme, "*"):
		scheme = ""
	}
	return scheme, rest
}

// guessScheme takes http for the machine itself and https for the rest of the
// world. For a bare word it guesses nothing.
func guessScheme(hostport string) string {
	host, port, _ := strings.Cut(hostport, ":")
	if i := strings.IndexByte(hostport, ']'); i >= 0 {
		host = hostport[:i+1]
	}
	switch {
	case isLoopback(asciiLower(host)):
		return "http"
	case port == "" && !strings.Contains(host, "."):
		return ""
	}
	return "https"
}

func repairHost(s string) string {
	// Without brackets, the last group of an IPv6 address may as well be the
	// port.
	if addr, err := netip.ParseAddr(s); err == nil && addr.Is6() {
		if _, err := netip.ParseAddr(s[:strings.LastIndexByte(s, ':')]); err != nil {
			return "[" + s + "]"
		}
	}
	if after, ok := strings.CutPrefix(s, "*"); ok && strings.Contains(after, ".") && !strings.ContainsAny(after[:1], ".-*:") {
		return "*." + after
	}
	host, port, _ := strings.Cut(s, ":")
	if addr, ok := readIPv4(host); ok && strings.Contains(host, ".") {
		host = addr
	}
	if host == "*" && port == "*" || port == "" {
		return host
	}
	return host + ":" + port
}

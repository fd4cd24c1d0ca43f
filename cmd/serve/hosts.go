package serve

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// hostCheck refuses requests to the loopback interface whose Host is the name
// of a foreign site. A page can have its own name resolve to 127.0.0.1 (DNS
// rebinding), and would then read from the backend as same-origin, past every
// CORS header. IP addresses and localhost cannot be rebound.
// https://github.com/advisories/GHSA-vg6x-rcgg-rjx6
type hostCheck struct {
	// allowed are further host names, in lower case.
	allowed []string
}

func newHostCheck(allowed []string) hostCheck {
	var c hostCheck
	for _, name := range allowed {
		c.allowed = append(c.allowed, strings.ToLower(name))
	}
	return c
}

// refuses reports whether r must not be answered.
func (c hostCheck) refuses(r *http.Request) bool {
	local, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	if !ok || !local.IP.IsLoopback() {
		return false
	}
	name := strings.ToLower(hostName(r.Host))
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return false
	}
	if _, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		return false
	}
	return !slices.Contains(c.allowed, name)
}

// hostName is a Host without its port.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return host
}

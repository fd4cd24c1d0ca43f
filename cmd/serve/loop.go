package serve

import (
	"context"
	"crypto/rand"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// ownAddress reports whether requests to backend would come back to listener:
// the same port, and a host that resolves to an address the listener takes. A
// name that does not resolve now is nobody's.
func ownAddress(ctx context.Context, backend *url.URL, listener net.Addr) bool {
	at, ok := listener.(*net.TCPAddr)
	if !ok {
		return false
	}
	port, err := net.DefaultResolver.LookupPort(ctx, "tcp", portOf(backend))
	if err != nil || port != at.Port {
		return false
	}
	host := backend.Hostname()
	if host == "" {
		// A connection to no host goes to this one.
		return true
	}
	addresses, err := net.DefaultResolver.LookupIPAddr(ctx, host)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(addresses, func(a net.IPAddr) bool {
		switch {
		case a.IP.Equal(at.IP), a.IP.IsUnspecified():
			return true
		case at.IP.IsUnspecified():
			return isOwn(a.IP)
		}
		return false
	})
}

func portOf(u *url.URL) string {
	if port := u.Port(); port != "" {
		return port
	}
	return u.Scheme
}

// isOwn reports whether ip is an address of this machine.
func isOwn(ip net.IP) bool {
	if ip.IsLoopback() {
		return true
	}
	own, err := net.InterfaceAddrs()
	if err != nil {
		return false
	}
	return slices.ContainsFunc(own, func(a net.Addr) bool {
		network, ok := a.(*net.IPNet)
		return ok && network.IP.Equal(ip)
	})
}

// via marks forwarded requests, so that one that comes back by another way (a
// proxy, a port that is forwarded) is known.
// https://www.rfc-editor.org/rfc/rfc9110#name-via
type via string

func newVia() via { return via("apigw-cors-" + strings.ToLower(rand.Text()[:12])) }

func (v via) mark(h http.Header) { h.Add("Via", "1.1 "+string(v)) }

func (v via) marked(h http.Header) bool {
	return slices.ContainsFunc(h.Values("Via"), func(value string) bool { return strings.Contains(value, string(v)) })
}

package cors

import (
	"slices"
	"strconv"
)

// Policy is a server's CORS policy. It exists only through [Parse] and does not
// change; its zero value allows nothing.
type Policy struct {
	origins       []OriginPattern
	methods       Methods
	allowHeaders  HeaderNames
	exposeHeaders HeaderNames
	credentials   bool
	maxAge        maxAge
}

// maxAge is Access-Control-Max-Age in seconds.
type maxAge struct {
	seconds int
	set     bool
}

// AllowOrigins are the patterns an origin is matched against; one match is
// enough.
func (p Policy) AllowOrigins() []OriginPattern { return slices.Clone(p.origins) }

// AllowMethods are the methods of the actual request. The CORS-safelisted ones
// (GET, HEAD, POST) are allowed even where they are not listed.
//
// https://fetch.spec.whatwg.org/#http-access-control-allow-methods
func (p Policy) AllowMethods() Methods { return p.methods }

// AllowHeaders are the request-header names a page may send besides the
// CORS-safelisted ones.
//
// https://fetch.spec.whatwg.org/#http-access-control-allow-headers
func (p Policy) AllowHeaders() HeaderNames { return p.allowHeaders }

// ExposeHeaders are the response-header names a page may read besides the
// CORS-safelisted ones.
//
// https://fetch.spec.whatwg.org/#http-access-control-expose-headers
func (p Policy) ExposeHeaders() HeaderNames { return p.exposeHeaders }

// AllowCredentials reports whether pages may send cookies, TLS client
// certificates and HTTP authentication, and read the response nevertheless.
//
// https://fetch.spec.whatwg.org/#http-access-control-allow-credentials
func (p Policy) AllowCredentials() bool { return p.credentials }

// MaxAge is how long a browser may cache a preflight response, 0 to 86400
// seconds, and whether it is set. Unset means 5 seconds to a browser.
//
// https://fetch.spec.whatwg.org/#http-access-control-max-age
func (p Policy) MaxAge() (seconds int, ok bool) { return p.maxAge.seconds, p.maxAge.set }

// StaticOrigin is the value of Access-Control-Allow-Origin where it is the same
// for every request: `*`, or the one exact origin. Otherwise the value must be
// decided per request, and the response must say so with "Vary: Origin".
//
// https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches
func (p Policy) StaticOrigin() (string, bool) {
	if len(p.origins) != 1 {
		return "", false
	}
	if k := p.origins[0].kind; k != Exact && k != AnyOrigin {
		return "", false
	}
	return p.origins[0].String(), true
}

// AnyOrigin reports whether every origin is allowed (`*`).
func (p Policy) AnyOrigin() bool {
	return len(p.origins) == 1 && p.origins[0].kind == AnyOrigin
}

// Config is the normal form of the policy: what [Parse] would make this very
// policy of, with nothing to normalise.
func (p Policy) Config() Config {
	c := Config{
		AllowMethods:     p.methods.Strings(),
		AllowHeaders:     p.allowHeaders.Strings(),
		ExposeHeaders:    p.exposeHeaders.Strings(),
		AllowCredentials: p.credentials,
	}
	for _, o := range p.origins {
		c.AllowOrigins = append(c.AllowOrigins, o.String())
	}
	if p.maxAge.set {
		c.MaxAge = strconv.Itoa(p.maxAge.seconds)
	}
	return c
}

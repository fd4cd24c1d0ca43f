package gateway

import (
	"regexp"
	"strings"
)

// The fields of the CORS policy.

func fieldAllowOrigins() Field {
	return Field{
		Key: "allowOrigins", Flag: "allow-origins", Required: "required",
		Summary: "origins that may read responses: https://app.example.com, https://*.example.com, http://localhost:*, https://*, *",
		Help: `An origin is scheme, host and port: https://app.example.com, http://localhost:3000. No path, no slash at the end; :443 and :80 are left out. It is the address of the page, not of the API.
Patterns: https://*.example.com is every subdomain (not example.com itself), http://localhost:* every port, https://* every page over https, * every page.
A response names one origin only. With several origins a REST API therefore picks the caller's out of the list, in a mapping template; an HTTP API has such a list of its own, but no form for subdomains and ports.`,
		Pattern:  "^" + blanks + `(\*|[A-Za-z][A-Za-z0-9+.-]*://[^/\s]+/?)` + blanks + "$",
		Examples: []string{"https://app.example.com", "https://*.example.com", "http://localhost:*", "https://*", "*"},
		Lines:    true,
		ask: asking{
			place: 20, title: "Allow origins", informs: true,
			note: "Where the pages live that call the API: scheme, host and port, as in https://app.example.com or http://localhost:3000.",
		},
		of: func(c *Config) any { return &c.AllowOrigins },
	}
}

func fieldAllowMethods() Field {
	return Field{
		Key: "allowMethods", Flag: "allow-methods", Required: "required unless every resource names its own",
		Summary: "methods of actual requests, or *",
		Help: `The methods of the requests that pages make, for Access-Control-Allow-Methods. GET, HEAD and POST are allowed to pages anyway; naming them does no harm.
OPTIONS is the preflight's own method, and need not be listed. Names are case-sensitive: a page has to send PATCH, not patch.
A resource may have methods of its own.`,
		Values: []Value{
			{Name: "GET"}, {Name: "POST"}, {Name: "PUT"}, {Name: "PATCH"}, {Name: "DELETE"}, {Name: "HEAD"}, {Name: "OPTIONS"},
			{Name: "*", Detail: "every method", Wildcard: true, Alone: true},
		},
		Pattern:  anyCase(append(HTTPMethods(), "*")),
		Examples: []string{"GET", "POST"},
		ask: asking{
			place: 60, title: "Allow methods", informs: true,
			note:    "The methods that pages call. OPTIONS need not be listed.",
			propose: func(Config) []string { return []string{"GET", "POST"} },
			moot:    func(c Config) bool { return !needsMethods(c) },
			offer: func(_ Config, all []Value) []Value {
				return without(all, func(v Value) bool { return v.Name == "OPTIONS" })
			},
		},
		of: func(c *Config) any { return &c.AllowMethods },
	}
}

func fieldAllowHeaders() Field {
	return Field{
		Key: "allowHeaders", Flag: "allow-headers",
		Summary: "request headers, or *; Content-Type and what the auth needs are always added",
		Help: `Request headers that a script adds itself, for Access-Control-Allow-Headers. Content-Type is always allowed, because JSON bodies need it, and so is what the auth needs. Cookie, Origin, User-Agent and what else the browser sends by itself need not be listed.
* covers every header but Authorization, which has to be named.`,
		Open: true,
		Values: []Value{
			{Name: "Authorization", Detail: "a token"},
			{Name: "X-Api-Key", Detail: "an API key"},
			{Name: "X-CSRF-Token", Detail: "against forged requests"},
			{Name: "X-Requested-With", Detail: "set by older libraries"},
			{Name: "Idempotency-Key", Detail: "a request that may be repeated"},
			{Name: "If-Match", Detail: "to change only what was read"},
			{Name: "If-None-Match", Detail: "to read only what has changed"},
			{Name: "traceparent", Detail: "W3C trace context"},
			{Name: "Content-Type"},
			{Name: "*", Detail: "every header but Authorization", Wildcard: true},
		},
		Pattern: "^" + blanks + headerPattern + blanks + "$", Examples: []string{"X-Request-Id"},
		ask: asking{
			place: 70, title: "Allow headers", more: "Header names, with commas between them.",
			noteOf: func(c Config) string {
				return "Request headers that scripts set. Allowed in any case: " + joined(requiredHeaders(c)) + "."
			},
			implied: requiredHeaders,
			offer: func(c Config, all []Value) []Value {
				required := requiredHeaders(c)
				return without(all, func(v Value) bool { return containsFold(required, v.Name) })
			},
		},
		of: func(c *Config) any { return &c.AllowHeaders },
	}
}

func fieldExposeHeaders() Field {
	return Field{
		Key: "exposeHeaders", Flag: "expose-headers",
		Summary: "response headers that scripts may read, or *",
		Help:    `Response headers that scripts may read, for Access-Control-Expose-Headers. Cache-Control, Content-Language, Content-Length, Content-Type, Expires, Last-Modified and Pragma they can read anyway; Set-Cookie never.`,
		Open:    true,
		Values: []Value{
			{Name: "X-Amzn-RequestId", Detail: "to look a request up in the logs", Only: REST},
			{Name: "Apigw-Requestid", Detail: "to look a request up in the logs", Only: HTTP},
			{Name: "ETag", Detail: "the version of what was read"},
			{Name: "Location", Detail: "where what was created is found"},
			{Name: "Retry-After", Detail: "when to try again"},
			{Name: "Content-Disposition", Detail: "the file name of a download"},
			{Name: "Link", Detail: "the next page"},
			{Name: "X-Amzn-ErrorType", Detail: "which gateway response it was", Only: REST},
			{Name: "*", Detail: "every header", Wildcard: true},
		},
		Pattern: "^" + blanks + headerPattern + blanks + "$", Examples: []string{"X-Total-Count"},
		ask: asking{
			place: 80, title: "Expose headers", more: "Header names, with commas between them.",
			note: "Response headers that scripts may read. A few, such as Content-Type, they can read anyway.",
		},
		of: func(c *Config) any { return &c.ExposeHeaders },
	}
}

func fieldAllowCredentials() Field {
	return Field{
		Key: "allowCredentials", Flag: "allow-credentials",
		Summary: "allow requests with cookies and other credentials",
		Help: `Credentials are cookies, TLS client certificates and the browser's own HTTP authentication. An Authorization header that a script sets is not one of them, so most APIs with tokens need no credentials.
With credentials every * loses its meaning: origins, methods and headers have to be named.
A page that shares scheme, host and port with the API needs none of this: apigw-cors help same-domain.`,
		ask: asking{
			place: 30, title: "Allow credentials",
			note: "Yes if pages send cookies (fetch with credentials: 'include'). A token that a script puts into a header does not count.",
		},
		of: func(c *Config) any { return &c.AllowCredentials },
	}
}

func fieldMaxAge() Field {
	return Field{
		Key: "maxAge", Flag: "max-age", Noun: "seconds", Number: true, Least: -1, Most: 86400,
		Summary: "how long browsers may cache a preflight response: 600 or 10m, at most 86400; -1 leaves the header out (HTTP API)",
		Help: `For that long a browser asks no second time, so a change of the policy reaches it late. Chromium keeps it for 2 hours (7200) at most, Firefox for 24 (86400). Without a max age it is 5 seconds; 0 asks every time.
-1 is for HTTP APIs, and leaves the header out.`,
		Pattern:  "^" + blanks + `(-1|-?0+|[0-9]+|[+-]?([0-9.]+(ns|us|µs|μs|ms|s|m|h))+)` + blanks + "$",
		Examples: []string{"600", "10m"},
		ask: asking{
			place: 90, title: "Max age",
			note:    "How long a browser may keep the answer to a preflight: seconds, or 10m, 2h; none for the browser's own 5 seconds.",
			propose: func(Config) []string { return []string{"10m"} },
		},
		of: func(c *Config) any { return &c.MaxAge },
	}
}

// blanks are what a value loses on either side.
const blanks = `[ \t\r\n]*`

// headerPattern is Fetch's header name, less what [carried] refuses, or `*`.
const headerPattern = "(\\*|[!%&+.^_`|~0-9A-Za-z-]+)"

// anyCase is the pattern of names that are taken in either case.
func anyCase(names []string) string {
	var p strings.Builder
	for i, name := range names {
		if i > 0 {
			p.WriteByte('|')
		}
		for _, c := range name {
			if c < 'A' || c > 'Z' {
				p.WriteString(regexp.QuoteMeta(string(c)))
				continue
			}
			p.WriteString("[" + string(c) + string(c-'A'+'a') + "]")
		}
	}
	return "^" + blanks + "(" + p.String() + ")" + blanks + "$"
}

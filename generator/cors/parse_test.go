package cors_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
)

// plain is a policy nothing is to be said about.
func plain(edit func(*cors.Config)) cors.Config {
	c := cors.Config{AllowOrigins: []string{"https://example.com"}, AllowMethods: []string{"GET", "PUT"}}
	if edit != nil {
		edit(&c)
	}
	return c
}

func TestParseRefused(t *testing.T) {
	tests := []struct {
		desc   string
		config cors.Config
		want   []string // "path reason fix"
	}{
		{"no origin", cors.Config{}, []string{"allowOrigins missing "}},
		{"an empty entry", plain(func(c *cors.Config) { c.AllowOrigins = []string{""} }), []string{"allowOrigins[0] missing "}},
		{"any origin beside another", plain(func(c *cors.Config) { c.AllowOrigins = []string{"https://example.com", "*"} }),
			[]string{"allowOrigins[1] prohibited "}},
		{"any origin twice is only a duplicate", plain(func(c *cors.Config) { c.AllowOrigins = []string{"*", "*"} }), nil},
		{"any origin with credentials", plain(func(c *cors.Config) { c.AllowOrigins, c.AllowCredentials = []string{"*"}, true }),
			[]string{"allowOrigins[0] forbidden "}},
		{"any origin beside another, with credentials", plain(func(c *cors.Config) {
			c.AllowOrigins, c.AllowCredentials = []string{"*", "https://example.com"}, true
		}), []string{"allowOrigins[0] forbidden "}},
		{"any https with credentials is advice", plain(func(c *cors.Config) {
			c.AllowOrigins, c.AllowCredentials = []string{"https://*"}, true
		}), nil},

		{"forbidden methods", plain(func(c *cors.Config) { c.AllowMethods = []string{"CONNECT", "Trace", "track"} }),
			[]string{"allowMethods[0] forbidden ", "allowMethods[1] forbidden ", "allowMethods[2] forbidden "}},
		{"no tokens", plain(func(c *cors.Config) { c.AllowMethods = []string{"G@T", "GÉT", "", " "} }),
			[]string{"allowMethods[0] invalid ", "allowMethods[1] invalid ", "allowMethods[2] missing ", "allowMethods[3] missing "}},
		{"several methods in one entry", plain(func(c *cors.Config) { c.AllowMethods = []string{"GET,POST", "PUT DELETE"} }),
			[]string{"allowMethods[0] invalid ", "allowMethods[1] invalid "}},
		{"quoted methods", plain(func(c *cors.Config) { c.AllowMethods = []string{"'get'", "PUT,", "'*'"} }),
			[]string{"allowMethods[0] invalid GET", "allowMethods[1] invalid PUT", "allowMethods[2] invalid *"}},
		{"ANY", plain(func(c *cors.Config) { c.AllowMethods = []string{"any"} }), []string{"allowMethods[0] prohibited *"}},
		{"ANY with credentials", plain(func(c *cors.Config) { c.AllowMethods, c.AllowCredentials = []string{"ANY"}, true }),
			[]string{"allowMethods[0] prohibited "}},
		{"any method beside another", plain(func(c *cors.Config) { c.AllowMethods = []string{"*", "PUT"} }),
			[]string{"allowMethods[0] prohibited "}},
		{"any method with credentials", plain(func(c *cors.Config) { c.AllowMethods, c.AllowCredentials = []string{"*"}, true }),
			[]string{"allowMethods[0] forbidden "}},

		{"forbidden request-headers", plain(func(c *cors.Config) {
			c.AllowHeaders = []string{"Cookie", "ORIGIN", "host", "Sec-Fetch-Mode", "Proxy-Authorization", "Access-Control-Request-Method"}
		}), []string{
			"allowHeaders[0] forbidden ", "allowHeaders[1] forbidden ", "allowHeaders[2] forbidden ",
			"allowHeaders[3] forbidden ", "allowHeaders[4] forbidden ", "allowHeaders[5] forbidden ",
		}},
		{"response headers among the request-headers", plain(func(c *cors.Config) {
			c.AllowHeaders = []string{"access-control-allow-origin", "Access-Control-Max-Age"}
		}), []string{"allowHeaders[0] prohibited ", "allowHeaders[1] prohibited "}},
		{"wildcards in header names", plain(func(c *cors.Config) { c.AllowHeaders = []string{"X-*"} }), []string{"allowHeaders[0] prohibited "}},
		{"no header names", plain(func(c *cors.Config) {
			c.AllowHeaders = []string{"X-Api-Key:", "X-A: 1", "'X-A'", "X-A,X-B", "X@A", "", "Content‑Type"}
		}), []string{
			"allowHeaders[0] invalid X-Api-Key", "allowHeaders[1] invalid X-A", "allowHeaders[2] invalid X-A",
			"allowHeaders[3] invalid ", "allowHeaders[4] invalid ", "allowHeaders[5] missing ", "allowHeaders[6] invalid ",
		}},
		{"any header with credentials", plain(func(c *cors.Config) {
			c.AllowHeaders, c.ExposeHeaders, c.AllowCredentials = []string{"Authorization", "*"}, []string{"*"}, true
		}), []string{"allowHeaders[1] forbidden ", "exposeHeaders[0] forbidden "}},
		{"forbidden response-headers", plain(func(c *cors.Config) { c.ExposeHeaders = []string{"ETag", "set-cookie", "Set-Cookie2"} }),
			[]string{"exposeHeaders[1] forbidden ", "exposeHeaders[2] forbidden "}},

		{"negative max-age", plain(func(c *cors.Config) { c.MaxAge = "-1" }), []string{"maxAge invalid 0"}},
		{"negative duration", plain(func(c *cors.Config) { c.MaxAge = "-10m" }), []string{"maxAge invalid 0"}},
		{"max-age too long", plain(func(c *cors.Config) { c.MaxAge = "86401" }), []string{"maxAge invalid 86400"}},
		{"max-age beyond numbers", plain(func(c *cors.Config) { c.MaxAge = "99999999999999999999" }), []string{"maxAge invalid 86400"}},
		{"a duration too long", plain(func(c *cors.Config) { c.MaxAge = "25h" }), []string{"maxAge invalid 86400"}},
		{"half a second", plain(func(c *cors.Config) { c.MaxAge = "1.5s" }), []string{"maxAge invalid 2"}},
		{"a day, as people write it", plain(func(c *cors.Config) { c.MaxAge = "1d" }), []string{"maxAge invalid 86400"}},
		{"minutes, as people write them", plain(func(c *cors.Config) { c.MaxAge = "10 min" }), []string{"maxAge invalid 600"}},
		{"no number", plain(func(c *cors.Config) { c.MaxAge = "soon" }), []string{"maxAge invalid "}},
		{"a sign", plain(func(c *cors.Config) { c.MaxAge = "+600" }), []string{"maxAge invalid "}},
		{"a quoted number", plain(func(c *cors.Config) { c.MaxAge = "'600'" }), []string{"maxAge invalid 600"}},

		{"every fault, in the order of the input", cors.Config{
			AllowOrigins:     []string{"*", "null", "https://example.com", "example.com"},
			AllowMethods:     []string{"TRACE", "*", "G T"},
			AllowHeaders:     []string{"Host", "*", "X Y"},
			ExposeHeaders:    []string{"Set-Cookie", "*"},
			AllowCredentials: true,
			MaxAge:           "-5",
		}, []string{
			"allowOrigins[0] forbidden ", "allowOrigins[1] prohibited ", "allowOrigins[3] invalid https://example.com",
			"allowMethods[0] forbidden ", "allowMethods[1] forbidden ", "allowMethods[2] invalid ",
			"allowHeaders[0] forbidden ", "allowHeaders[1] forbidden ", "allowHeaders[2] invalid ",
			"exposeHeaders[0] forbidden ", "exposeHeaders[1] forbidden ", "maxAge invalid 0",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			p, _, err := cors.Parse(tt.config)
			var got []string
			for _, f := range cors.Faults(err) {
				checkFault(t, f)
				got = append(got, fmt.Sprintf("%s %s %s", f.Path(), f.Reason, f.Fix))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(tt.want, "\n\t"))
			}
			if err != nil && !reflect.DeepEqual(p, cors.Policy{}) {
				t.Error("a policy came with the faults")
			}
		})
	}
}

func TestParseErrors(t *testing.T) {
	_, _, err := cors.Parse(cors.Config{
		AllowOrigins: []string{"*"}, AllowMethods: []string{"ANY", "GET,PUT"}, AllowHeaders: []string{"Cookie", "Access-Control-Allow-Origin"},
		AllowCredentials: true, MaxAge: "-1",
	})
	want := []struct{ err, hint string }{
		{"allowOrigins[0]: forbidden \"*\": a browser refuses `*` for a request with credentials",
			"name the origins, or leave allowCredentials out"},
		{`allowMethods[0]: prohibited "ANY": no request has the method ANY`, "name the methods"},
		{`allowMethods[1]: invalid "GET,PUT": one entry holds 2 values`, "give 2 entries: GET and PUT"},
		{`allowHeaders[0]: forbidden "Cookie": pages cannot send this header, only the browser itself can`,
			"leave it out; allowCredentials is what lets cookies be sent"},
		{`allowHeaders[1]: prohibited "Access-Control-Allow-Origin": Access-Control-Allow-Origin is a response header, and need not be allowed`,
			"leave it out"},
		{`maxAge: invalid "-1": negative`, "use 0 for no caching, or leave it out for the browser's default of 5 seconds"},
	}
	faults := cors.Faults(err)
	for i, f := range faults {
		if i >= len(want) || f.Error() != want[i].err || f.Hint != want[i].hint {
			t.Errorf("fault %d: got\n\t%v\n\t%s", i, f, f.Hint)
		}
	}
	if len(faults) != len(want) {
		t.Errorf("got %d faults, want %d", len(faults), len(want))
	}
}

func TestParseAdvice(t *testing.T) {
	tests := []struct {
		desc   string
		config cors.Config
		want   []string // "path code"
	}{
		{"nothing to say", plain(nil), nil},
		{"OPTIONS is accepted", plain(func(c *cors.Config) { c.AllowMethods = []string{"GET", "OPTIONS"} }), nil},
		{"origins", plain(func(c *cors.Config) {
			c.AllowOrigins = []string{"https://example.com", "http://example.com", "https://EXAMPLE.com/"}
		}), []string{"allowOrigins[1] insecure-origin", "allowOrigins[2] duplicate"}},
		{"origins that others cover", plain(func(c *cors.Config) {
			c.AllowOrigins = []string{
				"https://a.example.com", "https://*.example.com", "https://*.b.example.com", "https://example.com",
				"http://localhost:3000", "http://localhost:*", "https://a.example.com:8443",
			}
		}), []string{"allowOrigins[0] covered", "allowOrigins[2] covered", "allowOrigins[4] covered"}},
		{"any https covers all of it", plain(func(c *cors.Config) {
			c.AllowOrigins = []string{"https://*", "https://*.example.com", "https://localhost:*", "capacitor://localhost"}
		}), []string{"allowOrigins[0] any-origin", "allowOrigins[1] covered", "allowOrigins[2] covered"}},
		{"any site with credentials", plain(func(c *cors.Config) {
			c.AllowOrigins, c.AllowCredentials = []string{"https://*", "http://*"}, true
		}), []string{"allowOrigins[0] any-site-with-credentials", "allowOrigins[1] any-site-with-credentials", "allowOrigins[1] insecure-origin"}},
		{"methods", plain(func(c *cors.Config) {
			c.AllowMethods = []string{"get", "GET", " PUT", "patch", "GTE", "DELET", "PROPFIND", "propfind"}
		}),
			[]string{
				"allowMethods[0] method-normalised", "allowMethods[1] duplicate", "allowMethods[2] method-normalised",
				"allowMethods[3] method-normalised", "allowMethods[4] method-misspelt", "allowMethods[5] method-misspelt",
			}},
		{"headers", plain(func(c *cors.Config) { c.AllowHeaders = []string{"X-A", "x-a", " X-B"} }),
			[]string{"allowHeaders[1] duplicate", "allowHeaders[2] header-normalised"}},
		{"any header", plain(func(c *cors.Config) { c.AllowHeaders = []string{"X-A", "*"} }),
			[]string{"allowHeaders[0] covered", "allowHeaders[1] wildcard-not-authorization"}},
		{"any header and Authorization", plain(func(c *cors.Config) { c.AllowHeaders = []string{"*", "authorization"} }), nil},
		{"exposed anyway", plain(func(c *cors.Config) { c.ExposeHeaders = []string{"content-type", "ETag"} }),
			[]string{"exposeHeaders[0] already-exposed"}},
		{"any header exposed", plain(func(c *cors.Config) { c.ExposeHeaders = []string{"*", "ETag"} }), []string{"exposeHeaders[1] covered"}},
		{"max-age at the cap", plain(func(c *cors.Config) { c.MaxAge = "2h" }), nil},
		{"max-age above the cap", plain(func(c *cors.Config) { c.MaxAge = "7201" }), []string{"maxAge max-age-capped"}},
		{"beside a fault", plain(func(c *cors.Config) { c.AllowOrigins = []string{"null", "http://example.com"} }),
			[]string{"allowOrigins[1] insecure-origin"}},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			_, advice, _ := cors.Parse(tt.config)
			var got []string
			for _, a := range advice {
				checkAdvice(t, a)
				got = append(got, (&cors.FieldError{Field: a.Field, Index: a.Index}).Path()+" "+a.Code)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(tt.want, "\n\t"))
			}
		})
	}
}

func TestAdviceCodesAreSorted(t *testing.T) {
	codes := cors.AdviceCodes()
	if !slices.IsSortedFunc(codes, func(a, b cors.AdviceCode) int { return strings.Compare(a.Code, b.Code) }) {
		t.Error("not sorted by code")
	}
	for _, c := range codes {
		checkClause(t, c.Meaning)
	}
}

package cors_test

import (
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
)

func mustPattern(t testing.TB, s string) cors.OriginPattern {
	t.Helper()
	p, _, err := cors.ParseOriginPattern(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestOriginRule(t *testing.T) {
	tests := []struct {
		pattern string
		kind    cors.PatternKind
		want    cors.OriginRule
	}{
		{"*", cors.AnyOrigin, cors.OriginRule{Any: true}},
		{"https://*", cors.AnyHTTPS, cors.OriginRule{Prefix: "https://"}},
		{"http://*", cors.AnyHTTP, cors.OriginRule{Prefix: "http://"}},
		{"https://example.com", cors.Exact, cors.OriginRule{Equals: "https://example.com"}},
		{"capacitor://localhost", cors.Exact, cors.OriginRule{Equals: "capacitor://localhost"}},
		{"https://*.example.com", cors.Subdomains, cors.OriginRule{Prefix: "https://", Suffix: ".example.com"}},
		{"https://*.example.com:8443", cors.Subdomains, cors.OriginRule{Prefix: "https://", Suffix: ".example.com:8443"}},
		{"http://localhost:*", cors.AnyPort, cors.OriginRule{Equals: "http://localhost", Prefix: "http://localhost:"}},
		{"http://[::1]:*", cors.AnyPort, cors.OriginRule{Equals: "http://[::1]", Prefix: "http://[::1]:"}},
	}
	for _, tt := range tests {
		p := mustPattern(t, tt.pattern)
		if p.Kind() != tt.kind || p.Rule() != tt.want {
			t.Errorf("%s: got %s %+v, want %s %+v", tt.pattern, p.Kind(), p.Rule(), tt.kind, tt.want)
		}
	}
}

func TestMatches(t *testing.T) {
	tests := []struct {
		pattern  string
		match    []string
		mismatch []string
	}{
		{"*", []string{"https://example.com", "null", ""}, nil},
		{"https://example.com", []string{"https://example.com"}, []string{
			"", "null", "http://example.com", "https://example.com:443", "https://example.com/", "https://EXAMPLE.com",
			"https://example.com.evil.net", "https://www.example.com", "https://exampleXcom",
		}},
		{"https://*.example.com", []string{"https://a.example.com", "https://a.b.example.com"}, []string{
			"https://example.com", "https://a.example.com:8443", "http://a.example.com", "https://aXexample.com", "https://aexample.com",
			"https://a.example.com.evil.net", "https://a.example.com/", "https://evil.net/.example.com", "https://evil.net/x.example.com",
			"https://me@a.example.com", "https://a.exampleXcom", "HTTPS://a.example.com", ".example.com", "",
		}},
		{"https://*.example.com:8443", []string{"https://a.example.com:8443"}, []string{
			"https://a.example.com", "https://a.example.com:443", "https://a.example.com:84430",
		}},
		{"http://localhost:*", []string{"http://localhost", "http://localhost:3000", "http://localhost:65535"}, []string{
			"https://localhost", "http://localhost.evil.net", "http://localhost:3000/", "http://localhost:me@evil.net", "http://a.localhost:3000",
		}},
		{"http://[::1]:*", []string{"http://[::1]", "http://[::1]:3000"}, []string{"http://[::1", "http://[::2]:3000"}},
		{"https://*", []string{"https://example.com", "https://a.b:8443"}, []string{"http://example.com", "https://a/b", "https://a@b", "null", "httpsx://a"}},
	}
	for _, tt := range tests {
		p := mustPattern(t, tt.pattern)
		for _, header := range tt.match {
			if !p.Matches(header) {
				t.Errorf("%s does not match %q", tt.pattern, header)
			}
		}
		for _, header := range tt.mismatch {
			if p.Matches(header) {
				t.Errorf("%s matches %q", tt.pattern, header)
			}
		}
	}
	if (cors.OriginPattern{}).Matches("") || (cors.OriginPattern{}).Matches("https://example.com") {
		t.Error("the zero pattern matches")
	}
}

// A second reading of what a pattern stands for, by the parts of an origin, not
// by prefix and suffix.
func standsFor(pattern, origin string) bool {
	if pattern == "*" || pattern == origin {
		return true
	}
	scheme, host, port := parts(pattern)
	s, h, p := parts(origin)
	switch {
	case scheme != s:
		return false
	case host == "*":
		return true
	case port == "*":
		return host == h
	case strings.HasPrefix(host, "*."):
		return port == p && strings.HasSuffix(h, host[1:]) && len(h) > len(host[1:])
	}
	return false
}

func parts(s string) (scheme, host, port string) {
	scheme, host, _ = strings.Cut(s, "://")
	if i := strings.LastIndex(host, ":"); i > strings.LastIndex(host, "]") {
		host, port = host[:i], host[i+1:]
	}
	return scheme, host, port
}

func TestMatchesEveryOriginAsItReads(t *testing.T) {
	var patterns []cors.OriginPattern
	var origins []string
	for _, tt := range acceptedOrigins() {
		p := mustPattern(t, tt.raw)
		patterns = append(patterns, p)
		if p.Kind() == cors.Exact {
			origins = append(origins, p.String())
		}
	}
	for _, o := range []string{
		"https://a.example.com", "https://a.example.com:8443", "https://a.b.example.com", "http://a.example.com", "http://example.com:81",
		"http://a.localhost:3000", "https://a.com", "https://a.com:444", "http://127.0.0.1", "http://[::1]:81", "https://aexample.com",
	} {
		if _, err := cors.ParseOrigin(o); err != nil {
			t.Fatal(err)
		}
		origins = append(origins, o)
	}
	for _, p := range patterns {
		for _, o := range origins {
			want := standsFor(p.String(), o)
			if got := p.Matches(o); got != want {
				t.Errorf("%s matches %s: got %t, want %t", p, o, got, want)
			}
			if got := p.Rule().Matches(o); got != want {
				t.Errorf("the rule of %s matches %s: got %t, want %t", p, o, got, want)
			}
		}
	}
}

// TestCoveredIsMatched: the advice that one pattern covers another is given
// where it matches what the other matches, and nowhere else.
func TestCoveredIsMatched(t *testing.T) {
	// Each pattern with origins that it matches, one of each sort.
	samples := map[string][]string{
		"https://a.b.example.com":      {"https://a.b.example.com"},
		"https://a.b.example.com:8443": {"https://a.b.example.com:8443"},
		"https://example.com":          {"https://example.com"},
		"http://a.b.example.com":       {"http://a.b.example.com"},
		"https://x.example.com":        {"https://x.example.com"},
		"https://x.example.com:*":      {"https://x.example.com", "https://x.example.com:1"},
		"https://*.example.com":        {"https://b.example.com", "https://c.d.example.com"},
		"https://*.b.example.com":      {"https://e.b.example.com", "https://c.d.b.example.com"},
		"https://*.example.com:8443":   {"https://b.example.com:8443", "https://c.d.example.com:8443"},
		"https://a.b.example.com:*":    {"https://a.b.example.com", "https://a.b.example.com:1"},
		"http://localhost:*":           {"http://localhost", "http://localhost:1"},
		"http://localhost:3000":        {"http://localhost:3000"},
		"https://*":                    {"https://f.example", "https://g.example:1", "https://localhost"},
		"http://*":                     {"http://f.example", "http://g.example:1", "http://localhost"},
		"capacitor://localhost":        {"capacitor://localhost"},
	}
	for p, origins := range samples {
		for q := range samples {
			if p == q {
				continue
			}
			wide, _, err := cors.ParseOriginPattern(q)
			if err != nil {
				t.Fatal(err)
			}
			want := true
			for _, o := range origins {
				want = want && wide.Matches(o)
			}
			_, advice, _ := cors.Parse(plain(func(c *cors.Config) { c.AllowOrigins = []string{p, q} }))
			got := slices.ContainsFunc(advice, func(a cors.Advice) bool { return a.Code == "covered" && a.Index == 0 })
			if got != want {
				t.Errorf("%s covers %s: %t, want %t", q, p, got, want)
			}
		}
	}
}

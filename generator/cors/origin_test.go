package cors_test

import (
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
)

// acceptedOrigins are patterns with their normal form and the codes of the
// advice they get. They seed the fuzz targets too.
func acceptedOrigins() []struct{ desc, raw, want, advice string } {
	label63, host253 := strings.Repeat("a", 63), strings.Repeat("a.", 126)+"a"
	return []struct{ desc, raw, want, advice string }{
		{"https", "https://example.com", "https://example.com", ""},
		{"a port", "https://example.com:8443", "https://example.com:8443", ""},
		{"the other scheme's default port", "https://example.com:80", "https://example.com:80", ""},
		{"the highest port", "https://example.com:65535", "https://example.com:65535", ""},
		{"loopback over http", "http://localhost:3000", "http://localhost:3000", ""},
		{"a name under localhost", "http://app.localhost", "http://app.localhost", ""},
		{"IPv4 loopback", "http://127.0.0.1:3000", "http://127.0.0.1:3000", ""},
		{"IPv6 loopback", "http://[::1]:3000", "http://[::1]:3000", ""},
		{"http", "http://example.com", "http://example.com", "insecure-origin"},
		{"an underscore", "https://my_app.example.com", "https://my_app.example.com", ""},
		{"hyphens that IDNA dislikes", "https://r3---sn-apo3.example.com", "https://r3---sn-apo3.example.com", ""},
		{"a host on the public suffix list", "https://github.io", "https://github.io", ""},
		{"the root's dot", "https://example.com.", "https://example.com.", "trailing-dot"},
		{"the longest label", "https://" + label63, "https://" + label63, ""},
		{"the longest host", "https://" + host253, "https://" + host253, ""},
		{"capacitor", "capacitor://localhost", "capacitor://localhost", ""},
		{"ionic", "ionic://localhost", "ionic://localhost", ""},
		{"an app's scheme and port", "app://obsidian.md:1234", "app://obsidian.md:1234", ""},
		{"a Chromium extension", "chrome-extension://ghbmnnjooekpmoecnnnilnnbdlolhkhi", "chrome-extension://ghbmnnjooekpmoecnnnilnnbdlolhkhi", ""},
		{"a Firefox extension", "moz-extension://4ed7f644-c3b5-4bf1-983f-2c8718f52222", "moz-extension://4ed7f644-c3b5-4bf1-983f-2c8718f52222", "unstable-origin"},

		{"upper case", "HTTPS://App.Example.COM", "https://app.example.com", "origin-normalised"},
		{"default port of https", "https://example.com:443", "https://example.com", "origin-normalised"},
		{"default port of http", "http://localhost:80", "http://localhost", "origin-normalised"},
		{"leading zeros", "http://localhost:0080", "http://localhost", "origin-normalised"},
		{"an empty port", "https://example.com:", "https://example.com", "origin-normalised"},
		{"a trailing slash", "https://example.com/", "https://example.com", "origin-normalised"},
		{"blanks around", " https://example.com\n", "https://example.com", "origin-normalised"},
		{"a Unicode host", "https://bücher.example", "https://xn--bcher-kva.example", "origin-normalised"},
		{"a Unicode host in upper case", "https://BÜCHER.example", "https://xn--bcher-kva.example", "origin-normalised"},
		{"a host in Punycode", "https://xn--bcher-kva.example", "https://xn--bcher-kva.example", ""},
		{"non-transitional, as browsers are", "https://faß.de", "https://xn--fa-hia.de", "origin-normalised"},
		{"full-width dots and letters", "https://ｅxample．com", "https://example.com", "origin-normalised"},
		{"a zero-width space", "https://\u200bexample.com", "https://example.com", "origin-normalised"},
		{"IPv6 in full", "http://[0:0:0:0:0:0:0:1]", "http://[::1]", "origin-normalised"},
		{"IPv6 in upper case", "https://[2001:DB8::A]", "https://[2001:db8::a]", "origin-normalised"},
		{"IPv6 with IPv4 inside", "https://[::ffff:192.0.2.1]", "https://[::ffff:c000:201]", "origin-normalised"},

		{"any origin", "*", "*", "any-origin"},
		{"any https", "https://*", "https://*", "any-origin"},
		{"any http", "http://*", "http://*", "any-origin insecure-origin"},
		{"subdomains", "https://*.example.com", "https://*.example.com", ""},
		{"subdomains of several labels", "https://*.dev.example.com", "https://*.dev.example.com", ""},
		{"subdomains on a port", "https://*.example.com:8443", "https://*.example.com:8443", ""},
		{"subdomains over http", "http://*.example.com", "http://*.example.com", "insecure-origin"},
		{"subdomains of localhost", "http://*.localhost:3000", "http://*.localhost:3000", ""},
		{"subdomains in Unicode", "https://*.Bücher.example/", "https://*.xn--bcher-kva.example", "origin-normalised"},
		{"a top-level domain", "https://*.com", "https://*.com", "wildcard-public-suffix"},
		{"a second-level registry", "https://*.co.uk", "https://*.co.uk", "wildcard-public-suffix"},
		{"a private registry", "https://*.cloudfront.net", "https://*.cloudfront.net", "wildcard-public-suffix"},
		{"a network's own name", "https://*.internal", "https://*.internal", ""},
		{"any port", "http://localhost:*", "http://localhost:*", ""},
		{"any port of an address", "http://127.0.0.1:*", "http://127.0.0.1:*", ""},
		{"any port of an IPv6 address", "http://[::1]:*", "http://[::1]:*", ""},
		{"any port over http", "http://example.com:*", "http://example.com:*", "insecure-origin"},
	}
}

func TestParseOriginPattern(t *testing.T) {
	for _, tt := range acceptedOrigins() {
		t.Run(tt.desc, func(t *testing.T) {
			p, advice, err := cors.ParseOriginPattern(tt.raw)
			if err != nil {
				t.Fatal(err)
			}
			if got := p.String(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			var codes []string
			for _, a := range advice {
				codes = append(codes, a.Code)
				checkAdvice(t, a)
				if a.Value != tt.raw {
					t.Errorf("%s: value %q", a.Code, a.Value)
				}
			}
			if got := strings.Join(codes, " "); got != tt.advice {
				t.Errorf("advice %q, want %q", got, tt.advice)
			}
		})
	}
}

// refusedOrigins have the reason and the correction, if there is one.
func refusedOrigins() []struct {
	desc, raw string
	reason    cors.Reason
	fix       string
} {
	return []struct {
		desc, raw string
		reason    cors.Reason
		fix       string
	}{
		{"nothing", "", cors.Missing, ""},
		{"blanks", " \t", cors.Missing, ""},
		{"null", "null", cors.Prohibited, ""},
		{"null in capitals", "NULL", cors.Prohibited, ""},
		{"too long", "https://" + strings.Repeat("a.", 260) + "com", cors.Invalid, ""},
		{"a long host", "https://" + strings.Repeat("a.", 126) + "aa", cors.Invalid, ""},
		{"a long label", "https://" + strings.Repeat("a", 64) + ".com", cors.Invalid, ""},
		{"a host too long in Punycode", "https://" + strings.Repeat("ü", 60) + ".com", cors.Invalid, ""},

		{"no scheme", "example.com", cors.Invalid, "https://example.com"},
		{"no scheme, a port", "example.com:8443", cors.Invalid, "https://example.com:8443"},
		{"no scheme, loopback", "localhost:3000", cors.Invalid, "http://localhost:3000"},
		{"no scheme, loopback address", "127.0.0.1:3000", cors.Invalid, "http://127.0.0.1:3000"},
		{"no scheme, loopback in brackets", "[::1]:3000", cors.Invalid, "http://[::1]:3000"},
		{"no scheme, another address in brackets", "[2001:db8::1]:3000", cors.Invalid, "https://[2001:db8::1]:3000"},
		{"no scheme, subdomains", "*.example.com", cors.Invalid, "https://*.example.com"},
		{"no scheme, any port", "localhost:*", cors.Invalid, "http://localhost:*"},
		{"no scheme, a path", "example.com/app", cors.Invalid, "https://example.com"},
		{"a bare word", "everyone", cors.Invalid, ""},
		{"slashes only", "//example.com", cors.Invalid, "https://example.com"},
		{"no slashes", "https:example.com", cors.Invalid, "https://example.com"},
		{"one slash", "https:/example.com", cors.Invalid, "https://example.com"},
		{"no colon", "http//localhost:3000", cors.Invalid, "http://localhost:3000"},
		{"a slip in the scheme", "htps://example.com", cors.Invalid, "https://example.com"},
		{"an s too many", "httpss://example.com", cors.Invalid, "https://example.com"},
		{"a wildcard for the scheme", "*://example.com", cors.Invalid, "https://example.com"},
		{"a wildcard in the scheme", "http*://example.com", cors.Invalid, "https://example.com"},
		{"no scheme before the slashes", "://example.com", cors.Invalid, "https://example.com"},
		{"a scheme with a plus", "web+app://example.com", cors.Invalid, ""},
		{"a scheme with an underscore", "my_app://localhost", cors.Invalid, ""},
		{"ws", "ws://localhost:3000", cors.Invalid, "http://localhost:3000"},
		{"wss", "wss://example.com", cors.Invalid, "https://example.com"},
		{"ftp", "ftp://example.com", cors.Invalid, ""},
		{"file", "file:///home/me/index.html", cors.Invalid, ""},
		{"data", "data:text/html,hello", cors.Invalid, ""},
		{"javascript", "javascript:void(0)", cors.Invalid, ""},
		{"about", "about:blank", cors.Invalid, ""},
		{"blob", "blob:https://example.com/40a5fb5a-d56d-4a33-b4e2-0acf6a8e5f64", cors.Invalid, "https://example.com"},

		{"a path", "https://example.com/app", cors.Invalid, "https://example.com"},
		{"a wildcard path", "https://example.com/*", cors.Invalid, "https://example.com"},
		{"two slashes at the end", "https://example.com//", cors.Invalid, "https://example.com"},
		{"three slashes in front", "https:///example.com", cors.Invalid, "https://example.com"},
		{"a query", "https://example.com?x=1", cors.Invalid, "https://example.com"},
		{"a fragment", "https://example.com#top", cors.Invalid, "https://example.com"},
		{"user and password", "https://me:secret@example.com", cors.Invalid, "https://example.com"},
		{"backslashes", `https:\\example.com`, cors.Invalid, "https://example.com"},
		{"single quotes", "'https://example.com'", cors.Invalid, "https://example.com"},
		{"double quotes", `"https://example.com"`, cors.Invalid, "https://example.com"},
		{"a quoted wildcard", "'*'", cors.Invalid, "*"},
		{"curly quotes", "“https://example.com”", cors.Invalid, "https://example.com"},
		{"a comma at the end", "https://example.com,", cors.Invalid, "https://example.com"},
		{"two origins and a comma", "https://a.com,https://b.com", cors.Invalid, ""},
		{"two origins and a blank", "https://a.com https://b.com", cors.Invalid, ""},

		{"no host", "https://", cors.Invalid, ""},
		{"a port alone", "https://:8443", cors.Invalid, ""},
		{"an empty label", "https://example..com", cors.Invalid, ""},
		{"a dot in front", "https://.example.com", cors.Invalid, ""},
		{"dots alone", "https://..", cors.Invalid, ""},
		{"a blank", "https://exa mple.com", cors.Invalid, ""},
		{"a percent sign", "https://ex%61mple.com", cors.Invalid, ""},
		{"VTL", "https://$input.example.com", cors.Invalid, ""},
		{"a quote inside", "https://a'b.com", cors.Invalid, ""},
		{"a tab inside", "https://exa\tmple.com", cors.Invalid, ""},
		{"two values, not UTF-8", "\xcd .", cors.Invalid, ""},
		{"not UTF-8", "https://\xff.com", cors.Invalid, ""},
		{"wrong Punycode", "https://xn--a.com", cors.Invalid, ""},
		{"a letter IDNA disallows", "https://a\u2028b.com", cors.Invalid, ""},
		{"a slash by way of IDNA", "https://a／b.com", cors.Invalid, ""},

		{"port 0", "https://example.com:0", cors.Invalid, ""},
		{"port too high", "https://example.com:65536", cors.Invalid, ""},
		{"port of letters", "https://example.com:https", cors.Invalid, ""},
		{"a signed port", "https://example.com:+443", cors.Invalid, ""},
		{"two ports", "https://example.com:443:443", cors.Invalid, ""},

		{"IPv4 of five numbers", "https://192.0.2.1.5", cors.Invalid, ""},
		{"IPv4 out of range", "https://192.0.2.256", cors.Invalid, ""},
		{"IPv4 as people shorten it", "http://127.1", cors.Invalid, "http://127.0.0.1"},
		{"IPv4 in hexadecimal", "http://0x7f.0.0.1", cors.Invalid, "http://127.0.0.1"},
		{"IPv4 and the root's dot", "http://127.0.0.1.", cors.Invalid, "http://127.0.0.1"},
		{"IPv4 padded with zeros", "http://010.000.000.001", cors.Invalid, ""},
		{"a number for a top-level domain", "https://example.42", cors.Invalid, ""},
		{"a hexadecimal number for a top-level domain", "https://example.0x", cors.Invalid, ""},
		{"IPv6 without brackets", "http://::1", cors.Invalid, "http://[::1]"},
		{"IPv6 without brackets, perhaps a port", "http://::1:3000", cors.Invalid, ""},
		{"IPv6 with a zone", "http://[fe80::1%25eth0]", cors.Invalid, ""},
		{"an open bracket", "http://[::1", cors.Invalid, ""},
		{"IPv4 in brackets", "http://[127.0.0.1]", cors.Invalid, ""},
		{"text after the bracket", "http://[::1]x", cors.Invalid, ""},

		{"a wildcard glued to a label", "https://*example.com", cors.Invalid, "https://*.example.com"},
		{"a wildcard inside a label", "https://app-*.example.com", cors.Invalid, ""},
		{"a wildcard inside the host", "https://app.*.example.com", cors.Invalid, ""},
		{"a wildcard at the end", "https://example.*", cors.Invalid, ""},
		{"two wildcard labels", "https://*.*.example.com", cors.Invalid, ""},
		{"two wildcards", "https://**.example.com", cors.Invalid, ""},
		{"subdomains on any port", "https://*.example.com:*", cors.Invalid, ""},
		{"any host on one port", "https://*:8443", cors.Invalid, ""},
		{"any host on any port", "https://*:*", cors.Invalid, "https://*"},
		{"a wildcard inside the port", "http://localhost:3*", cors.Invalid, ""},
		{"subdomains of an address", "https://*.192.0.2.1", cors.Invalid, ""},
		{"subdomains of an IPv6 address", "https://*.[::1]", cors.Invalid, ""},
		{"any host of an app's scheme", "app://*", cors.Prohibited, ""},
		{"any port of an app's scheme", "capacitor://localhost:*", cors.Prohibited, ""},
		{"a regular expression", `https://.*\.example\.com`, cors.Invalid, ""},
	}
}

func TestParseOriginPatternRefused(t *testing.T) {
	for _, tt := range refusedOrigins() {
		t.Run(tt.desc, func(t *testing.T) {
			p, _, err := cors.ParseOriginPattern(tt.raw)
			faults := cors.Faults(err)
			if len(faults) != 1 {
				t.Fatalf("got %q and %d faults, want one", p, len(faults))
			}
			f := faults[0]
			checkFault(t, f)
			if f.Reason != tt.reason || f.Fix != tt.fix || f.Value != tt.raw {
				t.Errorf("got %s %q with fix %q, want %s with fix %q (%v)", f.Reason, f.Value, f.Fix, tt.reason, tt.fix, f)
			}
			if p != (cors.OriginPattern{}) {
				t.Errorf("a pattern came with the fault: %q", p)
			}
		})
	}
}

func TestOriginErrors(t *testing.T) {
	tests := []struct{ raw, err, hint string }{
		{"example.com", `invalid "example.com": an origin begins with its scheme, http:// or https://`, "use https://example.com"},
		{"https://a.com/app", `invalid "https://a.com/app": an origin has no path`, "use https://a.com"},
		{"https://a.com,b.com", `invalid "https://a.com,b.com": one entry holds 2 values`, "give 2 entries: https://a.com and https://b.com"},
		{"null", `prohibited "null": any site can give itself the origin null, in a sandboxed frame`, "serve the page from an origin of its own, and allow that"},
		{"https://a.*.com", "invalid \"https://a.*.com\": `*` stands for whole labels at the start of the host, or for the port", "use a form such as https://*.example.com, or list the origins"},
		{"wss://a.com", `invalid "wss://a.com": a WebSocket handshake carries the origin of its page, which is http or https`, "use https://a.com"},
		{"https://a\nb.com", `invalid "https://a\nb.com": one entry holds 2 values`, "give 2 entries: https://a and https://b.com"},
		{"https://a$b.com", `invalid "https://a$b.com": a host cannot contain '$'`, "use a form such as https://example.com"},
		{"", "missing: the entry is empty", "leave it out"},
		{"https://a.com/" + strings.Repeat("ä", 200), `invalid "https://a.com/` + strings.Repeat("ä", 33) + `…": an origin has no path`, "use https://a.com"},
	}
	for _, tt := range tests {
		_, _, err := cors.ParseOriginPattern(tt.raw)
		if err == nil {
			t.Errorf("%q: accepted", tt.raw)
			continue
		}
		if err.Error() != tt.err {
			t.Errorf("%q: got error\n\t%s\nwant\n\t%s", tt.raw, err, tt.err)
		}
		if hint := cors.Faults(err)[0].Hint; hint != tt.hint {
			t.Errorf("%q: got hint %q, want %q", tt.raw, hint, tt.hint)
		}
	}
}

func TestParseOrigin(t *testing.T) {
	for _, tt := range acceptedOrigins() {
		p, _, err := cors.ParseOriginPattern(tt.raw)
		if err != nil {
			t.Fatal(err)
		}
		serialised := p.Kind() == cors.Exact && tt.raw == tt.want
		o, err := cors.ParseOrigin(tt.raw)
		if (err == nil) != serialised {
			t.Errorf("%s: ParseOrigin(%q) = %q, %v", tt.desc, tt.raw, o, err)
		}
		if err == nil && o.String() != tt.raw {
			t.Errorf("%s: got %q, want %q", tt.desc, o, tt.raw)
		}
		for _, f := range cors.Faults(err) {
			checkFault(t, f)
			if p.Kind() == cors.Exact && f.Fix != tt.want {
				t.Errorf("%s: got fix %q, want %q", tt.desc, f.Fix, tt.want)
			}
		}
	}
	for _, tt := range refusedOrigins() {
		if o, err := cors.ParseOrigin(tt.raw); err == nil || o != (cors.Origin{}) {
			t.Errorf("%s: ParseOrigin(%q) = %q, %v", tt.desc, tt.raw, o, err)
		}
	}
}

// checkFault holds a fault to what every one of them promises.
func checkFault(t *testing.T, f *cors.FieldError) {
	t.Helper()
	checkClause(t, f.Detail)
	checkClause(t, f.Hint)
	if !slices.Contains([]cors.Reason{cors.Missing, cors.Invalid, cors.Forbidden, cors.Prohibited}, f.Reason) {
		t.Errorf("%v: reason %q", f, f.Reason)
	}
	if f.Fix != "" && !strings.Contains(f.Hint, f.Fix) {
		t.Errorf("%v: hint %q does not name the fix %q", f, f.Hint, f.Fix)
	}
}

func checkAdvice(t *testing.T, a cors.Advice) {
	t.Helper()
	checkClause(t, a.Detail)
	checkClause(t, a.Hint)
	known := slices.ContainsFunc(cors.AdviceCodes(), func(c cors.AdviceCode) bool { return c.Code == a.Code })
	if !known || a.Severity != cors.Note && a.Severity != cors.Warning {
		t.Errorf("advice %q of severity %q", a.Code, a.Severity)
	}
}

func checkClause(t *testing.T, s string) {
	t.Helper()
	name := strings.HasPrefix(s, "Access-Control-") || strings.HasPrefix(s, "API ") || strings.HasPrefix(s, "Chromium ")
	if s == "" || strings.HasSuffix(s, ".") || 'A' <= s[0] && s[0] <= 'Z' && !name || strings.Contains(s, "\n") {
		t.Errorf("%q is not one clause without capital and full stop", s)
	}
}

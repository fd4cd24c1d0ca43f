package cors

import (
	"strings"

	"golang.org/x/net/publicsuffix"
)

// advice is what is to be said of p, written as raw, in a policy with or
// without credentials.
func (p OriginPattern) advice(raw string, credentials bool) []Advice {
	var out []Advice
	add := func(code string, severity Severity, detail, hint, spec string) {
		out = append(out, Advice{
			Code: code, Severity: severity, Index: -1, Value: raw, Detail: detail, Hint: hint, Spec: spec,
		})
	}
	if p.String() != raw {
		add(codeOriginNormalised, Note, "browsers send it as "+p.String(), "write "+p.String(), specOrigin)
	}
	switch {
	case p.kind == AnyOrigin && !credentials:
		add(codeAnyOrigin, Note, "every site can read the responses",
			"name the origins unless the API is public", specAllowOrigin)
	case (p.kind == AnyHTTPS || p.kind == AnyHTTP) && !credentials:
		add(codeAnyOrigin, Note, "every site served over "+p.scheme+" can read the responses",
			"name the origins unless the API is public", specAllowOrigin)
	case p.kind == AnyHTTPS || p.kind == AnyHTTP:
		add(codeAnySiteWithCredentials, Warning,
			"every site served over "+p.scheme+" can read what the API answers to a signed-in user",
			"name the origins, or leave allowCredentials out", specCredentials)
	case p.kind == Subdomains && isPublicSuffix(p.host):
		add(codeWildcardPublicSuffix, Warning, "anyone can register a name under "+p.host,
			"name the host that is yours, as in "+p.scheme+"://*.example."+p.host, "https://publicsuffix.org/")
	}
	if p.scheme == "http" && !isLoopback(p.host) {
		add(codeInsecureOrigin, Warning, "pages can be changed on their way over http, and then read the responses",
			"serve the page over https", "https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy")
	}
	if p.scheme == "moz-extension" || p.scheme == "safari-web-extension" {
		add(codeUnstableOrigin, Note, "the browser gives the extension another origin in each installation",
			"let the extension ask for host permissions instead",
			"https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/manifest.json/host_permissions")
	}
	if strings.HasSuffix(p.host, ".") {
		add(codeTrailingDot, Note, "a host with a dot at its end is another host, and so another origin",
			"leave the dot out unless the page's address has it", specHost)
	}
	return out
}

// isPublicSuffix leaves out names of one label that the list does not know:
// those are a network's own.
func isPublicSuffix(host string) bool {
	host = strings.TrimSuffix(host, ".")
	suffix, icann := publicsuffix.PublicSuffix(host)
	return suffix == host && (icann || strings.Contains(suffix, "."))
}

// wider are the patterns that match whatever p matches, p left out and [AnyOrigin], too.
func (p OriginPattern) wider() []OriginPattern {
	var all []OriginPattern
	switch {
	case p.kind == AnyOrigin:
		return nil
	case p.scheme == "https" && p.kind != AnyHTTPS:
		all = append(all, OriginPattern{kind: AnyHTTPS, scheme: p.scheme})
	case p.scheme == "http" && p.kind != AnyHTTP:
		all = append(all, OriginPattern{kind: AnyHTTP, scheme: p.scheme})
	}
	if p.kind == Exact {
		all = append(all, OriginPattern{kind: AnyPort, scheme: p.scheme, host: p.host})
	}
	if p.kind == Exact || p.kind == Subdomains {
		for _, host, ok := strings.Cut(p.host, "."); ok; _, host, ok = strings.Cut(host, ".") {
			all = append(all, OriginPattern{kind: Subdomains, scheme: p.scheme, host: host, port: p.port})
		}
	}
	return all
}

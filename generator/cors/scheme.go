package cors

import "strings"

// checkScheme refuses a lower-case scheme that no page's origin can have. Any
// other is let through: apps and extensions bring schemes of their own, such
// as capacitor, ionic or chrome-extension.
func checkScheme(scheme string) *FieldError {
	detail, hint := "", ""
	switch {
	case strings.Contains(scheme, "*"):
		detail, hint = "the scheme takes no wildcard", "give one entry for each scheme"
	case scheme == "ws" || scheme == "wss":
		detail = "a WebSocket handshake carries the origin of its page, which is http or https"
	case scheme == "ftp":
		detail = "browsers load no pages over ftp"
	case isOpaque(scheme):
		return opaqueFault(scheme)
	case misspelt(scheme) != "":
		detail = "pages have the scheme http or https"
	case !validScheme(scheme):
		detail = "a scheme is a letter, then letters, digits, hyphens and dots"
	default:
		return nil
	}
	f := fault(Invalid, detail, "https://url.spec.whatwg.org/#concept-url-scheme")
	f.Hint = hint
	return f
}

// validScheme leaves out the plus sign that the URL standard has: no scheme of
// pages holds one.
func validScheme(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := 'a' <= c && c <= 'z'
		if !letter && (i == 0 || c != '-' && c != '.' && (c < '0' || '9' < c)) {
			return false
		}
	}
	return s != ""
}

// isOpaque reports whether URLs of the scheme have no tuple origin of their
// own.
//
// https://url.spec.whatwg.org/#concept-url-origin
func isOpaque(scheme string) bool {
	switch scheme {
	case "about", "blob", "data", "file", "filesystem", "javascript", "mailto":
		return true
	}
	return false
}

// opaqueScheme is the scheme of s where that is one without tuple origin; such
// URLs need no "//".
func opaqueScheme(s string) (string, bool) {
	scheme, _, ok := strings.Cut(s, ":")
	scheme = strings.ToLower(scheme)
	return scheme, ok && isOpaque(scheme)
}

func opaqueFault(scheme string) *FieldError {
	f := fault(Invalid, "browsers send the origin null for "+scheme+": URLs", "https://url.spec.whatwg.org/#concept-url-origin")
	f.Hint = "serve the page over http, and allow that origin, such as http://localhost:3000"
	switch scheme {
	case "blob", "filesystem":
		f.Detail = "the origin of a " + scheme + ": URL is that of the page that made it"
		f.Hint = "name the origin of that page"
	case "javascript", "mailto":
		f.Detail = "no page has a " + scheme + ": URL"
		f.Hint = "name the origin of the page"
	}
	return f
}

// misspelt is the scheme that s is one slip away from, or "".
func misspelt(s string) string {
	for _, scheme := range []string{"https", "http"} {
		if s != "http" && s != "https" && Distance(s, scheme) == 1 {
			return scheme
		}
	}
	return ""
}

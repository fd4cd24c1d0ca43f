package cors

import "strings"

// checkRequestHeader refuses names that Access-Control-Allow-Headers is not
// for.
func checkRequestHeader(s string) *FieldError {
	lower := asciiLower(s)
	switch {
	case isForbiddenRequestHeader(lower):
		f := fault(Forbidden, "pages cannot send this header, only the browser itself can", "https://fetch.spec.whatwg.org/#forbidden-request-header")
		if lower == "cookie" {
			return f.hint("leave it out; allowCredentials is what lets cookies be sent")
		}
		return f.hint("leave it out")
	case isCORSResponseHeader(lower):
		return fault(Prohibited, s+" is a response header, and need not be allowed", "https://fetch.spec.whatwg.org/#http-responses").
			hint("leave it out")
	}
	return nil
}

// checkResponseHeader refuses names that Access-Control-Expose-Headers cannot
// expose.
func checkResponseHeader(s string) *FieldError {
	switch asciiLower(s) {
	case "set-cookie", "set-cookie2":
		return fault(Forbidden, "pages cannot read this header, exposed or not", "https://fetch.spec.whatwg.org/#forbidden-response-header-name").
			hint("leave it out")
	}
	return nil
}

// https://fetch.spec.whatwg.org/#forbidden-request-header
func isForbiddenRequestHeader(lower string) bool {
	switch lower {
	case "accept-charset", "accept-encoding", "access-control-request-headers",
		"access-control-request-method", "connection", "content-length", "cookie", "cookie2",
		"date", "dnt", "expect", "host", "keep-alive", "origin", "referer", "set-cookie", "te",
		"trailer", "transfer-encoding", "upgrade", "via":
		return true
	}
	return strings.HasPrefix(lower, "proxy-") || strings.HasPrefix(lower, "sec-")
}

// https://fetch.spec.whatwg.org/#http-responses
func isCORSResponseHeader(lower string) bool {
	switch lower {
	case "access-control-allow-credentials", "access-control-allow-headers",
		"access-control-allow-methods", "access-control-allow-origin",
		"access-control-expose-headers", "access-control-max-age":
		return true
	}
	return false
}

// https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
func isSafelistedResponseHeader(lower string) bool {
	switch lower {
	case "cache-control", "content-language", "content-length", "content-type", "expires",
		"last-modified", "pragma":
		return true
	}
	return false
}

package probe

import (
	"net/url"
	"slices"
	"strings"

	"apigw-cors/cmd/story"
	"apigw-cors/generator/cors"
)

// masked stands for a secret in all that is printed.
const masked = "(hidden)"

// maskHeaders hides the values of headers that let their reader in.
func maskHeaders(list []story.Header) []story.Header {
	out := slices.Clone(list)
	for i := range out {
		switch h := &out[i]; {
		case isSecret(h.Name):
			h.Value = masked
		case strings.EqualFold(h.Name, "Location"):
			h.Value = maskURL(h.Value)
		}
	}
	return out
}

// maskURL hides what a URL says of secrets: user and password, query parameters
// that sound like one, and the fragment, where OAuth puts its token.
func maskURL(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return masked
	}
	if u.User == nil && u.RawQuery == "" && u.Fragment == "" {
		return raw
	}
	u.User = nil
	if u.Fragment != "" {
		u.Fragment, u.RawFragment = masked, ""
	}
	pairs := strings.Split(u.RawQuery, "&")
	for i, pair := range pairs {
		if name, _, ok := strings.Cut(pair, "="); ok && isSecret(name) {
			pairs[i] = name + "=" + masked
		}
	}
	u.RawQuery = strings.Join(pairs, "&")
	return u.String()
}

// isSecret goes by the name of a header or a query parameter.
func isSecret(name string) bool {
	name = strings.ToLower(name)
	if strings.HasPrefix(name, "access-control-") {
		return false
	}
	for _, word := range []string{"auth", "cookie", "token", "secret", "key", "passw", "pwd", "sig", "jwt", "credential", "session", "code"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// MaskURL hides what a URL says of secrets.
func MaskURL(raw string) string { return maskURL(raw) }

// MaskRequest hides the secrets of what a page asks for.
func MaskRequest(r story.Request) story.Request {
	r.URL, r.Headers = maskURL(r.URL), maskHeaders(r.Headers)
	return r
}

// maskExchange hides the secrets of an exchange; of nil nothing.
func maskExchange(x *story.Exchange) *story.Exchange {
	if x != nil {
		x.Request.URL, x.Request.Headers, x.Headers = maskURL(x.Request.URL), maskHeaders(x.Request.Headers), maskHeaders(x.Headers)
	}
	return x
}

// maskSteps hides what a step quotes of a header that the page sets, or of
// where a redirect leads.
func maskSteps(steps []cors.Step) []cors.Step {
	out := slices.Clone(steps)
	for i := range out {
		switch s := &out[i]; s.Cause {
		case cors.InvalidHeader, cors.ForbiddenHeader, cors.SafelistedHeader, cors.UnsafeHeaderName, cors.UnsafeHeaderByte:
			if s.Value != "" && isSecret(s.Subject) {
				s.Value = masked
			}
		case cors.Redirect:
			s.Value = maskURL(s.Value)
		}
	}
	return out
}

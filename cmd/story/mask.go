package story

import (
	"net/url"
	"slices"
	"strings"

	"apigw-cors/generator/cors"
)

// Hidden stands for a secret in all that is printed.
const Hidden = "(hidden)"

// MaskHeaders hides the values of headers that let their reader in.
func MaskHeaders(list []Header) []Header {
	out := slices.Clone(list)
	for i := range out {
		switch h := &out[i]; {
		case IsSecret(h.Name):
			h.Value = Hidden
		case strings.EqualFold(h.Name, "Location"):
			h.Value = MaskURL(h.Value)
		}
	}
	return out
}

// MaskURL hides what a URL says of secrets: user and password, query parameters
// that sound like one, and the fragment, where OAuth puts its token.
func MaskURL(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return Hidden
	}
	if u.User == nil && u.RawQuery == "" && u.Fragment == "" {
		return raw
	}
	u.User = nil
	if u.Fragment != "" {
		u.Fragment, u.RawFragment = Hidden, ""
	}
	pairs := strings.Split(u.RawQuery, "&")
	for i, pair := range pairs {
		if name, _, ok := strings.Cut(pair, "="); ok && IsSecret(name) {
			pairs[i] = name + "=" + Hidden
		}
	}
	u.RawQuery = strings.Join(pairs, "&")
	return u.String()
}

// IsSecret goes by the name of a header or a query parameter.
func IsSecret(name string) bool {
	name = strings.ToLower(name)
	if strings.HasPrefix(name, "access-control-") {
		return false
	}
	for _, word := range []string{"auth", "cookie", "token", "secret", "key", "passw", "pwd", "sig", "jwt", "credential", "session", "code", "saml", "assertion"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// MaskRequest hides the secrets of what a page asks for.
func MaskRequest(r Request) Request {
	r.URL, r.Headers = MaskURL(r.URL), MaskHeaders(r.Headers)
	return r
}

// MaskExchange hides the secrets of an exchange; of nil nothing.
func MaskExchange(x *Exchange) *Exchange {
	if x != nil {
		x.Request.URL, x.Request.Headers, x.Headers = MaskURL(x.Request.URL), MaskHeaders(x.Request.Headers), MaskHeaders(x.Headers)
	}
	return x
}

// MaskSteps hides what a step quotes of a header that the page sets, or of
// where a redirect leads.
func MaskSteps(steps []cors.Step) []cors.Step {
	out := slices.Clone(steps)
	for i := range out {
		switch s := &out[i]; s.Cause {
		case cors.InvalidHeader, cors.ForbiddenHeader, cors.SafelistedHeader, cors.UnsafeHeaderName, cors.UnsafeHeaderByte:
			if s.Value != "" && IsSecret(s.Subject) {
				s.Value = Hidden
			}
		case cors.Redirect:
			s.Value = MaskURL(s.Value)
		}
	}
	return out
}

// MaskTrace hides the secrets of a record: those of its steps, and of where
// redirects lead.
func MaskTrace(t cors.Trace) cors.Trace {
	t.Steps = MaskSteps(t.Steps)
	for _, x := range []**cors.Exchange{&t.Preflight, &t.Actual} {
		if *x == nil {
			continue
		}
		shown := **x
		shown.Response.Headers = slices.Clone(shown.Response.Headers)
		for i, h := range shown.Response.Headers {
			if strings.EqualFold(h.Name, "Location") {
				shown.Response.Headers[i].Value = MaskURL(h.Value)
			}
		}
		*x = &shown
	}
	return t
}

package cors

import (
	"strconv"
	"strings"
)

// Preflight is a CORS-preflight request: the question whether an actual
// request may be sent.
//
// https://fetch.spec.whatwg.org/#cors-preflight-request
type Preflight struct {
	// Origin is the origin of the page.
	Origin string
	// Method is the method of the actual request.
	Method string
	// Headers are the CORS-unsafe request-header names of the actual request,
	// lower case and sorted.
	Headers []string
	// Credentials is the credentials mode of the actual request. The
	// preflight itself is always without.
	Credentials CredentialsMode
}

// ReadPreflight reads a CORS-preflight request as a server sees it. The
// credentials mode is not on the wire.
func ReadPreflight(r Request) (p Preflight, ok bool) {
	origin, hasOrigin := r.Headers.Get(HeaderOrigin)
	method, hasMethod := r.Headers.Get(HeaderRequestMethod)
	if r.Method != "OPTIONS" || !hasOrigin || !hasMethod {
		return Preflight{}, false
	}
	p = Preflight{Origin: origin, Method: method, Credentials: r.Credentials}
	for name := range r.Headers.tokens(HeaderRequestHeaders) {
		p.Headers = append(p.Headers, asciiLower(name))
	}
	return p, true
}

// Request is the preflight as a browser sends it to url.
func (p Preflight) Request(url string) Request {
	headers := HeaderList{
		{"Accept", "*/*"},
		{HeaderRequestMethod, p.Method},
	}
	if len(p.Headers) > 0 {
		// No blank after the comma, unlike where a browser joins headers.
		headers = append(headers, Header{HeaderRequestHeaders, strings.Join(p.Headers, ",")})
	}
	return Request{
		Origin: p.Origin, Method: "OPTIONS", URL: url,
		Headers: append(headers, Header{HeaderOrigin, p.Origin}), Credentials: CredentialsOmit,
	}
}

// Check is what a browser makes of the preflight response. The steps end with
// the first refusal; without one the actual request is sent.
//
// https://fetch.spec.whatwg.org/#cors-preflight-fetch
func (p Preflight) Check(response Response) []Step {
	steps := make([]Step, 0, 4+len(p.Headers))
	// The CORS check is for the actual request, with its credentials mode.
	check := Check(Request{Origin: p.Origin, Credentials: p.Credentials}, response)
	check.Stage = StagePreflight
	steps = append(steps, check)
	next := func(s Step) bool {
		s.Stage = StagePreflight
		steps = append(steps, s)
		return s.Decision != Refused
	}
	if check.Decision == Refused || !next(checkStatus(response.Status)) || !next(p.checkMethod(response.Headers)) {
		return steps
	}
	if !response.Headers.isTokenList(HeaderAllowHeaders) {
		list, _ := response.Headers.Get(HeaderAllowHeaders)
		next(Step{Decision: Refused, Cause: InvalidAllowHeaders, Value: list})
		return steps
	}
	for _, name := range p.Headers {
		if !next(p.checkHeader(name, response.Headers)) {
			return steps
		}
	}
	s := Step{Decision: Noted, Cause: MaxAgeGiven}
	seconds, given := MaxAge(response.Headers)
	s.Value = strconv.Itoa(seconds)
	if !given {
		s.Cause = MaxAgeMissing
		if value, ok := response.Headers.Get(HeaderMaxAge); ok {
			s.Cause, s.Value = MaxAgeInvalid, value
		}
	}
	next(s)
	return steps
}

// https://fetch.spec.whatwg.org/#ok-status
func checkStatus(status int) Step {
	s := Step{Decision: Refused, Cause: StatusNotOK, Value: strconv.Itoa(status)}
	switch {
	case 200 <= status && status <= 299:
		s.Decision, s.Cause = Passed, StatusOK
	case isRedirect(status):
		s.Cause = StatusRedirect
	}
	return s
}

// https://fetch.spec.whatwg.org/#redirect-status
func isRedirect(status int) bool {
	switch status {
	case 301, 302, 303, 307, 308:
		return true
	}
	return false
}

func (p Preflight) checkMethod(headers HeaderList) Step {
	const name = HeaderAllowMethods
	s := Step{Decision: Passed, Subject: p.Method}
	switch {
	case !headers.isTokenList(name):
		s.Decision, s.Cause = Refused, InvalidAllowMethods
	case headers.listsToken(name, p.Method, sameBytes):
		s.Cause = MethodAllowed
	case IsSafelistedMethod(p.Method):
		s.Cause = SafelistedMethod
	case !headers.listsToken(name, "*", sameBytes):
		s.Decision, s.Cause = Refused, MethodNotAllowed
		if headers.listsToken(name, p.Method, strings.EqualFold) {
			s.Cause = MethodCase
		}
	case p.Credentials == CredentialsInclude:
		s.Decision, s.Cause = Refused, MethodAnyWithCredentials
	default:
		s.Cause = MethodAllowedByAny
	}
	s.Value, _ = headers.Get(name)
	return s
}

func (p Preflight) checkHeader(unsafe string, headers HeaderList) Step {
	const name = HeaderAllowHeaders
	s := Step{Decision: Passed, Subject: unsafe}
	switch {
	case headers.listsToken(name, unsafe, sameName):
		s.Cause = HeaderAllowed
	case !headers.listsToken(name, "*", sameBytes):
		s.Decision, s.Cause = Refused, HeaderNotAllowed
	case p.Credentials == CredentialsInclude:
		s.Decision, s.Cause = Refused, HeaderAnyWithCredentials
	case IsNonWildcardRequestHeader(unsafe):
		s.Decision, s.Cause = Refused, AuthorizationNotAny
	default:
		s.Cause = HeaderAllowedByAny
	}
	s.Value, _ = headers.Get(name)
	return s
}

// IsNonWildcardRequestHeader reports whether `*` in
// Access-Control-Allow-Headers leaves name out. Browsers let it cover
// Authorization all the same ([Departures]); no policy should count on that.
//
// https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
func IsNonWildcardRequestHeader(name string) bool { return sameName(name, "Authorization") }

// defaultMaxAge is how long, in seconds, a preflight response may be cached
// that does not say.
const defaultMaxAge = 5

// MaxAge is how long a preflight response may be cached, in seconds, and
// whether it says so itself. A browser takes no longer than its own cap.
//
// https://fetch.spec.whatwg.org/#http-access-control-max-age
func MaxAge(response HeaderList) (seconds int, given bool) {
	value, ok := response.Get(HeaderMaxAge)
	value = trimBlanks(value)
	if !ok || value == "" || strings.Trim(value, "0123456789") != "" {
		return defaultMaxAge, false
	}
	n, err := strconv.ParseInt(value, 10, 32)
	if err != nil {
		n = 1<<31 - 1
	}
	return int(n), true
}

package cors

// CredentialsMode says when a browser sends cookies, TLS client certificates
// and HTTP authentication. An Authorization header set by the page is not
// among these.
//
// https://fetch.spec.whatwg.org/#concept-request-credentials-mode
type CredentialsMode string

// The credentials modes. A CORS request is with credentials under
// CredentialsInclude only; the zero value is fetch's own default, same-origin.
const (
	CredentialsOmit       CredentialsMode = "omit"
	CredentialsSameOrigin CredentialsMode = "same-origin"
	CredentialsInclude    CredentialsMode = "include"
)

// Response is a response as it arrives. Status 0 is a network error: nothing
// came back.
//
// https://fetch.spec.whatwg.org/#concept-response
type Response struct {
	Status  int
	Headers HeaderList
	Body    string
}

// Check is the CORS check: whether a response may be shared with the request's
// origin. It is the last word on an actual request, and the first on a
// preflight.
//
// https://fetch.spec.whatwg.org/#cors-check
func Check(r Request, response Response) Step {
	s := Step{Stage: StageResponse, Decision: Refused, Subject: r.Origin}
	if response.Status == 0 {
		s.Cause = NetworkError
		return s
	}
	origin, ok := response.Headers.Get(HeaderAllowOrigin)
	include := r.Credentials == CredentialsInclude
	s.Value = origin
	switch {
	case !ok:
		s.Cause = AllowOriginMissing
		return s
	case origin == "*" && !include:
		s.Decision, s.Cause = Passed, AllowOriginAny
		return s
	case origin == "*":
		s.Cause = AllowOriginAnyWithCredentials
		return s
	case origin != r.Origin:
		s.Cause = AllowOriginOther
		return s
	case !include:
		s.Decision, s.Cause = Passed, AllowOriginSame
		return s
	}
	credentials, ok := response.Headers.Get(HeaderAllowCredentials)
	s.Value = credentials
	switch {
	case credentials == "true":
		s.Decision, s.Cause = Passed, AllowCredentialsTrue
	case !ok:
		s.Cause = AllowCredentialsMissing
	default:
		s.Cause = AllowCredentialsOther
	}
	return s
}

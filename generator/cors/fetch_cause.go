package cors

// Cause is the reason of a [Step], as a stable code.
type Cause string

// The causes of what a browser makes of the page's own request.
const (
	InvalidMethod    Cause = "invalid-method"
	ForbiddenMethod  Cause = "forbidden-method"
	NormalisedMethod Cause = "normalised-method"
	InvalidHeader    Cause = "invalid-header"
	ForbiddenHeader  Cause = "forbidden-header"
	InvalidURL       Cause = "invalid-url"
	SameOrigin       Cause = "same-origin"
	CrossOrigin      Cause = "cross-origin"
)

// The causes of a CORS-preflight fetch, and of doing without one.
const (
	SafelistedMethod   Cause = "safelisted-method"
	UnsafeMethod       Cause = "unsafe-method"
	SafelistedHeader   Cause = "safelisted-header"
	UnsafeHeaderName   Cause = "unsafe-header-name"
	UnsafeHeaderLength Cause = "unsafe-header-length"
	UnsafeHeaderByte   Cause = "unsafe-header-byte"
	UnsafeContentType  Cause = "unsafe-content-type"
	UnsafeRange        Cause = "unsafe-range"
	UnsafeTotalLength  Cause = "unsafe-total-length"
)

// The causes of the CORS check.
const (
	NetworkError                  Cause = "network-error"
	AllowOriginAny                Cause = "allow-origin-any"
	AllowOriginSame               Cause = "allow-origin-same"
	AllowOriginMissing            Cause = "allow-origin-missing"
	AllowOriginOther              Cause = "allow-origin-other"
	AllowOriginAnyWithCredentials Cause = "allow-origin-any-with-credentials"
	AllowCredentialsTrue          Cause = "allow-credentials-true"
	AllowCredentialsMissing       Cause = "allow-credentials-missing"
	AllowCredentialsOther         Cause = "allow-credentials-other"
)

// The causes of what a browser makes of a preflight response.
const (
	StatusOK                 Cause = "status-ok"
	StatusNotOK              Cause = "status-not-ok"
	StatusRedirect           Cause = "status-redirect"
	InvalidAllowMethods      Cause = "invalid-allow-methods"
	InvalidAllowHeaders      Cause = "invalid-allow-headers"
	MethodAllowed            Cause = "method-allowed"
	MethodAllowedByAny       Cause = "method-allowed-by-any"
	MethodNotAllowed         Cause = "method-not-allowed"
	MethodCase               Cause = "method-case"
	MethodAnyWithCredentials Cause = "method-any-with-credentials"
	HeaderAllowed            Cause = "header-allowed"
	HeaderAllowedByAny       Cause = "header-allowed-by-any"
	HeaderNotAllowed         Cause = "header-not-allowed"
	HeaderAnyWithCredentials Cause = "header-any-with-credentials"
	AuthorizationNotAny      Cause = "authorization-not-any"
	MaxAgeGiven              Cause = "max-age-given"
	MaxAgeMissing            Cause = "max-age-missing"
	MaxAgeInvalid            Cause = "max-age-invalid"
)

// The causes of what a page can read of a response.
const (
	Redirect                 Cause = "redirect"
	ExposedNames             Cause = "exposed-names"
	ExposedAny               Cause = "exposed-any"
	ExposedNone              Cause = "exposed-none"
	ExposeAnyWithCredentials Cause = "expose-any-with-credentials"
	InvalidExposeHeaders     Cause = "invalid-expose-headers"
)

// Causes lists every cause, in the order of the stages.
func Causes() []Cause {
	return []Cause{
		InvalidMethod, ForbiddenMethod, NormalisedMethod, InvalidHeader, ForbiddenHeader, InvalidURL, SameOrigin, CrossOrigin,
		SafelistedMethod, UnsafeMethod, SafelistedHeader, UnsafeHeaderName, UnsafeHeaderLength, UnsafeHeaderByte, UnsafeContentType,
		UnsafeRange, UnsafeTotalLength,
		NetworkError, AllowOriginAny, AllowOriginSame, AllowOriginMissing, AllowOriginOther, AllowOriginAnyWithCredentials,
		AllowCredentialsTrue, AllowCredentialsMissing, AllowCredentialsOther,
		StatusOK, StatusNotOK, StatusRedirect, InvalidAllowMethods, InvalidAllowHeaders,
		MethodAllowed, MethodAllowedByAny, MethodNotAllowed, MethodCase, MethodAnyWithCredentials,
		HeaderAllowed, HeaderAllowedByAny, HeaderNotAllowed, HeaderAnyWithCredentials, AuthorizationNotAny,
		MaxAgeGiven, MaxAgeMissing, MaxAgeInvalid,
		Redirect, ExposedNames, ExposedAny, ExposedNone, ExposeAnyWithCredentials, InvalidExposeHeaders,
	}
}

const specFetch = "https://fetch.spec.whatwg.org/"

// spec is the URL of the clause behind the cause.
func (c Cause) spec() string {
	switch c {
	case InvalidMethod, ForbiddenMethod:
		return specFetch + "#dom-request"
	case NormalisedMethod, MethodCase:
		return specFetch + "#concept-method-normalize"
	case InvalidHeader:
		return specFetch + "#concept-headers-append"
	case ForbiddenHeader:
		return specFetch + "#forbidden-request-header"
	case SameOrigin, CrossOrigin:
		return "https://html.spec.whatwg.org/multipage/browsers.html#same-origin"
	case SafelistedMethod, UnsafeMethod:
		return specFetch + "#cors-safelisted-method"
	case SafelistedHeader, UnsafeHeaderName, UnsafeHeaderLength, UnsafeContentType, UnsafeRange:
		return specFetch + "#cors-safelisted-request-header"
	case UnsafeHeaderByte:
		return specFetch + "#cors-unsafe-request-header-byte"
	case UnsafeTotalLength:
		return specFetch + "#cors-unsafe-request-header-names"
	case AllowOriginAny, AllowOriginSame, AllowOriginMissing, AllowOriginOther, AllowOriginAnyWithCredentials,
		AllowCredentialsTrue, AllowCredentialsMissing, AllowCredentialsOther:
		return specFetch + "#cors-check"
	case AuthorizationNotAny:
		return specFetch + "#cors-non-wildcard-request-header-name"
	case MaxAgeGiven, MaxAgeMissing, MaxAgeInvalid:
		return specFetch + "#http-access-control-max-age"
	case MethodAnyWithCredentials, HeaderAnyWithCredentials, ExposeAnyWithCredentials:
		return specFetch + "#cors-protocol-and-credentials"
	case ExposedNames, ExposedAny, ExposedNone, InvalidExposeHeaders:
		return specFetch + "#concept-response-cors-exposed-header-name-list"
	case InvalidURL, NetworkError:
		return specFetch + "#main-fetch"
	case Redirect:
		return specFetch + "#http-redirect-fetch"
	}
	return specFetch + "#cors-preflight-fetch"
}

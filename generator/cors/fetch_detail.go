package cors

import "strconv"

// detail words the cause for a subject and the value that was looked at.
func (c Cause) detail(subject, value string) string {
	q := strconv.Quote(value)
	switch c {
	case InvalidMethod:
		return strconv.Quote(subject) + " is no method, so the call throws a TypeError"
	case ForbiddenMethod:
		return "no page can send " + subject + ", so the call throws a TypeError"
	case NormalisedMethod:
		return subject + " is sent as " + value
	case InvalidHeader:
		return strconv.Quote(subject) + ": " + q + " is no header, so the call throws a TypeError"
	case ForbiddenHeader:
		return "only the browser itself sends " + subject + ", so the page's is dropped"
	case InvalidURL:
		return q + " is no URL that CORS is spoken on"
	case SameOrigin:
		return "page and URL have the origin " + value + ", so CORS plays no part"
	case CrossOrigin:
		return "page " + subject + " and URL " + value + " have different origins, so this is a CORS request"
	case NetworkError:
		return "no response"
	case AllowOriginAny, AllowOriginSame, AllowOriginMissing, AllowOriginOther, AllowOriginAnyWithCredentials,
		AllowCredentialsTrue, AllowCredentialsMissing, AllowCredentialsOther:
		return c.checkDetail(subject, q)
	case Redirect:
		return "the fetch goes on to " + q
	case ExposedNames:
		return "the page can read " + value + ", besides the CORS-safelisted response-header names"
	case ExposedAny:
		return "Access-Control-Expose-Headers is *, so the page can read every response header"
	case ExposedNone:
		return "the page can read the CORS-safelisted response-header names only"
	case ExposeAnyWithCredentials:
		return "* in Access-Control-Expose-Headers is no wildcard for a request with credentials"
	case InvalidExposeHeaders:
		return "Access-Control-Expose-Headers " + q + " is no list of header names, so it does not count"
	}
	return c.preflightDetail(subject, value)
}

func (c Cause) checkDetail(origin, value string) string {
	switch c {
	case AllowOriginAny:
		return "Access-Control-Allow-Origin is *, and the request is without credentials"
	case AllowOriginSame:
		return "Access-Control-Allow-Origin is the page's origin " + origin
	case AllowOriginMissing:
		return "no Access-Control-Allow-Origin"
	case AllowOriginOther:
		return "Access-Control-Allow-Origin is " + value + ", not the page's origin " + origin
	case AllowOriginAnyWithCredentials:
		return "Access-Control-Allow-Origin is *, which stands for no origin once a request has credentials"
	case AllowCredentialsTrue:
		return "Access-Control-Allow-Origin is the page's origin " + origin + ", and Access-Control-Allow-Credentials is true"
	case AllowCredentialsMissing:
		return "no Access-Control-Allow-Credentials, and the request is with credentials"
	}
	return "Access-Control-Allow-Credentials is " + value + ", and true in lower case is its only value"
}

func (c Cause) preflightDetail(subject, value string) string {
	q := strconv.Quote(value)
	switch c {
	case SafelistedMethod:
		return subject + " is a CORS-safelisted method"
	case UnsafeMethod:
		return subject + " is no CORS-safelisted method (GET, HEAD, POST)"
	case SafelistedHeader:
		return subject + " is CORS-safelisted with this value"
	case UnsafeHeaderName:
		return subject + " is no CORS-safelisted request-header"
	case UnsafeHeaderLength:
		return subject + " has a value of " + value + " bytes, over 128"
	case UnsafeHeaderByte:
		return subject + " has the byte " + q + " in its value"
	case UnsafeContentType:
		return subject + " " + q + " is no CORS-safelisted content type (application/x-www-form-urlencoded, multipart/form-data, text/plain)"
	case UnsafeRange:
		return subject + " " + q + " is no simple range (one, with a start)"
	case UnsafeTotalLength:
		return "the CORS-safelisted headers have values of " + value + " bytes in total, over 1024"
	case StatusOK:
		return "status " + value + " is an ok status"
	case StatusNotOK:
		return "status " + value + " is no ok status (200 to 299)"
	case StatusRedirect:
		return "status " + value + " redirects, and a preflight follows none"
	case InvalidAllowMethods:
		return "Access-Control-Allow-Methods " + q + " is no list of methods"
	case InvalidAllowHeaders:
		return "Access-Control-Allow-Headers " + q + " is no list of header names"
	case MethodAllowed:
		return subject + " is in Access-Control-Allow-Methods"
	case MethodAllowedByAny:
		return "Access-Control-Allow-Methods is *, and the request is without credentials"
	case MethodNotAllowed:
		return subject + " is not in Access-Control-Allow-Methods " + q
	case MethodCase:
		return subject + " is not in Access-Control-Allow-Methods " + q + ": methods are case sensitive, and a browser leaves this one as it is"
	case MethodAnyWithCredentials:
		return subject + " is not in Access-Control-Allow-Methods: * is no wildcard for a request with credentials"
	case HeaderAllowed:
		return subject + " is in Access-Control-Allow-Headers"
	case HeaderAllowedByAny:
		return "Access-Control-Allow-Headers has *, which covers " + subject + " for a request without credentials"
	case HeaderNotAllowed:
		return subject + " is not in Access-Control-Allow-Headers " + q
	case HeaderAnyWithCredentials:
		return subject + " is not in Access-Control-Allow-Headers: * is no wildcard for a request with credentials"
	case AuthorizationNotAny:
		return "* in Access-Control-Allow-Headers covers every name but Authorization, which must be listed"
	case MaxAgeGiven:
		return "the preflight response may be cached for " + value + " seconds"
	case MaxAgeMissing:
		return "no Access-Control-Max-Age, so the preflight response may be cached for 5 seconds"
	}
	return "Access-Control-Max-Age " + q + " is no number of seconds, so the preflight response may be cached for 5 seconds"
}

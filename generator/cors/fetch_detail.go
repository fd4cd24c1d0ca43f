package cors

import "strconv"

// detail words the cause for a subject and the value that was looked at.
func (c Cause) detail(subject, value string) string {
	q := strconv.Quote(value)
	switch c {
	case InvalidMethod:
		return strconv.Quote(subject) + " is not a method, so the call throws a TypeError"
	case ForbiddenMethod:
		return "pages cannot send " + subject + ", so the call throws a TypeError"
	case NormalisedMethod:
		return subject + " is sent as " + value
	case InvalidHeader:
		return strconv.Quote(subject) + ": " + q + " is not a header, so the call throws a TypeError"
	case ForbiddenHeader:
		return "only the browser itself sends " + subject + ", so the page's is dropped"
	case InvalidURL:
		return q + " is not a URL that CORS applies to"
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
		return HeaderExposeHeaders + " is *, so the page can read every response header"
	case ExposedNone:
		return "the page can read the CORS-safelisted response-header names only"
	case ExposeAnyWithCredentials:
		return "* in " + HeaderExposeHeaders + " is not a wildcard for a request with credentials"
	case InvalidExposeHeaders:
		return HeaderExposeHeaders + " " + q + " is not a list of header names, so it does not count"
	}
	return c.preflightDetail(subject, value)
}

func (c Cause) checkDetail(origin, value string) string {
	switch c {
	case AllowOriginAny:
		return HeaderAllowOrigin + " is *, and the request is without credentials"
	case AllowOriginSame:
		return HeaderAllowOrigin + " is the page's origin " + origin
	case AllowOriginMissing:
		return "no " + HeaderAllowOrigin
	case AllowOriginOther:
		return HeaderAllowOrigin + " is " + value + ", not the page's origin " + origin
	case AllowOriginAnyWithCredentials:
		return HeaderAllowOrigin + " is *, which stands for no origin once a request has credentials"
	case AllowCredentialsTrue:
		return HeaderAllowOrigin + " is the page's origin " + origin + ", and " + HeaderAllowCredentials + " is true"
	case AllowCredentialsMissing:
		return "no " + HeaderAllowCredentials + ", and the request is with credentials"
	}
	return HeaderAllowCredentials + " is " + value + ", and true in lower case is its only value"
}

func (c Cause) preflightDetail(subject, value string) string {
	q := strconv.Quote(value)
	switch c {
	case SafelistedMethod:
		return subject + " is a CORS-safelisted method"
	case UnsafeMethod:
		return subject + " is not a CORS-safelisted method (GET, HEAD, POST)"
	case SafelistedHeader:
		return subject + " is CORS-safelisted with this value"
	case UnsafeHeaderName:
		return subject + " is not a CORS-safelisted request-header"
	case UnsafeHeaderLength:
		return subject + " has a value of " + value + " bytes, over 128"
	case UnsafeHeaderByte:
		return subject + " has the byte " + q + " in its value"
	case UnsafeContentType:
		return subject + " " + q + " is not a CORS-safelisted content type (application/x-www-form-urlencoded, multipart/form-data, text/plain)"
	case UnsafeRange:
		return subject + " " + q + " is not a simple range (one, with a start)"
	case UnsafeTotalLength:
		return "the CORS-safelisted headers have values of " + value + " bytes in total, over 1024"
	case StatusOK:
		return "status " + value + " is an ok status"
	case StatusNotOK:
		return "status " + value + " is not an ok status (200 to 299)"
	case StatusRedirect:
		return "status " + value + " redirects, and a preflight follows none"
	case InvalidAllowMethods:
		return HeaderAllowMethods + " " + q + " is not a list of methods"
	case InvalidAllowHeaders:
		return HeaderAllowHeaders + " " + q + " is not a list of header names"
	case MethodAllowed:
		return subject + " is in " + HeaderAllowMethods
	case MethodAllowedByAny:
		return HeaderAllowMethods + " is *, and the request is without credentials"
	case MethodNotAllowed:
		return subject + " is not in " + HeaderAllowMethods + " " + q
	case MethodCase:
		return subject + " is not in " + HeaderAllowMethods + " " + q + ": methods are case sensitive, and a browser leaves this one as it is"
	case MethodAnyWithCredentials:
		return subject + " is not in " + HeaderAllowMethods + ": * is not a wildcard for a request with credentials"
	case HeaderAllowed:
		return subject + " is in " + HeaderAllowHeaders
	case HeaderAllowedByAny:
		return HeaderAllowHeaders + " has *, which covers " + subject + " for a request without credentials"
	case HeaderNotAllowed:
		return subject + " is not in " + HeaderAllowHeaders + " " + q
	case HeaderAnyWithCredentials:
		return subject + " is not in " + HeaderAllowHeaders + ": * is not a wildcard for a request with credentials"
	case AuthorizationNotAny:
		return "* in " + HeaderAllowHeaders + " covers every name but Authorization, which must be listed"
	case MaxAgeGiven:
		return "the preflight response may be cached for " + value + " seconds"
	case MaxAgeMissing:
		return "no " + HeaderMaxAge + ", so the preflight response may be cached for 5 seconds"
	}
	return HeaderMaxAge + " " + q + " is not a number of seconds, so the preflight response may be cached for 5 seconds"
}

package gateway

import "apigw-cors/generator/cors"

func authorization() cors.HeaderName { return headerName("Authorization") }

// headerName is for names known to be valid.
func headerName(s string) cors.HeaderName {
	n, err := cors.ParseHeaderName(s)
	if err != nil {
		panic(err)
	}
	return n
}

// hasAuthorizer reports whether an authorizer asks for it.
func (a Auth) hasAuthorizer() bool { return a == Cognito || a == Lambda || a == JWT }

// requestHeaders are the headers that the auth makes a caller send, the one it
// is read from first.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
func (a Auth) requestHeaders(identitySource cors.HeaderName) []cors.HeaderName {
	switch a {
	case APIKey:
		return []cors.HeaderName{headerName("X-Api-Key")}
	case IAM:
		return []cors.HeaderName{
			authorization(), headerName("X-Amz-Date"),
			headerName("X-Amz-Security-Token"), headerName("X-Amz-Content-Sha256"),
		}
	case Cognito, Lambda, JWT:
		// A browser sends cookies by itself; no page asks for the header.
		if !isCookie(identitySource) {
			return []cors.HeaderName{identitySource}
		}
	}
	return nil
}

// withRequired adds to the policy's header names what actual requests cannot
// do without. `*` covers all of it but Authorization.
// https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
func withRequired(given cors.HeaderNames, auth []cors.HeaderName) cors.HeaderNames {
	required := append([]cors.HeaderName{headerName("Content-Type")}, auth...)
	for _, n := range required {
		if !given.Any() || n.Equal(authorization()) {
			given = given.With(n)
		}
	}
	return given
}

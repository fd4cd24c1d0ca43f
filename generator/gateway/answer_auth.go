package gateway

import (
	"slices"

	"apigw-cors/generator/cors"
)

// callerAuth is what a method or route asks of its caller.
type callerAuth struct {
	kind    Text
	headers []Text
	key     Fact[bool]
}

func (a *callerAuth) hasAuthorizer() bool {
	kind, _ := a.kind.Value()
	return slices.Contains([]string{"CUSTOM", "COGNITO_USER_POOLS", "JWT"}, kind)
}

// refusal is why the auth refuses r, "" where it does not. The authorizer goes
// before the API key.
func (a *callerAuth) refusal(w *world, r Request, rest bool) Failure {
	kind, known := a.kind.Value()
	if !known {
		kind = []string{"NONE", "CUSTOM"}[w.choose(2, Doubt{a.kind.Unknown(), a.kind.Place})]
	}
	switch {
	case kind == "" || kind == "NONE" || a.isCarried(r, "Authorization"):
	case kind == "AWS_IAM" && rest:
		return MissingAuthenticationToken
	case kind == "AWS_IAM":
		return AccessDenied
	default:
		return Unauthorized
	}
	if a.key.in(w, false, true) && r.Header("X-Api-Key") == "" {
		return InvalidAPIKey
	}
	return ""
}

// isCarried reports whether r carries the headers of the identity source; one
// that is unknown is taken to be there where any could be.
func (a *callerAuth) isCarried(r Request, byDefault string) bool {
	if len(a.headers) == 0 {
		return r.Header(byDefault) != ""
	}
	for _, t := range a.headers {
		name, known := t.Value()
		if known && r.Header(name) == "" || !known && isPreflight(r) {
			return false
		}
	}
	return true
}

// isPreflight reports whether an HTTP API takes r for a preflight.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
func isPreflight(r Request) bool {
	return r.Method == "OPTIONS" && r.Header(cors.HeaderOrigin) != "" && r.Header(cors.HeaderRequestMethod) != ""
}

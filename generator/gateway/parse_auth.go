package gateway

import "apigw-cors/generator/cors"

// cookie is the one request header that pages cannot set, and that an
// authorizer may be read from nevertheless: browsers send it themselves.
const cookie = "Cookie"

func isCookie(n cors.HeaderName) bool { return n.Equal(headerName(cookie)) }

// authHeader parses the authorizer's identity source: a header that a page can
// send, or Cookie.
func (p *parser) authHeader() {
	given := p.config.AuthHeader
	if !p.api.HasAuthorizer() {
		if headers := p.api.auth.requestHeaders(cors.HeaderName{}); len(headers) > 0 {
			p.api.authHeader = headers[0]
		}
		if given == "" {
			return
		}
		if _, ok := p.identitySource(given, cors.ParseHeaderName); ok {
			p.advice = append(p.advice, cors.Advice{
				Code: codeAuthHeaderUnused, Severity: cors.Note, Field: "authHeader", Index: -1, Value: given,
				Detail: "auth " + string(p.api.auth) + " reads no header of your choice", Hint: "leave it out",
			})
		}
		return
	}
	p.api.authHeader = authorization()
	if given == "" {
		return
	}
	if n, err := cors.ParseHeaderName(given); err == nil && isCookie(n) {
		p.api.authHeader = n
		p.cookieAuth(given)
		return
	}
	if n, ok := p.identitySource(given, cors.ParseRequestHeaderName); ok {
		p.api.authHeader = n
	}
}

// identitySource parses the name of a header that API Gateway can carry.
func (p *parser) identitySource(given string, parse func(string) (cors.HeaderName, error)) (cors.HeaderName, bool) {
	n, err := parse(given)
	for _, f := range cors.Faults(err) {
		f.Field, f.Index = "authHeader", -1
		p.fault(*f)
	}
	if err == nil && !carried(given) {
		p.fault(notCarried("authHeader", -1, given))
		return n, false
	}
	return n, err == nil
}

// cookieAuth refuses an authorizer that would never get its cookie, or could
// make nothing of it.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
func (p *parser) cookieAuth(given string) {
	f := cors.FieldError{Field: "authHeader", Index: -1, Value: given}
	switch {
	case p.api.auth != Lambda:
		f.Reason, f.Detail = Unsupported, "the value must be the token alone, and Cookie holds name=value pairs"
		f.Hint = "use auth lambda, whose function picks the cookie, or send the token in Authorization"
		f.Spec = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html"
	case !p.config.AllowCredentials:
		f.Reason, f.Detail = cors.Prohibited, "without allowCredentials no page's request brings its cookies, and the authorizer refuses them all"
		f.Hint = "set allowCredentials, or send the token in Authorization"
		f.Spec = "https://fetch.spec.whatwg.org/#concept-request-credentials-mode"
	default:
		return
	}
	p.fault(f)
}

package gateway

import (
	"slices"

	"apigw-cors/generator/cors"
)

const (
	codeAuthHeaderUnused   = "auth-header-unused"
	codeAllowMethodsUnused = "allow-methods-unused"
	codeResponseAnyOrigin  = "gateway-response-any-origin"
	codeResponseEcho       = "gateway-response-echo"
	codeErrorsUnreadable   = "errors-unreadable"
	codeReservedPath       = "reserved-path"
)

const gatewayResponseSpec = "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html"

// adviseResponseOrigin tells what a gateway response gives away where it
// cannot check the origin.
func (p *parser) adviseResponseOrigin() {
	a := cors.Advice{
		Severity: cors.Note, Field: "gatewayResponseOrigin", Index: -1, Value: string(p.api.origin),
		Hint: "its bodies are generic; keep user data out of gateway response templates", Spec: gatewayResponseSpec,
		Chosen: p.api.origin != OriginAuto,
	}
	switch p.api.responseOrigin() {
	case OriginEcho:
		a.Code, a.Severity = codeResponseEcho, cors.Warning
		a.Detail = "a gateway response runs no template, so it echoes any origin: every site can read the API's own errors"
		if p.api.policy.AllowCredentials() {
			a.Detail += ", sent with the user's credentials"
		}
	case OriginAny:
		if p.api.policy.AnyOrigin() {
			return
		}
		a.Code = codeResponseAnyOrigin
		a.Detail = "a gateway response runs no template, so it allows `*`: every site can read the API's own errors"
	default:
		return
	}
	p.advice = append(p.advice, a)
}

// adviseErrors tells which of API Gateway's own errors no page can read.
func (p *parser) adviseErrors() {
	a := cors.Advice{Code: codeErrorsUnreadable, Severity: cors.Note, Index: -1}
	switch {
	case p.isHTTP() && p.api.preflight == ByLambda:
		a.Field, a.Value, a.Chosen = fieldPreflight().Key, string(ByLambda), true
		a.Detail = "without a CORS configuration the API's own 401, 403, 429 and 504 carry no CORS headers, and an HTTP API has no gateway responses to add them: a page sees a network error"
		a.Hint = "take preflight gateway, or a REST API, if pages have to tell these errors apart"
		a.Spec = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html"
	case p.isREST():
		missing := missingDefaults(p.api.types)
		if len(missing) == 0 {
			return
		}
		a.Field, a.Value, a.Spec = fieldGatewayResponses().Key, joined(p.config.GatewayResponses), gatewayResponseSpec
		a.Detail, a.Hint = "errors that only "+joined(missing)+" would cover carry no CORS headers: a page sees a network error in their place", "add "+joined(missing)
		if len(p.api.types) == 0 {
			a.Detail = "API Gateway's own errors carry no CORS headers: a page sees a network error in their place"
			a.Hint, a.Chosen = "leave it out for "+joined(missing), true
		}
	default:
		return
	}
	p.advice = append(p.advice, a)
}

// missingDefaults is what types lack of the two that cover every error.
func missingDefaults(types []string) []string {
	return slices.DeleteFunc(defaultResponseTypes(), func(t string) bool { return slices.Contains(types, t) })
}

// adviseReservedPaths tells of the paths that the service answers itself where
// the API has a custom domain name.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
func (p *parser) adviseReservedPaths() {
	for i, r := range p.config.Resources {
		if r.Path != "/ping" && r.Path != "/sping" {
			continue
		}
		p.advice = append(p.advice, cors.Advice{
			Code: codeReservedPath, Severity: cors.Note, Field: resourceField(i) + ".path", Index: -1, Value: r.Path,
			Detail: "/ping and /sping are for the service's health checks: behind a custom domain name such a request does not reach the API",
			Hint:   "use another path if the API has a custom domain name",
			Spec:   "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html",
		})
	}
}

// AdviceCodes explains the codes of the advice this package gives.
func AdviceCodes() []cors.AdviceCode {
	return []cors.AdviceCode{
		{Code: codeAllowMethodsUnused, Meaning: "every resource names its methods, so allowMethods is allowed nowhere"},
		{Code: codeAuthHeaderUnused, Meaning: "authHeader is set, but the auth reads no header of your choice"},
		{Code: codeErrorsUnreadable, Meaning: "errors that API Gateway makes itself reach pages without CORS headers, as network errors"},
		{Code: codeResponseAnyOrigin, Meaning: "gateway responses allow any origin, as they cannot check a list"},
		{Code: codeResponseEcho, Meaning: "gateway responses echo the request's origin, as they cannot check a list"},
		{Code: codeHeaderSize, Meaning: "the allowed header names are more than a request can carry"},
		{Code: codeQuota, Meaning: "an account may have fewer resources or routes, unless AWS raises its quota"},
		{Code: codeReservedPath, Meaning: "behind a custom domain name the service keeps the path for its health checks"},
	}
}

package gateway

import "apigw-cors/generator/cors"

const (
	codeAuthHeaderUnused   = "auth-header-unused"
	codeAllowMethodsUnused = "allow-methods-unused"
	codeResponseAnyOrigin  = "gateway-response-any-origin"
	codeResponseEcho       = "gateway-response-echo"
)

const gatewayResponseSpec = "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html"

// adviseResponseOrigin tells what a gateway response gives away where it
// cannot check the origin.
func (p *parser) adviseResponseOrigin() {
	a := cors.Advice{
		Severity: cors.Note, Field: "gatewayResponseOrigin", Index: -1, Value: string(p.api.origin),
		Hint: "its bodies are generic; keep user data out of gateway response templates", Spec: gatewayResponseSpec,
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

// AdviceCodes explains the codes of the advice this package gives.
func AdviceCodes() []cors.AdviceCode {
	return []cors.AdviceCode{
		{Code: codeAllowMethodsUnused, Meaning: "every resource names its methods, so allowMethods is allowed nowhere"},
		{Code: codeAuthHeaderUnused, Meaning: "authHeader is set, but the auth reads no header of your choice"},
		{Code: codeResponseAnyOrigin, Meaning: "gateway responses allow any origin, as they cannot check a list"},
		{Code: codeResponseEcho, Meaning: "gateway responses echo the request's origin, as they cannot check a list"},
	}
}

package gateway

import (
	"strings"

	"apigw-cors/generator/cors"
)

// GatewayResponse is the answer a REST API gives itself, without its backend:
// a failed authorizer, a missing key, a throttled request, a broken
// integration. Its status code and template stay API Gateway's own.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
type GatewayResponse struct {
	// Type is the response type, such as DEFAULT_4XX.
	Type    string
	Headers []Mapping
}

// ResponseTypes lists every gateway response type, in alphabetical order.
func ResponseTypes() []string {
	return []string{
		"ACCESS_DENIED", "API_CONFIGURATION_ERROR", "AUTHORIZER_CONFIGURATION_ERROR", "AUTHORIZER_FAILURE",
		"BAD_REQUEST_BODY", "BAD_REQUEST_PARAMETERS", "DEFAULT_4XX", "DEFAULT_5XX", "EXPIRED_TOKEN",
		"INTEGRATION_FAILURE", "INTEGRATION_TIMEOUT", "INVALID_API_KEY", "INVALID_SIGNATURE",
		"MISSING_AUTHENTICATION_TOKEN", "QUOTA_EXCEEDED", "REQUEST_TOO_LARGE", "RESOURCE_NOT_FOUND",
		"THROTTLED", "UNAUTHORIZED", "UNSUPPORTED_MEDIA_TYPE", "WAF_FILTERED",
	}
}

func defaultResponseTypes() []string { return []string{"DEFAULT_4XX", "DEFAULT_5XX"} }

// GatewayResponses are the gateway responses of a REST API, in the order
// given. An HTTP API has none: the service adds its CORS headers itself.
func (a API) GatewayResponses() []GatewayResponse {
	out := make([]GatewayResponse, len(a.types))
	for i, t := range a.types {
		out[i] = GatewayResponse{Type: t, Headers: a.gatewayResponseHeaders()}
	}
	return out
}

func (a API) gatewayResponseHeaders() []Mapping {
	origin := Mapping{Header: cors.HeaderAllowOrigin, Value: "*"}
	choice := a.responseOrigin()
	switch choice {
	case OriginEcho:
		origin = Mapping{Header: cors.HeaderAllowOrigin, Value: EchoOrigin, Expression: true}
	case OriginAuto:
		origin.Value, _ = a.policy.StaticOrigin()
	}
	out := append([]Mapping{origin}, a.constantHeaders()...)
	if choice == OriginEcho {
		out = append(out, Mapping{Header: cors.HeaderVary, Value: cors.HeaderOrigin})
	}
	return out
}

// responseOrigin resolves OriginAuto: it stays what it is for a constant
// origin.
func (a API) responseOrigin() ResponseOrigin {
	if a.origin != OriginAuto {
		return a.origin
	}
	if _, static := a.policy.StaticOrigin(); static {
		return OriginAuto
	}
	if a.policy.AllowCredentials() {
		return OriginEcho
	}
	return OriginAny
}

// constantHeaders are the headers, besides Access-Control-Allow-Origin and
// Vary, that an actual response needs.
// https://fetch.spec.whatwg.org/#http-responses
func (a API) constantHeaders() []Mapping {
	var out []Mapping
	if a.policy.AllowCredentials() {
		out = append(out, Mapping{Header: cors.HeaderAllowCredentials, Value: "true"})
	}
	return append(out, a.exposeHeaders()...)
}

// exposeHeaders is Access-Control-Expose-Headers, none where nothing is exposed.
func (a API) exposeHeaders() []Mapping {
	names := a.policy.ExposeHeaders()
	if names.Empty() {
		return nil
	}
	return []Mapping{{Header: cors.HeaderExposeHeaders, Value: strings.Join(names.Strings(), ",")}}
}

// ActualResponder is who must send the CORS headers of actual responses: the
// Lambda function behind a REST proxy integration or behind a preflight it
// answers itself, otherwise API Gateway.
func (a API) ActualResponder() Responder {
	if a.kind == REST && a.integration == Proxy || a.preflight == ByLambda {
		return ByLambda
	}
	return ByGateway
}

// ActualHeaders are the constant CORS headers of an actual response, with
// Access-Control-Allow-Origin and Vary: Origin left out where the origin is
// decided per request; then perRequest is true.
func (a API) ActualHeaders() (headers []Mapping, perRequest bool) {
	origin, static := a.policy.StaticOrigin()
	if !static {
		return append(a.constantHeaders(), Mapping{Header: cors.HeaderVary, Value: cors.HeaderOrigin}), true
	}
	return append([]Mapping{{Header: cors.HeaderAllowOrigin, Value: origin}}, a.constantHeaders()...), false
}

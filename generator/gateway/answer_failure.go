package gateway

import (
	"slices"

	"apigw-cors/generator/cors"
)

// Failure is why API Gateway answers with an error of its own. Its values are
// the gateway response types of a REST API; an HTTP API has the errors, but no
// names for them.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
type Failure string

// The failures that are acted out.
const (
	MissingAuthenticationToken Failure = "MISSING_AUTHENTICATION_TOKEN" // no such resource or method, or no signature
	ResourceNotFound           Failure = "RESOURCE_NOT_FOUND"           // no such route on an HTTP API
	Unauthorized               Failure = "UNAUTHORIZED"
	AccessDenied               Failure = "ACCESS_DENIED"
	InvalidAPIKey              Failure = "INVALID_API_KEY"
	Throttled                  Failure = "THROTTLED"
	RequestTooLarge            Failure = "REQUEST_TOO_LARGE"
	AuthorizerFailure          Failure = "AUTHORIZER_FAILURE"
	APIConfigurationError      Failure = "API_CONFIGURATION_ERROR"
	IntegrationFailure         Failure = "INTEGRATION_FAILURE"
	IntegrationTimeout         Failure = "INTEGRATION_TIMEOUT"
)

// MaxPayload is the largest request body API Gateway takes, in bytes.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
const MaxPayload = 10 << 20

// status is the failure's default status code on a REST API, and the message
// of its body.
func (f Failure) status() (code int, message string) {
	switch f {
	case MissingAuthenticationToken:
		return 403, "Missing Authentication Token"
	case ResourceNotFound:
		return 404, "Not Found"
	case Unauthorized:
		return 401, "Unauthorized"
	case AccessDenied:
		return 403, "User is not authorized to access this resource"
	case InvalidAPIKey:
		return 403, "Forbidden"
	case Throttled:
		return 429, "Too Many Requests"
	case RequestTooLarge:
		return 413, "HTTP content length exceeded 10485760 bytes."
	case IntegrationTimeout:
		return 504, "Endpoint request timed out"
	case IntegrationFailure:
		return 504, "Network error communicating with endpoint"
	}
	return 500, "Internal server error"
}

// serviceStatus is the same on an HTTP API.
func (f Failure) serviceStatus() (code int, message string) {
	switch f {
	case AccessDenied, InvalidAPIKey, MissingAuthenticationToken:
		return 403, "Forbidden"
	case RequestTooLarge:
		return 413, "Request Entity Too Large"
	case IntegrationTimeout:
		return 504, "Gateway Timeout"
	case IntegrationFailure:
		return 503, "Service Unavailable"
	case AuthorizerFailure, APIConfigurationError:
		return 500, "Internal Server Error"
	}
	return f.status()
}

// Fail is the answer to r where f goes wrong.
func (d *Deployment) Fail(r Request, f Failure) Answer {
	a := Answer{Source: FromGatewayResponse, Failure: f}
	code, message := f.status()
	if !d.api.IsREST() {
		code, message = f.serviceStatus()
		a.Source = FromServiceError
		if d.configured {
			a.Headers = d.serviceHeaders(r)
		}
	} else if g, ok := d.GatewayResponse(f); ok {
		for _, m := range g.Headers {
			value := m.Value
			if m.Expression {
				value = r.Header(cors.HeaderOrigin)
			}
			if value != "" {
				a.Headers = append(a.Headers, cors.Header{Name: m.Header, Value: value})
			}
		}
	}
	a.Status = code
	a.Headers = append(a.Headers, cors.Header{Name: "Content-Type", Value: "application/json"})
	a.Body = `{"message":"` + message + `"}`
	return a
}

// GatewayResponse is the gateway response that words f: its own, or else the
// default of its class. ok is false where the API has customised neither, so
// that the answer carries no CORS headers.
func (d *Deployment) GatewayResponse(f Failure) (g GatewayResponse, ok bool) {
	class := "DEFAULT_4XX"
	if code, _ := f.status(); code >= 500 {
		class = "DEFAULT_5XX"
	}
	for _, name := range []string{string(f), class} {
		if i := slices.IndexFunc(d.responses, func(g GatewayResponse) bool { return g.Type == name }); i >= 0 {
			return d.responses[i], true
		}
	}
	return GatewayResponse{}, false
}

// FailureOf is the failure that stands for an error status on this API; ok is
// false for a status that is none of 401, 403, 429, 500 and 504.
func (d *Deployment) FailureOf(status int) (f Failure, ok bool) {
	switch status {
	case 401:
		return Unauthorized, true
	case 403:
		if d.api.auth == APIKey {
			return InvalidAPIKey, true
		}
		return AccessDenied, true
	case 429:
		return Throttled, true
	case 500:
		if d.api.HasAuthorizer() {
			return AuthorizerFailure, true
		}
		return APIConfigurationError, true
	case 504:
		return IntegrationTimeout, true
	}
	return "", false
}

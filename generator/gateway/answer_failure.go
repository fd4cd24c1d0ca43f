package gateway

import (
	"slices"
	"strconv"

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
	UnsupportedMediaType       Failure = "UNSUPPORTED_MEDIA_TYPE"
)

// DeploymentFails stands for an API that API Gateway refuses to deploy: it does
// not answer at all.
const DeploymentFails Failure = "DEPLOYMENT_FAILS"

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
	case UnsupportedMediaType:
		return 415, "Unsupported Media Type"
	case IntegrationTimeout:
		return 504, "Endpoint request timed out"
	case IntegrationFailure:
		return 504, "Network error communicating with endpoint"
	}
	return 500, "Internal server error"
}

// Reason says in words why API Gateway answers with an error of its own; "" where
// the failure is none of those above.
func (f Failure) Reason() string {
	switch f {
	case MissingAuthenticationToken:
		return "it has no such path with this method, or it asks for a signature (IAM)"
	case ResourceNotFound:
		return "it has no such route"
	case Unauthorized:
		return "the authorizer wants a token, or another one"
	case AccessDenied:
		return "the authorizer, or a policy, refuses the caller"
	case InvalidAPIKey:
		return "an API key is missing, a WAF refuses the request, or there is no such stage"
	case Throttled:
		return "the limit of the stage, the account or the API key is met"
	case AuthorizerFailure:
		return "the authorizer fails"
	case IntegrationTimeout:
		return "the backend did not answer in time"
	case IntegrationFailure:
		return "the backend cannot be reached, or it failed"
	case APIConfigurationError:
		return "the integration fails, or the function throws, or answers in a form that API Gateway cannot read"
	case RequestTooLarge:
		return "the request is too large"
	case UnsupportedMediaType:
		return "no request template takes this content type"
	}
	return ""
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
func (d *Deployment) Fail(r Request, f Failure) Answer { return d.fail(nil, r, f, Answer{}) }

// fail makes a failure of an answer that was under way.
func (d *Deployment) fail(w *world, r Request, f Failure, a Answer) Answer {
	a.Source, a.Failure, a.Response = FromGatewayResponse, f, cors.Response{}
	code, message := f.status()
	if !d.isREST() {
		code, message = f.serviceStatus()
		a.Source = FromServiceError
		if d.cors != nil {
			a.Basis.CORS = d.facts.CORS
			a.Headers = d.serviceHeaders(w, r)
		} else if why := d.facts.IsOpen(OpenCORS); why != "" {
			a.Headers = w.elsewhere(r, Doubt{why, d.facts.Place}).Headers
		}
	} else if g := d.responseTo(f, code); g != nil {
		a.Basis.GatewayResponse = g.facts
		for i := range g.headers {
			a.Headers = g.headers[i].add(w, a.Headers, r, nil)
		}
		if g.status != 0 {
			code = g.status
		}
	} else if why := d.facts.IsOpen(OpenResponses); why != "" {
		a.Headers = w.elsewhere(r, Doubt{why, d.facts.Place}).Headers
	}
	a.Status = code
	a.Headers = append(a.Headers, cors.Header{Name: "Content-Type", Value: "application/json"})
	a.Body = `{"message":"` + message + `"}`
	return a
}

// gatewayResponse is a gateway response, ready to answer.
type gatewayResponse struct {
	facts   *GatewayResponseFacts
	kind    string
	status  int
	headers []mappedHeader
}

func newGatewayResponse(f *GatewayResponseFacts) gatewayResponse {
	g := gatewayResponse{facts: f, kind: f.Type.String(), headers: newMappedHeaders(f.Headers, true)}
	g.status, _ = strconv.Atoi(f.Status.String())
	return g
}

// responseTo is the gateway response that words f: its own, or else the default
// of its class. A type that is customised, if only in its body, takes nothing
// from the default. It is nil where the API has customised neither, so that the
// answer carries no CORS headers.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
func (d *Deployment) responseTo(f Failure, code int) *gatewayResponse {
	var byDefault *gatewayResponse
	for i := range d.responses {
		switch g := &d.responses[i]; g.kind {
		case string(f):
			return g
		case "DEFAULT_4XX":
			if code < 500 {
				byDefault = g
			}
		case "DEFAULT_5XX":
			if code >= 500 {
				byDefault = g
			}
		}
	}
	return byDefault
}

// FailureOf is the failure that stands for an error status on this API; ok is
// false for a status other than 401, 403, 429, 500 and 504.
func (d *Deployment) FailureOf(status int) (f Failure, ok bool) {
	switch status {
	case 401:
		return Unauthorized, true
	case 403:
		if slices.ContainsFunc(d.routes, func(t route) bool { return t.auth.key.Value }) {
			return InvalidAPIKey, true
		}
		return AccessDenied, true
	case 429:
		return Throttled, true
	case 500:
		if slices.ContainsFunc(d.routes, func(t route) bool { return t.auth.hasAuthorizer() }) {
			return AuthorizerFailure, true
		}
		return APIConfigurationError, true
	case 504:
		return IntegrationTimeout, true
	}
	return "", false
}

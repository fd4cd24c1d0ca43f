package gateway

import (
	"strings"

	"apigw-cors/generator/cors"
)

// Signs are what a response shows of who made it, seen from outside. The zero
// Signs show nothing: a backend, or no API Gateway at all.
type Signs struct {
	// Kind is the kind of API that the response came through; "" where it does
	// not show.
	Kind Kind
	// Maker is who made the response itself.
	Maker Maker
	// Failure is why API Gateway answered with an error of its own; "" where it
	// did not, or where the reason does not show.
	Failure Failure
	// Seen are the parts of the response that show it, as in
	// "x-amzn-errortype: ForbiddenException".
	Seen []string
}

// Maker is who made a response. "" stands for whoever is behind API Gateway, or
// for nobody known.
type Maker string

// The makers that leave signs.
const (
	MadeByGateway    Maker = "API Gateway"
	MadeByCloudFront Maker = "CloudFront"
)

// The response headers that show what a response came through.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
const (
	headerRESTID    = "x-amz-apigw-id"
	headerHTTPID    = "apigw-requestid"
	headerErrorType = "x-amzn-errortype"
)

// ReadSigns looks for the signs in a response and in the beginning of its body.
// https://repost.aws/knowledge-center/api-gateway-troubleshoot-403-forbidden
func ReadSigns(r cors.Response) Signs {
	var s Signs
	if _, ok := r.Headers.Get(headerRESTID); ok {
		s.Kind = REST
	} else if _, ok := r.Headers.Get(headerHTTPID); ok {
		s.Kind = HTTP
	}
	if kind, ok := r.Headers.Get(headerErrorType); ok {
		// What follows a colon is the name of a protocol's namespace.
		name, _, _ := strings.Cut(kind, ":")
		s.Maker, s.Failure = MadeByGateway, failureNamed(strings.TrimSpace(name), r.Body)
		s.Seen = append(s.Seen, headerErrorType+": "+kind)
		return s
	}
	if s.Kind == HTTP && r.Status >= 400 {
		if f := serviceFailure(r); f != "" {
			s.Maker, s.Failure = MadeByGateway, f
			s.Seen = append(s.Seen, "the body "+r.Body)
		}
		return s
	}
	if r.Status == 403 && hasBody(r, "Missing Authentication Token") {
		// A REST API alone says so. Whatever is in front may have dropped the headers.
		s.Kind, s.Maker, s.Failure = REST, MadeByGateway, MissingAuthenticationToken
		s.Seen = append(s.Seen, "the body "+r.Body)
		return s
	}
	server, _ := r.Headers.Get("Server")
	cache, _ := r.Headers.Get("X-Cache")
	// A function at the edge answers any status, in CloudFront's name.
	byFunction := strings.HasSuffix(cache, "GeneratedResponse from cloudfront")
	if s.Kind == "" && (byFunction || strings.EqualFold(server, "CloudFront") && (r.Status >= 300 || strings.HasPrefix(cache, "Error from cloudfront"))) {
		s.Maker = MadeByCloudFront
		s.Seen = append(s.Seen, "server: "+server)
		if cache != "" {
			s.Seen = append(s.Seen, "x-cache: "+cache)
		}
	}
	return s
}

// failureNamed is the failure behind an error type. ForbiddenException has
// several reasons, of which a missing API key is one.
func failureNamed(errorType, body string) Failure {
	switch errorType {
	// Where nothing takes the request, a token in Authorization is read as a
	// signature.
	case "MissingAuthenticationTokenException", "IncompleteSignatureException":
		return MissingAuthenticationToken
	case "UnauthorizedException":
		return Unauthorized
	case "AccessDeniedException":
		return AccessDenied
	case "ForbiddenException":
		return InvalidAPIKey
	case "TooManyRequestsException", "LimitExceededException":
		return Throttled
	case "RequestTooLargeException":
		return RequestTooLarge
	case "UnsupportedMediaTypeException":
		return UnsupportedMediaType
	case "AuthorizerConfigurationException":
		return AuthorizerFailure
	case "InternalServerErrorException":
		if strings.Contains(body, "timed out") {
			return IntegrationTimeout
		}
		return APIConfigurationError
	}
	return ""
}

// serviceFailure is the failure of which an HTTP API's own error has the body:
// one member, message.
func serviceFailure(r cors.Response) Failure {
	for _, f := range []Failure{ResourceNotFound, Unauthorized, AccessDenied, Throttled, RequestTooLarge, IntegrationTimeout, IntegrationFailure, APIConfigurationError} {
		code, message := f.serviceStatus()
		if code == r.Status && hasBody(r, message) {
			return f
		}
	}
	return ""
}

func hasBody(r cors.Response, message string) bool {
	return strings.EqualFold(strings.TrimSpace(r.Body), `{"message":"`+message+`"}`)
}

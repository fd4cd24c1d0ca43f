package gateway

import "apigw-cors/generator/cors"

// Config is an API and its CORS policy as their author wrote them: strings,
// nothing checked. [Parse] makes an [API] of it.
type Config struct {
	// API is the API type, "rest" or "http".
	API string
	// Name is the logical name, [A-Za-z][A-Za-z0-9]*. Empty means "Api".
	Name string
	// Config is the CORS policy. Its MaxAge may also be "-1" for an HTTP API.
	cors.Config
	// Auth is what stands in front of the methods: "none", "api-key", "iam",
	// "cognito", "lambda" or "jwt". Empty means "none".
	Auth string
	// AuthHeader is the request header the authorizer reads its token from
	// (the identity source). Empty means Authorization.
	AuthHeader string
	// Integration is "proxy" or "non-proxy" (REST APIs only). Empty means
	// "proxy".
	Integration string
	// BackendType is what answers behind a non-proxy integration: "lambda",
	// "http", "aws" or "mock". Empty means "lambda".
	BackendType string
	// PayloadFormat is the version of the events a Lambda function behind an
	// HTTP API gets: "2.0" or "1.0". Empty means "2.0".
	PayloadFormat string
	// Preflight says who answers the CORS-preflight request: "gateway" or
	// "lambda". Empty means "gateway".
	Preflight string
	// APIID is what the files the API stands in already call it, and
	// ResourceConfig.ID the same for a path: see [Reference]. Empty where it is
	// for the reader to fill in.
	APIID string
	// Resources are the paths the API serves. None means "/" and "/{proxy+}"
	// for a REST API and "$default" for an HTTP API.
	Resources []ResourceConfig
	// BinaryMediaTypes are the media types a REST API treats as binary.
	BinaryMediaTypes []string
	// GatewayResponses are the response types of a REST API that get CORS
	// headers. None means DEFAULT_4XX and DEFAULT_5XX; the one entry "none"
	// means no gateway response at all.
	GatewayResponses []string
	// GatewayResponseOrigin is "auto", "any" or "echo". Empty means "auto".
	GatewayResponseOrigin string
}

// ResourceConfig is one path with its methods as written. Without methods the
// resource has those of Config.AllowMethods.
type ResourceConfig struct {
	Path    string
	Methods []string
	ID      string
}

// Kind is the type of an API: the two speak different control planes and treat
// CORS differently.
type Kind string

// The API types.
const (
	REST Kind = "rest"
	HTTP Kind = "http"
)

// Auth is what API Gateway asks of a caller before it invokes the integration.
type Auth string

// The kinds of Auth. Cognito and APIKey exist on REST APIs only, JWT on HTTP
// APIs only.
const (
	NoAuth  Auth = "none"
	APIKey  Auth = "api-key"
	IAM     Auth = "iam"
	Cognito Auth = "cognito"
	Lambda  Auth = "lambda"
	JWT     Auth = "jwt"
)

// Integration is how API Gateway hands a request to its backend.
type Integration string

// The integrations. Under Proxy the backend owns the whole response; under
// NonProxy API Gateway maps it, headers included.
const (
	Proxy    Integration = "proxy"
	NonProxy Integration = "non-proxy"
)

// Backend is what answers behind an integration.
type Backend string

// The backends. All but the Lambda function stand behind non-proxy
// integrations only: behind a proxy the response is the backend's own.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-integration-types.html
const (
	LambdaBackend  Backend = "lambda"
	HTTPBackend    Backend = "http"
	ServiceBackend Backend = "aws"
	MockBackend    Backend = "mock"
)

// PayloadFormat is the version of the event an HTTP API hands to a Lambda
// function, and of the response it takes back.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
type PayloadFormat string

// The payload formats. Format 1.0 is, but for a few keys, the event of a REST
// API.
const (
	PayloadFormat1 PayloadFormat = "1.0"
	PayloadFormat2 PayloadFormat = "2.0"
)

// Responder is who sends a response's CORS headers.
type Responder string

// The responders.
const (
	ByGateway Responder = "gateway"
	ByLambda  Responder = "lambda"
)

// ResponseOrigin is how gateway responses choose Access-Control-Allow-Origin:
// they cannot run a template, so an allow-list is out of their reach.
type ResponseOrigin string

// The choices. OriginAuto takes the one allowed origin; several become `*`, or
// with credentials the echo of the request's own.
const (
	OriginAuto ResponseOrigin = "auto"
	OriginAny  ResponseOrigin = "any"
	OriginEcho ResponseOrigin = "echo"
)

// NoResponses is the entry of Config.GatewayResponses that stands for none.
const NoResponses = "none"

// DefaultName is the logical name of an API whose Config names none.
const DefaultName = "Api"

package gateway

import (
	"slices"
	"strconv"
	"strings"

	"apigw-cors/generator/cors"
)

// Mock is the OPTIONS method of a REST API's resource: no authorization, no
// API key, and a mock integration that answers the CORS-preflight request.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
type Mock struct {
	// StatusCode is an ok status (200 to 299), as Fetch asks.
	StatusCode int
	// RequestTemplate is strict JSON with an integer statusCode; API Gateway
	// answers 500 to a quoted one.
	RequestTemplate string
	// Headers are the static headers of the integration response. There is
	// no Access-Control-Allow-Origin among them when ResponseTemplate decides
	// it: a mapped header is always sent. Access-Control-Expose-Headers is for
	// actual responses; a browser does not look for it here.
	Headers []Mapping
	// ResponseTemplate is a finished mapping template (VTL) that sets
	// Access-Control-Allow-Origin for an allowed origin, or "" where the
	// header is static.
	ResponseTemplate string
}

// PassthroughBehavior of a mock is API Gateway's own default, spelled out: a
// browser sends no Content-Type with a preflight, so it never shows.
const PassthroughBehavior = "WHEN_NO_MATCH"

// ContentHandling of a mock integration and its response: with a binary media
// type that covers `*/*` the template would be taken for binary, and every
// preflight answered 500.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
const ContentHandling = "CONVERT_TO_TEXT"

// DeclaredHeaders are the headers the method response must declare: all that
// are mapped, and the one the template sets.
func (m Mock) DeclaredHeaders() []string { return declaredHeaders(m.Headers) }

// declaredHeaders has Access-Control-Allow-Origin always: where it is not
// mapped a template sets it.
func declaredHeaders(mapped []Mapping) []string {
	var out []string
	if !slices.ContainsFunc(mapped, func(m Mapping) bool { return m.Header == cors.HeaderAllowOrigin }) {
		out = append(out, cors.HeaderAllowOrigin)
	}
	for _, h := range mapped {
		out = append(out, h.Header)
	}
	return out
}

// Mock is what the OPTIONS method of r answers. ok is false where no mock
// answers: on an HTTP API, and where a Lambda function answers the preflight.
func (a API) Mock(r Resource) (m Mock, ok bool) {
	if a.kind != REST || a.preflight != ByGateway {
		return Mock{}, false
	}
	return a.mock(r.AllowMethods.Strings()), true
}

// GreedyMock is the mock of one OPTIONS method for the whole API (the {cors+}
// form): its Access-Control-Allow-Methods is the union over all resources.
func (a API) GreedyMock() (m Mock, ok bool) {
	if a.kind != REST || a.preflight != ByGateway {
		return Mock{}, false
	}
	return a.mock(a.allMethods().Strings()), true
}

func (a API) mock(methods []string) Mock {
	const status = 204
	m := Mock{StatusCode: status, RequestTemplate: `{"statusCode": ` + strconv.Itoa(status) + `}`}
	add := func(name, value string) {
		m.Headers = append(m.Headers, Mapping{Header: name, Value: value})
	}
	origin, static := a.policy.StaticOrigin()
	if static {
		add(cors.HeaderAllowOrigin, origin)
	} else {
		m.ResponseTemplate = overrideTemplate(a.policy.AllowOrigins())
	}
	add(cors.HeaderAllowMethods, strings.Join(methods, ","))
	add(cors.HeaderAllowHeaders, strings.Join(a.allowHeaders.Strings(), ","))
	if a.policy.AllowCredentials() {
		add(cors.HeaderAllowCredentials, "true")
	}
	if a.maxAge.set {
		add(cors.HeaderMaxAge, strconv.Itoa(a.maxAge.seconds))
	}
	if !static {
		add(cors.HeaderVary, cors.HeaderOrigin)
	}
	return m
}

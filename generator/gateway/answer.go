package gateway

import (
	"slices"
	"strings"

	"apigw-cors/generator/cors"
)

// Request is what API Gateway looks at in a request.
type Request struct {
	Method string
	// Path is the URL's path without the stage, percent-encoded as sent.
	Path string
	// Header is the value of the named header, "" where there is none.
	// Browsers speak HTTP/2 to API Gateway, so names arrive in lower case;
	// here they are found however they are spelled.
	Header func(name string) string
}

// NewRequest is r as API Gateway sees it.
func NewRequest(r cors.Request) Request {
	path := r.URL
	if _, rest, ok := strings.Cut(path, "://"); ok {
		_, path, _ = strings.Cut(rest, "/")
		path = "/" + path
	}
	if i := strings.IndexAny(path, "?#"); i >= 0 {
		path = path[:i]
	}
	return Request{Method: r.Method, Path: path, Header: func(name string) string {
		value, _ := r.Headers.Get(name)
		return value
	}}
}

// Source is who made a response.
type Source string

// The sources. A REST API makes its errors as gateway responses; those of an
// HTTP API are the service's.
const (
	FromMock            Source = "mock integration"
	FromService         Source = "CORS configuration"
	FromGatewayResponse Source = "gateway response"
	FromServiceError    Source = "service error"
	FromBackend         Source = "backend"
)

// Answer is a response as the client gets it.
type Answer struct {
	cors.Response
	// Source is who made the response. FromBackend includes what API Gateway
	// changed of it on the way through.
	Source Source
	// Failure is what went wrong, "" where nothing did.
	Failure Failure
	// Route is the resource's path and method, or the route key; "" where
	// none took the request.
	Route string
}

// Deployment answers requests as the deployed API does. Make one with
// [API.Deploy]; many goroutines may use it.
type Deployment struct {
	api       API
	routes    []route
	responses []GatewayResponse
	// origins is how to compare the Origin header with the policy.
	origins []cors.OriginRule
	// static is the constant Access-Control-Allow-Origin, "" where it is
	// decided per request.
	static string
	// actual is the CORS headers, but for Access-Control-Allow-Origin, that
	// API Gateway sets on the backend's responses.
	actual cors.HeaderList
	// preflight is the same for what an HTTP API answers to a preflight.
	preflight cors.HeaderList
	// configured reports that an HTTP API has a CORS configuration.
	configured bool
}

// Deploy is the API as it answers once it is deployed.
func (a API) Deploy() *Deployment {
	d := &Deployment{api: a, responses: a.GatewayResponses(), actual: list(a.constantHeaders())}
	for _, p := range a.policy.AllowOrigins() {
		d.origins = append(d.origins, p.Rule())
	}
	d.static, _ = a.policy.StaticOrigin()
	if a.IsREST() {
		if d.static == "" {
			d.actual = append(d.actual, cors.Header{Name: cors.HeaderVary, Value: cors.HeaderOrigin})
		}
		d.routes = d.restRoutes()
		return d
	}
	var c CORSConfiguration
	if c, d.configured = a.CORSConfiguration(); d.configured {
		d.preflight = configuredPreflight(c)
		// An HTTP API echoes the one origin, too; only `*` is a constant.
		if !a.policy.AnyOrigin() {
			d.static = ""
		}
	}
	d.routes = httpRoutes(a.Routes())
	return d
}

// Answer is the answer to r. backend is asked where API Gateway forwards r;
// status 0 stands for a backend that is down.
func (d *Deployment) Answer(r Request, backend func() cors.Response) Answer {
	a, forward := d.Receive(r)
	if !forward {
		return a
	}
	return d.Return(r, a, backend())
}

// Return makes of a backend's response what the client gets; a is what
// [Deployment.Receive] said when it forwarded r.
func (d *Deployment) Return(r Request, a Answer, response cors.Response) Answer {
	if response.Status == 0 {
		failed := d.Fail(r, IntegrationFailure)
		failed.Route = a.Route
		return failed
	}
	p := d.Passage(r, response.Status)
	a.Response = cors.Response{Status: p.Status, Headers: p.Headers, Body: response.Body}
	for _, h := range response.Headers {
		if !p.Drops(h.Name) {
			a.Headers = append(a.Headers, h)
		}
	}
	return a
}

// Receive does what comes before the backend: it finds the route, answers what
// API Gateway answers itself, asks for the auth's header, and otherwise leaves
// the request to the backend. No credentials are verified: a header that is
// there is taken for valid.
func (d *Deployment) Receive(r Request) (a Answer, forward bool) {
	route, found := d.match(r)
	if d.configured && isPreflight(r) && (!found || route.auth == NoAuth) {
		return d.serviceAnswer(r, route.key), false
	}
	failure := MissingAuthenticationToken
	switch {
	case found && route.mock:
		return d.mockAnswer(r, route), false
	case found:
		failure = d.authorise(route, r)
	case !d.api.IsREST():
		failure = ResourceNotFound
	}
	if failure != "" {
		a := d.Fail(r, failure)
		a.Route = route.key
		return a, false
	}
	return Answer{Source: FromBackend, Route: route.key}, true
}

// isPreflight reports whether an HTTP API takes r for a preflight.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
func isPreflight(r Request) bool {
	return r.Method == "OPTIONS" && r.Header(cors.HeaderOrigin) != "" && r.Header(cors.HeaderRequestMethod) != ""
}

// authorise is why the auth of a route refuses r, "" where it does not.
func (d *Deployment) authorise(route route, r Request) Failure {
	if route.auth == NoAuth || r.Header(d.api.authHeader.String()) != "" {
		return ""
	}
	switch {
	case route.auth == APIKey:
		return InvalidAPIKey
	case route.auth == IAM && d.api.IsREST():
		return MissingAuthenticationToken
	case route.auth == IAM:
		return AccessDenied
	}
	return Unauthorized
}

// allowOrigin puts Access-Control-Allow-Origin in front of headers if the
// request's origin is allowed. A missing Origin is allowed by a constant only.
func (d *Deployment) allowOrigin(r Request, headers cors.HeaderList) cors.HeaderList {
	out := make(cors.HeaderList, 0, len(headers)+2)
	origin := d.static
	if origin == "" {
		sent := r.Header(cors.HeaderOrigin)
		if sent != "" && slices.ContainsFunc(d.origins, func(o cors.OriginRule) bool { return o.Matches(sent) }) {
			origin = sent
		}
	}
	if origin != "" {
		out = append(out, cors.Header{Name: cors.HeaderAllowOrigin, Value: origin})
	}
	return append(out, headers...)
}

func list(mappings []Mapping) cors.HeaderList {
	var out cors.HeaderList
	for _, m := range mappings {
		out = append(out, cors.Header{Name: m.Header, Value: m.Value})
	}
	// The lists of a Deployment are shared; whoever appends gets a copy.
	return slices.Clip(out)
}

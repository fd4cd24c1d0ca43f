package gateway

import (
	"slices"

	"apigw-cors/generator/cors"
)

// API is a parsed API with its CORS policy. It exists only through [Parse] and
// does not change; what its methods return belongs to the caller.
type API struct {
	kind         Kind
	name         string
	policy       cors.Policy
	maxAge       maxAge
	allowHeaders cors.HeaderNames
	auth         Auth
	authHeader   cors.HeaderName
	integration  Integration
	backend      Backend
	payload      PayloadFormat
	preflight    Responder
	apiID        Reference
	resources    []Resource
	binary       []string
	types        []string
	origin       ResponseOrigin
}

// maxAge is Access-Control-Max-Age in seconds; -1 is the HTTP API's way to
// leave the header out.
type maxAge struct {
	seconds int
	set     bool
}

// Kind is the API type.
func (a API) Kind() Kind { return a.kind }

// IsREST reports whether this is a REST API; otherwise it is an HTTP API.
func (a API) IsREST() bool { return a.kind == REST }

// Name is the logical name.
func (a API) Name() string { return a.name }

// Policy is the CORS policy as its author gave it. The headers a browser may
// send are [API.AllowHeaders], which has more.
func (a API) Policy() cors.Policy { return a.policy }

// AllowHeaders is what Access-Control-Allow-Headers lists: the policy's names,
// then Content-Type (a JSON body is not CORS-safelisted) and what the auth
// needs. `*` covers every name but Authorization, which is then added by name.
// https://fetch.spec.whatwg.org/#cors-preflight-fetch
func (a API) AllowHeaders() cors.HeaderNames { return a.allowHeaders }

// MaxAge is how long a browser may cache a preflight response, in seconds, and
// whether it is set at all. On an HTTP API it may be -1.
func (a API) MaxAge() (seconds int, ok bool) { return a.maxAge.seconds, a.maxAge.set }

// Auth is what stands in front of the methods, never of the preflight.
func (a API) Auth() Auth { return a.auth }

// AuthHeader is the request header the auth is read from: the authorizer's
// identity source, Authorization for IAM, X-Api-Key for an API key. The zero
// HeaderName stands for none.
func (a API) AuthHeader() cors.HeaderName { return a.authHeader }

// HasAuthorizer reports whether an authorizer (Cognito, Lambda or JWT) is
// attached to the methods.
func (a API) HasAuthorizer() bool { return a.auth.hasAuthorizer() }

// Integration is how requests reach the backend.
func (a API) Integration() Integration { return a.integration }

// Backend is what answers behind the integrations.
func (a API) Backend() Backend { return a.backend }

// PayloadFormat is the version of the events that the Lambda function behind an
// HTTP API gets. It means nothing for a REST API.
func (a API) PayloadFormat() PayloadFormat { return a.payload }

// InvokesFunction reports whether a Lambda function has a part in the API: as
// its backend, or to answer the preflight.
func (a API) InvokesFunction() bool { return a.backend == LambdaBackend }

// IntegrationType is the integration type of the actual methods.
// https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html
func (a API) IntegrationType() string {
	switch {
	case a.kind == HTTP || a.integration == Proxy:
		return "AWS_PROXY"
	case a.backend == HTTPBackend:
		return "HTTP"
	case a.backend == MockBackend:
		return "MOCK"
	}
	return "AWS"
}

// Preflight is who answers the CORS-preflight request.
func (a API) Preflight() Responder { return a.preflight }

// BinaryMediaTypes are the media types a REST API treats as binary.
func (a API) BinaryMediaTypes() []string { return slices.Clone(a.binary) }

// Resources are the paths the API serves, in the order given.
func (a API) Resources() []Resource {
	out := make([]Resource, len(a.resources))
	for i, r := range a.resources {
		out[i] = r.clone()
	}
	return out
}

// SameMethods reports whether every resource allows the same methods, so that
// one Access-Control-Allow-Methods serves the whole API.
func (a API) SameMethods() bool {
	if len(a.resources) == 0 {
		return true
	}
	first := a.resources[0].AllowMethods.Strings()
	return !slices.ContainsFunc(a.resources, func(r Resource) bool {
		return !slices.Equal(r.AllowMethods.Strings(), first)
	})
}

// Config is the shortest Config that parses to a: what is the default is left
// out.
func (a API) Config() Config {
	c := Config{
		API: string(a.kind), Name: a.name, Config: a.policy.Config(),
		Auth: string(a.auth), Integration: string(a.integration), BackendType: string(a.backend), PayloadFormat: string(a.payload), Preflight: string(a.preflight),
		BinaryMediaTypes: slices.Clone(a.binary), GatewayResponseOrigin: string(a.origin),
		APIID: a.apiID.String(),
	}
	if a.maxAge.set && a.maxAge.seconds < 0 {
		c.MaxAge = "-1"
	}
	if a.HasAuthorizer() {
		c.AuthHeader = a.authHeader.String()
	}
	for _, r := range a.resources {
		c.Resources = append(c.Resources, ResourceConfig{Path: r.Path, Methods: slices.Clone(r.given), ID: r.ID.String()})
	}
	if a.IsREST() {
		c.GatewayResponses = slices.Clone(a.types)
		if len(a.types) == 0 {
			c.GatewayResponses = []string{NoResponses}
		}
	}
	for _, f := range table() {
		if slices.Equal(f.Words(c), f.Default(a.kind)) {
			f.SetWords(&c, nil)
		}
	}
	return c
}

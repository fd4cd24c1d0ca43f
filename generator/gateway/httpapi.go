package gateway

import (
	"slices"
	"strings"

	"apigw-cors/generator/cors"
)

// CORSConfiguration is what an HTTP API is told. Its values are plain: inner
// quotes would become part of them.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
type CORSConfiguration struct {
	AllowOrigins     []string
	AllowMethods     []string
	AllowHeaders     []string
	ExposeHeaders    []string
	AllowCredentials bool
	// MaxAge is in seconds, -1 to 86400; nil leaves it to the service.
	MaxAge *int
}

// CORSConfiguration is the CORS configuration of an HTTP API that answers the
// preflight itself. It holds for the whole API, so its methods are the union
// over the resources.
func (a API) CORSConfiguration() (c CORSConfiguration, ok bool) {
	if a.kind != HTTP || a.preflight != ByGateway {
		return CORSConfiguration{}, false
	}
	for _, p := range a.policy.AllowOrigins() {
		c.AllowOrigins = append(c.AllowOrigins, p.String())
	}
	c.AllowMethods = a.allMethods().Strings()
	c.AllowHeaders = a.allowHeaders.Strings()
	c.ExposeHeaders = a.policy.ExposeHeaders().Strings()
	c.AllowCredentials = a.policy.AllowCredentials()
	if a.maxAge.set {
		c.MaxAge = &a.maxAge.seconds
	}
	return c, true
}

func (a API) allMethods() cors.Methods {
	var all cors.Methods
	for _, r := range a.resources {
		all = all.Union(r.AllowMethods)
	}
	return all
}

// Route is a route of an HTTP API.
type Route struct {
	// Method is a method or ANY; empty for $default.
	Method string
	Path   string
	// Name is fit for a logical id ("GetOrdersId") and unique in the API.
	Name string
	// Auth is what the route asks for. Always NoAuth on a preflight route.
	Auth Auth
	// Preflight marks an OPTIONS route that exists so that a preflight meets
	// no authorizer, or reaches the Lambda function that answers it.
	Preflight bool
	// Integration is what the files that the route's path stands in already call
	// its integration.
	Integration Reference
}

// Key is the route key: "GET /orders", or "$default".
func (r Route) Key() string {
	if r.Method == "" {
		return r.Path
	}
	return r.Method + " " + r.Path
}

// Routes are the routes of an HTTP API, the actual ones first, then those for
// OPTIONS. A $default or ANY route also takes OPTIONS requests, and its
// authorizer would refuse a preflight, which never carries credentials; an
// OPTIONS route on the same path, without authorization, goes before it. For
// $default these are two, as a greedy path does not match the root.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html#http-api-cors-default-route
func (a API) Routes() []Route {
	if a.kind != HTTP {
		return nil
	}
	var out []Route
	var options []Route
	names := newNames()
	add := func(r Route) {
		r.Name = names.take(strings.ToLower(r.Method) + "/" + r.Path)
		out = append(out, r)
	}
	for _, r := range a.resources {
		if r.Path == DefaultRoute {
			add(Route{Path: DefaultRoute, Auth: a.auth})
		} else {
			for _, m := range r.Strings() {
				add(Route{Method: m, Path: r.Path, Auth: a.auth})
			}
		}
		if a.preflight == ByLambda || r.Any && a.auth != NoAuth {
			for _, path := range preflightPaths(r.Path) {
				options = append(options, Route{Method: "OPTIONS", Path: path, Auth: NoAuth, Preflight: true, Integration: r.ID})
			}
		}
	}
	for i, o := range options {
		if !slices.ContainsFunc(options[:i], func(other Route) bool { return other.Path == o.Path }) {
			add(o)
		}
	}
	return out
}

func preflightPaths(path string) []string {
	if path == DefaultRoute {
		return []string{"/{proxy+}", "/"}
	}
	return []string{path}
}

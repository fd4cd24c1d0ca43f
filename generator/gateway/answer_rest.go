package gateway

import (
	"slices"
	"strings"

	"apigw-cors/generator/cors"
)

// mockAnswer is the answer of a mock integration: its static headers, and what
// its mapping template sets. The template is a function of the Origin header
// alone, and [cors.OriginRule] is what it spells.
func (d *Deployment) mockAnswer(r Request, route route) Answer {
	a := Answer{Source: FromMock, Route: route.key}
	a.Status, a.Headers = route.status, route.headers
	if route.perRequest {
		a.Headers = d.allowOrigin(r, route.headers)
	}
	return a
}

// restRoutes are the methods of a REST API: on each resource the actual ones,
// and OPTIONS without authorization.
func (d *Deployment) restRoutes() []route {
	var out []route
	for _, r := range d.api.resources {
		for _, method := range r.Strings() {
			out = append(out, newRoute(method, r.Path, d.api.auth))
		}
		options := newRoute("OPTIONS", r.Path, NoAuth)
		if m, ok := d.api.Mock(r); ok {
			options.mock, options.status, options.headers = true, m.StatusCode, list(m.Headers)
			options.perRequest = m.ResponseTemplate != ""
		}
		out = append(out, options)
	}
	sortRoutes(out, false)
	return out
}

// Passage is what becomes of a backend's response on its way to the client.
type Passage struct {
	Status int
	// Headers are those that API Gateway sets.
	Headers cors.HeaderList
	drops   func(name string) bool
}

// Drops reports whether the backend's header of this name is left behind.
func (p Passage) Drops(name string) bool { return p.drops != nil && p.drops(name) }

// Passage is what API Gateway does to a backend's response of this status to r.
//
// Behind a REST proxy integration nothing; of a non-proxy one only the mapped
// headers arrive, and a status of 400 and up stands for the error of a Lambda
// function that the error mapping selects. An HTTP API with a CORS
// configuration replaces the CORS headers by its own.
func (d *Deployment) Passage(r Request, status int) Passage {
	switch {
	case d.configured:
		return Passage{status, d.serviceHeaders(r), isCORSHeader}
	case d.api.integration == Proxy:
		return Passage{Status: status}
	}
	p := Passage{200, append(d.allowOrigin(r, d.actual), cors.Header{Name: "Content-Type", Value: "application/json"}), isUnmapped}
	if status >= 400 {
		p.Status = 500
	}
	return p
}

// isUnmapped leaves a non-proxy backend's headers behind, but for the one that
// frames the body.
func isUnmapped(name string) bool { return !strings.EqualFold(name, "Content-Length") }

func isCORSHeader(name string) bool {
	const prefix = "Access-Control-"
	return len(name) > len(prefix) && strings.EqualFold(name[:len(prefix)], prefix)
}

// Lambda is what the Lambda function rendered for this API answers to r.
func (d *Deployment) Lambda(r Request) cors.Response {
	response := cors.Response{
		Status: 200, Body: `{"message":"Hello"}`,
		Headers: cors.HeaderList{{Name: "Content-Type", Value: "application/json"}},
	}
	if d.api.ActualResponder() == ByLambda {
		headers, _ := d.api.ActualHeaders()
		headers = slices.DeleteFunc(headers, func(m Mapping) bool { return m.Header == cors.HeaderAllowOrigin })
		response.Headers = append(response.Headers, d.allowOrigin(r, list(headers))...)
	}
	if r.Method != "OPTIONS" || d.api.IsREST() && d.api.preflight == ByGateway {
		return response
	}
	// Without a preflight of its own the function only sees an OPTIONS request
	// that a catch-all route passes on.
	response.Status, response.Body = 204, ""
	if d.api.preflight == ByLambda {
		if route, ok := d.match(r); ok {
			response.Headers = d.allowOrigin(r, d.lambdaPreflight(route))
		}
	}
	return response
}

func (d *Deployment) lambdaPreflight(matched route) cors.HeaderList {
	var out cors.HeaderList
	for _, r := range d.api.resources {
		if r.Path == matched.path || r.Path == DefaultRoute {
			out = list(d.api.mock(r.AllowMethods.Strings()).Headers)
			if r.Path == matched.path {
				break
			}
		}
	}
	// -1 is the HTTP API's way to leave Access-Control-Max-Age out.
	return slices.DeleteFunc(out, func(h cors.Header) bool {
		return h.Name == cors.HeaderAllowOrigin || h.Name == cors.HeaderMaxAge && h.Value == "-1"
	})
}

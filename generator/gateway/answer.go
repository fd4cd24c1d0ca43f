package gateway

import (
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

// NewRequest is r as API Gateway sees it. A page cannot set Cookie: with
// credentials the browser is taken to have one.
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
		value, ok := r.Headers.Get(name)
		if !ok && r.Credentials == cors.CredentialsInclude && strings.EqualFold(name, cookie) {
			return "session=1"
		}
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
	// FromElsewhere is whoever answers where the file does not show it.
	FromElsewhere Source = "something the file does not show"
	// FromNothing stands for an API that could not be deployed.
	FromNothing Source = "a deployment that fails"
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
	// Basis are the facts that decided it.
	Basis Basis
}

// Basis are the facts behind an answer, each nil where it had no part in it.
type Basis struct {
	Method          *MethodFacts
	Response        *IntegrationResponseFacts
	GatewayResponse *GatewayResponseFacts
	Route           *RouteFacts
	CORS            *CORSFacts
	// Fault is why the API could not be deployed as it stands.
	Fault *DeploymentFault
}

// Place is where the nearest of the facts stands.
func (b Basis) Place() Place {
	switch {
	case b.Fault != nil:
		return b.Fault.Place
	case b.GatewayResponse != nil:
		return b.GatewayResponse.Place
	case b.Response != nil:
		return b.Response.Place
	case b.CORS != nil:
		return b.CORS.Place
	case b.Method != nil:
		return b.Method.Place
	case b.Route != nil:
		return b.Route.Place
	}
	return Place{}
}

// Header is where the value of the named response header comes from: a mapped
// header, or else a mapping template that could set it. It is zero where
// nothing does.
func (b Basis) Header(name string) (h HeaderFacts, template Text) {
	var headers []HeaderFacts
	switch {
	case b.GatewayResponse != nil:
		headers = b.GatewayResponse.Headers
	case b.Response != nil:
		headers = b.Response.Headers
		for _, t := range b.Response.Templates {
			template = t.Template
		}
	}
	for _, h := range headers {
		if s, known := h.Name.Value(); known && strings.EqualFold(s, name) {
			return h, template
		}
	}
	return HeaderFacts{}, template
}

// Deployment answers requests as the deployed API does. Make one with
// [API.Deploy] or [Facts.Deploy]; many goroutines may use it.
type Deployment struct {
	facts     Facts
	faults    []DeploymentFault
	routes    []route
	responses []gatewayResponse
	cors      *corsRules
	binary    binaryTypes
	// api is what the rendered Lambda function is made from; the zero API for
	// facts that were read.
	api API
}

// Deploy is the API as it answers once it is deployed.
func (a API) Deploy() *Deployment {
	d := a.Facts().Deploy()
	d.api = a
	return d
}

// Deploy is the API that the facts make, as it answers once it is deployed.
func (f Facts) Deploy() *Deployment {
	d := &Deployment{facts: f, binary: newBinaryTypes(f.BinaryMediaTypes), faults: f.faults()}
	if f.Kind == HTTP {
		// A REST API ignores the extension that an HTTP API has its CORS
		// configuration from.
		d.cors = newCORSRules(f.CORS)
	}
	templates := templateCache{}
	for i := range f.Methods {
		d.routes = append(d.routes, d.methodRoute(&f.Methods[i], templates))
	}
	for i := range f.Routes {
		d.routes = append(d.routes, serviceRoute(&f.Routes[i]))
	}
	sortRoutes(d.routes, f.Kind == HTTP)
	for i := range f.GatewayResponses {
		d.responses = append(d.responses, newGatewayResponse(&f.GatewayResponses[i]))
	}
	return d
}

func (d *Deployment) isREST() bool { return d.facts.Kind == REST }

// Answer is the answer to r. backend is asked where API Gateway forwards r;
// status 0 stands for a backend that is down. What is unknown of the API is
// taken to suit the request: [Deployment.Judge] tells whether that matters.
func (d *Deployment) Answer(r Request, backend func() cors.Response) Answer {
	return d.answer(nil, r, func(Request) cors.Response { return backend() })
}

func (d *Deployment) answer(w *world, r Request, backend func(Request) cors.Response) Answer {
	a, forward := d.receive(w, r)
	if !forward {
		return a
	}
	response := cors.Response{}
	if backend != nil {
		response = backend(r)
	} else {
		response = w.elsewhere(r, Doubt{"what the backend of " + a.Route + " answers", a.Basis.Place()})
	}
	return d.returned(w, r, a, response)
}

// Return makes of a backend's response what the client gets; a is what
// [Deployment.Receive] said when it forwarded r.
func (d *Deployment) Return(r Request, a Answer, response cors.Response) Answer {
	return d.returned(nil, r, a, response)
}

func (d *Deployment) returned(w *world, r Request, a Answer, response cors.Response) Answer {
	if response.Status == 0 {
		return d.fail(w, r, IntegrationFailure, a)
	}
	p := d.passage(w, r, response)
	if p.failure != "" {
		return d.fail(w, r, p.failure, a)
	}
	a.Response = cors.Response{Status: p.Status, Headers: p.Headers, Body: response.Body}
	a.Basis.Response, a.Basis.CORS = p.from, d.facts.CORS
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
func (d *Deployment) Receive(r Request) (a Answer, forward bool) { return d.receive(nil, r) }

func (d *Deployment) receive(w *world, r Request) (a Answer, forward bool) {
	t := d.match(w, r)
	if t == nil {
		a.Basis.CORS = d.facts.CORS
	} else {
		a = Answer{Route: t.key, Basis: Basis{Method: t.method, Route: t.route}}
	}
	if d.cors != nil && isPreflight(r) && (t == nil || t.auth.refusal(w, r, d.isREST()) == "") {
		return d.serviceAnswer(w, r, a), false
	}
	if d.cors == nil && !d.isREST() && isPreflight(r) {
		if why := d.facts.IsOpen(OpenCORS); why != "" {
			a.Source, a.Response = FromElsewhere, w.elsewhere(r, Doubt{why, d.facts.Place})
			return a, false
		}
	}
	if t == nil {
		if why := d.facts.IsOpen(OpenMethods); why != "" {
			a.Source, a.Response = FromElsewhere, w.elsewhere(r, Doubt{why, d.facts.Place})
			return a, false
		}
		failure := MissingAuthenticationToken
		if !d.isREST() {
			failure = ResourceNotFound
		}
		return d.fail(w, r, failure, a), false
	}
	if fault := d.faultOf(t); fault != nil {
		a.Source, a.Failure, a.Basis.Fault = FromNothing, DeploymentFails, fault
		return a, false
	}
	if failure := t.auth.refusal(w, r, d.isREST()); failure != "" {
		return d.fail(w, r, failure, a), false
	}
	if t.integration.kind == "MOCK" {
		return d.mockAnswer(w, r, t, a), false
	}
	a.Source = FromBackend
	return a, true
}

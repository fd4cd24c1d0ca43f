package gateway

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"apigw-cors/generator/cors"
)

// integration is the integration of a REST API's method, ready to answer.
type integration struct {
	facts *IntegrationFacts
	// kind is the integration type in upper case. One that is unknown is a
	// proxy: nothing can be said of what it answers.
	kind      string
	request   *mappingTemplate
	responses []integrationResponse
}

type integrationResponse struct {
	facts    *IntegrationResponseFacts
	status   int
	pattern  *regexp.Regexp
	doubt    Doubt // of the pattern
	headers  []mappedHeader
	template *mappingTemplate
}

func newIntegration(f *IntegrationFacts, templates templateCache) integration {
	if f == nil {
		return integration{}
	}
	i := integration{facts: f, request: templates.of(f.RequestTemplates)}
	i.kind, _ = f.Type.Value()
	i.kind = strings.ToUpper(i.kind)
	for j := range f.Responses {
		i.responses = append(i.responses, newIntegrationResponse(&f.Responses[j], templates))
	}
	return i
}

func newIntegrationResponse(f *IntegrationResponseFacts, templates templateCache) integrationResponse {
	r := integrationResponse{facts: f, headers: newMappedHeaders(f.Headers, false), template: templates.of(f.Templates)}
	r.status, _ = strconv.Atoi(f.Status.String())
	pattern, known := f.Pattern.Value()
	if pattern == "" && known {
		return r
	}
	// A pattern of Java's that Go does not read is a doubt like any other, and
	// so is one longer than anybody writes.
	const maxPattern = 500
	var err error
	if !known || len(pattern) > maxPattern {
		pattern = "("
	}
	if r.pattern, err = regexp.Compile(`\A(?:` + pattern + `)\z`); err != nil {
		r.pattern, r.doubt = nil, Doubt{"what the selection pattern " + f.Pattern.String() + " matches", f.Pattern.Place}
	}
	return r
}

// choose finds the integration response for a result: the one whose pattern
// matches, or else the one without a pattern.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-response.html
func (i *integration) choose(w *world, result string) *integrationResponse {
	var byDefault *integrationResponse
	for j := range i.responses {
		switch r := &i.responses[j]; {
		case r.doubt.Why != "":
			if w.choose(2, r.doubt) == 1 {
				return r
			}
		case r.pattern == nil:
			byDefault = r
		case r.pattern.MatchString(result):
			return r
		}
	}
	return byDefault
}

// mappedHeader is a header of a response, ready to be sent.
type mappedHeader struct {
	name  string
	known bool
	value value
}

func newMappedHeaders(facts []HeaderFacts, gatewayResponse bool) (out []mappedHeader) {
	for _, f := range facts {
		name, known := f.Name.Value()
		v := newValue(f.Value, gatewayResponse)
		if !known {
			v.doubt = Doubt{f.Name.Unknown(), f.Name.Place}
		}
		out = append(out, mappedHeader{name, known, v})
	}
	return out
}

// add appends the header to those of a response. One whose name is unknown may
// be any that a page needs.
func (h *mappedHeader) add(w *world, to cors.HeaderList, r Request, from cors.HeaderList) cors.HeaderList {
	if !h.known {
		for _, p := range w.elsewhere(r, h.value.doubt).Headers {
			to = override(to, p.Name, p.Value)
		}
		return to
	}
	if s, ok := h.value.give(w, h.name, r, from); ok {
		return append(to, cors.Header{Name: h.name, Value: s})
	}
	return to
}

// override replaces a header, or puts a new one in front.
func override(headers cors.HeaderList, name, value string) cors.HeaderList {
	for i, h := range headers {
		if strings.EqualFold(h.Name, name) {
			headers[i].Value = value
			return headers
		}
	}
	return slices.Insert(headers, 0, cors.Header{Name: name, Value: value})
}

// mockAnswer is the answer of a mock integration: the status its request
// template asks for selects the integration response, whose static headers and
// mapping template make the answer.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
func (d *Deployment) mockAnswer(w *world, r Request, t *route, a Answer) Answer {
	a.Source = FromMock
	i := &t.integration
	status, overrides, failure := i.mockStatus(w, r)
	if failure != "" {
		return d.fail(w, r, failure, a)
	}
	response := i.choose(w, strconv.Itoa(status))
	if response == nil || d.isBinary(w, i.facts, response.facts) {
		if response != nil {
			a.Basis.Response = response.facts
		}
		return d.fail(w, r, APIConfigurationError, a)
	}
	a.Basis.Response = response.facts
	a.Headers = make(cors.HeaderList, 0, len(response.headers)+2)
	if a.Status = response.status; a.Status == 0 {
		a.Status = []int{200, 500}[w.choose(2, Doubt{response.facts.Status.String(), response.facts.Status.Place})]
	}
	for j := range response.headers {
		a.Headers = response.headers[j].add(w, a.Headers, r, nil)
	}
	body, failed := response.template.apply(w, r, &a, overrides)
	if failed {
		return d.fail(w, r, APIConfigurationError, a)
	}
	if a.Status != 204 {
		a.Body = body
	}
	if strings.TrimSpace(a.Body) != "" {
		a.Headers = append(a.Headers, cors.Header{Name: "Content-Type", Value: "application/json"})
	}
	return a
}

// Passage is what becomes of a backend's response on its way to the client.
type Passage struct {
	Status int
	// Headers are those that API Gateway sets.
	Headers cors.HeaderList
	drops   func(name string) bool
	failure Failure
	from    *IntegrationResponseFacts
}

// Drops reports whether the backend's header of this name is left behind.
func (p Passage) Drops(name string) bool { return p.drops != nil && p.drops(name) }

// Passage is what API Gateway does to a backend's response of this status to r.
//
// Behind a REST proxy integration nothing; of a non-proxy one only the mapped
// headers arrive. The integration response is chosen by the status, or where the
// backend is a Lambda function by its error message, for which a status of 400
// and up stands. An HTTP API with a CORS configuration replaces the CORS headers
// by its own.
func (d *Deployment) Passage(r Request, status int) Passage {
	return d.passage(nil, r, cors.Response{Status: status})
}

func (d *Deployment) passage(w *world, r Request, from cors.Response) Passage {
	if d.cors != nil {
		return Passage{Status: from.Status, Headers: d.serviceHeaders(w, r), drops: isCORSHeader}
	}
	t := d.match(w, r)
	if t == nil || t.integration.kind != "AWS" && t.integration.kind != "HTTP" {
		return Passage{Status: from.Status}
	}
	result := strconv.Itoa(from.Status)
	if t.integration.facts.InvokesFunction() {
		if result = ""; from.Status >= 400 {
			result = "Internal server error"
		}
	}
	response := t.integration.choose(w, result)
	if response == nil || d.isBinaryBody(w, &t.integration, response) {
		return Passage{failure: APIConfigurationError}
	}
	a := Answer{Response: cors.Response{Status: response.status}}
	for j := range response.headers {
		a.Headers = response.headers[j].add(w, a.Headers, r, from.Headers)
	}
	if _, failed := response.template.apply(w, r, &a, nil); failed {
		return Passage{failure: APIConfigurationError}
	}
	a.Headers = override(a.Headers, "Content-Type", "application/json")
	return Passage{Status: a.Status, Headers: a.Headers, drops: isUnmapped, from: response.facts}
}

// InvokesFunction reports whether the integration is a non-proxy one with a
// Lambda function. Any other AWS service is called by a path or an action of its
// API.
func (f *IntegrationFacts) InvokesFunction() bool {
	if f == nil || !strings.EqualFold(f.Type.String(), "AWS") {
		return false
	}
	var uri strings.Builder
	for _, p := range f.Target.Parts {
		uri.WriteString(p.Literal)
	}
	service := strings.Contains(uri.String(), servicePath) || strings.Contains(uri.String(), serviceAction)
	return !service || strings.Contains(uri.String(), ":lambda"+servicePath)
}

// What the URI of an integration with an AWS service has behind the service's
// name. That of a Lambda function is ":lambda:path/".
// https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html
const (
	servicePath   = ":path/"
	serviceAction = ":action/"
)

// isUnmapped leaves a non-proxy backend's headers behind, but for the one that
// frames the body.
func isUnmapped(name string) bool { return !strings.EqualFold(name, "Content-Length") }

func isCORSHeader(name string) bool {
	const prefix = "Access-Control-"
	return len(name) > len(prefix) && strings.EqualFold(name[:len(prefix)], prefix)
}

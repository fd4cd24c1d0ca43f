package lint

import (
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// refusal is a request of a page that fails, with the step at which it does.
type refusal struct {
	*call
	asked   question
	page    page
	mode    cors.CredentialsMode
	verdict gateway.Verdict
	step    cors.Step
	// header is the request header that is refused, need why a page sends it.
	header string
	need   need
	// failure is what the request met.
	failure gateway.Failure
}

// question is what a probe asks.
type question int

const (
	// askPreflight asks for the preflight of the method alone.
	askPreflight question = iota
	// askHeader asks for one request header.
	askHeader
	// askResponse asks for a successful response.
	askResponse
	// askFailure asks for an error of API Gateway's own.
	askFailure
)

// need is why a page sends a request header.
type need int

const (
	needNone need = iota
	// needJSON is a body in JSON.
	needJSON
	// needAuth is what the method asks of its caller.
	needAuth
	// needDeclared is a header that the method declares.
	needDeclared
)

// judge asks for every call what a page plausibly sends.
func (s *subject) judge() {
	for _, r := range s.resources {
		for _, c := range r.calls {
			for i, p := range r.pages {
				s.ask(c, p, i == 0)
			}
		}
	}
}

// host is where the API is taken to be; no page comes from there.
const host = "https://api.execute-api.example"

// url is an address that the call takes: a variable stands for a segment.
func (c *call) url() string {
	if c.path == gateway.DefaultRoute {
		return host + "/any/path"
	}
	var out []string
	for _, segment := range strings.Split(c.path, "/") {
		if strings.HasPrefix(segment, "{") {
			segment = "x-" + strings.Trim(segment, "{+}")
		}
		out = append(out, segment)
	}
	return host + strings.Join(out, "/")
}

// verbs are the methods that pages send where the call takes them.
func (c *call) verbs() []string {
	if c.verb == "ANY" {
		return []string{"GET", "POST", "PUT", "PATCH", "DELETE"}
	}
	return []string{c.verb}
}

// ask judges what a page sends to a call. Headers and responses are the same for
// all pages: they are asked of the first.
func (s *subject) ask(c *call, p page, first bool) {
	modes := []cors.CredentialsMode{cors.CredentialsSameOrigin}
	if c.credentials {
		modes = append(modes, cors.CredentialsInclude)
	}
	for _, mode := range modes {
		for _, verb := range c.verbs() {
			s.askPreflight(c, p, mode, verb, "", needNone)
		}
		if !first {
			continue
		}
		for _, h := range c.headers() {
			s.askPreflight(c, p, mode, h.verb, h.name, h.need)
		}
		s.askResponse(c, p, mode, askResponse, "")
		for _, f := range c.failures() {
			s.askResponse(c, p, mode, askFailure, f)
		}
	}
}

// wanted is a request header that a page sends.
type wanted struct {
	verb, name string
	need       need
}

// headers are what a page sends with a call: what its auth asks for, what a
// JSON body needs, what it declares.
func (c *call) headers() (out []wanted) {
	verb := c.verbs()[0]
	for _, name := range c.authHeaders() {
		// A page does not set Cookie or Origin: the browser does.
		if _, err := cors.ParseRequestHeaderName(name); err == nil {
			out = append(out, wanted{verb, name, needAuth})
		}
	}
	for _, v := range c.verbs() {
		if v == "POST" || v == "PUT" || v == "PATCH" {
			out = append(out, wanted{v, "Content-Type", needJSON})
			break
		}
	}
	for _, t := range c.declared {
		name, known := t.Value()
		if !known || slices.ContainsFunc(out, func(w wanted) bool { return strings.EqualFold(w.name, name) }) {
			continue
		}
		_, err := cors.ParseRequestHeaderName(name)
		if err == nil && !cors.IsSafelistedRequestHeader(cors.Header{Name: name, Value: "text/plain"}) {
			out = append(out, wanted{verb, name, needDeclared})
		}
	}
	return out
}

// authHeaders are the headers that a page must send to be let in.
func (c *call) authHeaders() (out []string) {
	kind, known := c.auth.Type.Value()
	switch {
	case !known || kind == "" || kind == "NONE":
	case kind == "AWS_IAM":
		out = append(out, "Authorization", "X-Amz-Date")
	default:
		for _, t := range c.auth.Headers {
			if name, known := t.Value(); known {
				out = append(out, name)
			}
		}
	}
	if c.auth.APIKeyRequired.Value && c.auth.APIKeyRequired.Unknown == "" {
		out = append(out, "X-Api-Key")
	}
	return out
}

// hasAuth reports whether the call turns some callers away.
func (c *call) hasAuth() bool {
	kind, known := c.auth.Type.Value()
	return known && kind != "" && kind != "NONE" || c.auth.APIKeyRequired.Value
}

// failures are the errors that a page meets on a call.
func (c *call) failures() []gateway.Failure {
	if c.route != nil {
		return nil
	}
	out := []gateway.Failure{gateway.Throttled}
	if integrationKind(c.method) != "MOCK" {
		out = append(out, gateway.IntegrationTimeout)
	}
	switch kind, _ := c.auth.Type.Value(); kind {
	case "", "NONE":
	case "AWS_IAM":
		out = append(out, gateway.AccessDenied)
	default:
		out = append(out, gateway.Unauthorized, gateway.AccessDenied)
	}
	if c.auth.APIKeyRequired.Value {
		out = append(out, gateway.InvalidAPIKey)
	}
	return out
}

// askPreflight judges the preflight of a method, with one header or none.
func (s *subject) askPreflight(c *call, p page, mode cors.CredentialsMode, verb, name string, why need) {
	preflight := cors.Preflight{Origin: p.origin, Method: verb, Credentials: mode}
	asked := askPreflight
	if name != "" {
		asked, preflight.Headers = askHeader, []string{strings.ToLower(name)}
	}
	at := c.with(verb)
	ask := func(d *gateway.Deployment) gateway.Verdict {
		v := d.JudgePreflight(preflight, c.url(), gateway.IdealBackend)
		s.record(refusal{call: at, asked: asked, page: p, mode: mode, verdict: v, header: name, need: why})
		return v
	}
	if name != "" {
		ask(s.open)
		return
	}
	v := ask(s.deployment)
	if v.Unknown != nil {
		return
	}
	needsAuth := isAuthFailure(v.PreflightAnswer.Failure) && (v.PreflightAnswer.Basis.Method != nil || v.PreflightAnswer.Basis.Route != nil)
	step, _ := v.Refusal()
	if joined := step.Cause == cors.AllowOriginOther && strings.Contains(step.Value, ",") && p == c.pages[0]; needsAuth || joined {
		ask(s.open)
	}
}

// with is the call with one of its methods.
func (c *call) with(verb string) *call {
	out := *c
	out.verb = verb
	return &out
}

// askResponse judges the response to a request that is let in.
func (s *subject) askResponse(c *call, p page, mode cors.CredentialsMode, asked question, failure gateway.Failure) {
	r := cors.Request{Origin: p.origin, Method: c.verbs()[0], URL: c.url(), Credentials: mode}
	for _, name := range append(c.authHeaders(), "Authorization") {
		r.Headers = append(r.Headers, cors.Header{Name: name, Value: "x"})
	}
	v := s.deployment.JudgeResponse(r, failure, gateway.IdealBackend)
	s.record(refusal{call: c, asked: asked, page: p, mode: mode, verdict: v, failure: failure})
}

// record keeps what is refused, and what nobody can tell.
func (s *subject) record(r refusal) {
	if u := r.verdict.Unknown; u != nil {
		s.doubt(r, *u)
		return
	}
	step, refused := r.verdict.Refusal()
	if !refused {
		return
	}
	if why := s.plain.IsOpen(gateway.OpenMethods); why != "" && r.isCaught() {
		s.doubt(r, gateway.Doubt{Why: why, Place: r.place})
		return
	}
	if r.mixed {
		s.doubt(r, gateway.Doubt{Why: "several paths are unknown for one reason", Place: r.place})
		return
	}
	r.step = step
	s.refusals = append(s.refusals, r)
}

// isCaught reports whether a method or route for others took the preflight: one
// for OPTIONS would go before it.
func (r *refusal) isCaught() bool {
	a := r.verdict.PreflightAnswer
	if a == nil {
		return false
	}
	if m := a.Basis.Method; m != nil {
		return m.Method.String() != "OPTIONS"
	}
	route := a.Basis.Route
	return route != nil && !strings.HasPrefix(route.Key.String(), "OPTIONS ")
}

// doubt notes what cannot be told, once for each reason.
func (s *subject) doubt(r refusal, u gateway.Doubt) {
	at := u.Place
	if at.IsZero() {
		at = r.place
	}
	text := "whether a page gets through to " + r.key
	if slices.ContainsFunc(s.unknown, func(have Unknown) bool { return have.Why == u.Why && have.Place == at }) {
		return
	}
	s.unknown = append(s.unknown, Unknown{Place: at, Text: text, Why: u.Why})
}

// isHeaderRefused reports whether it is the header that is refused, and not the
// preflight as a whole.
func (r *refusal) isHeaderRefused() bool {
	switch r.step.Cause {
	case cors.HeaderNotAllowed, cors.HeaderAnyWithCredentials, cors.AuthorizationNotAny, cors.InvalidAllowHeaders:
		return r.asked == askHeader
	}
	return false
}

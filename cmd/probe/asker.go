package probe

import (
	"context"
	"strconv"

	"apigw-cors/cmd/check"
	"apigw-cors/cmd/story"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// Asker lets pages fetch from a deployed API.
type Asker struct {
	client *client
	// target is the API itself, its stage included.
	target target
	unsafe bool
	// kind is what a policy says that it is.
	kind gateway.Kind
	// plain are answers to a GET of a path, foreign those to a preflight, for
	// [Asker.Diagnose]; they are asked for once.
	plain, foreign map[string]cors.Response
}

// NewAsker reaches the API below a URL. Requests that may change something are
// sent with unsafe alone.
func NewAsker(ctx context.Context, base string, c Connection, unsafe bool) (*Asker, error) {
	t, err := parseTarget(base)
	if err != nil {
		return nil, err
	}
	if err := t.isBase(); err != nil {
		return nil, err
	}
	client, err := newClient(ctx, c)
	if err != nil {
		return nil, err
	}
	return &Asker{client: client, target: t, unsafe: unsafe, plain: map[string]cors.Response{}, foreign: map[string]cors.Response{}}, nil
}

// Endpoint is the API's origin.
func (a *Asker) Endpoint() string { return a.target.origin }

// Expect says what the API is by its policy, for what its answers do not show.
func (a *Asker) Expect(api gateway.API) {
	if api.IsREST() || api.Preflight() == gateway.ByGateway {
		a.kind = api.Kind()
	}
}

// SetCookie says what cookies a page with credentials has.
func (a *Asker) SetCookie(cookie string) { a.client.cookie = cookie }

// base is what the paths of a policy are below.
func (a *Asker) base() string { return a.target.base() }

// Ask sends what a browser sends.
func (a *Asker) Ask(ctx context.Context, f check.Fetch) (out check.Outcome) {
	send := func(r cors.Request) cors.Response {
		ctx, cancel := context.WithTimeout(ctx, a.client.timeout)
		defer cancel()
		response, err := a.client.exchange(ctx, f.Sent(r))
		if err != nil {
			out = check.Outcome{Verdict: check.NoAnswer, Err: unreachable(err)}
		}
		return response
	}
	if f.NoOrigin {
		r := f.Bare(a.base())
		if response := send(r); out.Err == nil {
			out = check.Outcome{Verdict: check.Answered, Trace: cors.Trace{Actual: &cors.Exchange{Request: r, Response: response}}}
		}
		return out
	}
	request := f.At(a.base())
	trace, held := fetch(request, a.unsafe, send)
	trace.Steps = story.MaskSteps(trace.Steps)
	switch {
	case out.Err != nil:
	case held && trace.Preflight == nil && trace.Allowed():
		out = check.Outcome{Verdict: check.Unknown, Trace: trace, Doubt: gateway.Doubt{
			Why: "a browser sends this " + request.Method + " without a preflight, so that only sending it can tell: --allow-unsafe-methods",
		}}
	case held && trace.Allowed():
		out = check.Outcome{Verdict: check.PreflightOnly, Trace: trace}
	case trace.Allowed():
		out = check.Outcome{Verdict: check.Allowed, Trace: trace}
	default:
		out = check.Outcome{Verdict: check.Refused, Trace: trace}
	}
	if out.Actual != nil {
		signs := gateway.ReadSigns(out.Actual.Response)
		out.ByGateway, out.Failure = signs.Maker == gateway.MadeByGateway, signs.Failure
	}
	return out
}

// Diagnose names the layer at fault for what an outcome shows; nil where nobody
// can tell. It is for one goroutine.
func (a *Asker) Diagnose(d check.Difference) *story.Fault {
	if d.Outcome.Err != nil || d.Code == check.CodeUnknown || a.client.ctx.Err() != nil {
		return nil
	}
	e := evidence{target: a.target, request: d.Fetch.At(a.base()), trace: d.Outcome.Trace, said: a.kind}
	if d.Code != check.CodeRefused {
		return e.permissive(d)
	}
	if d.Outcome.Preflight != nil && d.Outcome.Actual == nil {
		e.plain = a.once(a.plain, d.Fetch.URL, getBy(e.request.Origin, e.request.URL))
		if p, ok := cors.ReadPreflight(d.Outcome.Preflight.Request); ok {
			p.Origin = foreignOrigin
			e.foreign = a.once(a.foreign, p.Method+" "+d.Fetch.URL, p.Request(e.request.URL))
		}
	}
	if a.client.ctx.Err() != nil {
		// What did not get its answer shows nothing.
		return nil
	}
	return e.diagnose()
}

func (a *Asker) once(known map[string]cors.Response, key string, r cors.Request) cors.Response {
	response, ok := known[key]
	if !ok {
		response = a.client.send(r)
		known[key] = response
	}
	return response
}

// permissive names the layer that says more than the policy, or says it in
// another way.
func (e evidence) permissive(d check.Difference) *story.Fault {
	x, isPreflight := e.trace.Actual, d.AtPreflight
	if x == nil || isPreflight {
		x, isPreflight = e.trace.Preflight, true
	}
	if x == nil {
		return nil
	}
	signs := gateway.ReadSigns(x.Response)
	f := &story.Fault{Seen: append([]string{"status " + strconv.Itoa(x.Response.Status)}, signs.Seen...)}
	for _, name := range []string{cors.HeaderAllowOrigin, cors.HeaderAllowCredentials, cors.HeaderVary} {
		if value, ok := x.Response.Headers.Get(name); ok {
			f.Seen = append(f.Seen, name+": "+value)
		}
	}
	switch {
	case e.kind() == gateway.HTTP:
		f.Layer, f.Text = story.LayerConfiguration, "the CORS configuration of the HTTP API"
	case isPreflight:
		f.Layer, f.Text = story.LayerOptions, "the OPTIONS method of the path"
	case signs.Maker == gateway.MadeByGateway:
		f.Layer, f.Text = story.LayerGatewayResponses, "the gateway responses"
	default:
		f.Layer, f.Text = story.LayerBackend, "the answer of the backend"
	}
	switch d.Code {
	case check.CodeNoRoute:
		f.Layer, f.Text = story.LayerRoute, "the path: the stage as it is deployed does not serve it"
		f.Change, f.Command = "deploy the stage again, or check the stage in the URL", e.deploy()
	case check.CodeReflected, check.CodeAllowed:
		f.Change = "compare the whole origin with those of the policy, byte by byte: no regular expression, no beginning or end of a host, no origin that is given back unseen"
	case check.CodeCredentials:
		f.Change = "leave " + cors.HeaderAllowCredentials + " out, or say allowCredentials: true in the policy if pages are to send cookies"
	case check.CodeCached:
		f.Change = "send Vary: Origin with every answer, those to origins that are not allowed included"
	case check.CodeNoOrigin:
		f.Change = "send no " + cors.HeaderAllowOrigin + " where the request has no Origin"
	default:
		f.Change = "bring what is deployed and the policy to the same value"
	}
	if isPreflight && e.kind() != gateway.HTTP {
		f.Change += "; then deploy the stage again"
	}
	return f
}

package probe

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"

	"apigw-cors/cmd/check"
	"apigw-cors/cmd/console"
	"apigw-cors/cmd/report"
	"apigw-cors/cmd/story"
	"apigw-cors/generator/cors"
)

// Config says what is probed, and who is told.
type Config struct {
	// URL is the deployed API's, path included; Fetch what a page does with
	// it, whose endpoint and path come from the URL.
	URL   string
	Fetch story.Fetch
	// Cookie is what a browser would send with credentials mode include; Data
	// is the body of a request that has one.
	Cookie, Data string
	// AllowUnsafeMethods: requests that may change something are sent, too.
	AllowUnsafeMethods bool
	// DryRun prints what would be sent.
	DryRun bool
	// Browser is in whose words a refusal is told.
	Browser    console.Browser
	Connection Connection
	// JSON: the result is a document on Out; else a text.
	JSON bool
	Out  io.Writer
}

// Run probes an API. It ends with [report.Refused] where a browser refuses the
// request, and with a failure where there is no answer.
func Run(ctx context.Context, c Config) error {
	t, err := parseTarget(c.URL)
	if err != nil {
		return err
	}
	if err := CheckCookie(c.Cookie); err != nil {
		return err
	}
	c.Fetch.Endpoint, c.Fetch.Path = t.origin, t.path
	request, err := c.Fetch.Parse()
	if err != nil {
		return err
	}
	planned := c.plan(request)
	if planned.Preflight == nil && planned.Actual != nil && !c.mayBeSent(planned.Actual.Request.Method) {
		return &report.UsageError{
			Problem: "--method: " + planned.Actual.Request.Method + ": a browser sends this request without a preflight, so that only sending it can tell",
			Hints: []string{
				"--allow-unsafe-methods sends it, whatever it changes there",
				"a page that sends JSON has --header Content-Type=application/json, and is asked for in a preflight",
			},
		}
	}
	if c.DryRun {
		return c.writePlan(planned)
	}
	client, err := newClient(ctx, c.Connection)
	if err != nil {
		return err
	}
	client.cookie, client.data = c.Cookie, c.Data
	r, err := c.probe(client, t, request)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if c.JSON {
		err = report.EncodeJSON(&b, r)
	} else {
		r.writeText(&b)
	}
	if err != nil {
		return err
	}
	if _, err := c.Out.Write(b.Bytes()); err != nil {
		return err
	}
	if !r.Allowed {
		return report.Ended{Outcome: report.Refused, Text: "a browser refuses the request: " + r.Reason}
	}
	return nil
}

func (c Config) mayBeSent(method string) bool {
	return c.AllowUnsafeMethods || check.IsSafe(method)
}

// fetch is a page's fetch of which the actual request is held back where its
// method may change something, unless unsafe says otherwise.
func fetch(request cors.Request, unsafe bool, send func(cors.Request) cors.Response) (trace cors.Trace, held bool) {
	trace = cors.Fetch(request, func(r cors.Request) cors.Response {
		if !unsafe && !check.IsSafe(r.Method) {
			held = true
			return suiting(request, r)
		}
		return send(r)
	})
	if held {
		trace.Steps = slices.DeleteFunc(trace.Steps, func(s cors.Step) bool { return s.Stage == cors.StageResponse })
		trace.Actual, trace.Readable = nil, nil
	}
	return trace, held
}

// plan is the fetch with answers that suit it: what a browser would send.
func (c Config) plan(request cors.Request) cors.Trace {
	trace := cors.Fetch(request, func(r cors.Request) cors.Response { return suiting(request, r) })
	trace.Steps = story.MaskSteps(trace.Steps)
	return trace
}

// suiting is the answer to r with which the page that asks for request is not
// refused.
func suiting(request, r cors.Request) cors.Response {
	asked, _ := r.Headers.Get(cors.HeaderRequestMethod)
	names, _ := r.Headers.Get(cors.HeaderRequestHeaders)
	return cors.Response{Status: 204, Headers: cors.HeaderList{
		{Name: cors.HeaderAllowOrigin, Value: r.Origin}, {Name: cors.HeaderAllowCredentials, Value: "true"},
		{Name: cors.HeaderAllowMethods, Value: asked}, {Name: cors.HeaderAllowHeaders, Value: names},
	}}
}

// probe sends what a browser sends, and then what shows whose fault it is.
func (c Config) probe(client *client, t target, request cors.Request) (result, error) {
	trace, held := fetch(request, c.AllowUnsafeMethods, client.send)
	if client.failure != nil {
		return result{}, unreachable(client.failure)
	}
	trace.Steps = story.MaskSteps(trace.Steps)
	e := evidence{target: t, request: request, trace: trace}
	if _, refused := trace.Refusal(); refused && trace.Preflight != nil && trace.Actual == nil {
		e.plain = client.send(getBy(request.Origin, request.URL))
		if p, ok := cors.ReadPreflight(trace.Preflight.Request); ok {
			p.Origin = foreignOrigin
			e.foreign = client.send(p.Request(request.URL))
		}
	}
	r := newResult(e, c.Browser)
	if held && r.Allowed {
		r.Unsent = "the actual " + request.Method + " was not sent: it may change something there (--allow-unsafe-methods sends it)"
	}
	r.Fault = e.diagnose()
	if kind := e.kind(); r.API == "" {
		r.API = string(kind)
	}
	r.Errors = errorPaths(client, t, request)
	if client.ctx.Err() != nil {
		return result{}, client.ctx.Err()
	}
	return r, nil
}

// getBy is a page's GET with neither credentials nor headers of its own.
func getBy(origin, url string) cors.Request {
	return cors.Request{
		Origin: origin, Method: "GET", URL: url, Credentials: cors.CredentialsOmit,
		Headers: cors.HeaderList{{Name: "Accept", Value: "*/*"}, {Name: cors.HeaderOrigin, Value: origin}},
	}
}

// errorPaths asks for what goes wrong sooner or later: a request without the
// token, and a path that is not there. A GET shows both.
func errorPaths(client *client, t target, request cors.Request) []errorPath {
	out := []errorPath{}
	if request.Origin == t.origin {
		return out
	}
	ask := func(what, url string) {
		response := client.send(getBy(request.Origin, url))
		if response.Status == 0 {
			return
		}
		s := cors.Check(request, response)
		out = append(out, errorPath{what, response.Status, s.Decision == cors.Passed, s.Detail()})
	}
	var auth []string
	for _, h := range request.Headers {
		if story.IsSecret(h.Name) {
			auth = append(auth, h.Name)
		}
	}
	if len(auth) > 0 {
		ask("without "+strings.Join(auth, ", "), request.URL)
	}
	ask("a path that is not there", t.sibling())
	return out
}

// Package check asks what becomes of many fetches by pages from an API, and
// holds that against what is wanted: a policy, or the expectations beside it.
// Who answers makes no difference: a model, a file, or a deployed API.
package check

import (
	"context"

	"apigw-cors/cmd/story"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// Endpoint is where an API without an address is taken to be; no page comes from
// there.
const Endpoint = "https://api.apigw-cors-probe.invalid"

// Fetch is what a page fetches. The URL of its request is a path, with the
// query, below wherever the API is.
type Fetch struct {
	cors.Request
	// Unvalued are names of request headers of the page, as they stand in
	// Headers, that only the preflight tells of: nobody knows a value to send.
	Unvalued []string
	// NoOrigin: not a page asks, but what sends no Origin header, such as curl.
	NoOrigin bool
}

// Verdict is what becomes of a fetch.
type Verdict string

// The verdicts. The zero value is a fetch that nobody asked about.
const (
	// Allowed: the page reads the response.
	Allowed Verdict = "allowed"
	// Refused: it sees a network error.
	Refused Verdict = "refused"
	// PreflightOnly: the preflight passes, and the actual request, which may
	// change something, was not sent.
	PreflightOnly Verdict = "preflight-only"
	// Answered is of a fetch without an origin, which no browser judges.
	Answered Verdict = "answered"
	// Unknown: it depends on what cannot be known.
	Unknown Verdict = "unknown"
	// NoAnswer: the server did not answer.
	NoAnswer Verdict = "no-answer"
	NotAsked Verdict = "not-asked"
)

// Outcome is what became of a fetch, and how.
type Outcome struct {
	Verdict Verdict
	// Trace is the record; where the verdict is Unknown, of one of the ways in
	// which the fetch may go.
	cors.Trace
	// Doubt is what an Unknown verdict depends on.
	Doubt gateway.Doubt
	// ByGateway: API Gateway answers the actual request with an error of its own,
	// for Failure where that shows.
	ByGateway bool
	Failure   gateway.Failure
	// At is where a file says what decided it, or what the doubt is about; zero
	// where no file was asked.
	At gateway.Place
	// Err is why there is no answer.
	Err error
}

// Asker lets pages fetch from an API. Many goroutines may use one.
type Asker interface {
	Ask(context.Context, Fetch) Outcome
}

// newOutcome reads the verdict off a trace.
func newOutcome(t cors.Trace) Outcome {
	t.Steps = story.MaskSteps(t.Steps)
	if !t.Allowed() {
		return Outcome{Verdict: Refused, Trace: t}
	}
	return Outcome{Verdict: Allowed, Trace: t}
}

// isRefusedAtPreflight reports whether the actual request was never sent.
func (o Outcome) isRefusedAtPreflight() bool {
	return o.Verdict == Refused && o.Preflight != nil && o.Actual == nil
}

// Model answers as the API of a policy does once it is deployed, with the
// rendered Lambda function as its backend.
type Model struct {
	Deployment *gateway.Deployment
	// Endpoint is the API's origin.
	Endpoint string
}

// Ask is a fetch from the model.
func (m Model) Ask(_ context.Context, f Fetch) Outcome {
	var failure gateway.Failure
	answer := func(r cors.Request) cors.Response {
		q := gateway.NewRequest(r)
		a := m.Deployment.Answer(q, func() cors.Response { return m.Deployment.Lambda(q) })
		failure = a.Failure
		return a.Response
	}
	if f.NoOrigin {
		r := f.Bare(m.Endpoint)
		return Outcome{Verdict: Answered, Trace: cors.Trace{Actual: &cors.Exchange{Request: r, Response: answer(r)}}}
	}
	o := newOutcome(cors.Fetch(f.At(m.Endpoint), func(sent cors.Request) cors.Response { return answer(f.Sent(sent)) }))
	if o.Actual != nil {
		o.ByGateway, o.Failure = failure != "", failure
	}
	return o
}

// isNoRoute reports whether the API does not have the path, or the method on it.
func (o Outcome) isNoRoute() bool {
	return o.Failure == gateway.MissingAuthenticationToken || o.Failure == gateway.ResourceNotFound
}

// File answers as the API that a file describes does once it is deployed.
type File struct {
	Deployment *gateway.Deployment
	// Endpoint is the API's origin.
	Endpoint string
	// Backend is what is behind it, of which no file tells; nil where nobody
	// knows.
	Backend func(gateway.Request) cors.Response
}

// Ask is a fetch from what the file describes. What cannot be known counts only
// where it decides.
func (f File) Ask(_ context.Context, fetch Fetch) Outcome {
	v := f.Deployment.Judge(fetch.At(f.Endpoint), "", f.Backend)
	o := newOutcome(v.Trace)
	for _, a := range []*gateway.Answer{v.PreflightAnswer, v.ActualAnswer} {
		if a != nil {
			o.At = a.Basis.Place()
		}
	}
	if v.ActualAnswer != nil {
		o.Failure = v.ActualAnswer.Failure
		o.ByGateway = o.Failure != ""
	}
	if v.Unknown != nil {
		o.Verdict, o.Doubt = Unknown, *v.Unknown
		if !v.Unknown.Place.IsZero() {
			o.At = v.Unknown.Place
		}
	}
	return o
}

// At is the request to the API at a base, an origin and perhaps a stage.
func (f Fetch) At(base string) cors.Request {
	r := f.Request
	r.URL = base + r.URL
	return r
}

// Bare is the request without an origin.
func (f Fetch) Bare(base string) cors.Request {
	return f.Sent(cors.Request{Method: f.Method, URL: base + f.URL, Headers: append(cors.HeaderList{{Name: "Accept", Value: "*/*"}}, f.Headers...), Credentials: cors.CredentialsOmit})
}

// Sent leaves out of an actual request what nobody knows a value of.
func (f Fetch) Sent(r cors.Request) cors.Request {
	if _, preflight := cors.ReadPreflight(r); preflight || len(f.Unvalued) == 0 {
		return r
	}
	var kept cors.HeaderList
	for _, h := range r.Headers {
		if !containsFold(f.Unvalued, h.Name) {
			kept = append(kept, h)
		}
	}
	r.Headers = kept
	return r
}

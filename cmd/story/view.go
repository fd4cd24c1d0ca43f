package story

import (
	"apigw-cors/cmd/console"
	"apigw-cors/generator/cors"
)

// Request is a request. Its JSON names, and those of all views here, are
// stable.
type Request struct {
	// Origin and Credentials are left out of what went over the wire.
	Origin      string   `json:"origin,omitempty"`
	Method      string   `json:"method"`
	URL         string   `json:"url"`
	Headers     []Header `json:"headers"`
	Credentials string   `json:"credentials,omitempty"`
}

// Header is a request or response header.
type Header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Step is one decision of the browser, with the clause that asks for it.
type Step struct {
	Stage    string `json:"stage"`
	Decision string `json:"decision"`
	Cause    string `json:"cause"`
	Subject  string `json:"subject,omitempty"`
	Value    string `json:"value,omitempty"`
	Detail   string `json:"detail"`
	See      string `json:"see"`
	// Departures are what browsers do otherwise.
	Departures []Departure `json:"departures,omitempty"`
}

// Departure is what a browser does otherwise than the standard.
type Departure struct {
	Browser string `json:"browser"`
	Does    string `json:"does"`
	// See is a source, "" where the tests saw it.
	See string `json:"see,omitempty"`
}

// Message is what a browser tells of a refusal.
type Message struct {
	Browser string `json:"browser"`
	// Error is what fetch rejects with, Console the lines of the console.
	Error   string   `json:"error"`
	Console []string `json:"console"`
}

// Exchange is a request that was sent, and its response.
type Exchange struct {
	Request Request  `json:"request"`
	Status  int      `json:"status"`
	Headers []Header `json:"headers"`
	// Source is who made the response, Failure why it is an error, Route what
	// took the request; each "" where it is not known.
	Source  string `json:"source,omitempty"`
	Failure string `json:"failure,omitempty"`
	Route   string `json:"route,omitempty"`
}

// Barrier is what a browser has against the request before CORS is looked at.
type Barrier struct {
	Browser string `json:"browser"`
	Does    string `json:"does"`
}

// Barriers are the views of what stands between the page and the URL.
func Barriers(r cors.Request, browser console.Browser) []Barrier {
	var out []Barrier
	for _, b := range console.Barriers(r.Origin, r.URL, browser) {
		out = append(out, Barrier{string(b.Engine), b.Does})
	}
	return out
}

// NewRequest is the view of what a page asks for.
func NewRequest(r cors.Request) Request {
	return Request{r.Origin, r.Method, r.URL, headerViews(r.Headers), string(r.Credentials)}
}

// headerViews are the views of a list; never nil, so that JSON has an array.
func headerViews(list cors.HeaderList) []Header {
	out := []Header{}
	for _, h := range list {
		out = append(out, Header{h.Name, h.Value})
	}
	return out
}

// Steps are the views of decisions by the standard, with what the browser does
// otherwise.
func Steps(steps []cors.Step, browser console.Browser) []Step {
	var out []Step
	for _, s := range steps {
		view := Step{
			Stage: string(s.Stage), Decision: string(s.Decision), Cause: string(s.Cause),
			Subject: s.Subject, Value: s.Value, Detail: s.Detail(), See: s.Spec(),
		}
		for _, d := range s.Departures() {
			if browser.Has(d.Engine) {
				view.Departures = append(view.Departures, Departure{string(d.Engine), d.Does, d.See})
			}
		}
		out = append(out, view)
	}
	return out
}

// Messages are the views of what the browser tells of a refusal.
func Messages(r cors.Request, t cors.Trace, browser console.Browser) []Message {
	var out []Message
	for _, said := range console.Say(r, t) {
		if browser.Has(said.Engine) {
			out = append(out, Message{string(said.Engine), said.Error, said.Console})
		}
	}
	return out
}

// NewExchange is the view of an exchange of which only the client's side is
// known.
func NewExchange(x *cors.Exchange) *Exchange {
	sent := NewRequest(x.Request)
	sent.Origin, sent.Credentials = "", ""
	return &Exchange{Request: sent, Status: x.Response.Status, Headers: headerViews(x.Response.Headers)}
}

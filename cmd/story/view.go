package story

import "apigw-cors/generator/cors"

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

// Steps are the views of a browser's decisions.
func Steps(steps []cors.Step) []Step {
	var out []Step
	for _, s := range steps {
		out = append(out, Step{
			string(s.Stage), string(s.Decision), string(s.Cause), s.Subject, s.Value, s.Detail(), s.Spec(),
		})
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

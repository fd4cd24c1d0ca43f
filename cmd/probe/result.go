package probe

import (
	"apigw-cors/cmd/console"
	"apigw-cors/cmd/report"
	"apigw-cors/cmd/story"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// result is what a probe has to say. Its JSON names are stable.
type result struct {
	report.JSONHeader
	URL     string `json:"url"`
	Allowed bool   `json:"allowed"`
	// Reason is the refusal in words, Cause its code, See the clause.
	Reason string `json:"reason,omitempty"`
	Cause  string `json:"cause,omitempty"`
	See    string `json:"see,omitempty"`
	// API is the kind of API that answered, where that shows.
	API     string        `json:"api,omitempty"`
	Request story.Request `json:"request"`
	Steps   []story.Step  `json:"steps"`
	// Messages are what browsers tell of the refusal.
	Messages []story.Message `json:"messages,omitempty"`
	// Barriers are what browsers do before CORS is looked at.
	Barriers []story.Barrier `json:"barriers,omitempty"`
	// Preflight and Actual are absent where the request was not sent; Unsent
	// says why the actual one was held back although a browser would send it.
	Preflight *story.Exchange `json:"preflight,omitempty"`
	Actual    *story.Exchange `json:"actual,omitempty"`
	Unsent    string          `json:"unsent,omitempty"`
	Readable  []string        `json:"readableHeaders"`
	Fault     *story.Fault    `json:"fault,omitempty"`
	Errors    []errorPath     `json:"errors"`
}

// errorPath is an error that pages meet sooner or later, and whether they can
// tell it from a broken network.
type errorPath struct {
	What     string `json:"what"`
	Status   int    `json:"status"`
	Readable bool   `json:"readable"`
	Detail   string `json:"detail"`
}

func newResult(t target, request cors.Request, trace cors.Trace, browser console.Browser) result {
	r := result{
		JSONHeader: report.NewJSONHeader(),
		URL:        maskURL(t.url.String()), Allowed: trace.Allowed(), Request: story.NewRequest(request),
		Steps: story.Steps(trace.Steps, browser), Barriers: story.Barriers(request, browser), Readable: append([]string{}, trace.Readable...), Errors: []errorPath{},
	}
	r.Request.URL, r.Request.Headers = maskURL(r.Request.URL), maskHeaders(r.Request.Headers)
	for _, x := range []*cors.Exchange{trace.Preflight, trace.Actual} {
		if x != nil {
			if kind := gateway.ReadSigns(x.Response).Kind; kind != "" {
				r.API = string(kind)
			}
		}
	}
	if trace.Preflight != nil {
		r.Preflight = maskExchange(story.NewExchange(trace.Preflight))
	}
	if trace.Actual != nil {
		r.Actual = maskExchange(story.NewExchange(trace.Actual))
	}
	if s, refused := trace.Refusal(); refused {
		r.Reason, r.Cause, r.See = s.Detail(), string(s.Cause), s.Spec()
		shown := request
		shown.URL = r.Request.URL
		r.Messages = story.Messages(shown, trace, browser)
	}
	return r
}

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
	// Redirect is where the answer leads, which a browser follows and probe does
	// not; Next the command that looks there.
	Redirect string       `json:"redirect,omitempty"`
	Next     string       `json:"next,omitempty"`
	Readable []string     `json:"readableHeaders"`
	Fault    *story.Fault `json:"fault,omitempty"`
	Errors   []errorPath  `json:"errors"`
	// itself is why API Gateway answers the actual request itself.
	itself string
}

// errorPath is an error that pages meet sooner or later, and whether they can
// tell it from a broken network.
type errorPath struct {
	What     string `json:"what"`
	Status   int    `json:"status"`
	Readable bool   `json:"readable"`
	Detail   string `json:"detail"`
}

func newResult(e evidence, browser console.Browser) result {
	t, request, trace := e.target, e.request, e.trace
	r := result{
		JSONHeader: report.NewJSONHeader(),
		URL:        story.MaskURL(t.url.String()), Allowed: trace.Allowed(), Request: story.MaskRequest(story.NewRequest(request)),
		Steps: story.Steps(trace.Steps, browser), Barriers: story.Barriers(request, browser), Readable: append([]string{}, trace.Readable...), Errors: []errorPath{},
	}
	for _, x := range []*cors.Exchange{trace.Preflight, trace.Actual} {
		if x != nil {
			if kind := gateway.ReadSigns(x.Response).Kind; kind != "" {
				r.API = string(kind)
			}
		}
	}
	if trace.Preflight != nil {
		r.Preflight = exchangeOf(trace.Preflight)
	}
	if trace.Actual != nil {
		r.Actual, r.itself = exchangeOf(trace.Actual), gateway.ReadSigns(trace.Actual.Response).Failure.Reason()
	}
	if s, refused := trace.Refusal(); refused {
		r.Reason, r.Cause, r.See = s.Detail(), string(s.Cause), s.Spec()
		shown := request
		shown.URL = r.Request.URL
		r.Messages = story.Messages(shown, story.MaskTrace(trace), browser)
	} else if trace.Actual != nil && isRedirect(trace.Actual.Response) {
		r.Redirect, r.Next = e.redirect(trace.Actual.Response)
	}
	return r
}

// exchangeOf is the view of an exchange, with who answered where that shows.
func exchangeOf(x *cors.Exchange) *story.Exchange {
	view := story.MaskExchange(story.NewExchange(x))
	switch signs := gateway.ReadSigns(x.Response); {
	case signs.Maker == gateway.MadeByGateway && signs.Kind == gateway.HTTP:
		view.Source, view.Failure = string(gateway.FromServiceError), nameOf(signs.Failure)
	case signs.Maker == gateway.MadeByGateway:
		view.Source, view.Failure = string(gateway.FromGatewayResponse), nameOf(signs.Failure)
	default:
		view.Source = string(signs.Maker)
	}
	return view
}

// nameOf is the failure's name, "" where other failures answer the same: a WAF as
// a missing API key does, most faults behind the API as a wrong configuration.
func nameOf(f gateway.Failure) string {
	if f == gateway.InvalidAPIKey || f == gateway.APIConfigurationError {
		return ""
	}
	return string(f)
}

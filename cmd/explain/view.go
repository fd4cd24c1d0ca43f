package explain

import (
	"slices"
	"strings"

	"apigw-cors/cmd/console"
	"apigw-cors/cmd/story"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// explanation is what explain has to say of one API. Its JSON names are
// stable.
type explanation struct {
	Name string `json:"name"`
	API  string `json:"api"`
	// Environment is the one the API is for, where its file has some.
	Environment string `json:"environment,omitempty"`
	Allowed     bool   `json:"allowed"`
	// Reached: the backend sees the actual request.
	Reached bool `json:"reached"`
	// Reason is the refusal in words, Cause its code, See the clause.
	Reason string `json:"reason,omitempty"`
	Cause  string `json:"cause,omitempty"`
	See    string `json:"see,omitempty"`
	// Request is what the page asks for.
	Request story.Request `json:"request"`
	Steps   []story.Step  `json:"steps"`
	// Messages are what browsers tell of the refusal.
	Messages []story.Message `json:"messages,omitempty"`
	// Barriers are what browsers do before CORS is looked at.
	Barriers []story.Barrier `json:"barriers,omitempty"`
	// Preflight and Actual are absent where the request was not sent.
	Preflight *story.Exchange `json:"preflight,omitempty"`
	Actual    *story.Exchange `json:"actual,omitempty"`
	Readable  []string        `json:"readableHeaders"`
	Cache     *cacheView      `json:"preflightCache,omitempty"`
	Senders   []senderView    `json:"senders"`
	Failures  []failureView   `json:"failures"`
	Change    []changeView    `json:"change"`
	// Instead is what to change in the page, where no change of the policy
	// helps.
	Instead string `json:"instead,omitempty"`
}

type cacheView struct {
	Seconds int            `json:"seconds"`
	Given   bool           `json:"given"`
	Caps    map[string]int `json:"caps"`
}

// senderView says who must send which headers on which response.
type senderView struct {
	Response string   `json:"response"`
	Sender   string   `json:"sender"`
	Headers  []string `json:"headers"`
}

// failureView is an error of API Gateway's own, in the place of the response.
type failureView struct {
	Status   int    `json:"status"`
	Failure  string `json:"failure"`
	Readable bool   `json:"readable"`
	Detail   string `json:"detail"`
}

type changeView struct {
	Field  string `json:"field"`
	Value  string `json:"value"`
	Text   string `json:"text"`
	Wanted string `json:"wanted"`
}

func newExplanation(c gateway.Config, api gateway.API, r cors.Request, browser console.Browser) explanation {
	d := api.Deploy()
	f := d.Fetch(r, "")
	e := explanation{
		Name: api.Name(), API: string(api.Kind()), Allowed: f.Allowed(),
		Request: story.NewRequest(r), Readable: append([]string{}, f.Readable...),
		Steps: story.Steps(f.Steps, browser), Barriers: story.Barriers(r, browser), Senders: senders(api), Change: []changeView{},
	}
	if f.Preflight != nil {
		e.Preflight = exchangeOf(f.Preflight, f.PreflightAnswer)
		seconds, given := cors.MaxAge(f.Preflight.Response.Headers)
		e.Cache = &cacheView{seconds, given, map[string]int{}}
		for _, cap := range cors.MaxAgeCaps() {
			e.Cache.Caps[string(cap.Engine)] = cap.Seconds
		}
	}
	if f.Actual != nil {
		e.Actual = exchangeOf(f.Actual, f.ActualAnswer)
		e.Reached = f.ActualAnswer.Failure == ""
	}
	e.Failures = failures(api, d, r, f.Trace)
	s, isRefused := f.Refusal()
	if !isRefused {
		return e
	}
	e.Reason, e.Cause, e.See = s.Detail(), string(s.Cause), s.Spec()
	e.Messages = story.Messages(r, f.Trace, browser)
	_, changes := gateway.Remedy(c, r)
	for _, change := range changes {
		e.Change = append(e.Change, changeView{change.Field, change.Value, change.Text, change.Wanted})
	}
	if len(changes) == 0 {
		e.Instead = instead(s)
	}
	return e
}

func exchangeOf(x *cors.Exchange, a *gateway.Answer) *story.Exchange {
	view := story.NewExchange(x)
	view.Source, view.Failure, view.Route = string(a.Source), string(a.Failure), a.Route
	return view
}

// failures says of each error that API Gateway may answer instead whether the
// page could tell. Same-origin it always can.
func failures(api gateway.API, d *gateway.Deployment, r cors.Request, t cors.Trace) []failureView {
	out := []failureView{}
	sameOrigin := false
	for _, s := range t.Steps {
		sameOrigin = sameOrigin || s.Cause == cors.SameOrigin
	}
	wire := gateway.NewRequest(cors.Request{
		Method: r.Method, URL: r.URL, Headers: append(cors.HeaderList{{Name: cors.HeaderOrigin, Value: r.Origin}}, r.Headers...),
	})
	for _, status := range failuresToExplain() {
		failure, ok := d.FailureOf(status)
		if !ok || !canHappen(api, status) {
			continue
		}
		a := d.Fail(wire, failure)
		s := cors.Check(r, a.Response)
		v := failureView{a.Status, string(failure), s.Decision == cors.Passed, s.Detail()}
		if sameOrigin {
			v.Readable, v.Detail = true, "same origin"
		}
		out = append(out, v)
	}
	return out
}

// instead is what a page can do where no policy lets it through.
func instead(s cors.Step) string {
	switch s.Cause {
	case cors.ForbiddenMethod, cors.InvalidMethod:
		return "use another method: this one never leaves the browser"
	case cors.InvalidHeader:
		return "correct the header: it never leaves the browser"
	case cors.MethodNotAllowed, cors.MethodCase:
		if upper := strings.ToUpper(s.Subject); upper != s.Subject && slices.Contains(gateway.HTTPMethods(), upper) {
			return "let the page send " + upper + ": a browser upper-cases DELETE, GET, HEAD, OPTIONS, POST and PUT, and leaves every other method as it is"
		}
		return "let the page use a method that API Gateway has: " + strings.Join(gateway.HTTPMethods(), ", ")
	}
	if s.Subject == "null" {
		return "serve the page from an origin of its own: anyone can make a page with the origin null, so no policy should allow it"
	}
	return "the request itself must change"
}

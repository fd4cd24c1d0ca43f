package gateway

import "apigw-cors/generator/cors"

// Fetched is a fetch by a page from a deployed API.
type Fetched struct {
	cors.Trace
	// PreflightAnswer and ActualAnswer are the API's answers to the two
	// requests, nil for one that was not sent.
	PreflightAnswer, ActualAnswer *Answer
}

// Fetch is what a browser and the API make of a page's fetch, with the rendered
// Lambda function as the backend. The actual request meets failure, where one
// is given.
func (d *Deployment) Fetch(r cors.Request, failure Failure) Fetched {
	return d.fetch(nil, r, failure, d.Lambda)
}

func (d *Deployment) fetch(w *world, r cors.Request, failure Failure, backend func(Request) cors.Response) Fetched {
	var out Fetched
	out.Trace = cors.Fetch(r, func(sent cors.Request) cors.Response {
		if _, ok := cors.ReadPreflight(sent); ok {
			a := d.answer(w, NewRequest(sent), backend)
			out.PreflightAnswer = &a
			return a.Response
		}
		a := d.actual(w, NewRequest(sent), failure, backend)
		out.ActualAnswer = &a
		return a.Response
	})
	return out
}

// actual is the answer to an actual request, which meets failure where one is
// given.
func (d *Deployment) actual(w *world, r Request, failure Failure, backend func(Request) cors.Response) Answer {
	a := d.answer(w, r, backend)
	if failure != "" && a.Failure != DeploymentFails {
		a = d.fail(w, r, failure, a)
	}
	return a
}

// Reached reports whether the page may read the response, and the API has the
// route that was asked for.
func (f Fetched) Reached() bool {
	return f.Allowed() && f.ActualAnswer != nil && f.ActualAnswer.Route != ""
}

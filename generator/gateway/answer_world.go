package gateway

import (
	"slices"

	"apigw-cors/generator/cors"
)

// Doubt is something that cannot be known, and where it stands.
type Doubt struct {
	Why   string
	Place Place
}

// world is one of the ways in which everything unknown may turn out. The nil
// world takes the first option everywhere.
type world struct {
	// script are the options to take, in the order of asking; after its end
	// the first is taken.
	script []int
	asked  []question
	// overflows reports that more was asked than there is an answer to.
	overflows bool
}

type question struct {
	doubt          Doubt
	options, taken int
}

// choose takes one of a number of options, the same whenever it is asked about
// the same doubt.
func (w *world) choose(options int, d Doubt) int {
	if w == nil || options < 2 {
		return 0
	}
	for _, q := range w.asked {
		if q.doubt == d && q.options == options {
			return q.taken
		}
	}
	if len(w.asked) == maxQuestions {
		w.overflows = true
		return 0
	}
	q := question{doubt: d, options: options}
	if len(w.asked) < len(w.script) {
		q.taken = w.script[len(w.asked)]
	}
	w.asked = append(w.asked, q)
	return q.taken
}

// next is the script of the world after w, which takes the next option at the
// last question that has one. turned is that question.
func (w *world) next() (script []int, turned Doubt, ok bool) {
	for i := len(w.asked) - 1; i >= 0; i-- {
		if q := w.asked[i]; q.taken+1 < q.options {
			for _, before := range w.asked[:i] {
				script = append(script, before.taken)
			}
			return append(script, q.taken+1), q.doubt, true
		}
	}
	return nil, Doubt{}, false
}

// The bounds of a judgement: so many worlds, and so many questions in each.
const (
	maxWorlds    = 64
	maxQuestions = 24
)

// Verdict is what a browser makes of a page's fetch from an API of which not
// everything may be known.
type Verdict struct {
	// Fetched is the fetch in one of the ways it may go; the only one where
	// Unknown is nil.
	Fetched
	// Unknown is what decides whether the page may read the response and
	// cannot be known; nil where the verdict holds however that turns out.
	Unknown *Doubt
}

// Judge is the browser's verdict on a page's fetch, as [Deployment.Fetch] is;
// it holds in every way in which what is unknown may turn out, or names what it
// depends on. backend is asked where API Gateway forwards a request; nil stands
// for one that nobody knows.
func (d *Deployment) Judge(r cors.Request, failure Failure, backend func(Request) cors.Response) Verdict {
	return d.inAllWorlds(func(w *world) Fetched { return d.fetch(w, r, failure, backend) })
}

// JudgePreflight is the browser's verdict on the preflight alone of a request
// to url, whether or not such a request needs one.
func (d *Deployment) JudgePreflight(p cors.Preflight, url string, backend func(Request) cors.Response) Verdict {
	sent := p.Request(url)
	return d.inAllWorlds(func(w *world) Fetched {
		a := d.answer(w, NewRequest(sent), backend)
		return Fetched{PreflightAnswer: &a, Trace: cors.Trace{
			Steps: p.Check(a.Response), Preflight: &cors.Exchange{Request: sent, Response: a.Response},
		}}
	})
}

// JudgeResponse is the browser's verdict on the response to an actual request
// alone, as if its preflight had passed. The request meets failure, where one is
// given.
func (d *Deployment) JudgeResponse(r cors.Request, failure Failure, backend func(Request) cors.Response) Verdict {
	r.Headers = append(slices.Clone(r.Headers), cors.Header{Name: cors.HeaderOrigin, Value: r.Origin})
	return d.inAllWorlds(func(w *world) Fetched {
		a := d.actual(w, NewRequest(r), failure, backend)
		return Fetched{ActualAnswer: &a, Trace: cors.Trace{
			Steps: []cors.Step{cors.Check(r, a.Response)}, Actual: &cors.Exchange{Request: r, Response: a.Response},
		}}
	})
}

// inAllWorlds judges in every way in which what is unknown may turn out.
func (d *Deployment) inAllWorlds(fetch func(*world) Fetched) Verdict {
	var first Verdict
	w := &world{}
	var turned Doubt
	for i := range maxWorlds {
		fetched := fetch(w)
		if i == 0 {
			first.Fetched = fetched
		} else if fetched.Allowed() != first.Allowed() {
			first.Unknown = &turned
			return first
		}
		if w.overflows {
			break
		}
		script, doubt, ok := w.next()
		if !ok {
			return first
		}
		w, turned = &world{script: script}, doubt
	}
	first.Unknown = &Doubt{Why: "too much that is unknown decides it", Place: d.facts.Place}
	return first
}

// absence is how an absent header reaches a mapping template: not documented.
// That a template which looks for "Origin" and, where that is "", for "origin"
// works for a client that sends the latter has been reported, so that one of
// two things holds: an absent header is "", or names are found in either case.
// https://github.com/aws/aws-cdk/issues/30453
type absence struct{ anyCase, null bool }

func (w *world) absence() absence {
	return []absence{{}, {anyCase: true}, {anyCase: true, null: true}}[w.choose(3, Doubt{
		Why: "whether an absent header is null or empty to a mapping template, and whether the case of its name counts, is not documented",
	})]
}

// perfect are the headers of the answer to r with which no page is refused.
func perfect(r Request) cors.HeaderList {
	out := cors.HeaderList{
		{Name: cors.HeaderAllowOrigin, Value: r.Header("Origin")},
		{Name: cors.HeaderAllowCredentials, Value: "true"},
	}
	if asked := r.Header(cors.HeaderRequestMethod); asked != "" {
		out = append(out, cors.Header{Name: cors.HeaderAllowMethods, Value: asked})
	}
	if asked := r.Header(cors.HeaderRequestHeaders); asked != "" {
		out = append(out, cors.Header{Name: cors.HeaderAllowHeaders, Value: asked})
	}
	return out
}

// IdealBackend is a backend that sends every CORS header a page may need. Judged
// with it, a fetch that is refused is refused by API Gateway: at the preflight,
// or by an error of its own.
func IdealBackend(r Request) cors.Response {
	return cors.Response{Status: 200, Headers: perfect(r)}
}

// elsewhere is an answer of which nothing is known: it suits r, or says
// nothing.
func (w *world) elsewhere(r Request, d Doubt) cors.Response {
	response := cors.Response{Status: 200}
	if w.choose(2, d) == 0 {
		response.Headers = perfect(r)
	}
	return response
}

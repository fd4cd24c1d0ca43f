package cors

// Stage is the part of a fetch that a [Step] belongs to.
type Stage string

// The stages, in their order.
const (
	StageRequest   Stage = "request"   // what the page asks for
	StagePreflight Stage = "preflight" // the CORS-preflight fetch
	StageResponse  Stage = "response"  // the response to the actual request
)

// Decision is what a [Step] comes to.
type Decision string

// The decisions. A refusal ends the fetch with a network error; a note changes
// how it goes on.
const (
	Passed  Decision = "passed"
	Noted   Decision = "noted"
	Refused Decision = "refused"
)

// Step is one decision of a browser on a fetch.
type Step struct {
	Stage    Stage
	Decision Decision
	// Cause says why, in a stable code.
	Cause Cause
	// Subject is what the decision is about: a method, a header name, the
	// request's origin.
	Subject string
	// Value is the value that was looked at.
	Value string
}

// Detail says in one clause, without capital and full stop, why the browser
// decided so.
func (s Step) Detail() string { return s.Cause.detail(s.Subject, s.Value) }

// Spec is the URL of the clause that decides.
func (s Step) Spec() string { return s.Cause.spec() }

// Exchange is a request as it was sent, and what came back.
type Exchange struct {
	Request  Request
	Response Response
}

// Trace is the record of a fetch.
type Trace struct {
	Steps []Step
	// Preflight is the CORS-preflight request and its response, nil where
	// none was sent.
	Preflight *Exchange
	// Actual is the actual request and its response, nil where a refusal kept
	// the browser from sending it.
	Actual *Exchange
	// Readable are the names of the response headers that the page can read,
	// lower case and sorted.
	Readable []string
}

// Refusal is the step at which the fetch failed.
func (t Trace) Refusal() (s Step, refused bool) {
	for _, s := range t.Steps {
		if s.Decision == Refused {
			return s, true
		}
	}
	return Step{}, false
}

// Allowed reports whether the page gets to read the response.
func (t Trace) Allowed() bool {
	_, refused := t.Refusal()
	return !refused
}

func (t *Trace) add(steps ...Step) { t.Steps = append(t.Steps, steps...) }

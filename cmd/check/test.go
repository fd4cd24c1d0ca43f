package check

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/report"
	"apigw-cors/cmd/story"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// Test is an expectation beside a policy, and what became of its fetch.
type Test struct {
	policy.Test
	Fetch   Fetch
	Outcome Outcome
	// Problems say why it fails, in the form of got and want; none where it
	// passes.
	Problems []Problem
	// Hints are ways out of a failure; Notes say what a test that passes does not
	// show.
	Hints, Notes []string
	// Fault is the layer at fault, nil where nobody can tell.
	Fault *story.Fault
	// isOtherwise: a page that is to get through is refused, or the other way
	// round.
	isOtherwise bool
}

// Problem is one way in which a test fails. Texts are without capital and full
// stop.
type Problem struct{ Got, Want string }

// Suite is the tests of one API.
type Suite struct {
	// Name is the API's, Environment the one it is for, "" where there is one for
	// all.
	Name, Environment string
	Tests             []Test
	// AllowUnknown: a verdict that nobody can tell does not fail a test.
	AllowUnknown bool
	// Signed: the API wants signatures, and says the same to whoever does not sign
	// as of a path that it does not have.
	Signed bool
	// missed says why tests were not run; "" where all were.
	missed string
}

// NewSuite takes the tests that isRun picks by name. values replace those of
// headers that a test names, such as a token that no file should hold.
func NewSuite(name string, tests []policy.Test, isRun func(name string) bool, values cors.HeaderList) (*Suite, error) {
	s := &Suite{Name: name}
	for _, t := range tests {
		if !isRun(t.Name()) {
			continue
		}
		headers, err := story.Headers(t.Headers)
		if err != nil {
			return nil, err
		}
		for i, h := range headers {
			if value, ok := values.Get(h.Name); ok {
				headers[i].Value = value
			}
		}
		s.Tests = append(s.Tests, Test{Test: t, Fetch: Fetch{Request: cors.Request{
			Origin: t.Origin, Method: t.Method, URL: t.Path, Headers: headers, Credentials: cors.CredentialsMode(t.Credentials),
		}}})
	}
	return s, nil
}

// Run asks about every test, so many at a time. Where the very first gets no
// answer, that is the error. Where ctx ends it, that is, and tests are left
// without an outcome.
func (s *Suite) Run(ctx context.Context, a Asker, concurrency int, progress func(done, total int)) error {
	if len(s.Tests) == 0 {
		return nil
	}
	switch first := a.Ask(ctx, s.Tests[0].Fetch); {
	case ctx.Err() != nil:
	case first.Err != nil:
		return first.Err
	default:
		s.Tests[0].Outcome = first
	}
	each(ctx, len(s.Tests)-1, concurrency, progress, func(i int) {
		if o := a.Ask(ctx, s.Tests[i+1].Fetch); ctx.Err() == nil {
			s.Tests[i+1].Outcome = o
		}
	})
	for i := range s.Tests {
		s.Tests[i].judge(s)
	}
	if ctx.Err() != nil {
		s.missed = "not run: " + Ended(context.Cause(ctx))
	}
	return context.Cause(ctx)
}

func (t *Test) judge(s *Suite) {
	o := t.Outcome
	step := o.decisive()
	var got string
	switch o.Verdict {
	case "":
		return
	case Unknown:
		if !s.AllowUnknown {
			t.fail("nobody can tell: "+o.Doubt.Why, t.Want)
		}
		return
	case NoAnswer:
		t.fail(o.Err.Error(), t.Want)
		t.Hints = append(t.Hints, report.HintsOf(o.Err)...)
		return
	case Refused:
		got = policy.TestRefused
	case PreflightOnly:
		got = policy.TestAllowed
		if t.Want == policy.TestRefused || t.Status != "" {
			t.Hints = append(t.Hints, "--allow-unsafe-methods sends the actual "+t.Fetch.Method+", whatever it changes there")
		}
	default:
		got = policy.TestAllowed
	}
	why := ": " + step.Detail()
	if step.Cause == "" {
		why = ""
	}
	if o.Verdict == PreflightOnly {
		why = " as far as the preflight tells"
	}
	if got != t.Want {
		t.isOtherwise = true
		t.fail(got+why, t.Want)
		return
	}
	switch {
	case t.Status != "":
	case got == policy.TestRefused:
		t.judgeRefusal(step)
	case o.Actual != nil:
		t.judgeStatus(o.Actual.Response, s.Signed)
	}
	// Of a fetch that passes, any check that it passed may be the one that is meant.
	if t.Cause != "" && !o.came(cors.Cause(t.Cause)) {
		t.fail("cause "+string(step.Cause)+why, "cause "+t.Cause)
	}
	if t.Status == "" {
		return
	}
	switch {
	case o.Actual == nil:
		t.fail("no response: the actual request was not sent", "status "+t.Status)
	case strconv.Itoa(o.Actual.Response.Status) != t.Status:
		t.fail("status "+strconv.Itoa(o.Actual.Response.Status), "status "+t.Status)
	}
}

// judgeStatus looks at a response that a page may read, where the test does not say
// its status. An error that the page reads is noted; a path that the API does not
// have fails the test, as it shows nothing of the API.
func (t *Test) judgeStatus(r cors.Response, signed bool) {
	status := strconv.Itoa(r.Status)
	meant := "status: " + status + " in the test says that it is meant"
	location, _ := r.Headers.Get("Location")
	itself := "API Gateway answers " + status + " itself"
	if reason := t.Outcome.Failure.Reason(); reason != "" {
		itself += ": " + reason
	}
	switch o := t.Outcome; {
	case o.isNoRoute() && !(signed && o.Failure == gateway.MissingAuthenticationToken):
		t.fail("allowed, but "+itself, "allowed")
		t.Hints = append(t.Hints, meant)
	case o.ByGateway:
		t.Notes = append(t.Notes, itself+"; "+meant)
		if r.Status == 401 || r.Status == 403 {
			t.Notes = append(t.Notes, "headers in the test say what the page sends, and with --url --header NAME=VALUE what no file should hold")
		}
	case r.Status >= 400:
		t.Notes = append(t.Notes, "the page reads an error of the backend; "+meant)
	case r.Status >= 300 && location != "":
		t.Notes = append(t.Notes, "a browser goes on to "+story.MaskURL(location)+", which is not asked; "+meant)
	}
}

// judgeRefusal looks at why a page is refused that is to be: an API that fails
// before it says anything of CORS refuses everybody.
func (t *Test) judgeRefusal(s cors.Step) {
	x := t.Outcome.Actual
	if s.Stage == cors.StagePreflight {
		x = t.Outcome.Preflight
	}
	if x == nil || s.Cause != cors.AllowOriginMissing || x.Response.Status < 500 {
		return
	}
	status := strconv.Itoa(x.Response.Status)
	note := "what refuses the page is an error, " + status + " without CORS headers, which refuses every page"
	if x == t.Outcome.Actual {
		note += "; status: " + status + " in the test says that it is meant"
	}
	t.Notes = append(t.Notes, note)
}

// came reports whether the cause is that of the refusal, or, where nothing is
// refused, that of any step.
func (o Outcome) came(cause cors.Cause) bool {
	if s, refused := o.Refusal(); refused {
		return s.Cause == cause
	}
	return slices.ContainsFunc(o.Steps, func(s cors.Step) bool { return s.Cause == cause })
}

func (t *Test) fail(got, want string) { t.Problems = append(t.Problems, Problem{got, want}) }

// Passed reports whether the test was run, and is as wanted.
func (t *Test) Passed() bool { return t.Outcome.Verdict != "" && len(t.Problems) == 0 }

// Diagnose asks for the layer behind each test that fails.
func (s *Suite) Diagnose(ask func(Difference) *story.Fault) {
	for i := range s.Tests {
		t := &s.Tests[i]
		if !t.isOtherwise {
			continue
		}
		code := CodeRefused
		if t.Outcome.Verdict != Refused {
			code = CodeAllowed
		}
		t.Fault = ask(Difference{Code: code, Fetch: t.Fetch, Outcome: t.Outcome})
	}
}

// Remedy adds the change of the policy that would let a page through that is to
// be; endpoint is the API's origin.
func (s *Suite) Remedy(c gateway.Config, endpoint string) {
	for i := range s.Tests {
		t := &s.Tests[i]
		if len(t.Problems) == 0 || t.Want != policy.TestAllowed || t.Outcome.Verdict != Refused {
			continue
		}
		_, changes := gateway.Remedy(c, t.Fetch.At(endpoint))
		for _, change := range changes {
			t.Hints = append(t.Hints, "in the policy, "+change.Text)
		}
	}
}

// Counts are how many tests were run, how many of them failed, how many of the
// failing got no answer, and how many were not run.
func (s *Suite) Counts() (run, failed, silent, missing int) {
	for i := range s.Tests {
		switch t := &s.Tests[i]; {
		case t.Outcome.Verdict == "":
			missing++
		case len(t.Problems) > 0:
			run, failed = run+1, failed+1
			if t.Outcome.Verdict == NoAnswer {
				silent++
			}
		default:
			run++
		}
	}
	return run, failed, silent, missing
}

// Summary is one line, as `go test` has it.
func (s *Suite) Summary() string {
	run, failed, _, missing := s.Counts()
	name := report.Clean(s.Name)
	if s.Environment != "" {
		name += " (" + s.Environment + ")"
	}
	line := fmt.Sprintf("ok  \t%s\t%s", name, report.Plural(run, "test"))
	noted := 0
	for i := range s.Tests {
		if s.Tests[i].Passed() && len(s.Tests[i].Notes) > 0 {
			noted++
		}
	}
	if failed > 0 || missing > 0 {
		line = fmt.Sprintf("FAIL\t%s\t%s, %d failed", name, report.Plural(run, "test"), failed)
	}
	if noted > 0 {
		line += fmt.Sprintf(", %d with a note", noted)
	}
	if missing > 0 {
		line += fmt.Sprintf(", %d %s", missing, s.missed)
	}
	return line
}

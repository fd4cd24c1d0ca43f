package golden_test

import "testing"

// velocity runs mapping templates in a VTL engine. It is velocityjs, not the
// Apache Velocity of the service: where the two may differ (a header that is
// absent), a template must do the same either way.
type velocity struct{ *worker }

func startVelocity(t testing.TB) velocity {
	t.Helper()
	return velocity{startWorker(t, requireNode(t, "vtl.mjs"))}
}

// How the service hands an absent header to a template: not documented.
const (
	absentNull  = "null"
	absentEmpty = "empty"
)

// vtlRun is the request a template runs on.
type vtlRun struct {
	Template string            `json:"template"`
	Headers  map[string]string `json:"headers"`
	Query    map[string]string `json:"query,omitempty"`
	Absent   string            `json:"absent"`
	Body     string            `json:"body"`
}

// vtlResult is what the template made of it: its text, and the overrides of
// $context.responseOverride. Sets counts the assignments to each header, as
// API Gateway answers 5XX to the second.
type vtlResult struct {
	Headers map[string]string
	Sets    map[string]int
	Status  *int
	Body    string
}

func (v velocity) run(t testing.TB, run vtlRun) vtlResult {
	t.Helper()
	var result vtlResult
	v.ask(t, run, &result)
	for name, n := range result.Sets {
		if n > 1 {
			t.Errorf("%s is overridden %d times", name, n)
		}
	}
	return result
}

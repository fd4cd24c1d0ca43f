package tools

import "testing"

// Velocity runs mapping templates in a VTL engine. It is velocityjs, not the
// Apache Velocity of the service: where the two may differ (a header that is
// absent), a template must do the same either way.
type Velocity struct{ worker *Worker }

// StartVelocity starts it; it ends with the test.
func StartVelocity(t testing.TB) Velocity {
	t.Helper()
	return Velocity{Start(t, Node(t, "vtl.mjs"))}
}

// How the service hands an absent header to a template: not documented.
const (
	AbsentNull  = "null"
	AbsentEmpty = "empty"
)

// MappingTemplate is a template and the request a template runs on.
type MappingTemplate struct {
	Template string            `json:"template"`
	Headers  map[string]string `json:"headers"`
	Query    map[string]string `json:"query,omitempty"`
	Absent   string            `json:"absent"`
	Body     string            `json:"body"`
}

// Mapped is what a template made of its request: its text, and the overrides of
// $context.responseOverride. Sets counts the assignments to each header, as
// API Gateway answers 5XX to the second.
type Mapped struct {
	Headers map[string]string
	Sets    map[string]int
	Status  *int
	Body    string
}

// Run runs a template. A header that it overrides twice fails the test.
func (v Velocity) Run(t testing.TB, run MappingTemplate) Mapped {
	t.Helper()
	var result Mapped
	v.worker.Ask(t, run, &result)
	for name, n := range result.Sets {
		if n > 1 {
			t.Errorf("%s is overridden %d times", name, n)
		}
	}
	return result
}

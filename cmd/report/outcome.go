package report

import (
	"context"
	"errors"
	"syscall"
)

// Outcome is the exit code of a run, and as an error the reason it ended.
type Outcome int

// The exit codes. A code once given a meaning keeps it.
const (
	Done        Outcome = 0
	failed      Outcome = 1
	Misused     Outcome = 2
	Rejected    Outcome = 3
	Differs     Outcome = 4
	Refused     Outcome = 5
	Interrupted Outcome = 130
)

func (o Outcome) Error() string {
	switch o {
	case Done:
		return "done"
	case Misused:
		return "the command line, or .apigw-cors.yaml, cannot be read"
	case Rejected:
		return "the policy is rejected, or unsupported by a format; lint has findings; import left something open"
	case Differs:
		return "--check found differences"
	case Refused:
		return "explain, probe: a browser refuses the request, or the API does not do what the policy says; a test failed"
	case Interrupted:
		return "interrupted"
	}
	return "failed: a file cannot be read or must not be overwritten, no answer, ..."
}

// Outcomes lists every exit code.
func Outcomes() []Outcome {
	return []Outcome{Done, failed, Misused, Rejected, Differs, Refused, Interrupted}
}

// OutcomeOf tells from the error that ended a run what its exit code is. A run
// whose reader has gone is done.
func OutcomeOf(err error) Outcome {
	var usage *UsageError
	var o Outcome
	switch {
	case err == nil, BrokenPipe(err):
		return Done
	case errors.As(err, &o):
		return o
	case errors.Is(err, context.Canceled):
		return Interrupted
	case errors.As(err, &usage):
		return Misused
	}
	return failed
}

// BrokenPipe reports whether the reader of a stream has gone: it has what it
// wanted.
func BrokenPipe(err error) bool { return errors.Is(err, syscall.EPIPE) }

// UsageError is a command line that cannot be read.
type UsageError struct {
	Problem string
	Hints   []string
	// Usage is printed below, where the whole command is in question.
	Usage string
}

func (e *UsageError) Error() string { return e.Problem }

// Add puts one more problem on a line of its own.
func (e *UsageError) Add(problem string, hints ...string) {
	if e.Problem != "" {
		e.Problem += "\n"
	}
	e.Problem += problem
	e.Hints = append(e.Hints, hints...)
}

// rejection is the end of a run whose report has faults.
type rejection struct {
	// strict: advice was refused, too.
	strict bool
}

func (rejection) Error() string { return Rejected.Error() }
func (rejection) Unwrap() error { return Rejected }

// Ended is an outcome in words of its own.
type Ended struct {
	Outcome
	Text string
}

func (e Ended) Error() string { return e.Text }
func (e Ended) Unwrap() error { return e.Outcome }

// HintedError is a failure that a person can mend.
type HintedError struct {
	Err  error
	Hint string
}

func (e *HintedError) Error() string { return e.Err.Error() }
func (e *HintedError) Unwrap() error { return e.Err }

// HintsOf are the ways out of a failure.
func HintsOf(err error) []string {
	var usage *UsageError
	var hinted *HintedError
	switch {
	case errors.As(err, &usage):
		return usage.Hints
	case errors.As(err, &hinted):
		return []string{hinted.Hint}
	}
	return nil
}

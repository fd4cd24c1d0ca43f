package cmd

import (
	"context"
	"errors"
	"syscall"
)

// outcome is the exit code of a run, and as an error the reason it ended.
type outcome int

// The exit codes. A code once given a meaning keeps it.
const (
	done        outcome = 0
	failed      outcome = 1
	misused     outcome = 2
	rejected    outcome = 3
	differs     outcome = 4
	refused     outcome = 5
	interrupted outcome = 130
)

func (o outcome) Error() string {
	switch o {
	case done:
		return "done"
	case misused:
		return "the command line cannot be read"
	case rejected:
		return "the policy is rejected, or unsupported by a format"
	case differs:
		return "--check found differences"
	case refused:
		return "explain: a browser refuses the request"
	case interrupted:
		return "interrupted"
	}
	return "failed: a file cannot be read or written, or must not be overwritten"
}

// outcomes lists every exit code.
func outcomes() []outcome {
	return []outcome{done, failed, misused, rejected, differs, refused, interrupted}
}

func outcomeOf(err error) outcome {
	var usage *usageError
	var o outcome
	switch {
	case err == nil, brokenPipe(err):
		return done
	case errors.As(err, &o):
		return o
	case errors.Is(err, context.Canceled):
		return interrupted
	case errors.As(err, &usage):
		return misused
	}
	return failed
}

// brokenPipe reports whether the reader of a stream has gone: it has what it
// wanted.
func brokenPipe(err error) bool { return errors.Is(err, syscall.EPIPE) }

// usageError is a command line that cannot be read.
type usageError struct {
	problem string
	hints   []string
	// usage is printed below, where the whole command is in question.
	usage string
}

func (e *usageError) Error() string { return e.problem }

// add puts one more problem on a line of its own.
func (e *usageError) add(problem string, hints ...string) {
	if e.problem != "" {
		e.problem += "\n"
	}
	e.problem += problem
	e.hints = append(e.hints, hints...)
}

// rejection is the end of a run whose report has faults.
type rejection struct {
	// strict: advice was refused, too.
	strict bool
}

func (rejection) Error() string { return rejected.Error() }
func (rejection) Unwrap() error { return rejected }

// ended is an outcome in words of its own.
type ended struct {
	outcome
	text string
}

func (e ended) Error() string { return e.text }
func (e ended) Unwrap() error { return e.outcome }

// hintedError is a failure that a person can mend.
type hintedError struct {
	error
	hint string
}

func (e *hintedError) Unwrap() error { return e.error }

// hintsOf are the ways out of a failure.
func hintsOf(err error) []string {
	var usage *usageError
	var hinted *hintedError
	switch {
	case errors.As(err, &usage):
		return usage.hints
	case errors.As(err, &hinted):
		return []string{hinted.hint}
	}
	return nil
}

package cmd

import (
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"apigw-cors/cmd/report"
)

// traceVariable is the environment variable that asks for the stack trace.
const traceVariable = "APIGW_CORS_TRACE"

// crash is a panic as an error: a mistake of this program, never of its user.
type crash struct {
	value any
	stack []byte
}

func (c *crash) Error() string {
	text, _, _ := strings.Cut(fmt.Sprint(c.value), "\n")
	return "a mistake of this program, not of yours: " + report.Quote(text)
}

// guard runs what may panic. Main calls everything through it, and
// [generator.Renderer] hands on what panics beside it, so that no stack trace
// ever takes the place of a message.
func guard(run func() error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = &report.HintedError{
				Err:  &crash{value, debug.Stack()},
				Hint: "please report it with the command line and this version, " + report.ReadBuild().Version + "; " + traceVariable + "=1 adds the trace",
			}
		}
	}()
	return run()
}

// writeTrace writes the stack trace of a crash to w, if it was asked for.
func (a *app) writeTrace(w io.Writer, failure error) {
	var c *crash
	if a.getenv(traceVariable) != "" && !a.json && errors.As(failure, &c) {
		io.WriteString(w, report.CleanText(fmt.Sprintf("%v\n%s", c.value, c.stack)))
	}
}

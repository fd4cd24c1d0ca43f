package cmd

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"apigw-cors/cmd/report"
)

// app is one run of the command: its streams, its environment, and what all
// commands have in common.
type app struct {
	in     io.Reader
	out    io.Writer
	err    io.Writer
	getenv func(string) string

	json    bool
	noInput bool
	// byLine: questions are plain lines.
	byLine bool
	color  choice[colorMode]

	// report is what Main prints at the end.
	report report.Report
	// help is stdout for pages of help, which are written without asking
	// whether they arrive.
	help *rememberingWriter
}

// rememberingWriter keeps the first error of a write.
type rememberingWriter struct {
	to  io.Writer
	err error
}

func (w *rememberingWriter) Write(b []byte) (int, error) {
	n, err := w.to.Write(b)
	if w.err == nil {
		w.err = err
	}
	return n, err
}

// Main runs the command line args, without the program's name, and returns the
// exit code.
func Main(args []string, in io.Reader, out, err io.Writer, getenv func(string) string) int {
	// A reader that has seen enough (`| head`) shall end the run with a code,
	// where the signal would kill it.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// The second Ctrl-C ends what does not heed the first.
	defer context.AfterFunc(ctx, stop)()

	a := newApp(in, out, err, getenv)
	failure := guard(func() error { return newRoot(a, args).ExecuteContext(ctx) })
	if failure == nil {
		failure = a.help.err
	}
	// A flag that cannot be read may stand before --json.
	a.json = a.json || slices.Contains(args, "--json")
	return a.finish(failure)
}

func newApp(in io.Reader, out, err io.Writer, getenv func(string) string) *app {
	return &app{in: in, out: out, err: err, getenv: getenv, color: newChoice(colorAuto, colorAlways, colorNever), help: &rememberingWriter{to: out}}
}

// finish prints the report and chooses the exit code.
func (a *app) finish(failure error) int {
	code := report.OutcomeOf(failure)
	var b bytes.Buffer
	if a.json {
		a.report.WriteJSON(&b, code, failure)
	} else {
		a.report.WriteText(&b, a.painter(), code, failure)
	}
	a.writeTrace(&b, failure)
	// In one piece, so that it does not mix with another program's words. If
	// stderr is gone there is nobody left to tell. A write of nothing, too, would
	// wait for the log of a server that nobody reads.
	if b.Len() > 0 {
		a.err.Write(b.Bytes())
	}
	return int(code)
}

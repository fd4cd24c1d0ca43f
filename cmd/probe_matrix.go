package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/check"
	"apigw-cors/cmd/files"
	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/probe"
	"apigw-cors/cmd/report"
)

// matrixFlags are the flags of probe that go with a policy.
type matrixFlags struct {
	file, environment string
	format            choice[string]
	parameters        []string
	api               string
	maximum           int
	abreast           int
	longest           time.Duration
}

func (m *matrixFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	m.format = newChoice("text", "json", "junit", "sarif")
	flags.VarP(policy.TextValue{Text: &m.file, Kind: "cors.yaml"}, "file", "f", "compare the API with a policy: every path and method, for many origins")
	flags.Var(policy.TextValue{Text: &m.api, Kind: "name"}, "api-name", "the API of the file, where it has several")
	registerEnvironment(cmd, &m.environment)
	flags.Var(&m.format, "format", "how to print what is found; junit and sarif go with -f")
	flags.Var(entriesValue{&m.parameters, "NAME=VALUE"}, "path-parameter", "value of a variable of the policy's paths, as in id=42; repeatable")
	flags.IntVar(&m.maximum, "max-requests", probe.DefaultMaxRequests, "how many requests may be sent with -f")
	flags.IntVar(&m.abreast, "concurrency", probe.DefaultConcurrency, "how many of them at a time")
	flags.DurationVar(&m.longest, "max-time", probe.DefaultMaxTime, "how long a run with -f may take; what is not asked by then is unknown")
	completeFlag(cmd, "file", completeExtensions("yaml", "yml"))
	completeFlag(cmd, "format", completeOne(m.format.names()))
	for _, name := range []string{"api-name", "path-parameter", "max-requests", "concurrency", "max-time"} {
		completeFlag(cmd, name, noCompletion)
	}
}

// checkProbe refuses flags that say nothing beside -f, or without it.
func (m *matrixFlags) checkProbe(cmd *cobra.Command) error {
	e := &report.UsageError{}
	if cmd.Flags().Changed("file") {
		if m.file == "" {
			e.Add("--file: empty", "name a file, or - for stdin")
		}
		for _, name := range []string{"origin", "method", "credentials", "browser"} {
			if cmd.Flags().Changed(name) {
				e.Add("--"+name+": with -f the policy says who fetches what", "leave out -f or --"+name)
			}
		}
	} else {
		for _, name := range []string{"environment", "api-name", "path-parameter", "max-requests", "concurrency", "max-time"} {
			if cmd.Flags().Changed(name) {
				e.Add("--"+name+": without -f there is one fetch", "add -f cors.yaml, or leave --"+name+" out")
			}
		}
		if m.format.value == "junit" || m.format.value == "sarif" {
			e.Add("--format: "+report.Quote(m.format.value)+": a report of many fetches, and without -f there is one", "add -f cors.yaml, or use --format json")
		}
	}
	if e.Problem != "" {
		return e
	}
	return nil
}

// probeMatrix holds a deployed API against a policy.
func (a *app) probeMatrix(ctx context.Context, o *probeOptions) error {
	source, api, err := a.readSource(ctx, o.matrix.file, o.matrix.environment, o.matrix.api, "probe")
	if err != nil {
		return err
	}
	e := &report.UsageError{}
	c := probe.MatrixConfig{
		URL: o.URL, API: *api, Headers: o.request.fetch.Headers, Values: assignments("--path-parameter", o.matrix.parameters, e),
		Cookie: o.Cookie, Data: o.Data, AllowUnsafeMethods: o.AllowUnsafeMethods,
		MaxRequests: o.matrix.maximum, Concurrency: o.matrix.abreast, MaxTime: o.matrix.longest, Connection: o.Connection,
	}
	if e.Problem != "" {
		return e
	}
	if o.DryRun {
		return probe.Plan(c, a.out)
	}
	progress := newCellProgress(a.err)
	if a.watched() {
		c.Progress = progress.tell
	}
	p, err := probe.Matrix(ctx, c)
	progress.clear()
	if err != nil {
		return err
	}
	p.Environment = source.Environment
	place := func(c *check.Cell) report.Place {
		return source.Places.Find(report.PathOf("resources", c.Row.Resource))
	}
	if err := a.printProbed(o.matrix.format.value, p, place); err != nil {
		return err
	}
	differing, silent := p.Differing()
	switch {
	case errors.Is(p.Ended, context.Canceled):
		return report.Ended{Outcome: report.Interrupted, Text: p.Summary()}
	case differing > 0:
		return report.Ended{Outcome: report.Refused, Text: p.Summary()}
	case p.Ended != nil:
		return &report.HintedError{Err: errors.New(p.Summary()), Hint: "--max-time " + (2 * o.matrix.longest).String() + " gives it longer, --concurrency " + strconv.Itoa(min(2*o.matrix.abreast, probe.MaxConcurrency)) + " asks more at a time"}
	case silent > 0:
		return errors.New(p.Summary())
	}
	a.report.Conclude(p.Summary())
	return nil
}

func (a *app) printProbed(format string, p *probe.Probed, place func(*check.Cell) report.Place) error {
	switch format {
	case "json":
		differing, silent := p.Differing()
		d := check.NewMatrixDocument(p.URL, differing+silent == 0 && p.Ended == nil, p.Ended == nil)
		d.APIs = append(d.APIs, p.Document(false))
		return report.EncodeJSON(a.out, d)
	case "junit":
		return report.WriteJUnitCases(a.out, "apigw-cors probe", p.Cases(place))
	case "sarif":
		incomplete := ""
		if p.Ended != nil {
			incomplete = p.Summary()
		}
		cases := p.Cases(place)
		for i := range cases {
			cases[i].Place.File = a.fromTop(cases[i].Place.File)
		}
		return report.WriteSARIFCases(a.out, check.CaseRules(), cases, incomplete)
	}
	p.WriteText(a.out, a.drawing())
	return nil
}

// fromTop is a file's path from the top of its working tree, as code scanning has
// it; the file as it is called where it has no such path.
func (a *app) fromTop(file string) string {
	trees, err := files.OpenTrees()
	if err != nil {
		return file
	}
	defer trees.Close()
	if _, name, _, err := trees.Find(file); err == nil {
		return name
	}
	return file
}

// cellProgress tells a person who looks how far a run is that takes longer than
// a second.
type cellProgress struct {
	to           io.Writer
	start, shown time.Time
}

func newCellProgress(to io.Writer) *cellProgress { return &cellProgress{to: to, start: time.Now()} }

func (p *cellProgress) tell(done, total int) {
	if now := time.Now(); now.Sub(p.start) >= time.Second && now.Sub(p.shown) >= 100*time.Millisecond {
		p.shown = now
		fmt.Fprintf(p.to, "\r\x1b[K%d of %d", done, total)
	}
}

// clear leaves the line to what follows.
func (p *cellProgress) clear() {
	if !p.shown.IsZero() {
		fmt.Fprint(p.to, "\r\x1b[K")
	}
}

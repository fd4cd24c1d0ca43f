package cmd

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/probe"
	"apigw-cors/cmd/report"
	"apigw-cors/cmd/story"
	"apigw-cors/generator/cors"
)

// probeOptions are the flags of probe.
type probeOptions struct {
	request requestFlags
	matrix  matrixFlags
	probe.Config
}

func newProbe(a *app, run func(context.Context, *probeOptions) error) *cobra.Command {
	o := &probeOptions{request: newRequestFlags()}
	cmd := &cobra.Command{
		Use:   "probe URL {--origin ORIGIN | -f cors.yaml} [flags]",
		Short: "Look at a deployed API as a browser does",
		Long: `Look at a deployed API as a browser does: send the preflight that a browser
would send for a page's fetch, then the actual request, and tell step by step
what the browser makes of the answers, which part of the deployment is at fault,
and what to change there. Two more requests show whether pages can read the
API's errors.

With -f it compares the API at URL, its stage included, with a policy: every
path and method, for pages that the policy allows, for pages that only look like
them, for one whose name nobody has, and without an origin. Each difference
comes with the layer at fault. explain --matrix draws the policy itself.

Only OPTIONS, GET and HEAD are sent, unless --allow-unsafe-methods says so, and
no redirect is followed. Headers and query parameters that look like secrets are
hidden in all that is printed. Exit code 5 means that a browser refuses, or that
the API does not do what the policy says, and 1 that there is no answer.`,
		Example: examples(exampleProbe, exampleProbeMatrix, exampleProbePlan),
		Args: func(cmd *cobra.Command, args []string) error {
			switch len(args) {
			case 0:
				return &report.UsageError{Problem: "no URL", Hints: []string{"as in " + cmd.CommandPath() + " https://abc123.execute-api.eu-west-1.amazonaws.com/prod/orders"}}
			case 1:
				return nil
			}
			return &report.UsageError{Problem: report.Quote(story.MaskURL(args[1])) + ": probe takes one URL", Hints: []string{"put quotes around a URL that has & or blanks in it"}}
		},
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.URL = args[0]
			if a.json && !cmd.Flags().Changed("format") {
				o.matrix.format.value = "json"
			}
			if err := o.matrix.checkProbe(cmd); err != nil {
				return err
			}
			return run(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	o.request.registerFetch(cmd)
	flags.Var(policy.TextValue{Text: &o.Cookie, Kind: "cookies"}, "cookie", "cookies that the browser has for the URL, as in 'session=1'; sent with --credentials include")
	flags.Var(policy.TextValue{Text: &o.Data, Kind: "text"}, "data", "body of a request that has one")
	flags.BoolVar(&o.AllowUnsafeMethods, "allow-unsafe-methods", false, "send requests that may change something, too")
	flags.BoolVar(&o.DryRun, "dry-run", false, "print what would be sent")
	registerConnection(cmd, &o.Connection)
	o.matrix.register(cmd)
	for _, name := range []string{"cookie", "data"} {
		completeFlag(cmd, name, noCompletion)
	}
	return cmd
}

// registerConnection adds the flags that say how to reach an API.
func registerConnection(cmd *cobra.Command, c *probe.Connection) {
	flags := cmd.Flags()
	flags.DurationVar(&c.Timeout, "timeout", 35*time.Second, "how long to wait for each answer")
	flags.Var(entriesValue{&c.Resolve, "HOST:PORT:ADDRESS"}, "resolve", "dial ADDRESS instead of HOST; repeatable")
	flags.BoolVar(&c.Insecure, "insecure", false, "do not verify certificates")
	flags.BoolVar(&c.HTTP1, "http1", false, "speak HTTP/1.1, not HTTP/2")
	for _, name := range []string{"timeout", "resolve"} {
		completeFlag(cmd, name, noCompletion)
	}
}

// userAgent is what probe and test call themselves.
func userAgent() string { return "apigw-cors/" + report.ReadBuild().Version }

const (
	exampleProbe = `# Why does the page fail?
$ apigw-cors probe https://api.example.com/orders \
    --origin https://app.example.com --method POST \
    --header Content-Type=application/json --header Authorization="$TOKEN"`

	exampleProbeMatrix = `# Does what is deployed say what the policy says?
$ apigw-cors probe -f cors.yaml \
    https://abc123.execute-api.eu-west-1.amazonaws.com/prod`

	exampleProbePlan = `# What would be sent?
$ apigw-cors probe https://api.example.com/orders \
    --origin https://app.example.com --method DELETE --dry-run`
)

// probe looks at a deployed API.
func (a *app) probe(ctx context.Context, o *probeOptions) error {
	c := &o.Config
	if err := c.Connection.Check(); err != nil {
		return err
	}
	c.Connection.UserAgent = userAgent()
	if !o.DryRun {
		a.warnInsecure(c.Connection)
	}
	if o.matrix.file != "" {
		return a.probeMatrix(ctx, o)
	}
	c.Fetch = o.request.fetch
	c.Fetch.Credentials = o.request.credentials.value
	c.Browser = o.request.browser.value
	c.JSON, c.Out = o.matrix.format.value == "json", a.out
	return probe.Run(ctx, *c)
}

// warnInsecure says loudly that nobody knows who answers.
func (a *app) warnInsecure(c probe.Connection) {
	const why = "--insecure: certificates are not verified: whoever is in between reads and writes along"
	switch {
	case !c.Insecure:
	case a.json:
		a.report.Advise(report.Remark{Advice: cors.Advice{Code: report.Insecure, Severity: cors.Warning, Detail: why}})
	default:
		fmt.Fprintln(a.err, a.painter().Yellow("warning")+": "+why)
	}
}

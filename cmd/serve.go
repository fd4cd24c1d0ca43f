package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/serve"
)

// serveOptions are the flags of serve.
type serveOptions struct {
	policy          policy.Flags
	listen, backend string
	allowHosts      []string
	fail            choice[serve.FailStatus]
}

func newServe(a *app, run func(context.Context, *serveOptions) error) *cobra.Command {
	o := &serveOptions{listen: "127.0.0.1:8080", fail: newChoice(serve.FailStatuses()...)}
	cmd := &cobra.Command{
		Use:   "serve [flags]",
		Short: "Answer on this machine as the deployed API would",
		Long: `Answer on this machine as the deployed API would, CORS headers, preflights and
API Gateway's own errors included, so that a page can be tried before anything
is deployed. Requests go on to --backend; without one an echo answers in the
place of the rendered Lambda function. No credentials are verified: where the
API asks for auth, its header may have any value.

Each request is logged on stderr with what a browser makes of the response;
with --json as a JSON object per line on stdout, the first of which has the
address. Over loopback only requests to localhost, an IP address or a name of
--allow-host are answered, as a foreign site can let its own name point to this
machine. A request with the header
` + serve.FailHeader + `: 401 (403, 429, 500, 504) meets that error; the preflight
allows this header, and that is all that the deployed API does otherwise.`,
		Example: examples(exampleServe, exampleFail),
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return run(cmd.Context(), o) },
	}
	flags := cmd.Flags()
	o.policy.Register(flags)
	completePolicy(cmd)
	flags.Var(policy.TextValue{Text: &o.listen, Kind: "host:port"}, "listen", "address to listen on; port 0 takes a free one")
	flags.Var(policy.TextValue{Text: &o.backend, Kind: "URL"}, "backend", "where requests go on to, as in http://127.0.0.1:3000")
	flags.Var(policy.ListValue{List: &o.allowHosts}, "allow-host", "host names that requests to this machine may carry besides localhost and IP addresses")
	flags.Var(&o.fail, "fail", "answer every actual request with this error of API Gateway's own")
	completeFlag(cmd, "listen", noCompletion)
	completeFlag(cmd, "backend", noCompletion)
	completeFlag(cmd, "allow-host", noCompletion)
	completeFlag(cmd, "fail", completeOne(o.fail.names()))
	return cmd
}

const (
	exampleServe = `# Put the API of cors.yaml in front of a server you run, and log each verdict
$ apigw-cors serve -f cors.yaml --backend http://127.0.0.1:3000`

	exampleFail = `# What does the page make of a throttled request?
$ apigw-cors serve -f cors.yaml --fail 429`
)

// serve answers until the run is interrupted.
func (a *app) serve(ctx context.Context, o *serveOptions) error {
	in, err := o.policy.Input(a.in)
	if err != nil {
		return err
	}
	return serve.Run(ctx, serve.Config{
		Input: in, Listen: o.listen, Backend: o.backend, AllowHosts: o.allowHosts, Fail: o.fail.value,
		Report: &a.report, JSON: a.json, Out: a.out, Err: a.err, Paint: a.painter(),
	})
}

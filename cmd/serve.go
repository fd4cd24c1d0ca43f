package cmd

import (
	"context"

	"github.com/spf13/cobra"
)

// serveOptions are the flags of serve.
type serveOptions struct {
	policy          policyFlags
	listen, backend string
	fail            choice[failStatus]
}

func newServe(a *app, run func(context.Context, *serveOptions) error) *cobra.Command {
	o := &serveOptions{listen: "127.0.0.1:8080", fail: newChoice(failStatuses()...)}
	cmd := &cobra.Command{
		Use:   "serve [flags]",
		Short: "Answer on this machine as the deployed API would",
		Long: `Answer on this machine as the deployed API would, CORS headers, preflights and
API Gateway's own errors included, so that a page can be tried before anything
is deployed. Requests go on to --backend; without one an echo answers in the
place of the rendered Lambda function. No credentials are verified: where the
API asks for auth, any value of its header does.

Each request is logged on stderr with what a browser makes of the response;
with --json as a JSON object per line on stdout. A request with the header
` + failHeader + `: 401 (403, 429, 500, 504) meets that error; the preflight lets
the header pass, which is the one thing the deployed API does otherwise.`,
		Example: examples(exampleServe, exampleFail),
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return run(cmd.Context(), o) },
	}
	flags := cmd.Flags()
	o.policy.register(flags)
	completePolicy(cmd)
	flags.Var(textValue{&o.listen, "host:port"}, "listen", "address to listen on; port 0 takes a free one")
	flags.Var(textValue{&o.backend, "URL"}, "backend", "where requests go on to, as in http://127.0.0.1:3000")
	flags.Var(&o.fail, "fail", "answer every actual request with this error of API Gateway's own")
	complete(cmd, "listen", nothing)
	complete(cmd, "backend", nothing)
	complete(cmd, "fail", one(o.fail.names()))
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
	in, err := o.policy.input(a.in)
	if err != nil {
		return err
	}
	return serveAPI(ctx, serveConfig{
		input: in, listen: o.listen, backend: o.backend, fail: o.fail.value,
		report: &a.report, json: a.json, out: a.out, err: a.err, paint: a.painter(),
	})
}

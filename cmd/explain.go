package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/explain"
	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
)

// explainOptions are the flags of explain.
type explainOptions struct {
	policy  policy.Flags
	request requestFlags
	mermaid bool
	message string
}

func newExplain(a *app, run func(context.Context, *explainOptions, cors.Request) error) *cobra.Command {
	o := &explainOptions{request: newRequestFlags()}
	cmd := &cobra.Command{
		Use:   "explain --origin ORIGIN [flags]",
		Short: "Tell what a browser makes of a request, step by step",
		Long: `Tell what a browser makes of a page's fetch from the API, step by step and
offline: whether it asks with a preflight first and why, what API Gateway
answers, what the browser decides by which clause of the Fetch standard, what
becomes of API Gateway's own errors, and for a refusal the one change of the
policy that would allow it. Exit code 5 says that the browser refuses.

With --message it takes a line of the browser's console instead, and tells what
is behind it as a rule and what to run; it needs no policy.

With --json the explanation is a document on stdout: help json.`,
		Example: examples(exampleExplain, exampleMermaid, exampleMessage),
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Changed("message") {
				if a.json || o.mermaid {
					return &report.UsageError{Problem: "--message: it is told as text alone", Hints: []string{"leave out --json and --mermaid"}}
				}
				return a.explainMessage(cmd.Context(), o.message)
			}
			r, err := o.request.parse()
			if err != nil {
				return err
			}
			if o.mermaid && a.json {
				return &report.UsageError{Problem: "--mermaid and --json are two languages for one stdout", Hints: []string{"give one of the two"}}
			}
			return run(cmd.Context(), o, r)
		},
	}
	o.policy.Register(cmd.Flags())
	completePolicy(cmd)
	o.request.register(cmd)
	cmd.Flags().BoolVar(&o.mermaid, "mermaid", false, "print the sequence diagram alone, in Mermaid")
	cmd.Flags().Var(policy.TextValue{Text: &o.message, Kind: "text"}, "message", "what the browser's console says, - for stdin: tell what is behind it")
	completeFlag(cmd, "message", noCompletion)
	return cmd
}

const (
	exampleExplain = `# Why does this request fail?
$ apigw-cors explain -f cors.yaml --origin https://app.example.com \
    --method PATCH --path /orders/1 --header Content-Type=application/json \
    --header X-Api-Key=secret --credentials include`

	exampleMermaid = `# The same as a diagram, for a document
$ apigw-cors explain -f cors.yaml --origin https://app.example.com --mermaid`

	exampleMessage = `# What does this red line mean?
$ apigw-cors explain --message "Method PUT is not allowed by \
    Access-Control-Allow-Methods in preflight response."`
)

// explain prints an explanation for each API of the input.
func (a *app) explain(ctx context.Context, o *explainOptions, r cors.Request) error {
	in, err := o.policy.Input(a.in)
	if err != nil {
		return err
	}
	style := explain.Text
	switch {
	case a.json:
		style = explain.JSON
	case o.mermaid:
		style = explain.Mermaid
	}
	return explain.Run(ctx, in, r, &a.report, style, a.out)
}

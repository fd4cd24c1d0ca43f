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
	matrix  bool
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

--matrix draws a table instead: on every path, with every method, pages that the
policy allows and pages that only look like them. + means that the page reads
the response, - that it is refused. probe -f draws the same of a deployed API.

--message takes a line of the browser's console instead, and tells its usual
cause and what to run. It needs no policy.

With --json the explanation is a document on stdout: help json.`,
		Example: examples(exampleExplain, exampleBrowser, exampleMermaid, exampleMatrix, exampleMessage),
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Changed("message") {
				if err := aloneWithMessage(cmd); err != nil {
					return err
				}
				return a.explainMessage(cmd.Context(), o.message)
			}
			if o.matrix {
				if err := o.aloneWithMatrix(cmd); err != nil {
					return err
				}
				return a.explainMatrix(cmd.Context(), o)
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
	cmd.Flags().BoolVar(&o.matrix, "matrix", false, "draw every path and method by origins, allowed and not")
	cmd.Flags().Var(policy.TextValue{Text: &o.message, Kind: "text"}, "message", "line of the browser's console, - for stdin: tell its usual cause")
	completeFlag(cmd, "message", noCompletion)
	return cmd
}

const (
	exampleExplain = `# Why does this request fail?
$ apigw-cors explain -f cors.yaml --origin https://app.example.com \
    --method PATCH --path /orders/1 --header Content-Type=application/json \
    --header X-Api-Key=secret --credentials include`

	exampleBrowser = `# What does Safari say, and what does it do otherwise than the standard?
$ apigw-cors explain -f cors.yaml --origin https://app.example.com \
    --method PATCH --credentials include --browser webkit`

	exampleMermaid = `# The same as a diagram, for a document
$ apigw-cors explain -f cors.yaml --origin https://app.example.com --mermaid`

	exampleMatrix = `# Who gets through, on every path?
$ apigw-cors explain -f cors.yaml --matrix`

	exampleMessage = `# What does this red line mean?
$ apigw-cors explain --message "Method PUT is not allowed by \
    Access-Control-Allow-Methods in preflight response."`
)

// aloneWithMatrix refuses the flags that say one request.
func (o *explainOptions) aloneWithMatrix(cmd *cobra.Command) error {
	e := &report.UsageError{}
	for _, name := range []string{"origin", "method", "path", "header", "credentials", "browser", "endpoint", "mermaid"} {
		if cmd.Flags().Changed(name) {
			e.Add("--"+name+": --matrix goes through every one", "leave out --matrix or --"+name)
		}
	}
	if e.Problem != "" {
		return e
	}
	return nil
}

// explainMatrix draws the matrix of each API of the input.
func (a *app) explainMatrix(ctx context.Context, o *explainOptions) error {
	in, err := o.policy.Input(a.in)
	if err != nil {
		return err
	}
	return explain.RunMatrix(ctx, in, &a.report, a.json, a.drawing(), a.out)
}

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
	return explain.Run(ctx, in, r, o.request.browser.value, &a.report, style, a.out)
}

package cmd

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/spf13/cobra"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// explainOptions are the flags of explain.
type explainOptions struct {
	policy  policyFlags
	request requestFlags
	mermaid bool
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

With --json the explanation is a JSON array on stdout, one element per API.`,
		Example: examples(exampleExplain, exampleMermaid),
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			r, err := o.request.parse()
			if err != nil {
				return err
			}
			if o.mermaid && a.json {
				return &usageError{problem: "--mermaid and --json are two languages for one stdout", hints: []string{"give one of the two"}}
			}
			return run(cmd.Context(), o, r)
		},
	}
	o.policy.register(cmd)
	o.request.register(cmd)
	cmd.Flags().BoolVar(&o.mermaid, "mermaid", false, "print the sequence diagram alone, in Mermaid")
	return cmd
}

const (
	exampleExplain = `# Why does this request fail?
$ apigw-cors explain -f cors.yaml --origin https://app.example.com \
    --method PATCH --path /orders/1 --header Content-Type=application/json \
    --header X-Api-Key=secret --credentials include`

	exampleMermaid = `# The same as a diagram, for a document
$ apigw-cors explain -f cors.yaml --origin https://app.example.com --mermaid`
)

// explain prints an explanation for each API of the input.
func (a *app) explain(ctx context.Context, o *explainOptions, r cors.Request) error {
	in, err := o.policy.input(a)
	if err != nil {
		return err
	}
	var all []explanation
	for s, err := range in.sources(ctx) {
		if err != nil {
			return err
		}
		if api, ok := s.parse(&a.report); ok {
			all = append(all, newExplanation(s.config, api, r))
		}
	}
	if err := a.report.outcome(); err != nil {
		return err
	}
	// In one piece, so that a fault in the last API leaves stdout empty.
	var b bytes.Buffer
	switch {
	case a.json:
		encoder := json.NewEncoder(&b)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		err = encoder.Encode(all)
	case o.mermaid:
		for _, e := range all {
			e.writeMermaid(&b)
		}
	default:
		for i, e := range all {
			if i > 0 {
				b.WriteString("\n\n")
			}
			e.writeText(&b)
		}
	}
	if err != nil {
		return err
	}
	if _, err := a.out.Write(b.Bytes()); err != nil {
		return err
	}
	for _, e := range all {
		if !e.Allowed {
			return ended{refused, "a browser refuses the request: " + e.Reason}
		}
	}
	return nil
}

// failuresToExplain are what goes wrong often enough to be told each time.
func failuresToExplain() []int { return []int{401, 403, 429, 504} }

// possible keeps to the failures that an API can have: without auth no
// caller is refused.
func possible(api gateway.API, status int) bool {
	switch status {
	case 401:
		return api.HasAuthorizer()
	case 403:
		return api.Auth() != gateway.NoAuth
	}
	return true
}

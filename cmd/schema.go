package cmd

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/prompt"
	"apigw-cors/cmd/report"
	"apigw-cors/cmd/schema"
)

func newSchema(a *app) *cobra.Command {
	names := append([]string{policy.DefaultFile}, schema.Names()...)
	return &cobra.Command{
		Use:   "schema [document]",
		Short: "Print the JSON Schema of cors.yaml",
		Long: `Print the JSON Schema (2020-12) of cors.yaml, for an editor that completes and
checks it, or that of a document that a command prints with --json:
` + prompt.Fold(strings.Join(schema.Names(), ", ")+".", 80, "") + `
An editor with a YAML language server finds it by the first line of cors.yaml,
  # yaml-language-server: $schema=` + policy.SchemaFile + `
which init --schema writes, and which is kept up where a policy is saved beside
a file of this name. What the schema accepts, generate may still refuse: it
knows more than a schema can say.`,
		Example: examples(exampleSchema, exampleSchemaJSON),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			name := policy.DefaultFile
			switch {
			case len(args) > 1:
				return &report.UsageError{Problem: report.Quote(args[1]) + ": schema takes one document", Hints: []string{"leave it out"}}
			case len(args) == 1:
				name = args[0]
			}
			if !slices.Contains(names, name) {
				return &report.UsageError{
					Problem: "schema: " + report.Quote(name) + ": no such document",
					Hints:   report.DidYouMean(name, names, "use one of "+strings.Join(names, ", ")),
				}
			}
			if name == policy.DefaultFile {
				return a.printJSON(policy.Schema())
			}
			text, err := schema.Text(name)
			if err != nil {
				return err
			}
			_, err = a.out.Write(text)
			return err
		},
	}
}

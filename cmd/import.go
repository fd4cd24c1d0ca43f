package cmd

import (
	"context"
	"errors"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/files"
	"apigw-cors/cmd/imports"
	"apigw-cors/cmd/lint"
	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/reader"
)

// fileFlags tell what files leave to those who deploy them.
type fileFlags struct {
	parameters []string
	variables  []string
	plan       string
}

// importOptions are the flags of import.
type importOptions struct {
	read fileFlags
	ids  bool
}

func newImport(a *app, run func(context.Context, *importOptions, string) error) *cobra.Command {
	o := &importOptions{}
	cmd := &cobra.Command{
		Use:   "import PATH [flags]",
		Short: "Make a cors.yaml of a template you have",
		Long: `Make a cors.yaml of what a file tells API Gateway: SAM, CloudFormation, the
CDK's cdk.out, OpenAPI with API Gateway's extensions, a Terraform module,
serverless.yml. PATH is a file, a folder, or - for stdin; several APIs become
several documents, of which other commands choose one with --api-name. Nothing
is sent anywhere.

What a policy cannot carry, and what the file does not show, is not guessed: a
comment says where it stands and why. A value that only you can give is left
out, below the words "fill in"; generate then asks for it. Exit code 3 means
that there are such values. lint says what is wrong with the file itself.

The policy is for any format. With --ids it also has what the file calls the API
and its paths (apiId, id), and is for a snippet that goes into the same files.

With --json the policies are a document on stdout: help json.`,
		Example: examples(exampleImport, exampleImportCheck, exampleImportIDs, exampleImportTerraform),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveDefault
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return &report.UsageError{Problem: "import: no PATH", Hints: []string{"name the template, or the folder of the module, as in: apigw-cors import template.yaml"}}
			case len(args) > 1:
				return &report.UsageError{Problem: report.Quote(args[1]) + ": import takes one PATH", Hints: []string{"name the folder that both are in, or run it for each"}}
			}
			return run(cmd.Context(), o, args[0])
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().BoolVar(&o.ids, "ids", false, "add apiId and the ids of the paths, for a snippet that goes into the same files")
	o.read.register(cmd)
	return cmd
}

const (
	exampleImport = `# The policy that a template has
$ apigw-cors import template.yaml > cors.yaml`

	exampleImportCheck = `# What would another tool be told of it?
$ apigw-cors import template.yaml \
    | apigw-cors generate -f - --format terraform`

	exampleImportIDs = `# A snippet that refers to what stands in the template
$ apigw-cors import template.yaml --ids \
    | apigw-cors generate -f - --format cloudformation`

	exampleImportTerraform = `# A Terraform module, with a variable that has no default
$ apigw-cors import infra --var origin=https://app.example.com`
)

// register adds the flags.
func (f *fileFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.Var(entriesValue{&f.parameters, "NAME=VALUE"}, "parameter", "value of a parameter of the templates; repeatable")
	flags.Var(entriesValue{&f.variables, "NAME=VALUE"}, "var", "value of an input variable of the Terraform modules; repeatable")
	flags.Var(policy.TextValue{Text: &f.plan, Kind: "plan.json"}, "plan", "what `terraform show -json` prints of a plan or a state")
	completeFlag(cmd, "parameter", noCompletion)
	completeFlag(cmd, "var", noCompletion)
	completeFlag(cmd, "plan", completeExtensions("json"))
}

// parse reads the flags; e gets every mistake.
func (f *fileFlags) parse(ctx context.Context, e *report.UsageError) (o reader.Options, err error) {
	o.Parameters = assignments("--parameter", f.parameters, e)
	o.Variables = assignments("--var", f.variables, e)
	if e.Problem == "" && f.plan != "" {
		o.Plan, err = readNamed(ctx, f.plan)
	}
	return o, err
}

// importPolicies prints what is made of a file.
func (a *app) importPolicies(ctx context.Context, o *importOptions, path string) error {
	found, err := a.readPolicies(ctx, o, path)
	if err != nil {
		return err
	}
	write := found.WriteYAML
	if a.json {
		write = found.WriteJSON
	}
	if len(found.APIs) > 0 || a.json {
		if err := write(a.out); err != nil {
			return err
		}
	}
	return a.concludeImport(found, "import", path)
}

// readPolicies makes policies of what is at a path.
func (a *app) readPolicies(ctx context.Context, o *importOptions, path string) (*imports.Found, error) {
	e := &report.UsageError{}
	read, err := o.read.parse(ctx, e)
	switch {
	case e.Problem != "":
		return nil, e
	case err != nil:
		return nil, err
	}
	options := imports.Options{Options: lint.Options{Paths: []string{path}, Read: read}, IDs: o.ids}
	if err := a.readStdin(ctx, &options.Options); err != nil {
		return nil, err
	}
	trees, err := files.OpenTrees()
	if err != nil {
		return nil, err
	}
	defer trees.Close()
	if a.watched() {
		tell, clear := newLintProgress(a.err)
		defer clear()
		options.Progress = tell
	}
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(lintMemory))
	return imports.Read(ctx, trees, options)
}

// concludeImport tells on stderr what is left to do, and how the run ended.
func (a *app) concludeImport(found *imports.Found, command, path string) error {
	for _, f := range found.Faults {
		a.report.Add(report.Fault{
			Place:      report.Place{File: f.Place.File, Line: f.Place.Line, Column: f.Place.Column},
			FieldError: cors.FieldError{Index: -1, Reason: cors.Invalid, Detail: f.Detail, Hint: f.Hint},
		})
	}
	var lines []string
	open := 0
	for _, i := range found.APIs {
		var fields []string
		for _, n := range imports.Open(i) {
			if !slices.Contains(fields, n.Field) {
				fields = append(fields, n.Field)
			}
		}
		if open += len(fields); len(fields) > 0 {
			lines = append(lines, imports.Where(i.Place)+": to fill in: "+strings.Join(fields, ", "))
		}
	}
	switch {
	case len(found.Faults) > 0:
		return errors.New(strings.Join(append(lines, "not everything could be read"), "\n"))
	case len(found.APIs) == 0:
		what := "nothing to read here: no SAM, CloudFormation or Terraform for API Gateway, no OpenAPI with its extensions, no serverless.yml"
		if len(found.Other) > 0 {
			what = found.Other[0] + ": nothing that tells API Gateway about an API"
		}
		if hint := ofCDK(command, []string{path}); hint != "" {
			return &report.HintedError{Err: errors.New(what), Hint: hint}
		}
		return errors.New(what)
	case open > 0:
		return report.Ended{Outcome: report.Rejected, Text: strings.Join(lines, "\n")}
	}
	a.report.Conclude(report.Plural(len(found.APIs), "API") + ", nothing to fill in")
	return nil
}

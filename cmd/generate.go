package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"apigw-cors/generator"
)

// generateOptions are the flags of generate.
type generateOptions struct {
	policy             policyFlags
	formats            []string
	samScope           choice[generator.SAMScope]
	terraformPreflight choice[generator.TerraformPreflight]
	standalone         bool
	out                string
	check, force       bool
}

// newGenerate makes the command; run is what it runs once the flags are read.
func newGenerate(a *app, run func(context.Context, *generateOptions) error) *cobra.Command {
	o := newGenerateOptions()
	cmd := &cobra.Command{
		Use:   "generate [flags]",
		Short: "Render a policy given by flags or by cors.yaml",
		Long: `Render a CORS policy, given by flags or by cors.yaml, in one or more formats.

Without --out one file goes to stdout as it is, and several as a txtar archive:
each file below a line with its name, as in "-- sam/template.yaml --".
A YAML document is one API; several documents in a file are rendered into a
folder per API, named after it.
A list flag takes entries with commas between them and may be repeated, as may
--resource /orders=GET,POST. Both replace the whole list of the file.`,
		Example: examples(exampleSnippet, exampleFile, exampleCheck, exampleOverride, exampleFilter),
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.validate(cmd); err != nil {
				return err
			}
			return run(cmd.Context(), o)
		},
	}
	o.register(cmd)
	flags := cmd.Flags()
	flags.BoolVar(&o.check, "check", false, "write nothing; exit 4 and print a diff where files in --out differ or are missing")
	flags.BoolVar(&o.force, "force", false, "overwrite files whose content differs")
	flags.BoolVar(&a.report.strict, "strict", false, "refuse what there is advice about, with exit 3")
	return cmd
}

func newGenerateOptions() *generateOptions {
	return &generateOptions{
		samScope:           newChoice(generator.ScopeResource, generator.ScopeGlobals),
		terraformPreflight: newChoice(generator.PreflightPerResource, generator.PreflightGreedy),
	}
}

// register adds the flags that say what is rendered, and where to.
func (o *generateOptions) register(cmd *cobra.Command) {
	o.policy.register(cmd)
	flags := cmd.Flags()
	flags.Var(listValue{&o.formats}, "format", "formats to render, or all: see apigw-cors formats (default sam)")
	flags.Var(&o.samScope, "sam-scope", "where SAM properties stand")
	flags.Var(&o.terraformPreflight, "terraform-preflight", "one OPTIONS method per resource, or a greedy one for all (REST API)")
	flags.BoolVar(&o.standalone, "standalone", false, "render a whole deployable example around the snippet")
	flags.VarP(textValue{&o.out, "folder"}, "out", "o", "folder to write to; without it, to stdout")
	complete(cmd, "format", list(formatNames()))
	complete(cmd, "sam-scope", one(o.samScope.names()))
	complete(cmd, "terraform-preflight", one(o.terraformPreflight.names()))
	complete(cmd, "out", folders)
}

// validate refuses flags that contradict each other.
func (o *generateOptions) validate(cmd *cobra.Command) error {
	switch {
	case cmd.Flags().Changed("out") && (o.out == "" || o.out == "-"):
		return &usageError{problem: "--out: " + quote(o.out) + ": not a folder", hints: []string{"leave it out to write to stdout"}}
	case o.check && o.out == "":
		return &usageError{problem: "--check: nothing to compare with", hints: []string{"name the folder with --out"}}
	case o.force && o.out == "":
		return &usageError{problem: "--force: nothing to overwrite", hints: []string{"name the folder with --out"}}
	case o.check && o.force:
		return &usageError{problem: "--check writes nothing, so there is nothing to --force", hints: []string{"give one of the two"}}
	}
	return nil
}

// generate renders the input and hands the files to where they belong.
func (a *app) generate(ctx context.Context, o *generateOptions) error {
	names := o.formats
	if names == nil {
		names = []string{"sam"}
	}
	formats, err := parseFormats(names)
	if err != nil {
		return err
	}
	in, err := o.policy.input(a)
	if err != nil {
		return err
	}
	b := batch{
		input: in,
		renderer: generator.New(formats, generator.Options{
			Standalone: o.standalone, SAMScope: o.samScope.value, TerraformPreflight: o.terraformPreflight.value,
		}),
		report:   &a.report,
		progress: a.newProgress(),
	}
	switch {
	case o.out == "":
		b.to = &stream{a.out}
	case o.check:
		b.to = &comparison{dir: o.out, to: a.out}
	default:
		d, err := newFolder(o.out, o.force)
		if err != nil {
			return err
		}
		b.to = d
		defer func() { a.report.closing = d.summary() }()
	}
	return b.run(ctx)
}

// destination is where rendered files go.
type destination interface {
	// inspect looks for what would keep the files from being written, and
	// obstacles tells once all of them were inspected.
	inspect(rendering)
	obstacles() error
	write(rendering) error
	close() error
}

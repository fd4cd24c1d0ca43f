package cmd

import (
	"context"
	"errors"
	"iter"
	"os"
	"path"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"apigw-cors/cmd/output"
	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/report"
	"apigw-cors/generator"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// generateOptions are the flags of generate.
type generateOptions struct {
	policy       policy.Flags
	formats      []string
	formatFlags  []*formatFlag
	standalone   bool
	out          string
	check, force bool
	// flat leaves out the folder of the one format.
	flat bool
	// oneFile renders all environments into one.
	oneFile bool
	// strict refuses advice.
	strict bool
	// flags are all of the command.
	flags *pflag.FlagSet
}

// newGenerate makes the command; run is what it runs once the flags are read.
func newGenerate(a *app, run func(context.Context, *generateOptions) error) *cobra.Command {
	o := newGenerateOptions()
	o.policy.EveryEnvironment = true
	cmd := &cobra.Command{
		Use:   "generate [flags]",
		Short: "Render a policy given by flags or by cors.yaml",
		Long: `Render a CORS policy, given by flags or by cors.yaml, in one or more formats.

Without --out one file goes to stdout as it is, and several as a txtar archive:
each file below a line with its name, as in "-- sam/template.yaml --".
A YAML document is one API; several documents in a file are rendered into a
folder per API, named after it, and with --environment all the environments of
a document into a folder each: help cors.yaml.
A list flag takes entries with commas between them and may be repeated, as may
--resource /orders=GET,POST. Both replace the whole list of the file.`,
		Example: examples(exampleSnippet, exampleFile, exampleCheck, exampleOverride, exampleEnvironments, exampleOneFile, exampleFilter),
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
	flags.BoolVar(&o.flat, "flat", false, "put the files of the one format into --out itself, where its tool reads them")
	flags.BoolVar(&o.oneFile, "one-file", false, "with --environment all: one file for all of them; a parameter (sam, cloudformation), a variable (terraform) or props (cdk) choose")
	flags.BoolVar(&o.strict, "strict", false, "exit 3 where there is advice that is not acknowledged")
	flags.Var(policy.ListValue{List: &o.policy.AllowAdvice}, "allow-advice", "codes of advice to acknowledge, besides those of the key allowAdvice: see apigw-cors help advice")
	completeFlag(cmd, "allow-advice", completeList(report.AdviceCodeNames()))
	return cmd
}

func newGenerateOptions() *generateOptions { return &generateOptions{formatFlags: formatFlags()} }

// register adds the flags that say what is rendered, and where to.
func (o *generateOptions) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	o.flags = flags
	o.policy.Register(flags)
	completePolicy(cmd)
	flags.Var(policy.ListValue{List: &o.formats}, "format", "formats to render, or all: see apigw-cors formats (default "+output.DefaultFormat()+")")
	for _, f := range o.formatFlags {
		f.register(cmd)
	}
	flags.BoolVar(&o.standalone, "standalone", false, "render a whole deployable example around the snippet")
	flags.VarP(policy.TextValue{Text: &o.out, Kind: "folder"}, "out", "o", "folder to write to; without it, or with -, to stdout")
	completeFlag(cmd, "format", completeList(output.FormatNames()))
	completeFlag(cmd, "out", folderCompletion)
}

// changed reports whether a flag was given.
func (o *generateOptions) changed(flag string) bool { return o.flags.Changed(flag) }

// validate refuses flags that contradict each other.
func (o *generateOptions) validate(cmd *cobra.Command) error {
	codes := report.AdviceCodeNames()
	for _, code := range o.policy.AllowAdvice {
		if !slices.Contains(codes, code) {
			return &report.UsageError{
				Problem: "--allow-advice: " + report.Quote(code) + ": no such code", Hints: report.DidYouMean(code, codes, "apigw-cors help advice lists them"),
			}
		}
	}
	if err := o.readOut(); err != nil {
		return err
	}
	switch {
	case o.oneFile && o.policy.Environment != policy.AllEnvironments:
		return &report.UsageError{Problem: "--one-file: one environment, or none, has nothing to choose", Hints: []string{"add --environment all"}}
	case o.flat && o.out == "":
		return &report.UsageError{Problem: "--flat: no folder to put the files into", Hints: []string{"name it with --out"}}
	case o.check && o.out == "":
		return &report.UsageError{Problem: "--check: nothing to compare with", Hints: []string{"name the folder with --out"}}
	case o.force && o.out == "":
		return &report.UsageError{Problem: "--force: nothing to overwrite", Hints: []string{"name the folder with --out"}}
	case o.check && o.force:
		return &report.UsageError{Problem: "--check writes nothing, so there is nothing to --force", Hints: []string{"give one of the two"}}
	}
	return nil
}

// readOut takes - for stdout, and refuses what is not the name of a folder.
func (o *generateOptions) readOut() error {
	refuse := func(why, hint string) error {
		return &report.UsageError{Problem: "--out: " + report.Quote(o.out) + ": " + why, Hints: []string{hint}}
	}
	switch info, err := os.Stat(o.out); {
	case o.out == "-":
		o.out = ""
	case !o.changed("out"):
	case o.out == "":
		return refuse("not a folder", "leave it out, or give -, to write to stdout")
	case err == nil && info.IsDir():
	case output.LooksLikeFile(o.out):
		return refuse("a folder belongs here, and this looks like a file", "to write one file, use > "+generator.ShellWord(o.out)+" in the place of --out")
	}
	return nil
}

// generate renders the input and hands the files to where they belong.
func (a *app) generate(ctx context.Context, o *generateOptions) error {
	names := o.formats
	if names == nil {
		names = []string{output.DefaultFormat()}
	}
	formats, err := output.ParseFormats(names)
	if err != nil {
		return err
	}
	choices, err := o.choices(formats)
	if err != nil {
		return err
	}
	in, err := o.policy.Input(a.in)
	if err != nil {
		return err
	}
	if o.flat && len(formats) > 1 {
		return &report.UsageError{Problem: "--flat: " + report.Plural(len(formats), "format") + " in one folder", Hints: []string{"give one --format, or leave --flat out"}}
	}
	renderer := generator.New(formats, generator.Options{Standalone: o.standalone, Choices: choices, Version: report.ReadBuild().Release()})
	b := output.Batch{Name: in.Name(), Renderings: o.renderings(in, renderer)}
	if a.watched() {
		b.Progress = output.NewProgress(a.err)
	}
	switch {
	case o.out == "":
		b.To = &output.Stream{To: a.out}
		return b.Run(ctx, &a.report, o.strict)
	case o.check:
		c, err := output.OpenComparison(o.out, a.out)
		if err != nil {
			return err
		}
		b.To = c
		err = b.Run(ctx, &a.report, o.strict)
		a.report.Files = c.Files()
		return err
	}
	d, err := output.OpenFolder(o.out, o.force)
	if err != nil {
		return err
	}
	b.To = d
	err = b.Run(ctx, &a.report, o.strict)
	a.report.Files = d.Files()
	if err == nil {
		a.report.Conclude(d.Summary()...)
		for _, f := range formats {
			if f.Beside != "" && !o.flat && !o.standalone {
				a.report.Conclude(f.Beside)
			}
		}
	}
	return err
}

// renderings renders each API of the input in every format, and finds the
// places of what the formats say.
func (o *generateOptions) renderings(in *policy.Input, renderer *generator.Renderer) func(context.Context, *report.Report) iter.Seq2[output.Rendering, error] {
	return func(ctx context.Context, r *report.Report) iter.Seq2[output.Rendering, error] {
		return func(yield func(output.Rendering, error) bool) {
			taken := policy.TakenNames{}
			render := renderSource
			if o.oneFile {
				render = (&gathered{policy: in.Name()}).render
			}
			for s, err := range in.Sources(ctx) {
				if err != nil {
					yield(output.Rendering{}, err)
					return
				}
				taken.Take(s, r)
				out, err := render(s, renderer, r)
				if s.EachEnvironment && o.oneFile && !s.LastEnvironment && err == nil {
					continue
				}
				if o.flat {
					for i, f := range out.Files {
						out.Files[i].Path = path.Base(f.Path)
					}
				}
				if !yield(out, err) || err != nil {
					return
				}
			}
		}
	}
}

// renderSource gives the files of one API, or none if it is at fault.
func renderSource(s policy.Source, renderer *generator.Renderer, r *report.Report) (output.Rendering, error) {
	api, ok := s.Parse(r)
	if !ok {
		return output.Rendering{}, nil
	}
	files, advice, err := renderer.For(s.Environment).Render(api)
	for _, a := range advice {
		s.Advise(r, a)
	}
	if err != nil {
		return output.Rendering{}, refuse(s, err, r)
	}
	out := output.Rendering{Files: files, API: api.Name()}
	if s.EachEnvironment {
		out.Folder, out.Environment = s.Environment, s.Environment
	}
	if s.Several {
		out.Folder = path.Join(out.Folder, api.Name())
	}
	return out, nil
}

// refuse makes faults of what the formats cannot carry. Any other error is
// returned: a template that fails is nobody's policy.
func refuse(s policy.Source, err error, r *report.Report) error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			if err := refuse(s, e, r); err != nil {
				return err
			}
		}
		return nil
	}
	var unsupported *generator.UnsupportedError
	if !errors.As(err, &unsupported) {
		return err
	}
	r.Add(report.Fault{Place: s.Places.Format(), FieldError: cors.FieldError{
		Field: "format", Index: -1, Value: unsupported.Target, Reason: gateway.Unsupported,
		Detail: unsupported.Feature + ": " + unsupported.Why, Hint: unsupported.Instead,
	}})
	return nil
}

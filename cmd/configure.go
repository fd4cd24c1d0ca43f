package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/configure"
	"apigw-cors/cmd/files"
	"apigw-cors/cmd/output"
	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/prompt"
	"apigw-cors/cmd/report"
	"apigw-cors/generator"
)

// newConfigure makes the command; run is what it runs once the flags are read.
func newConfigure(a *app, run func(context.Context, *configureOptions) error) *cobra.Command {
	o := &configureOptions{generateOptions: newGenerateOptions()}
	cmd := &cobra.Command{
		Use:   "configure [flags]",
		Short: "Ask for a policy in the terminal, and render it",
		Long: `Ask for everything that generate takes, explain it, show what comes out, and
write it. What flags or -f say is not asked again; it can be changed in the
review at the end. --from begins with a template or a Terraform module: only
what it leaves open, or has wrong, is asked.

Questions go to stderr, so that stdout can be a file:
apigw-cors > template.yaml. Esc goes back to the question before, Ctrl-C leaves
and writes nothing. With --accessible (or ACCESSIBLE=1) the questions are plain
lines with numbered answers, which also works through a pipe; there < goes back.`,
		Example: examples(exampleConfigure, exampleEdit, exampleFrom),
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return run(cmd.Context(), o) },
	}
	o.register(cmd)
	cmd.Flags().Var(policy.TextValue{Text: &o.from, Kind: "path"}, "from", "begin with what a template, or the folder of a Terraform module, says")
	o.read.register(cmd)
	completeFlag(cmd, "from", func(string) ([]string, cobra.ShellCompDirective) { return nil, cobra.ShellCompDirectiveDefault })
	return cmd
}

// configureOptions are the flags of configure: those of generate that say what is
// rendered, and what to begin with.
type configureOptions struct {
	*generateOptions
	from string
	read fileFlags
}

// configure holds the conversation, or says why there is nobody to hold it
// with.
func (a *app) configure(ctx context.Context, o *configureOptions) error {
	if err := o.readOut(); err != nil {
		return err
	}
	s, err := a.conversationStart(o.generateOptions)
	if err != nil {
		return err
	}
	if s.From, err = a.beginning(ctx, o); err != nil {
		return err
	}
	if problem := a.cannotAsk(); problem != "" {
		return configure.NobodyToAsk(ctx, s, problem)
	}
	trees, err := files.OpenTrees()
	if err != nil {
		return err
	}
	defer trees.Close()
	read, err := o.read.parse(ctx, &report.UsageError{})
	if err != nil {
		return err
	}
	s.PutBack = editor(trees, read)
	ask, release := prompt.Choose(ctx, a.promptSettings())
	defer release()
	s.Ask, s.Nearby = ask, a.nearby
	return configure.Run(ctx, s)
}

// conversationStart is what the flags answer, and where the conversation takes
// place.
func (a *app) conversationStart(o *generateOptions) (configure.Options, error) {
	c := configure.Options{
		Policy: &o.policy, Standalone: o.standalone, Out: o.out,
		Report: &a.report, Stdout: a.out, Stderr: a.err, Window: a.window, Paint: a.painter(),
	}
	formats, err := output.ParseFormats(o.formats)
	if o.formats != nil && err != nil {
		return c, err
	}
	for _, f := range formats {
		c.Formats = append(c.Formats, f.Name)
	}
	// Where no format is named yet, it may be any.
	if o.formats == nil {
		formats = generator.Formats()
	}
	if c.Choices, err = o.choices(formats); err != nil {
		return c, err
	}
	for _, flag := range configure.OutputFlags() {
		// Where stdout is not a terminal, a person has chosen it.
		if o.changed(flag) || flag == configure.FlagOut && !isTerminal(a.out) {
			c.Given = append(c.Given, flag)
		}
	}
	return c, nil
}

// cannotAsk says why there is nobody to ask, or "".
func (a *app) cannotAsk() string {
	switch {
	case a.json:
		return "configure talks to a person, --json to a program"
	case a.noInput:
		return "configure asks questions, and --no-input forbids them"
	case a.accessible():
		return ""
	case !isTerminal(a.in):
		return "configure asks questions, and stdin is not a terminal"
	case !isTerminal(a.err):
		return "configure asks questions, and stderr is not a terminal"
	}
	return ""
}

// promptSettings say how this terminal, and this person, are asked.
func (a *app) promptSettings() prompt.Settings {
	return prompt.Settings{
		In: a.in, Out: a.err, Plain: a.accessible() || a.getenv("TERM") == "dumb", Echo: !isTerminal(a.in),
		Utf8: a.utf8(), Window: a.window, Paint: a.painter(),
	}
}

package cmd

import (
	"context"

	"github.com/spf13/cobra"
)

// newConfigure makes the command; run is what it runs once the flags are read.
func newConfigure(a *app, run func(context.Context, *generateOptions) error) *cobra.Command {
	o := newGenerateOptions()
	cmd := &cobra.Command{
		Use:   "configure [flags]",
		Short: "Ask for a policy in the terminal, and render it",
		Long: `Ask for everything that generate takes, explain it, show what comes out, and
write it. What flags or -f say is not asked again; it can be changed in the
review at the end.

Questions go to stderr, so that stdout can be a file:
apigw-cors > template.yaml. Esc goes back to the question before, Ctrl-C leaves
and writes nothing. With --accessible (or ACCESSIBLE=1) the questions are plain
lines with numbered answers, which also works through a pipe; there < goes back.`,
		Example: examples(exampleConfigure, exampleEdit),
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return run(cmd.Context(), o) },
	}
	o.register(cmd)
	return cmd
}

// configure holds the conversation, or says why there is nobody to hold it
// with.
func (a *app) configure(ctx context.Context, o *generateOptions) error {
	s, err := a.conversationStart(o)
	if err != nil {
		return err
	}
	if problem := a.cannotAsk(); problem != "" {
		return nobodyToAsk(ctx, s, problem)
	}
	ask, release := choosePrompter(ctx, a.promptSettings())
	defer release()
	s.ask = ask
	return converse(ctx, s)
}

// conversationStart is what the flags answer, and where the conversation takes
// place.
func (a *app) conversationStart(o *generateOptions) (configureOptions, error) {
	c := configureOptions{
		policy: &o.policy, standalone: o.standalone, samScope: o.samScope.value,
		terraformPreflight: o.terraformPreflight.value, out: o.out,
		report: &a.report, stdout: a.out, stderr: a.err, window: a.window, paint: a.painter(),
	}
	formats, err := parseFormats(o.formats)
	if o.formats != nil && err != nil {
		return c, err
	}
	for _, f := range formats {
		c.formats = append(c.formats, f.Name)
	}
	for _, flag := range outputFlags() {
		// Where stdout is not a terminal, a person has chosen it.
		if o.changed(flag) || flag == flagOut && !isTerminal(a.out) {
			c.given = append(c.given, flag)
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
		return "configure asks questions, and stdin is no terminal"
	case !isTerminal(a.err):
		return "configure asks questions, and stderr is no terminal"
	}
	return ""
}

// promptSettings say how this terminal, and this person, are asked.
func (a *app) promptSettings() promptSettings {
	return promptSettings{
		in: a.in, out: a.err, plain: a.accessible() || a.getenv("TERM") == "dumb", echo: !isTerminal(a.in),
		utf8: a.utf8(), window: a.window, paint: a.painter(),
	}
}

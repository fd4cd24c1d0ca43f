package cmd

import (
	"context"
	"errors"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// The window that survey needs: in a smaller one its lists scroll away, and what
// has scrolled away it cannot erase.
const (
	minRoomyWidth = 60
	minRoomyRows  = 18
	// maxWidth is as long as lines of text are read with ease.
	maxWidth = 80
)

func (w window) cramped() bool { return w.width < minRoomyWidth || w.rows < minRoomyRows }

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

// configure holds the conversation.
func (a *app) configure(ctx context.Context, o *generateOptions) error {
	if problem := a.deaf(); problem != "" {
		return a.unasked(ctx, o, problem)
	}
	ask, release := a.prompter(ctx)
	defer release()
	return a.converse(ctx, o, ask)
}

func (a *app) converse(ctx context.Context, o *generateOptions, ask func() prompter) error {
	c := &configurator{
		voice:    voice{to: a.err, window: a.window, paint: a.painter()},
		prompter: ask,
		stdout:   a.out,
	}
	c.say("%s", "Configure CORS for Amazon API Gateway. "+c.prompter().keys())
	if err := c.offerDefaultFile(o); err != nil {
		return c.ending(err)
	}
	var err error
	if c.conversation, err = a.opening(ctx, o); err != nil {
		return err
	}
	if c.file = o.policy.file; c.file != "" {
		c.kept = c.answers.config
	}
	for _, f := range c.reopen() {
		c.fault(f)
	}
	return c.ending(c.review())
}

// offerDefaultFile asks whether to go on with the cors.yaml that generate
// would read.
func (c *configurator) offerDefaultFile(o *generateOptions) error {
	_, err := os.Stat(defaultFile)
	if err != nil || o.policy.file != "" || len(o.policy.given()) > 0 {
		return nil
	}
	yes, err := c.prompter().Confirm(prompt{
		Title: "Open " + defaultFile, Note: "It is in this folder. What it says is not asked again, and can be changed in the review.",
	}, true)
	if yes {
		o.policy.file = defaultFile
	}
	if errors.Is(err, errBack) {
		err = nil
	}
	return err
}

// ending says what an interrupted conversation leaves behind.
func (c *configurator) ending(err error) error {
	switch {
	case !errors.Is(err, interrupted) || c.delivered:
		return err
	case c.saved:
		return ended{interrupted, err.Error() + "; " + c.file + " is saved, nothing else was written"}
	}
	return ended{interrupted, err.Error() + "; nothing was written"}
}

// deaf says why there is no one to ask, if so.
func (a *app) deaf() string {
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

// unasked names what would have been asked, and has no default.
func (a *app) unasked(ctx context.Context, o *generateOptions, problem string) error {
	hint := "apigw-cors generate takes the same flags, and asks nothing"
	c, err := a.opening(ctx, o)
	if err != nil {
		return err
	}
	var missing []string
	_, _, err = gateway.Parse(c.answers.config)
	for _, f := range cors.Faults(err) {
		if f.Reason == cors.Missing {
			missing = append(missing, flagOf(f.Field))
		}
	}
	if len(missing) > 0 {
		hint += "; here " + strings.Join(missing, ", ") + " would be missing"
	}
	return &usageError{problem: problem, hints: []string{hint, "--accessible takes the answers from a pipe, one a line"}}
}

// accessible: plain lines were asked for.
func (a *app) accessible() bool {
	env := a.getenv("ACCESSIBLE")
	return a.byLine || env != "" && env != "0"
}

// prompter chooses how to ask, for each question anew; release ends the asking.
func (a *app) prompter(ctx context.Context) (ask func() prompter, release func()) {
	in := newTyped(ctx, a.in)
	plain := &lines{in: in, out: a.err, echo: !isTerminal(a.in), window: a.window, paint: a.painter()}
	stdin, _ := a.in.(*os.File)
	stderr, _ := a.err.(*os.File)
	if a.accessible() || stdin == nil || stderr == nil || a.getenv("TERM") == "dumb" {
		return func() prompter { return plain }, func() {}
	}
	rich := newSurveys(in, stdin, stderr, a.window, a.painter(), a.utf8())
	return func() prompter {
		if a.window().cramped() {
			rich.release()
			return plain
		}
		rich.hold()
		return rich
	}, rich.release
}

// window is the size of the terminal at the other end of stderr.
func (a *app) window() window {
	if f, ok := a.err.(*os.File); ok {
		if width, rows, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
			return window{min(width, maxWidth), rows}
		}
	}
	return window{maxWidth, 24}
}

// utf8 reports whether the terminal can show more than ASCII.
// https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html#tag_08_02
func (a *app) utf8() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := strings.ToLower(a.getenv(name)); locale != "" {
			return strings.HasSuffix(locale, "utf-8") || strings.HasSuffix(locale, "utf8")
		}
	}
	return false
}

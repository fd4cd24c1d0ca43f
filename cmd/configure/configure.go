package configure

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/prompt"
	"apigw-cors/cmd/report"
	"apigw-cors/generator"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// Options is what is known before the first question, and where the
// conversation takes place.
type Options struct {
	Policy     *policy.Flags
	Formats    []string
	Standalone bool
	// Choices are those of the formats' own options.
	Choices []generator.Choice
	Out     string
	// Given holds the flags of [outputFlags] that are not to be asked for.
	Given []string
	// From is what to begin with; nil where nothing was named. Nearby then looks
	// for something in the current folder; nil where nothing is to be offered.
	From   *Imported
	Nearby func(context.Context) []Imported
	// PutBack is the change that brings the files of an API in line with a policy.
	PutBack Editor

	Report *report.Report
	// Ask chooses the prompter for each question anew: the window may have
	// changed.
	Ask func() prompt.Prompter
	// Stdout gets the artifact, stderr what is said beside the questions.
	Stdout, Stderr io.Writer
	Window         func() prompt.Window
	Paint          report.Painter
}

// Run asks for what is not known, and writes what comes out.
func Run(ctx context.Context, o Options) error {
	c := &configurator{
		ctx:      ctx,
		voice:    voice{to: o.Stderr, window: o.Window, paint: o.Paint},
		prompter: o.Ask,
		stdout:   o.Stdout,
		told:     map[cors.Advice]bool{},
	}
	c.say("%s", "Configure CORS for Amazon API Gateway. "+c.prompter().Keys())
	var err error
	if o.From == nil {
		if c.file, err = c.chooseFile(o.Policy); err != nil {
			return c.ending(err)
		}
	}
	from, err := c.chooseNearby(o)
	if err != nil {
		return c.ending(err)
	}
	if c.conversation, err = o.opening(ctx, c.file); err != nil {
		return err
	}
	if c.answers.environment != "" {
		c.shared, c.file = c.file, ""
	}
	if c.file != "" {
		c.kept = c.answers.config
	}
	if from != nil {
		c.edit = o.PutBack
		if err := c.begin(from, o); err != nil {
			return c.ending(err)
		}
	}
	for _, f := range c.reopen() {
		c.fault(f)
	}
	return c.ending(c.review())
}

// chooseFile gives the file that holds the policy so far, or "". The cors.yaml
// that generate would read is offered.
func (c *configurator) chooseFile(p *policy.Flags) (string, error) {
	_, err := os.Stat(policy.DefaultFile)
	if err != nil || p.File != "" || len(p.Given()) > 0 {
		return p.File, nil
	}
	yes, err := c.prompter().Confirm(prompt.Question{
		Title: "Open " + policy.DefaultFile, Note: "It is in this folder. What it says is not asked again, and can be changed in the review.",
	}, true)
	if errors.Is(err, prompt.ErrBack) {
		return "", nil
	}
	if err != nil || !yes {
		return "", err
	}
	return policy.DefaultFile, nil
}

// ending says what an interrupted conversation leaves behind.
func (c *configurator) ending(err error) error {
	if errors.Is(err, prompt.ErrInterrupted) {
		err = report.Interrupted
	}
	switch {
	case !errors.Is(err, report.Interrupted) || c.delivered:
		return err
	case c.saved:
		return report.Ended{Outcome: report.Interrupted, Text: err.Error() + "; " + c.file + " is saved, nothing else was written"}
	}
	return report.Ended{Outcome: report.Interrupted, Text: err.Error() + "; nothing was written"}
}

// NobodyToAsk is the failure where nobody can be asked, for the reason that problem
// gives. It names what would have been asked, and has no default.
func NobodyToAsk(ctx context.Context, o Options, problem string) error {
	pipe := "--accessible takes the answers from a pipe, one a line"
	if o.From != nil {
		from := generator.ShellWord(o.From.Path)
		return &report.UsageError{Problem: problem, Hints: []string{"apigw-cors import " + from + " prints what it says, and apigw-cors fix --file cors.yaml " + from + " puts a policy into it", pipe}}
	}
	hint := "apigw-cors generate takes the same flags, and asks nothing"
	c, err := o.opening(ctx, o.Policy.File)
	if err != nil {
		return err
	}
	var missing []string
	_, _, err = gateway.Parse(c.answers.config)
	for _, f := range cors.Faults(err) {
		if f.Reason == cors.Missing {
			missing = append(missing, policy.FlagOf(f.Field))
		}
	}
	if len(missing) > 0 {
		hint += "; here " + strings.Join(missing, ", ") + " would be missing"
	}
	return &report.UsageError{Problem: problem, Hints: []string{hint, pipe}}
}

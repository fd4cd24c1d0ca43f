package cmd

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"apigw-cors/generator"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// configureOptions is what is known before the first question, and where the
// conversation takes place.
type configureOptions struct {
	policy             *policyFlags
	formats            []string
	standalone         bool
	samScope           generator.SAMScope
	terraformPreflight generator.TerraformPreflight
	out                string
	// given holds the flags of [outputFlags] that are not to be asked for.
	given []string

	report *report
	// ask chooses the prompter for each question anew: the window may have
	// changed.
	ask func() prompter
	// stdout gets the artifact, stderr what is said beside the questions.
	stdout, stderr io.Writer
	window         func() window
	paint          painter
}

// converse asks for what is not known, and writes what comes out.
func converse(ctx context.Context, o configureOptions) error {
	c := &configurator{
		voice:    voice{to: o.stderr, window: o.window, paint: o.paint},
		prompter: o.ask,
		stdout:   o.stdout,
	}
	c.say("%s", "Configure CORS for Amazon API Gateway. "+c.prompter().keys())
	var err error
	if c.file, err = c.chooseFile(o.policy); err != nil {
		return c.ending(err)
	}
	if c.conversation, err = o.opening(ctx, c.file); err != nil {
		return err
	}
	if c.file != "" {
		c.kept = c.answers.config
	}
	for _, f := range c.reopen() {
		c.fault(f)
	}
	return c.ending(c.review())
}

// chooseFile gives the file that holds the policy so far, or "". The cors.yaml
// that generate would read is offered.
func (c *configurator) chooseFile(p *policyFlags) (string, error) {
	_, err := os.Stat(defaultFile)
	if err != nil || p.file != "" || len(p.given()) > 0 {
		return p.file, nil
	}
	yes, err := c.prompter().Confirm(prompt{
		Title: "Open " + defaultFile, Note: "It is in this folder. What it says is not asked again, and can be changed in the review.",
	}, true)
	if errors.Is(err, errBack) {
		return "", nil
	}
	if err != nil || !yes {
		return "", err
	}
	return defaultFile, nil
}

// ending says what an interrupted conversation leaves behind.
func (c *configurator) ending(err error) error {
	if errors.Is(err, errInterrupted) {
		err = interrupted
	}
	switch {
	case !errors.Is(err, interrupted) || c.delivered:
		return err
	case c.saved:
		return ended{interrupted, err.Error() + "; " + c.file + " is saved, nothing else was written"}
	}
	return ended{interrupted, err.Error() + "; nothing was written"}
}

// nobodyToAsk is the failure where nobody can be asked, for the reason that problem
// gives. It names what would have been asked, and has no default.
func nobodyToAsk(ctx context.Context, o configureOptions, problem string) error {
	hint := "apigw-cors generate takes the same flags, and asks nothing"
	c, err := o.opening(ctx, o.policy.file)
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

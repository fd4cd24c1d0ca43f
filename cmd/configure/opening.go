package configure

import (
	"context"
	"slices"

	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/report"
	"apigw-cors/generator"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// The flags about the output, which are questions, too.
const (
	flagFormat     = "format"
	flagStandalone = "standalone"
	FlagOut        = "out"
)

// OutputFlags lists the flags about the output.
func OutputFlags() []string {
	all := []string{flagFormat, flagStandalone, FlagOut}
	for _, f := range generator.Formats() {
		for _, option := range f.Options {
			all = append(all, option.Name)
		}
	}
	return all
}

// opening is the conversation with what flags and file say already; file may
// be "".
func (o Options) opening(ctx context.Context, file string) (conversation, error) {
	c := conversation{state: map[string]state{}}
	if file == "-" {
		return c, &report.UsageError{Problem: "-f -: stdin is where the answers come from", Hints: []string{"name a file"}}
	}
	for s, err := range o.Policy.InputFrom(file).Sources(ctx) {
		switch {
		case err != nil:
			return c, err
		case s.Several:
			return c, &report.UsageError{Problem: file + ": several APIs, and configure edits one", Hints: []string{"give each a file of its own"}}
		case len(s.Faults) > 0:
			o.Report.Add(s.Faults...)
			return c, o.Report.Verdict(false)
		}
		c.answers.config, c.answers.allowAdvice, c.answers.environment = s.Config, s.AllowAdvice, s.Environment
		c.answers.tests = s.Tests
	}
	for key := range o.Policy.Given() {
		c.state[key] = settled
	}
	if file != "" {
		// What a file leaves out, it leaves at its default.
		for _, f := range gateway.Fields() {
			c.state[f.Key] = settled
		}
	}
	c.answers.formats, c.answers.standalone, c.answers.out = o.Formats, o.Standalone, o.Out
	c.answers.choices = o.Choices
	for _, flag := range o.Given {
		c.state[flag] = settled
	}
	return c, nil
}

// reopen marks what is given and at fault, to be asked again with what can be
// mended in it.
func (c *conversation) reopen() []*cors.FieldError {
	var faults []*cors.FieldError
	_, _, err := gateway.Parse(c.standing(question{}, c.answers))
	for _, f := range cors.Faults(err) {
		if better := policy.Suggested(*f); c.stands(keyOf(f.Field)) {
			faults = append(faults, &better)
		}
	}
	for _, q := range c.answers.questions() {
		if own := faultsOf(q.key, faults); len(own) > 0 {
			c.state[q.key] = faulty
			q.set(&c.answers, corrected(q.value, own))
		}
	}
	return slices.DeleteFunc(faults, func(f *cors.FieldError) bool { return f.Reason == cors.Missing })
}

package cmd

import (
	"context"
	"slices"

	"apigw-cors/generator"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// The flags about the output, which are questions, too.
const (
	flagFormat             = "format"
	flagStandalone         = "standalone"
	flagSAMScope           = "sam-scope"
	flagTerraformPreflight = "terraform-preflight"
	flagOut                = "out"
)

// outputFlags lists the flags about the output.
func outputFlags() []string {
	return []string{flagFormat, flagStandalone, flagSAMScope, flagTerraformPreflight, flagOut}
}

// opening is the conversation with what flags and file say already; file may
// be "".
func (o configureOptions) opening(ctx context.Context, file string) (conversation, error) {
	c := conversation{state: map[string]state{}}
	if file == "-" {
		return c, &usageError{problem: "-f -: stdin is where the answers come from", hints: []string{"name a file"}}
	}
	for s, err := range o.policy.inputFrom(file).sources(ctx) {
		switch {
		case err != nil:
			return c, err
		case s.several:
			return c, &usageError{problem: file + ": several APIs, and configure edits one", hints: []string{"give each a file of its own"}}
		case len(s.faults) > 0:
			o.report.addFaults(s.faults...)
			return c, o.report.verdict(false)
		}
		c.answers.config = s.config
	}
	for key := range o.policy.given() {
		c.state[key] = settled
	}
	if file != "" {
		// What a file leaves out, it leaves at its default.
		for _, f := range fields() {
			c.state[f.key] = settled
		}
	}
	c.answers.formats, c.answers.standalone, c.answers.out = o.formats, o.standalone, o.out
	if o.samScope != generator.ScopeResource {
		c.answers.samScope = string(o.samScope)
	}
	if o.terraformPreflight != generator.PreflightPerResource {
		c.answers.terraformPreflight = string(o.terraformPreflight)
	}
	for _, flag := range o.given {
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
		if better := suggested(*f); c.state[keyOf(f.Field)] == settled {
			faults = append(faults, &better)
		}
	}
	for _, q := range c.answers.questions() {
		if own := of(q.key, faults); len(own) > 0 {
			c.state[q.key] = faulty
			q.set(&c.answers, corrected(q.value, own))
		}
	}
	return slices.DeleteFunc(faults, func(f *cors.FieldError) bool { return f.Reason == cors.Missing })
}

package cmd

import (
	"context"
	"slices"

	"apigw-cors/generator"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// opening is the conversation with what flags and file say already.
func (a *app) opening(ctx context.Context, o *generateOptions) (conversation, error) {
	c := conversation{state: map[string]state{}}
	if o.policy.file == "-" {
		return c, &usageError{problem: "-f -: stdin is where the answers come from", hints: []string{"name a file"}}
	}
	in := &input{flags: &o.policy, file: o.policy.file}
	for s, err := range in.sources(ctx) {
		switch {
		case err != nil:
			return c, err
		case s.several:
			return c, &usageError{problem: o.policy.file + ": several APIs, and configure edits one", hints: []string{"give each a file of its own"}}
		case len(s.faults) > 0:
			a.report.faults = s.faults
			return c, rejected
		}
		c.answers.config = s.config
	}
	for key := range o.policy.given() {
		c.state[key] = settled
	}
	if o.policy.file != "" {
		// What a file leaves out, it leaves at its default.
		for _, f := range fields() {
			c.state[f.key] = settled
		}
	}
	return c, a.openOutput(&c, o)
}

// openOutput settles what is made of the policy. Where stdout is no terminal, a
// person has chosen it.
func (a *app) openOutput(c *conversation, o *generateOptions) error {
	formats, err := parseFormats(o.formats)
	if o.formats != nil && err != nil {
		return err
	}
	for _, f := range formats {
		c.answers.formats = append(c.answers.formats, f.Name)
	}
	c.answers.standalone = o.standalone
	if o.samScope.value != generator.ScopeResource {
		c.answers.samScope = string(o.samScope.value)
	}
	if o.terraformPreflight.value != generator.PreflightPerResource {
		c.answers.terraformPreflight = string(o.terraformPreflight.value)
	}
	c.answers.out = o.out
	for _, flag := range []string{"format", "standalone", "sam-scope", "terraform-preflight", "out"} {
		if o.policy.flags.Changed(flag) {
			c.state[flag] = settled
		}
	}
	if !isTerminal(a.out) {
		c.state["out"] = settled
	}
	return nil
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

package cmd

import (
	"errors"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"apigw-cors/generator/gateway"
)

// defaultFile is read where neither -f nor a policy flag is given.
const defaultFile = "cors.yaml"

// policyFlags are the flags that say what an API is: one for each field, which
// overrides the key of the same name, and -f.
type policyFlags struct {
	file   string
	config gateway.Config
	flags  *pflag.FlagSet
}

// register adds the flags to a command, in the order of the fields.
func (p *policyFlags) register(cmd *cobra.Command) {
	p.flags = cmd.Flags()
	p.flags.SortFlags = false
	p.flags.VarP(textValue{&p.file, "cors.yaml"}, "file", "f",
		"read the policy from a file, - for stdin; flags override its keys (default cors.yaml, where no policy flag is given)")
	complete(cmd, "file", func(string) ([]string, cobra.ShellCompDirective) {
		return []string{"yaml", "yml"}, cobra.ShellCompDirectiveFilterFileExt
	})
	for _, f := range fields() {
		switch v := f.bind(&p.config).(type) {
		case *bool:
			p.flags.BoolVar(v, f.flag, false, f.usage)
		case *[]gateway.ResourceConfig:
			p.flags.Var(resourceValue{v}, f.flag, f.usage)
			complete(cmd, f.flag, nothing)
		case *[]string:
			p.flags.Var(listValue{v}, f.flag, f.usage)
			complete(cmd, f.flag, list(f.common))
		case *string:
			p.flags.Var(textValue{v, f.typeName()}, f.flag, f.usage)
			complete(cmd, f.flag, one(append(f.values, f.common...)))
		}
	}
	p.flags.VisitAll(func(f *pflag.Flag) { p.flags.SetAnnotation(f.Name, policyGroup, nil) })
}

// given maps the keys that were set on the command line to their flags.
func (p *policyFlags) given() map[string]string {
	given := map[string]string{}
	for _, f := range fields() {
		if p.flags.Changed(f.flag) {
			given[f.key] = "--" + f.flag
		}
	}
	return given
}

// override puts the values of the flags in the place of the document's.
func (p *policyFlags) override(s *source) {
	s.places.flags = p.given()
	for _, f := range fields() {
		if _, ok := s.places.flags[f.key]; !ok {
			continue
		}
		switch to := f.bind(&s.config).(type) {
		case *bool:
			*to = *f.bind(&p.config).(*bool)
		case *string:
			*to = *f.bind(&p.config).(*string)
		case *[]string:
			*to = *f.bind(&p.config).(*[]string)
			if len(*to) == 0 && f.never != "" {
				s.faults = append(s.faults, emptyList(s.places.of(f.key), f))
			}
		case *[]gateway.ResourceConfig:
			*to = *f.bind(&p.config).(*[]gateway.ResourceConfig)
		}
	}
}

// input says where the APIs come from: a file, or the flags alone.
func (p *policyFlags) input(a *app) (*input, error) {
	in := &input{flags: p, file: p.file, stdin: a.in}
	if p.flags.Changed("file") {
		if p.file == "" {
			return nil, &usageError{problem: "--file: empty", hints: []string{"name a file, or - for stdin"}}
		}
		return in, nil
	}
	if len(p.given()) > 0 {
		return in, nil
	}
	if _, err := os.Stat(defaultFile); errors.Is(err, os.ErrNotExist) {
		return nil, &usageError{
			problem: "no policy: neither a flag says it, nor -f, nor a " + defaultFile + " in this folder",
			hints:   []string{"start with --api rest --allow-origins https://app.example.com --allow-methods GET,POST"},
		}
	}
	in.file = defaultFile
	return in, nil
}

package cmd

import (
	"errors"
	"io"
	"os"

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

// policyGroup annotates the flags that say what an API is.
const policyGroup = "policy"

// register adds the flags to those of a command, in the order of the fields.
func (p *policyFlags) register(set *pflag.FlagSet) {
	p.flags = set
	set.SortFlags = false
	p.flags.VarP(textValue{&p.file, "cors.yaml"}, "file", "f",
		"read the policy from a file, - for stdin; flags override its keys (default cors.yaml, where no policy flag is given)")
	for _, f := range fields() {
		switch v := f.bind(&p.config).(type) {
		case *bool:
			p.flags.BoolVar(v, f.flag, false, f.usage)
		case *[]gateway.ResourceConfig:
			p.flags.Var(resourceValue{v}, f.flag, f.usage)
		case *[]string:
			p.flags.Var(listValue{v}, f.flag, f.usage)
		case *string:
			p.flags.Var(textValue{v, f.typeName()}, f.flag, f.usage)
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

// inputFrom reads the file, whose keys the flags override, or with "" the flags
// alone.
func (p *policyFlags) inputFrom(file string) *input { return &input{flags: p, file: file} }

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
func (p *policyFlags) input(stdin io.Reader) (*input, error) {
	in := &input{flags: p, file: p.file, stdin: stdin}
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

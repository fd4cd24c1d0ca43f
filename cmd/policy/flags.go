package policy

import (
	"errors"
	"io"
	"os"
	"slices"

	"github.com/spf13/pflag"

	"apigw-cors/cmd/report"
	"apigw-cors/generator/gateway"
)

// DefaultFile is read where neither -f nor a policy flag is given.
const DefaultFile = "cors.yaml"

// Flags are the flags that say what an API is: one for each field, which
// overrides the key of the same name, and -f.
type Flags struct {
	// File is the value of -f, Config those of the others.
	File   string
	Config gateway.Config
	// Environment is the value of --environment, a name or, with
	// EveryEnvironment, [AllEnvironments]; "" where it is not given. Beside flags
	// alone it names the environment that they are for.
	Environment      string
	EveryEnvironment bool
	// AllowAdvice are codes of advice that is acknowledged for every API,
	// besides those of its file.
	AllowAdvice []string
	set         *pflag.FlagSet
}

// FlagGroup annotates the flags that say what an API is.
const FlagGroup = "policy"

// Register adds the flags to those of a command, in the order of the fields.
func (p *Flags) Register(set *pflag.FlagSet) {
	p.set = set
	p.set.SortFlags = false
	p.set.VarP(TextValue{&p.File, "cors.yaml"}, "file", "f",
		"read the policy from a file, - for stdin; flags override its keys (default cors.yaml, where no policy flag is given)")
	environment := EnvironmentValue{&p.Environment, p.EveryEnvironment}
	p.set.Var(environment, "environment", environment.Usage())
	for _, f := range gateway.Fields() {
		switch v := f.In(&p.Config).(type) {
		case *bool:
			p.set.BoolVar(v, f.Flag, false, f.Usage())
		case *[]gateway.ResourceConfig:
			p.set.Var(resourceValue{v}, f.Flag, f.Usage())
		case *[]string:
			p.set.Var(ListValue{v}, f.Flag, f.Usage())
		case *string:
			p.set.Var(TextValue{v, typeName(f)}, f.Flag, f.Usage())
		}
	}
	p.set.VisitAll(func(f *pflag.Flag) { p.set.SetAnnotation(f.Name, FlagGroup, nil) })
}

// Given maps the keys that were set on the command line to their flags.
func (p *Flags) Given() map[string]string {
	given := map[string]string{}
	for _, f := range gateway.Fields() {
		if p.set.Changed(f.Flag) {
			given[f.Key] = "--" + f.Flag
		}
	}
	return given
}

// InputFrom reads the file, whose keys the flags override, or with "" the flags
// alone.
func (p *Flags) InputFrom(file string) *Input { return &Input{flags: p, file: file} }

// override puts the values of the flags in the place of the document's.
func (p *Flags) override(s *Source) {
	s.Places.flags = p.Given()
	s.AllowAdvice = slices.Concat(s.AllowAdvice, p.AllowAdvice)
	for _, f := range gateway.Fields() {
		if _, ok := s.Places.flags[f.Key]; !ok {
			continue
		}
		switch to := f.In(&s.Config).(type) {
		case *bool:
			*to = *f.In(&p.Config).(*bool)
		case *string:
			*to = *f.In(&p.Config).(*string)
		case *[]string:
			*to = *f.In(&p.Config).(*[]string)
			if len(*to) == 0 && f.InsteadOfEmpty != "" {
				s.Faults = append(s.Faults, emptyList(s.Places.Find(f.Key), f))
			}
		case *[]gateway.ResourceConfig:
			*to = *f.In(&p.Config).(*[]gateway.ResourceConfig)
		}
	}
}

// Input says where the APIs come from: a file, or the flags alone.
func (p *Flags) Input(stdin io.Reader) (*Input, error) {
	in := &Input{flags: p, file: p.File, stdin: stdin}
	if p.set.Changed("file") {
		if p.File == "" {
			return nil, &report.UsageError{Problem: "--file: empty", Hints: []string{"name a file, or - for stdin"}}
		}
		return in, nil
	}
	if len(p.Given()) > 0 {
		return in, nil
	}
	if _, err := os.Stat(DefaultFile); errors.Is(err, os.ErrNotExist) {
		return nil, &report.UsageError{
			Problem: "no policy: neither a flag says it, nor -f, nor a " + DefaultFile + " in this folder",
			Hints: []string{
				"start with --api rest --allow-origins https://app.example.com --allow-methods GET,POST",
				"or write a " + DefaultFile + ": apigw-cors init, or from a template you have: apigw-cors import template.yaml",
			},
		}
	}
	in.file = DefaultFile
	return in, nil
}

package generator

import (
	"fmt"
	"slices"
	"strings"
)

// Option is a choice that a format leaves to its user: how it spells a policy,
// never what the policy says.
type Option struct {
	// Name is that of the flag: "sam-scope".
	Name string
	// Title and Note ask for a value, Usage says what the flag is for, and
	// Help what a person has to know to choose.
	Title, Note, Usage, Help string
	// Values are what there is to choose from; the first is the default.
	Values []OptionValue
	// REST reports that the option means nothing for an HTTP API.
	REST bool
}

// OptionValue is a value of an option, and what it stands for.
type OptionValue struct{ Name, Detail string }

// Default is the value that counts where none is chosen.
func (o Option) Default() string { return o.Values[0].Name }

// ValueNames lists the values, the default first.
func (o Option) ValueNames() []string {
	var names []string
	for _, v := range o.Values {
		names = append(names, v.Name)
	}
	return names
}

// Choose takes one of the option's values.
func (o Option) Choose(value string) (Choice, error) {
	if names := o.ValueNames(); !slices.Contains(names, value) {
		return Choice{}, fmt.Errorf("%s: %q is not one of %s", o.Name, value, strings.Join(names, ", "))
	}
	return Choice{o.Name, value}, nil
}

// Choice is a value of an option, as [Option.Choose] takes it. The zero Choice
// chooses nothing.
type Choice struct{ option, value string }

// Chosen is the value chosen of an option, or its default. The last choice
// counts.
func (o Options) Chosen(option Option) string {
	for _, c := range slices.Backward(o.Choices) {
		if c.option == option.Name {
			return c.value
		}
	}
	return option.Default()
}

// Flags are the flags of generate that say what is rendered, quoted for a POSIX
// shell: the named formats, the choices of their own options that are not the
// default, the extent, and the environment.
func Flags(formats []string, o Options) string {
	var line []string
	if len(formats) > 0 {
		line = append(line, "--format", ShellWord(strings.Join(formats, ",")))
	}
	for _, f := range Formats() {
		for _, option := range f.Options {
			if value := o.Chosen(option); value != option.Default() && slices.Contains(formats, f.Name) {
				line = append(line, "--"+option.Name, ShellWord(value))
			}
		}
	}
	if o.Standalone {
		line = append(line, "--standalone")
	}
	if o.Environment != "" {
		line = append(line, "--environment", o.Environment)
	}
	return strings.Join(line, " ")
}

// forHTTP leaves out the choices that mean nothing for an HTTP API.
func (o Options) forHTTP() Options {
	var all []Option
	for _, f := range Formats() {
		all = append(all, f.Options...)
	}
	o.Choices = slices.DeleteFunc(slices.Clone(o.Choices), func(c Choice) bool {
		return slices.ContainsFunc(all, func(option Option) bool { return option.Name == c.option && option.REST })
	})
	return o
}

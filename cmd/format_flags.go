package cmd

import (
	"slices"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/report"
	"apigw-cors/generator"
)

// formatFlag is the flag of an option that belongs to one format.
type formatFlag struct {
	format string
	option generator.Option
	value  choice[string]
}

// formatFlags are those of every format.
func formatFlags() []*formatFlag {
	var all []*formatFlag
	for _, f := range generator.Formats() {
		for _, option := range f.Options {
			all = append(all, &formatFlag{f.Name, option, newChoice(option.ValueNames()...)})
		}
	}
	return all
}

func (f *formatFlag) register(cmd *cobra.Command) {
	cmd.Flags().Var(&f.value, f.option.Name, f.option.Usage)
	completeFlag(cmd, f.option.Name, completeOne(f.option.ValueNames()))
}

// choices are the values of the flags given. One for a format that is not
// rendered is refused: it would change nothing.
func (o *generateOptions) choices(formats []generator.Format) ([]generator.Choice, error) {
	var all []generator.Choice
	e := &report.UsageError{}
	for _, f := range o.formatFlags {
		if !o.changed(f.option.Name) {
			continue
		}
		if !slices.ContainsFunc(formats, func(rendered generator.Format) bool { return rendered.Name == f.format }) {
			e.Add("--"+f.option.Name+": "+report.Quote(f.value.value)+": an option of "+f.format+", which is not rendered",
				"add "+f.format+" to --format, or leave --"+f.option.Name+" out")
			continue
		}
		c, err := f.option.Choose(f.value.value)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	if e.Problem != "" {
		return nil, e
	}
	return all, nil
}

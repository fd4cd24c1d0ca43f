package configure

import (
	"slices"

	"apigw-cors/cmd/prompt"
	"apigw-cors/generator"
)

func formatOptions() []prompt.Option {
	var all []prompt.Option
	for _, f := range generator.Formats() {
		all = append(all, prompt.Option{Name: f.Name, Detail: f.Summary})
	}
	return all
}

func extentOptions() []prompt.Option {
	return []prompt.Option{
		{Name: extentSnippet, Detail: "what to paste into a template you have"},
		{Name: extentStandalone, Detail: "a whole example around it, to deploy as it is"},
	}
}

// withCurrent puts answers that are not among the options to them, so that they can
// be kept.
func withCurrent(all []prompt.Option, current []string) []prompt.Option {
	for _, name := range current {
		if !slices.ContainsFunc(all, func(o prompt.Option) bool { return o.Name == name }) {
			all = append(all, prompt.Option{Name: name})
		}
	}
	return all
}

package cmd

import (
	"strings"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/policy"
	"apigw-cors/generator/gateway"
)

// completer offers the values that a flag's text may become.
type completer func(text string) ([]string, cobra.ShellCompDirective)

func complete(cmd *cobra.Command, flag string, c completer) {
	err := cmd.RegisterFlagCompletionFunc(flag, func(_ *cobra.Command, _ []string, text string) ([]string, cobra.ShellCompDirective) {
		return c(text)
	})
	if err != nil {
		panic(err) // no such flag, or completed twice
	}
}

func nothing(string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveNoFileComp
}

func folders(string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

// one completes a single value.
func one(values []string) completer {
	return func(string) ([]string, cobra.ShellCompDirective) {
		return values, cobra.ShellCompDirectiveNoFileComp
	}
}

// list completes the last entry of a list, with what is not in it yet.
func list(values []string) completer {
	return func(text string) ([]string, cobra.ShellCompDirective) {
		head := text[:strings.LastIndexByte(text, ',')+1]
		var out []string
		for _, v := range values {
			if !strings.Contains(","+head, ","+v+",") {
				out = append(out, head+v)
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
}

// completePolicy completes the flags of [policyFlags].
func completePolicy(cmd *cobra.Command) {
	complete(cmd, "file", func(string) ([]string, cobra.ShellCompDirective) {
		return []string{"yaml", "yml"}, cobra.ShellCompDirectiveFilterFileExt
	})
	for _, f := range policy.Fields() {
		var c gateway.Config
		switch f.Bind(&c).(type) {
		case *[]gateway.ResourceConfig:
			complete(cmd, f.Flag, nothing)
		case *[]string:
			complete(cmd, f.Flag, list(f.Common))
		case *string:
			complete(cmd, f.Flag, one(append(f.Values, f.Common...)))
		}
	}
}

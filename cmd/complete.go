package cmd

import (
	"strings"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/report"
	"apigw-cors/generator/gateway"
)

// completer offers the values that a flag's text may become.
type completer func(text string) ([]string, cobra.ShellCompDirective)

func completeFlag(cmd *cobra.Command, flag string, c completer) {
	err := cmd.RegisterFlagCompletionFunc(flag, func(_ *cobra.Command, _ []string, text string) ([]string, cobra.ShellCompDirective) {
		return c(text)
	})
	if err != nil {
		panic(err) // no such flag, or completed twice
	}
}

func noCompletion(string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveNoFileComp
}

func folderCompletion(string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

// completeExtensions completes the files with these extensions.
func completeExtensions(all ...string) completer {
	return func(string) ([]string, cobra.ShellCompDirective) { return all, cobra.ShellCompDirectiveFilterFileExt }
}

// completeOne completes a single value.
func completeOne(values []string) completer {
	return func(string) ([]string, cobra.ShellCompDirective) {
		return values, cobra.ShellCompDirectiveNoFileComp
	}
}

// completeList completes the last entry of a list, with what is not in it yet.
func completeList(values []string) completer {
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

// completePolicy completes the flags of [policy.Flags].
func completePolicy(cmd *cobra.Command) {
	completeFlag(cmd, "file", completeExtensions("yaml", "yml"))
	completeEnvironment(cmd)
	for _, f := range gateway.Fields() {
		var c gateway.Config
		switch f.In(&c).(type) {
		case *[]gateway.ResourceConfig:
			completeFlag(cmd, f.Flag, noCompletion)
		case *[]string:
			completeFlag(cmd, f.Flag, completeList(f.Names()))
		case *string:
			completeFlag(cmd, f.Flag, completeOne(f.Names()))
		}
	}
}

const completionName = "completion"

// strictCompletion is cobra's command, but for a shell it does not know, or an
// argument it does not take: those are mistakes, not questions for help.
func strictCompletion(root *cobra.Command, args []string) {
	root.InitDefaultCompletionCmd(args...)
	completion, _, err := root.Find([]string{completionName})
	if err != nil {
		panic(err) // cobra has just made it
	}
	var shells []string
	for _, shell := range completion.Commands() {
		shell.Args = noArgs
		shells = append(shells, shell.Name())
	}
	completion.Args = cobra.ArbitraryArgs
	completion.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return cmd.Help()
		}
		return &report.UsageError{
			Problem: "completion: " + report.Quote(args[0]) + ": no such shell",
			Hints:   report.DidYouMean(args[0], shells, "use one of "+strings.Join(shells, ", ")),
		}
	}
}

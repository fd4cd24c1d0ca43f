package cmd

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/prompt"
)

// writeUsage replaces cobra's usage, whose flag tables run far beyond 80
// columns.
func writeUsage(cmd *cobra.Command) error {
	var b strings.Builder
	b.WriteString("Usage:\n")
	if cmd.Runnable() {
		fmt.Fprintf(&b, "  %s\n", cmd.UseLine())
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "  %s [command]\n", cmd.CommandPath())
	}
	if cmd.HasExample() {
		fmt.Fprintf(&b, "\nExamples:\n%s\n", cmd.Example)
	}
	var commands, topics []*cobra.Command
	for _, c := range cmd.Commands() {
		switch {
		case c.IsAdditionalHelpTopicCommand():
			topics = append(topics, c)
		case c.IsAvailableCommand() || c.Name() == "help":
			commands = append(commands, c)
		}
	}
	writeCommands(&b, "Commands", commands)
	writeCommands(&b, "Topics, shown by "+cmd.CommandPath()+" help", topics)
	for _, g := range flagGroups(cmd) {
		writeFlags(&b, g.title, g.flags)
	}
	_, err := io.WriteString(cmd.OutOrStderr(), b.String())
	return err
}

func writeCommands(w io.Writer, title string, commands []*cobra.Command) {
	if len(commands) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s:\n", title)
	for _, c := range commands {
		fmt.Fprintf(w, "  %-13s %s\n", c.Name(), c.Short)
	}
}

// flagGroup are flags of a command that are shown together.
type flagGroup struct {
	title string
	flags []*pflag.Flag
}

func flagGroups(cmd *cobra.Command) []flagGroup {
	var ofPolicy, own, global []*pflag.Flag
	cmd.Flags().SortFlags = false
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		_, isPolicy := f.Annotations[policy.FlagGroup]
		switch {
		case cmd.Root().PersistentFlags().Lookup(f.Name) != nil:
		case isPolicy:
			ofPolicy = append(ofPolicy, f)
		default:
			own = append(own, f)
		}
	})
	cmd.Root().PersistentFlags().VisitAll(func(f *pflag.Flag) { global = append(global, f) })
	return []flagGroup{{"The policy", ofPolicy}, {"Flags", own}, {"Flags of every command", global}}
}

func writeFlags(w io.Writer, title string, flags []*pflag.Flag) {
	if len(flags) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s:\n", title)
	for _, f := range flags {
		short := "    "
		if f.Shorthand != "" {
			short = ""
		}
		fmt.Fprintf(w, "  %s%s\n%s", short, flagSyntax(f), prompt.Fold(flagUsage(f), 80, "          "))
	}
}

// flagSyntax is a flag with what it takes, as in -o, --out folder.
func flagSyntax(f *pflag.Flag) string {
	syntax := "--" + f.Name
	if f.Shorthand != "" {
		syntax = "-" + f.Shorthand + ", " + syntax
	}
	switch takes := f.Value.Type(); takes {
	case "bool":
	case "int":
		syntax += " number"
	default:
		syntax += " " + takes
	}
	return syntax
}

// flagUsage is what a flag does, and its default.
func flagUsage(f *pflag.Flag) string {
	if f.DefValue == "" || f.DefValue == "false" {
		return f.Usage
	}
	return f.Usage + " (default " + f.DefValue + ")"
}

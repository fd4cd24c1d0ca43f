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
	writeFlags(&b, "The policy", ofPolicy)
	writeFlags(&b, "Flags", own)
	writeFlags(&b, "Flags of every command", global)
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

func writeFlags(w io.Writer, title string, flags []*pflag.Flag) {
	if len(flags) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s:\n", title)
	for _, f := range flags {
		short := "    "
		if f.Shorthand != "" {
			short = "-" + f.Shorthand + ", "
		}
		kind := " " + f.Value.Type()
		if f.Value.Type() == "bool" {
			kind = ""
		}
		fmt.Fprintf(w, "  %s--%s%s\n", short, f.Name, kind)
		usage := f.Usage
		if f.DefValue != "" && f.DefValue != "false" {
			usage += " (default " + f.DefValue + ")"
		}
		fmt.Fprint(w, prompt.Fold(usage, 80, "          "))
	}
}

package cmd

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"apigw-cors/cmd/report"
)

// subcommand is a command below the root, and how to make it.
type subcommand struct {
	name string
	make func(*app) *cobra.Command
}

func subcommands() []subcommand {
	return []subcommand{
		{"configure", func(a *app) *cobra.Command { return newConfigure(a, a.configure) }},
		{"generate", func(a *app) *cobra.Command { return newGenerate(a, a.generate) }},
		{"explain", func(a *app) *cobra.Command { return newExplain(a, a.explain) }},
		{"probe", func(a *app) *cobra.Command { return newProbe(a, a.probe) }},
		{"test", func(a *app) *cobra.Command { return newTest(a, a.test) }},
		{"serve", func(a *app) *cobra.Command { return newServe(a, a.serve) }},
		{"import", func(a *app) *cobra.Command { return newImport(a, a.importPolicies) }},
		{"lint", func(a *app) *cobra.Command { return newLint(a, a.lint) }},
		{"fix", func(a *app) *cobra.Command { return newFix(a, a.fix) }},
		{"init", func(a *app) *cobra.Command { return newInit(a, a.init) }},
		{"schema", newSchema},
		{"formats", newFormats},
		{"version", newVersion},
		{"man", newMan},
		{"console", newConsoleTopic},
		{"local-network", newLocalNetworkTopic},
		{"http-or-rest", newHTTPOrRESTTopic},
		{"same-domain", newSameDomainTopic},
		{"traps", newTrapsTopic},
		{"forms", newFormsTopic},
		{"exit-codes", newExitCodesTopic},
		{"environment", newEnvironmentTopic},
		{"advice", newAdviceTopic},
		{"cors.yaml", newFileTopic},
		{"json", newJSONTopic},
		{"ci", newCITopic},
		{"rule", newRuleTopic},
		{"limits", newLimitsTopic},
		{"compatibility", newCompatibilityTopic},
	}
}

// subcommandsFor are those that a command line may need: the one it starts
// with, or else all. To register the flags of all takes as long as the rest of a
// short run.
func subcommandsFor(args []string) []subcommand {
	all := subcommands()
	if len(args) > 0 {
		if i := slices.IndexFunc(all, func(c subcommand) bool { return c.name == args[0] }); i >= 0 {
			return all[i : i+1]
		}
	}
	return all
}

// newRoot makes the root command for a command line.
func newRoot(a *app, args []string) *cobra.Command {
	var printVersion bool
	root := &cobra.Command{
		Use:   "apigw-cors",
		Short: "Configure CORS for Amazon API Gateway",
		Long: `Find out why a page cannot read your Amazon API Gateway API, and get CORS that
works: in the files you have, or rendered for SAM, CloudFormation, Terraform,
CDK or the AWS CLI.`,
		Example:       examples(exampleLint, exampleFirstProbe, exampleSnippet),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(cmd.Root(), args[0])
			}
			if printVersion {
				return a.printVersion()
			}
			if a.byLine || a.cannotAsk() == "" && isTerminal(a.in) {
				configure := newConfigure(a, a.configure)
				configure.SetContext(cmd.Context())
				return configure.RunE(configure, nil)
			}
			return &report.UsageError{Problem: "no command", Usage: cmd.UsageString()}
		},
	}
	root.SetIn(a.in)
	root.SetOut(a.help)
	root.SetErr(a.err)
	root.SetFlagErrorFunc(flagError)
	root.SetUsageFunc(writeUsage)
	root.Flags().BoolVar(&printVersion, "version", false, "print the version")
	root.PersistentFlags().BoolVar(&a.json, "json", false, "report as one JSON document on stderr")
	root.PersistentFlags().Var(&a.color, "color", "colour of messages and findings")
	root.PersistentFlags().BoolVar(&a.noInput, "no-input", false, "never ask")
	root.PersistentFlags().BoolVar(&a.byLine, "accessible", false, "ask in plain lines with numbered answers; works through a pipe, too")
	completeFlag(root, "color", completeOne(a.color.names()))
	for _, c := range subcommandsFor(args) {
		root.AddCommand(c.make(a))
	}
	root.SetHelpCommand(newHelp())
	if len(args) > 0 && args[0] == completionName {
		strictCompletion(root, args)
	}
	root.SetArgs(append([]string{}, args...))
	return root
}

// unknownCommand names the command, or the topic, that was probably meant of
// those below another.
func unknownCommand(above *cobra.Command, name string) error {
	var known []string
	for _, c := range above.Commands() {
		if !c.Hidden {
			known = append(known, c.Name())
		}
	}
	problem, list := "unknown command ", above.CommandPath()+" --help lists them"
	if above.HasParent() {
		problem, list = "unknown "+above.Name()+" ", above.Root().CommandPath()+" help "+above.Name()+" lists them"
	}
	return &report.UsageError{Problem: problem + report.Quote(name), Hints: report.DidYouMean(name, known, list)}
}

// noArgs refuses arguments: what they say belongs to flags.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	e := &report.UsageError{Problem: report.Quote(args[0]) + ": " + cmd.Name() + " takes no arguments"}
	if strings.HasSuffix(args[0], ".yaml") || strings.HasSuffix(args[0], ".yml") || args[0] == "-" {
		if cmd.Flags().Lookup("file") != nil {
			e.Hints = []string{"did you mean -f " + args[0] + "?"}
		}
	}
	return e
}

// flagError gives a flag that cannot be read its place, reason and hint.
func flagError(cmd *cobra.Command, err error) error {
	list := cmd.CommandPath() + " --help lists the flags"
	var unknown *pflag.NotExistError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.Is(err, pflag.ErrHelp):
		return err
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "":
		var known []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, "--"+f.Name) })
		name := "--" + unknown.GetSpecifiedName()
		return &report.UsageError{Problem: "unknown flag " + name, Hints: report.DidYouMean(name, known, list)}
	case errors.As(err, &invalid):
		e := &report.UsageError{
			Problem: "--" + invalid.GetFlag().Name + ": " + report.Quote(invalid.GetValue()) + ": " + invalid.Unwrap().Error(),
			Hints:   report.HintsOf(invalid.Unwrap()),
		}
		if invalid.GetFlag().Value.Type() == "bool" {
			e.Problem = "--" + invalid.GetFlag().Name + ": " + report.Quote(invalid.GetValue()) + ": not true or false"
		}
		return e
	}
	return &report.UsageError{Problem: err.Error(), Hints: []string{list}}
}

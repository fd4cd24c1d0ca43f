package cmd

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func newRoot(a *app) *cobra.Command {
	var printVersion bool
	configure := newConfigure(a, a.configure)
	root := &cobra.Command{
		Use:   "apigw-cors",
		Short: "Configure CORS for Amazon API Gateway",
		Long: `Configure CORS for Amazon API Gateway: say once who may call your API, and get
it in the language of the tool you deploy with.`,
		Example:       examples(exampleSnippet, exampleFile),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(cmd, args[0])
			}
			if printVersion {
				return a.printVersion()
			}
			if a.byLine || a.cannotAsk() == "" && isTerminal(a.in) {
				configure.SetContext(cmd.Context())
				return configure.RunE(configure, nil)
			}
			return &usageError{problem: "no command", usage: cmd.UsageString()}
		},
	}
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetFlagErrorFunc(flagError)
	root.SetUsageFunc(writeUsage)
	root.Flags().BoolVar(&printVersion, "version", false, "print the version")
	root.PersistentFlags().BoolVar(&a.json, "json", false, "report as one JSON document on stderr")
	root.PersistentFlags().Var(&a.color, "color", "colour on stderr")
	root.PersistentFlags().BoolVar(&a.noInput, "no-input", false, "never ask")
	root.PersistentFlags().BoolVar(&a.byLine, "accessible", false, "ask in plain lines with numbered answers; works through a pipe, too")
	complete(root, "color", one(a.color.names()))
	root.AddCommand(
		configure,
		newGenerate(a, a.generate),
		newExplain(a, a.explain),
		newServe(a, a.serve),
		newFormats(a),
		newVersion(a),
		newExitCodesTopic(a),
		newEnvironmentTopic(a),
		newAdviceTopic(a),
		newFileTopic(a),
	)
	root.SetHelpCommand(newHelp())
	return root
}

// unknownCommand names the command that was probably meant.
func unknownCommand(cmd *cobra.Command, name string) error {
	var known []string
	for _, c := range cmd.Root().Commands() {
		if !c.Hidden {
			known = append(known, c.Name())
		}
	}
	return &usageError{problem: "unknown command " + quote(name), hints: closest(name, known, cmd.Root().CommandPath()+" --help lists them")}
}

// noArgs refuses arguments: what they say belongs to flags.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	e := &usageError{problem: quote(args[0]) + ": " + cmd.Name() + " takes no arguments"}
	if strings.HasSuffix(args[0], ".yaml") || strings.HasSuffix(args[0], ".yml") || args[0] == "-" {
		if cmd.Flags().Lookup("file") != nil {
			e.hints = []string{"did you mean -f " + args[0] + "?"}
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
		return &usageError{problem: "unknown flag " + name, hints: closest(name, known, list)}
	case errors.As(err, &invalid):
		e := &usageError{
			problem: "--" + invalid.GetFlag().Name + ": " + quote(invalid.GetValue()) + ": " + invalid.Unwrap().Error(),
			hints:   hintsOf(invalid.Unwrap()),
		}
		if invalid.GetFlag().Value.Type() == "bool" {
			e.problem = "--" + invalid.GetFlag().Name + ": " + quote(invalid.GetValue()) + ": not true or false"
		}
		return e
	}
	return &usageError{problem: err.Error(), hints: []string{list}}
}

package cmd

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/prompt"
	"apigw-cors/cmd/report"
)

// newHelp is cobra's help command, but for a topic that is not there: that is
// a mistake to be reported, not a page on stdout.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [command | topic]",
		Short: "Explain a command or a topic",
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			parent, _, err := cmd.Root().Find(args)
			if err != nil {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			var names []string
			for _, c := range parent.Commands() {
				if !c.Hidden {
					names = append(names, c.Name()+"\t"+c.Short)
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			found, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 && !found.HasSubCommands() {
				return unknownCommand(cmd.Root(), strings.Join(args, " "))
			}
			if len(rest) > 0 {
				return unknownCommand(found, strings.Join(rest, " "))
			}
			found.InitDefaultHelpFlag()
			return found.Help()
		},
	}
}

// newTopic is a page of help. Its text is made when it is asked for.
func newTopic(a *app, name, short string, write func(io.Writer)) *cobra.Command {
	topic := &cobra.Command{Use: name, Short: short}
	topic.SetHelpFunc(func(*cobra.Command, []string) { write(a.help) })
	return topic
}

func newExitCodesTopic(a *app) *cobra.Command {
	return newTopic(a, "exit-codes", "What the exit code says", func(w io.Writer) {
		for _, o := range report.Outcomes() {
			fmt.Fprint(w, prompt.Hang(fmt.Sprintf("%-3d %s", int(o), o.Error()), 80, "    "))
		}
	})
}

func newEnvironmentTopic(a *app) *cobra.Command {
	return newTopic(a, "environment", "Which environment variables count", func(w io.Writer) {
		fmt.Fprint(w, `NO_COLOR    set to anything: no colour, unless --color always
TERM        dumb: no colour, unless --color always; questions in plain lines
ACCESSIBLE  set to anything but 0: questions in plain lines, like --accessible
LC_ALL, LC_CTYPE, LANG
            without UTF-8: questions in ASCII
APIGW_CORS_TRACE
            set to anything: if this program crashes, it prints the trace

HTTP_PROXY, HTTPS_PROXY, NO_PROXY
            how probe reaches the API

None of them chooses an environment of cors.yaml: --environment does.

Nothing else: neither AWS credentials nor a region are read, and no network
is used, but by serve, which listens on --listen and asks --backend, and by
probe, which asks the URL it is given.
`)
	})
}

func newAdviceTopic(a *app) *cobra.Command {
	return newTopic(a, "advice", "What each piece of advice means", func(w io.Writer) {
		fmt.Fprint(w, `Advice is about what is allowed, yet seldom wanted, and about values that were
brought to their usual form. A run fails for it only with --strict.
--allow-advice CODE acknowledges it, and so does CODE below the key allowAdvice
of an API: then it fails no run, and takes one line.

Some values can only be meant: who gives one has acknowledged the advice on it,
too. They are gateway-response-origin any or echo, gateway-responses none,
preflight lambda, terraform-preflight greedy. A default or an entry of a list
does not count.

`)
		for _, c := range append(report.AdviceCodes(), report.RunCodes()...) {
			fmt.Fprintf(w, "%s\n%s", c.Code, prompt.Fold(c.Meaning, 80, "        "))
		}
		fmt.Fprint(w, `
What a policy does not say, and this program therefore cannot know:

  A preflight carries no token, key, signature or client certificate. A resource
  policy, a WAF rule, an IP address list or mutual TLS that asks for one refuses
  it, before the OPTIONS method is reached.

  A stage cache of a REST API keeps one answer for all callers. With several
  origins, add origin and Origin to the cache keys of the methods, or leave the
  cache off: else a page gets the CORS headers that were meant for another.
`)
	})
}

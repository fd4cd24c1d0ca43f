package cmd

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/console"
	"apigw-cors/cmd/prompt"
)

func newConsoleTopic(a *app) *cobra.Command {
	return newTopic(a, "console", "What the browser's console says, and what is behind it", func(w io.Writer) {
		fmt.Fprint(w, prompt.Fold("What browsers write when a page may not read a response, the usual cause, and what to run. {words in braces} stand for values, URL for the address that the page calls, ORIGIN for where the page lives, such as https://app.example.com. Chromium is in Chrome and Edge, WebKit in Safari.", 80, ""))
		for _, r := range console.Refusals() {
			fmt.Fprintln(w)
			writeRefusal(w, r, r.Run)
		}
	})
}

func writeRefusal(w io.Writer, r console.Refusal, commands ...string) {
	for _, m := range r.Messages {
		fmt.Fprint(w, prompt.Hang(fmt.Sprintf("%-10s%s", m.Engine, m.Plain()), 80, "          "))
	}
	if len(r.Causes) > 0 {
		var causes []string
		for _, c := range r.Causes {
			causes = append(causes, string(c))
		}
		fmt.Fprint(w, prompt.Fold("cause: "+strings.Join(causes, ", "), 80, "  "))
	}
	fmt.Fprint(w, prompt.Fold(r.Why, 80, "  "))
	for _, c := range commands {
		fmt.Fprintln(w, "  $ "+c)
	}
}

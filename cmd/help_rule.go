package cmd

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/prompt"
	"apigw-cors/generator/fix"
	"apigw-cors/generator/lint"
)

// newRuleTopic lists the rules of lint, and has a page for each below it.
func newRuleTopic(a *app) *cobra.Command {
	topic := newTopic(a, "rule", "What each rule of lint finds: help rule NAME", func(w io.Writer) {
		fmt.Fprint(w, `What lint finds.
  error    a request that the file plainly wants is refused, or the deployment
           fails
  warning  a common request is refused, a race may be lost, or no page can read
           the API's errors
  info     no page notices
A single finding may be less severe than its rule. help rule NAME tells what a
page sees, why, the fix, and whether apigw-cors fix makes it.

`)
		for _, r := range lint.Rules() {
			fmt.Fprintf(w, "%s, %s\n%s", r.Name, r.Severity, prompt.Fold(r.Summary, 80, "        "))
		}
	})
	for _, r := range lint.Rules() {
		topic.AddCommand(newTopic(a, r.Name, r.Summary, func(w io.Writer) { writeRule(w, r) }))
	}
	return topic
}

func writeRule(w io.Writer, r lint.Rule) {
	fmt.Fprintf(w, "%s, %s\n%s", r.Name, r.Severity, prompt.Fold(r.Summary, 80, "  "))
	for _, part := range []struct{ title, text string }{
		{"What a page sees", r.Page},
		{"Why", r.Why},
		{"Fix", r.Fix},
		{"apigw-cors fix", mending(r)},
		{"Sources", strings.Join(r.Sources, "\n")},
		{"To ignore one, on its line or above it", "# apigw-cors: ignore[" + r.Name + "] reason"},
	} {
		if part.text != "" {
			fmt.Fprintf(w, "\n%s:\n%s", part.title, prompt.Fold(part.text, 80, "  "))
		}
	}
}

// mending tells what fix does about a rule's findings.
func mending(r lint.Rule) string {
	say := func(d fix.Deciding) string {
		switch d {
		case fix.Never:
			return "mended"
		case fix.Sometimes:
			return "mended, with --unsafe where the edit decides who may call"
		case fix.Always:
			return "mended with --unsafe"
		}
		return "left to you"
	}
	documents, modules := fix.Mending(r.Name)
	text := say(documents)
	switch {
	case r.Name == fix.Differs:
		return "with --file cors.yaml the files are made to say the policy"
	case documents != modules:
		text = "in SAM, CloudFormation and OpenAPI: " + text + "; in Terraform: " + say(modules)
	}
	if r.Severity == lint.Info && text != say("") {
		text += "; with --rule " + r.Name + " alone, as it has no effect"
	}
	return text
}

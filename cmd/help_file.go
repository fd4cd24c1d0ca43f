package cmd

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

func newFileTopic(a *app) *cobra.Command {
	return newTopic(a, defaultFile, "How to write a policy down", func(w io.Writer) {
		fmt.Fprint(w, "A YAML document is one API:\n\n", exampleDocument, `
Several documents, with --- between them, are several APIs, each with a name of
its own. An empty document is skipped. Any other key is an error, and so is a
key given twice, an empty value, a single value where a list belongs, or yes and
on for true. A value that starts with * needs quotes. Aliases are followed,
merge keys (<<) are not.

`)
		for _, f := range fields() {
			fmt.Fprintf(w, "%s: %s\n%s", f.key, f.notation(), fold(f.usage, 80, "        "))
		}
	})
}

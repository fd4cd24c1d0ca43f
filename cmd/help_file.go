package cmd

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"apigw-cors/generator/gateway"
)

const exampleDocument = `    api: rest
    name: Orders
    allowOrigins:
      - https://app.example.com
      - https://*.staging.example.com
    allowMethods: [GET, POST]
    maxAge: 10m
    resources:
      - path: /orders
      - path: /orders/{id}
        methods: [GET, DELETE]
`

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
			fmt.Fprintf(w, "%s: %s\n%s\n", f.key, f.notation(), wrap(f.usage, "        ", 80))
		}
	})
}

// notation says how the value is written in YAML.
func (f field) notation() string {
	var c gateway.Config
	switch f.bind(&c).(type) {
	case *bool:
		return "true or false"
	case *[]string:
		return "[...]"
	case *[]gateway.ResourceConfig:
		return "[{path: ..., methods: [...]}, ...]"
	}
	return strings.ReplaceAll(f.typeName(), "|", ", ")
}

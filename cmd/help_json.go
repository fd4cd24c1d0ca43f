package cmd

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/prompt"
	"apigw-cors/cmd/schema"
)

func newJSONTopic(a *app) *cobra.Command {
	return newTopic(a, "json", "What the commands print with --json", func(w io.Writer) {
		fmt.Fprint(w, `With --json stderr is one document, the report, whatever happened. Some commands
have another on stdout. A member with ? may be left out; ignore those you do
not know: later versions add some.
`)
		for _, name := range schema.Names() {
			s, err := schema.Read(name)
			if err != nil {
				panic(err) // it is part of the program
			}
			fmt.Fprint(w, "\n", prompt.Fold(s.Description, 80, ""))
			for _, object := range append([]*schema.Schema{s}, s.OneOf...) {
				if len(object.Properties) > 0 {
					fmt.Fprintln(w)
				}
				writeMembers(w, object, "  ", map[string]bool{})
			}
		}
	})
}

// writeMembers writes a line for each member of an object, what it is below it,
// and its own members indented, unless it is of a form told already.
func writeMembers(w io.Writer, object *schema.Schema, indent string, told map[string]bool) {
	for _, m := range object.Properties {
		line := indent + m.Name
		if !slices.Contains(object.Required, m.Name) {
			line += "?"
		}
		value := valueOf(m.Schema)
		if told[m.Schema.Ref] {
			value = "as above"
		}
		fmt.Fprint(w, indent+strings.TrimLeft(prompt.Fold(line+": "+value, 80, indent+"        "), " "))
		if m.Schema.Description != "" {
			fmt.Fprint(w, prompt.Fold(m.Schema.Description, 80, indent+"        "))
		}
		if told[m.Schema.Ref] {
			continue
		}
		told[m.Schema.Ref] = m.Schema.Ref != ""
		inner := m.Schema
		if inner.Items != nil {
			inner = inner.Items
		}
		writeMembers(w, inner, indent+"  ", told)
	}
}

// valueOf says in words what a member holds.
func valueOf(s *schema.Schema) string {
	switch {
	case s.Const != nil:
		return fmt.Sprint(s.Const)
	case s.Enum != nil:
		return strings.Join(s.Enum, ", ")
	case s.Items != nil:
		return "list of " + valueOf(s.Items) + "s"
	}
	return map[any]string{"string": "text", "integer": "number", "boolean": "true or false", "object": "object"}[s.Type]
}

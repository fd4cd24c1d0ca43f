package cmd

import (
	"fmt"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/report"
	"apigw-cors/generator"
)

func newFormats(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "formats",
		Short: "List what can be rendered",
		Long:  "List what can be rendered, one format a line: its name and what it is. With --json a JSON array on stdout.",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			if a.json {
				return a.printJSON(formatList())
			}
			for _, f := range generator.Formats() {
				if _, err := fmt.Fprintf(a.out, "%-15s %s\n", f.Name, f.Summary); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

type formatEntry struct {
	Name    string `json:"name"`
	Summary string `json:"summary"`
}

func formatList() []formatEntry {
	var list []formatEntry
	for _, f := range generator.Formats() {
		list = append(list, formatEntry{f.Name, f.Summary})
	}
	return list
}

// printJSON prints what was asked for as JSON, on stdout.
func (a *app) printJSON(v any) error {
	return report.EncodeJSON(a.out, v)
}

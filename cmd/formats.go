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
		Long: `List what can be rendered, one format a line: its name and what it is.

With --json it is a document on stdout: help json.`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			if a.json {
				return a.printJSON(formatsDocument{report.NewJSONHeader(), formatList()})
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

// formatsDocument lists the formats for a program.
type formatsDocument struct {
	report.JSONHeader
	Formats []formatEntry `json:"formats"`
}

// formatEntry is what a format says of itself, for programs.
type formatEntry struct {
	Name    string `json:"name"`
	Summary string `json:"summary"`
	// Languages are the extensions of its files.
	Languages []string `json:"languages"`
	// Function: it is an example Lambda function, not the API.
	Function bool `json:"function"`
	// Redeploy says what is left to do with a snippet, if anything.
	Redeploy string        `json:"redeploy,omitempty"`
	Options  []optionEntry `json:"options,omitempty"`
}

// optionEntry is a flag that belongs to the format. The first value is the
// default.
type optionEntry struct {
	Flag   string   `json:"flag"`
	Values []string `json:"values"`
}

func formatList() []formatEntry {
	var list []formatEntry
	for _, f := range generator.Formats() {
		entry := formatEntry{Name: f.Name, Summary: f.Summary, Languages: f.Languages, Function: f.Function, Redeploy: f.Redeploy}
		for _, option := range f.Options {
			entry.Options = append(entry.Options, optionEntry{"--" + option.Name, option.ValueNames()})
		}
		list = append(list, entry)
	}
	return list
}

// printJSON prints what was asked for as JSON, on stdout.
func (a *app) printJSON(v any) error {
	return report.EncodeJSON(a.out, v)
}

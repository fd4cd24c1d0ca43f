package cmd

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"apigw-cors/generator"
)

// allFormats is the word for every format.
const allFormats = "all"

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
	encoder := json.NewEncoder(a.out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(v)
}

func formatNames() []string {
	var names []string
	for _, f := range generator.Formats() {
		names = append(names, f.Name)
	}
	return append(names, allFormats)
}

// parseFormats gives the named formats, each once, in the order given.
func parseFormats(given []string) ([]generator.Format, error) {
	var formats []generator.Format
	seen := map[string]bool{}
	e := &usageError{}
	for _, name := range given {
		if name == allFormats {
			for _, f := range generator.Formats() {
				if !seen[f.Name] {
					formats = append(formats, f)
				}
				seen[f.Name] = true
			}
			continue
		}
		f, ok := generator.ParseFormat(name)
		if !ok {
			e.unknownFormat(name)
			continue
		}
		if !seen[name] {
			formats = append(formats, f)
		}
		seen[name] = true
	}
	switch {
	case e.problem != "":
		return nil, e
	case len(formats) == 0:
		return nil, &usageError{problem: "--format: empty", hints: []string{"apigw-cors formats lists them"}}
	}
	return formats, nil
}

func (e *usageError) unknownFormat(name string) {
	if e.problem != "" {
		e.problem += "\n"
	}
	e.problem += "--format: " + quote(name) + ": no such format"
	e.hints = append(e.hints, closest(name, formatNames(), "apigw-cors formats lists them")...)
}

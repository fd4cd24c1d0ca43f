package cmd

import (
	"fmt"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/report"
)

func newVersion(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  noArgs,
		RunE:  func(*cobra.Command, []string) error { return a.printVersion() },
	}
}

func (a *app) printVersion() error {
	b := report.ReadBuild()
	if a.json {
		return a.printJSON(versionDocument{report.NewJSONHeader(), b.Revision, b.Go, b.Platform})
	}
	revision := ""
	if b.Revision != "" {
		revision = ", revision " + b.Revision
	}
	_, err := fmt.Fprintf(a.out, "apigw-cors %s (%s, %s%s)\n", b.Version, b.Go, b.Platform, revision)
	return err
}

// versionDocument is the version for a program.
type versionDocument struct {
	report.JSONHeader
	Revision string `json:"revision,omitempty"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

package cmd

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/output"
	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/prompt"
	"apigw-cors/cmd/report"
	"apigw-cors/generator"
	"apigw-cors/generator/gateway"
)

// initOptions are the flags of init.
type initOptions struct {
	api           choice[gateway.Kind]
	out           string
	schema, force bool
}

// newInit makes the command; run is what it runs once the flags are read.
func newInit(a *app, run func(context.Context, *initOptions) error) *cobra.Command {
	o := &initOptions{api: newChoice(gateway.REST, gateway.HTTP), out: policy.DefaultFile}
	cmd := &cobra.Command{
		Use:   "init [flags]",
		Short: "Write a cors.yaml that explains its keys",
		Long: `Write a cors.yaml to begin with: every key of an API of the type, with what it
means and takes. Origin and methods are examples. The other keys show their
defaults behind a #: take it away to set one.

help http-or-rest says which type an API is of. configure asks instead.`,
		Example: examples(exampleInit, exampleInitLook),
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return run(cmd.Context(), o) },
	}
	flags := cmd.Flags()
	flags.Var(&o.api, "api", "type of the API")
	flags.VarP(policy.TextValue{Text: &o.out, Kind: "file"}, "out", "o", "file to write, - for stdout")
	flags.BoolVar(&o.schema, "schema", false, "write "+policy.SchemaFile+" beside it, and name it in the first line, where editors look")
	flags.BoolVar(&o.force, "force", false, "overwrite a file whose content differs")
	completeFlag(cmd, "api", completeOne(o.api.names()))
	completeFlag(cmd, "out", completeExtensions("yaml", "yml"))
	return cmd
}

// init writes the file, and with it the schema, if that is wanted.
func (a *app) init(ctx context.Context, o *initOptions) error {
	switch {
	case o.out == "":
		return &report.UsageError{Problem: "--out: empty", Hints: []string{"name a file, or - for stdout"}}
	case o.out == "-" && o.schema:
		return &report.UsageError{Problem: "--schema: stdout has no place beside it", Hints: []string{"leave it out: apigw-cors schema prints it"}}
	case o.out == "-" && o.force:
		return &report.UsageError{Problem: "--force: nothing to overwrite", Hints: []string{"name the file with --out"}}
	}
	draft := policy.Draft(o.api.value, func(text string) string { return prompt.Fold(text, 80, "# ") })
	if o.out == "-" {
		_, err := a.out.Write(draft)
		return err
	}
	dir, base := filepath.Split(o.out)
	files := output.Rendering{}
	if o.schema {
		var text bytes.Buffer
		if err := report.EncodeJSON(&text, policy.Schema()); err != nil {
			return err
		}
		files.Files = append(files.Files, generator.File{Path: policy.SchemaFile, Content: text.Bytes()})
	}
	if o.schema || policy.HasSchema(dir) {
		draft = append([]byte(policy.SchemaLine), draft...)
	}
	files.Files = append(files.Files, generator.File{Path: base, Content: draft})
	to, err := output.OpenFolder(filepath.Clean(dir), o.force)
	if err != nil {
		return err
	}
	to.Inspect(files)
	if err := to.Obstacles(); err != nil {
		to.Close()
		return err
	}
	err = errors.Join(to.Write(ctx, files), to.Close())
	a.report.Files = to.Files()
	if err == nil {
		a.report.Conclude(to.Summary()[0])
		a.report.Conclude("put your origins into " + o.out + ", then: apigw-cors generate -f " + generator.ShellWord(o.out))
	}
	return err
}

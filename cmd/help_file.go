package cmd

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/prompt"
	"apigw-cors/generator/gateway"
)

func newFileTopic(a *app) *cobra.Command {
	return newTopic(a, policy.DefaultFile, "How to write a policy down", func(w io.Writer) {
		fmt.Fprint(w, "A YAML document is one API:\n\n", policy.Example, `
Several documents, with --- between them, are several APIs, each with a name of
its own. An empty document is skipped. Any other key is an error, and so is a
key given twice, an empty value, a single value where a list belongs, or yes and
on for true. A value that starts with * needs quotes. Aliases are followed,
merge keys (<<) are not.

apigw-cors init writes a file that explains the keys. With init --schema, or
with apigw-cors schema > `+policy.SchemaFile+` and the first line
  `+policy.SchemaLine+`an editor completes and checks them.

`)
		for _, f := range gateway.Fields() {
			fmt.Fprintf(w, "%s: %s\n%s", f.Key, policy.Notation(f), prompt.Fold(f.Usage(), 80, "        "))
		}
		for _, k := range policy.Keys() {
			fmt.Fprintf(w, "%s: %s\n%s", k.Name, k.Notation, prompt.Fold(k.Usage, 80, "        "))
		}
		fmt.Fprint(w, "\nThe keys of a test:\n\n")
		for _, f := range policy.TestFields() {
			fmt.Fprintf(w, "%s: %s\n%s", f.Key, f.Value, prompt.Fold(f.Usage, 80, "        "))
		}
		fmt.Fprint(w, "\nTests beside the policy above, for apigw-cors test:\n\n", policy.ExampleTests)
		fmt.Fprint(w, `
With environments a document is one API for each: what is at the top is shared,
and a key below an environment takes the place of the shared one as a whole. A
list is replaced, too; nothing is added to it.

`, policy.EnvironmentsExample, `
Every command that reads the file then needs --environment NAME. generate also
takes --environment all: it renders each into a folder of its name, and tells
which folders belong to no environment any more. A flag overrides the key in
each environment. A name has letters, digits and hyphens; {} stands for an
environment in which nothing differs. Where the policy comes from flags,
--environment only puts its name into the heads of the files.

Where environments differ in origins alone, --environment all --one-file makes
one file of them. It holds the values of each, and whoever deploys it chooses:
with a parameter of a SAM or CloudFormation template, a variable of a Terraform
module, the props of a CDK stack, which take no other name. SAM and
CloudFormation look up one origin for each environment, Terraform and CDK also a
list. The AWS CLI and the functions take a folder each.
`)
	})
}

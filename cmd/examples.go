package cmd

import "strings"

// The examples of the help texts. Lines with # explain the command below.
const (
	exampleSnippet = `# Print an AWS SAM snippet for a REST API
$ apigw-cors generate --api rest --allow-origins https://app.example.com \
    --allow-methods GET,POST`

	exampleFirstProbe = `# Why can a page not read the deployed API?
$ apigw-cors probe https://abc123.execute-api.eu-west-1.amazonaws.com/prod \
    --origin https://app.example.com`

	exampleFile = `# Write every format as a deployable example, from cors.yaml in this folder
$ apigw-cors generate --format all --standalone --out out`

	exampleCheck = `# In CI: fail when the files in the repository are not what cors.yaml says
$ apigw-cors generate -f cors.yaml --format terraform --out infra --check`

	exampleFilter = `# Render a computed policy, and look at the CDK stack alone
$ jsonnet cors.jsonnet | apigw-cors generate -f - --format cdk`

	exampleOverride = `# The same policy for another origin
$ apigw-cors generate -f cors.yaml --allow-origins https://staging.example.com`

	exampleSchema = `# For the editor: cors.yaml is completed and checked as it is typed
$ apigw-cors schema > cors.schema.json`

	exampleSchemaJSON = `# For a program that reads what lint --json prints
$ apigw-cors schema lint`

	exampleInit = `# Begin with a file that explains each key, and the schema for the editor
$ apigw-cors init --api http --schema`

	exampleInitLook = `# Look at the keys of a REST API
$ apigw-cors init --out -`

	exampleEnvironments = `# Each of the environments of cors.yaml: prod/terraform/cors.tf, and so on
$ apigw-cors generate --environment all --format terraform --out infra`

	exampleOneFile = `# Or one file for all, in which a variable chooses
$ apigw-cors generate --environment all --one-file --format terraform \
    --out infra`

	exampleConfigure = `# Answer the questions, and keep what is rendered
$ apigw-cors configure > template.yaml`

	exampleEdit = `# Look through a policy and change it, for Terraform this time
$ apigw-cors configure -f cors.yaml --format terraform --out infra`
)

// examples indents examples the way help prints them.
func examples(all ...string) string {
	var blocks []string
	for _, e := range all {
		blocks = append(blocks, "  "+strings.ReplaceAll(e, "\n", "\n  "))
	}
	return strings.Join(blocks, "\n\n")
}

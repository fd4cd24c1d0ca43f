// Package generator renders a [gateway.API] in the language of a tool: AWS SAM,
// CloudFormation, Terraform, CDK, the AWS CLI, and example Lambda functions.
//
// What is rendered was decided in package gateway; a target spells it, in the
// tool's own form where that form carries the policy faithfully. What a target
// cannot carry it refuses with an [*UnsupportedError]; it never renders a
// weaker or a wider policy. Rendering is pure: the same API and [Options] give
// the same bytes.
//
// [Formats] is the table of targets: what each is, the [Option]s it leaves to
// its user, and the [Proof]s it promises. A target is a view of the API, the
// templates in its folder of package templates, and a row of that table.
// Templates print values through the quoters of their language alone; a test
// follows the text of every template and refuses a quoter in the wrong kind of
// place.
//
// [Command] is the command line that renders an API again, which every file
// names.
package generator

// Package generator renders a [gateway.API] in the language of a tool: AWS SAM,
// CloudFormation, Terraform, CDK, the AWS CLI, and example Lambda functions.
//
// What is rendered was decided in package gateway; a target spells it, in the
// tool's own form where that form carries the policy faithfully. What a target
// cannot carry it refuses with an [*UnsupportedError]; it never renders a
// weaker or a wider policy. Rendering is pure: the same API and [Options] give
// the same bytes.
package generator

// Package tools starts the programs of others that read what was rendered: the
// SAM translator, cfn-lint, Terraform, the TypeScript compiler and the CDK, the
// AWS CLI, the runtimes of Lambda functions, a VTL engine, and moto, which
// stands for the control plane of API Gateway. It is for tests alone.
//
// Their scripts and the versions they run stand in golden/testdata/tools. No
// tool reaches a real account or, but for what Terraform and Go may have to
// download, the network. A tool that is missing skips the test and says how to
// install it; with CI=true it fails the test.
package tools

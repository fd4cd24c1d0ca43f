package cmd

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/probe"
	"apigw-cors/cmd/report"
	"apigw-cors/cmd/serve"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

func newLimitsTopic(a *app) *cobra.Command {
	return newTopic(a, "limits", "How large things may be", func(w io.Writer) {
		fmt.Fprintf(w, `What is larger is refused at once, with the bound in the message. Up to each
bound time grows with the input, and memory stays under 200 MiB.

%9d  bytes of a YAML document
%9d  bytes of all that comes through stdin or a pipe
%9d  bytes of a value
%9d  entries of a list: origins, methods, headers, resources
%9d  faults told one by one; the others are counted
%9d  bytes of a file that lint reads
%9d  bytes of one of a Terraform module
%9d  files of a Terraform module
%9d  findings that a SARIF log has, errors first
%9d  requests that serve answers at a time; one more is throttled (429)
%9d  bytes of the headers of a request to serve
%9d  bytes of the body of a request to serve, as on API Gateway
%9d  bytes of the headers of an answer to probe
%9d  bytes of its body that are read
`, policy.MaxDocument, policy.MaxStream, gateway.MaxValue, gateway.MaxEntries, report.MaxFaults,
			reader.MaxBytes, reader.MaxModuleFileBytes, reader.MaxModuleFiles, report.MaxResults,
			serve.MaxInFlight, serve.MaxHeaderBytes, gateway.MaxPayload, probe.MaxHeaderBytes, probe.MaxBody)
	})
}

func newCompatibilityTopic(a *app) *cobra.Command {
	return newTopic(a, "compatibility", "What stays as it is from one version to the next", func(w io.Writer) {
		fmt.Fprint(w, `From version 1 on, as long as the first number of the version is the same:

- A flag, a command, a key of cors.yaml keeps its name and its meaning. New
  ones are added. A cors.yaml that was accepted is accepted, unless what it
  asks for turns out not to work on API Gateway, or to be unsafe: the CHANGELOG
  marks that as Policy.
- An exit code keeps its meaning (help exit-codes).
- JSON keeps the names and types of its members (help json). Members are added:
  ignore those you do not know. Where one goes, or changes its meaning, the
  version in the document is another, and so is the first number.
- Codes (of advice, causes, reasons) keep their meaning.
- What is rendered changes where it gets better: the CHANGELOG marks it as
  Output. The same version renders the same input to the same bytes.

Not promised: the words of messages, what is asked in a conversation and how,
and the packages of the source code.
`)
	})
}

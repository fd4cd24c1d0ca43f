package cmd

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

func newTrapsTopic(a *app) *cobra.Command {
	return newTopic(a, "traps", "Faults that are on the web as working code", func(w io.Writer) {
		fmt.Fprint(w, `Each fault, an issue that reports it, and what is rendered instead.

A static value without its inner single quotes: the deployment fails.
  https://github.com/awsdocs/aws-sam-developer-guide/issues/55
  Quoted in one place, for every format; plain in HTTP APIs.
Several origins joined by commas.
  https://github.com/aws/serverless-application-model/issues/3769
  A mapping template that compares exactly.
A regular expression whose dots match anything.
  https://github.com/aws/aws-cdk/issues/26623
  ==, startsWith, endsWith; never a regular expression.
An origin taken from the query string.
  https://github.com/aws/aws-cdk/pull/19104
  The header alone, in both spellings.
An authorizer or an API key in front of the preflight.
  https://github.com/aws/serverless-application-model/issues/717
  https://github.com/aws/aws-cdk/issues/8615
  OPTIONS without authorization, in every format.
Errors without CORS headers: the page sees a network error, not the 401.
  https://github.com/aws/aws-cdk/issues/23105
  Gateway responses, unless you turn them off.
*/* as a binary media type turns every preflight into a 500.
  https://github.com/aws/chalice/issues/1310
  https://github.com/serverless/serverless/issues/10254
  CONVERT_TO_TEXT on the mock integration and its response.
A gateway response mapped with the wrong prefix.
  https://github.com/aws/aws-cli/issues/2879
  gatewayresponse.header., or none where SAM adds it.
A change that no stage ever sees.
  https://github.com/hashicorp/terraform-provider-aws/issues/14445
  https://github.com/aws/aws-cdk/issues/10963
  A deployment that follows what it deploys.
* with credentials, or beside other origins.
  https://github.com/aws/aws-cdk/issues/9076
  Refused, with the alternative.
OPTIONS routed to a function behind ANY.
  https://github.com/aws/serverless-application-model/issues/1603
  An OPTIONS route of its own where ANY has an authorizer.
CORS inside the body of a Terraform HTTP API.
  https://github.com/hashicorp/terraform-provider-aws/issues/33390
  cors_configuration.
`)
	})
}

func newFormsTopic(a *app) *cobra.Command {
	return newTopic(a, "forms", "Which form a policy takes in each tool", func(w io.Writer) {
		fmt.Fprint(w, `A tool's own form is used wherever it can say the policy, else the explicit one.
Where two are named, the second is for https://*.example.com and
http://localhost:*.

REST API, one origin or *
  sam             Cors
  cdk             defaultCorsPreflightOptions
  others          OPTIONS methods
REST API, several origins
  sam             DefinitionBody with a mapping template
  cdk             defaultCorsPreflightOptions; a mapping template
  others          OPTIONS methods with a mapping template
REST API, own methods per resource
  sam             DefinitionBody
  cdk             addCorsPreflight
REST API, binary media types
  sam             DefinitionBody
  others          CONVERT_TO_TEXT on the OPTIONS methods
REST API, gateway responses
  sam             GatewayResponses
  cdk             addGatewayResponse
REST API, non-proxy integration
  sam             DefinitionBody
HTTP API
  sam             CorsConfiguration
  cloudformation  CorsConfiguration
  terraform       cors_configuration
  cdk             corsPreflight
  aws-cli         update-api
HTTP API, authorizer on $default or ANY
  all             an OPTIONS route of its own
Preflight answered by the function
  sam             options events
A new deployment
  sam, cdk        made by the tool
  cloudformation  a Deployment whose name changes with what it deploys
  terraform       triggers that change with what is deployed
  aws-cli         create-deployment

lambda-nodejs and lambda-python send the headers where the function must, and
none where API Gateway sets them.
`)
	})
}

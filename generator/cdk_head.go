package generator

import "apigw-cors/generator/gateway"

// cdkHead is the comment of the stack file: how to use what it exports, and the
// command that renders it again.
func cdkHead(j job, v cdkView) []string {
	s := stack{j.api}
	head := s.title("AWS CDK (aws-cdk-lib v2)", v.Stack != nil)
	if v.Stack != nil {
		head = append(head,
			"npm install && npx cdk deploy",
			"",
			"creates the stack below, which uses what stands above it. CDK makes a new",
			"deployment of the stage whenever something changes.",
		)
	} else {
		head = append(head, "Keep this file beside your stack, and use there what it exports:", "")
		for _, line := range v.usage() {
			head = append(head, "  "+line)
		}
		head = append(head, "", "CDK makes a new deployment of the stage whenever something changes.")
	}
	head = append(head, cdkWithdrawal(j.api)...)
	head = append(head, cdkResponderNote(j.api, v.Stack != nil)...)
	return append(head, renderedBy(j.command(j.options.Standalone))...)
}

// usage is the code that goes into one's own stack.
func (v cdkView) usage() []string {
	if v.HTTP != nil {
		return v.HTTP.usage()
	}
	return v.REST.usage()
}

func (v *cdkHTTP) usage() (lines []string) {
	if v.Options != nil {
		lines = append(lines, "const api = new apigatewayv2.HttpApi(this, 'Api', { corsPreflight });")
	}
	if v.MaxAgeOff {
		lines = append(lines, "unsetMaxAge(api);")
	}
	if v.Preflight != nil {
		lines = append(lines, "addPreflight(api, integration);")
	}
	return lines
}

func (v *cdkREST) usage() (lines []string) {
	switch {
	case v.InConstructor:
		lines = append(lines, "const api = new apigateway.RestApi(this, 'Api', { defaultCorsPreflightOptions: corsPreflight });")
	case v.ByLambda != nil:
		lines = append(lines, "addPreflight(api, handler);")
	default:
		lines = append(lines, "addPreflight(api);")
	}
	if v.Responses != nil {
		lines = append(lines, "addGatewayResponses(api);")
	}
	if v.Mapped != nil {
		lines = append(lines,
			"const integration = new apigateway.LambdaIntegration(handler, {",
			"  proxy: false, integrationResponses: corsIntegrationResponses,",
			"});",
			"resource.addMethod('POST', integration, { methodResponses: corsMethodResponses });",
		)
	}
	return lines
}

// cdkResponderNote says who sends the CORS headers of actual responses, in
// lines as short as those of the code.
func cdkResponderNote(api gateway.API, standalone bool) []string {
	switch {
	case api.ActualResponder() == gateway.ByLambda && standalone:
		return []string{
			"The actual responses get their CORS headers from the function: keep",
			"withCors around the handler when you put your own code in its place.",
		}
	case api.ActualResponder() == gateway.ByLambda:
		return []string{
			"The actual responses must get their CORS headers from your function: --format",
			"lambda-nodejs and --format lambda-python render a wrapper that sends them.",
		}
	case api.IsREST():
		return []string{
			"API Gateway maps the CORS headers of the actual responses, errors included;",
			"the function sends none.",
		}
	}
	return []string{
		"API Gateway adds the CORS headers to the actual responses and ignores those of",
		"the function.",
	}
}

package generator

import (
	"strings"

	"apigw-cors/generator/gateway"
)

// cdkHead is the comment of the stack file: how to use what it exports, and the
// command that renders it again.
func cdkHead(j job, v cdkView) []string {
	s := stack{j.api}
	head := s.title("AWS CDK (aws-cdk-lib v2)", v.Stack != nil)
	if v.Stack != nil {
		deploy := "npm install && npx cdk deploy"
		if v.Environments != nil {
			deploy += " " + v.StackName(v.Environments.Names[0])
		}
		head = append(head,
			deploy,
			"",
			"creates the stack below, which uses what stands above it. CDK makes a new",
			"deployment of the stage whenever something changes.",
		)
		if j.api.IsREST() && len(s.parameters()) > 0 {
			head = append(head, "The value of a parameter alone takes the command below.")
		}
	} else {
		head = append(head, "Keep this file beside your stack, and use there what it exports:", "")
		for _, line := range v.usage() {
			head = append(head, "  "+line)
		}
		head = append(head, "",
			"The API keeps the construct id it has: another one would replace it.",
			"CDK makes a new deployment of the stage whenever something changes.",
		)
		head = append(head, s.guardedRouteNote()...)
	}
	head = append(head, v.environmentsNote()...)
	head = append(head, cdkWithdrawal(j.api)...)
	head = append(head, cdkResponderNote(j.api, v.Stack != nil)...)
	return append(head, j.renderedBy(j.options.Standalone)...)
}

// usageLine is a line of code, and whose it is.
type usageLine struct{ code, mark string }

// usageLines is the code that goes into one's own stack.
func (v cdkView) usageLines() []usageLine {
	name, _ := quoteJS(v.Name)
	if v.HTTP != nil {
		return v.HTTP.usage(name)
	}
	return v.REST.usage(name)
}

// usage is that code, each line with its mark.
func (v cdkView) usage() []string {
	code := v.usageLines()
	width := 0
	for _, l := range code {
		width = max(width, len(l.code))
	}
	var lines []string
	for _, l := range code {
		lines = append(lines, strings.TrimRight(l.code+strings.Repeat(" ", width-len(l.code))+"  // "+l.mark, " /"))
	}
	return lines
}

// constructed is the construction of the API, with an option that is new.
func constructed(class, name, option string) []usageLine {
	head := "const api = new " + class + "(this, " + name
	if option == "" {
		return []usageLine{{head + ");", markYours}}
	}
	return []usageLine{{head + ", {", markYours}, {"  " + option, markNew}, {"});", ""}}
}

func (v *cdkHTTP) usage(name string) []usageLine {
	option := ""
	switch {
	case v.Options != nil && v.Options.Props:
		option = "corsPreflight: corsPreflight(props),"
	case v.Options != nil:
		option = "corsPreflight,"
	}
	code := constructed("apigatewayv2.HttpApi", name, option)
	if v.MaxAgeOff {
		code = append(code, usageLine{"unsetMaxAge(api);", markNew})
	}
	if v.Preflight != nil {
		code = append(code, usageLine{"addPreflight(api, integration);", markNew})
	}
	return code
}

func (v *cdkREST) usage(name string) []usageLine {
	arguments := func(props bool) string {
		list := "api"
		if v.ByLambda != nil {
			list += ", handler"
		}
		if props {
			list += ", props"
		}
		return "(" + list + ");"
	}
	option, all := "", v.AddsAll()
	switch {
	case v.InConstructor && !all && v.Options.Props:
		option = "defaultCorsPreflightOptions: corsPreflight(props),"
	case v.InConstructor && !all:
		option = "defaultCorsPreflightOptions: corsPreflight,"
	}
	code := constructed("apigateway.RestApi", name, option)
	switch {
	case all:
		code = append(code, usageLine{"addCors" + arguments(v.Props()), markNew + ", after your last addResource"})
	case !v.InConstructor:
		code = append(code, usageLine{"addPreflight" + arguments(v.PreflightProps()), markNew + ", after your last addResource"})
	case v.Responses != nil && v.Responses.Props:
		code = append(code, usageLine{"addGatewayResponses(api, props);", markNew})
	case v.Responses != nil:
		code = append(code, usageLine{"addGatewayResponses(api);", markNew})
	}
	if v.Mapped != nil {
		code = append(code, v.Backend.cdkIntegration(v.Mapped.Props)...)
		code = append(code,
			usageLine{"resource.addMethod('POST', integration, {", markYours},
			usageLine{"  methodResponses: corsMethodResponses,", markNew},
			usageLine{"});", ""},
		)
	}
	return code
}

// cdkIntegration is a non-proxy integration of one's own.
func (w backendWords) cdkIntegration(props bool) []usageLine {
	end, responses := usageLine{"});", ""}, "integrationResponses: corsIntegrationResponses,"
	if props {
		responses = "integrationResponses: corsIntegrationResponses(props),"
	}
	switch {
	case w.HTTP:
		return []usageLine{
			{"const integration = new apigateway.HttpIntegration('https://backend.example.com', {", markYours},
			{"  proxy: false, httpMethod: 'POST',", markYours},
			{"  options: { " + strings.TrimSuffix(responses, ",") + " },", markNew}, end,
		}
	case w.Service:
		return []usageLine{
			{"const integration = new apigateway.AwsIntegration({", markYours},
			{"  service: 'dynamodb', action: 'Scan',", markYours},
			{"  options: { credentialsRole, " + strings.TrimSuffix(responses, ",") + " },", markNew}, end,
		}
	case w.Mock:
		return []usageLine{
			{"const integration = new apigateway.MockIntegration({", markYours},
			{"  contentHandling: apigateway.ContentHandling.CONVERT_TO_TEXT,", markNew},
			{"  requestTemplates: { 'application/json': '" + w.RequestTemplate + "' },", markYours},
			{"  " + responses, markNew}, end,
		}
	}
	return []usageLine{
		{"const integration = new apigateway.LambdaIntegration(handler, {", markYours},
		{"  proxy: false, " + responses, markNew}, end,
	}
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
		first, second := newBackendWords(api).mappedNote()
		if second == "" {
			return []string{first}
		}
		return []string{first, second}
	}
	return []string{
		"API Gateway adds the CORS headers to the actual responses and ignores those of",
		"the function.",
	}
}

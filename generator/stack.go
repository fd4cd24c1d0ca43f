package generator

import (
	"strings"

	"apigw-cors/generator/gateway"
)

// stack names what the SAM and the CloudFormation template of an API have in
// common. Every logical id starts with the API's name, and its last word says
// what it is, so that no two can meet whatever the paths are called.
type stack struct{ api gateway.API }

// apiID is the logical id of the API: what the template it stands in calls it,
// or its name.
func (s stack) apiID() string {
	if id := s.api.APIID().String(); id != "" {
		return id
	}
	return s.api.Name()
}

// existing reports that the API stands in a template already.
func (s stack) existing() bool { return s.api.APIID().String() != "" }

func (s stack) functionID() string { return s.api.Name() + "Function" }

// invocationURI is what an integration or an authorizer invokes a function by.
// https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html
func invocationURI(function string) string {
	return "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${" + function + "}/invocations"
}

// functionURI is the invocation URI of the example function.
func (s stack) functionURI() string { return invocationURI(s.functionID() + ".Arn") }

// executeARN is what the API calls Lambda as: the source a function's
// permission names.
func (s stack) executeARN(rest string) string {
	return "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${" + s.apiID() + "}/" + rest
}

// invokeURL is where a REST API's stage answers.
func (s stack) invokeURL(stage string) string {
	return "https://${" + s.api.Name() + "}.execute-api.${AWS::Region}.${AWS::URLSuffix}/" + stage
}

// identitySource is where an authorizer finds its token.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
func (s stack) identitySource() string {
	if s.api.IsREST() {
		return "method.request.header." + s.api.AuthHeader().String()
	}
	return "$request.header." + s.api.AuthHeader().String()
}

// usagePlan reports whether the example has an API key: only a usage plan makes
// one count.
func (s stack) usagePlan(o Options) bool {
	return o.Standalone && s.api.Auth() == gateway.APIKey
}

// parameter is what only the user of a template can know.
type parameter struct{ ID, Description string }

const (
	backendURL            = "BackendUrl"
	serviceURI            = "ServiceUri"
	serviceRoleARN        = "ServiceRoleArn"
	userPoolARN           = "UserPoolArn"
	authorizerFunctionARN = "AuthorizerFunctionArn"
	jwtIssuer             = "JwtIssuer"
	jwtAudience           = "JwtAudience"
)

func (s stack) parameters() []parameter {
	return append(s.backendParameters(), s.authParameters()...)
}

func (s stack) backendParameters() []parameter {
	switch s.api.Backend() {
	case gateway.HTTPBackend:
		return []parameter{{backendURL, "URL of the HTTP backend, such as https://backend.example.com/orders"}}
	case gateway.ServiceBackend:
		return []parameter{
			{serviceURI, "Action of an AWS service, such as arn:aws:apigateway:<region>:dynamodb:action/Scan"},
			{serviceRoleARN, "ARN of a role that API Gateway may assume and that may call the action"},
		}
	}
	return nil
}

func (s stack) authParameters() []parameter {
	switch s.api.Auth() {
	case gateway.Cognito:
		return []parameter{{userPoolARN, "ARN of the Cognito user pool"}}
	case gateway.Lambda:
		return []parameter{{authorizerFunctionARN, "ARN of the Lambda authorizer's function"}}
	case gateway.JWT:
		return []parameter{
			{jwtIssuer, "Issuer of the tokens, such as https://cognito-idp.<region>.amazonaws.com/<user pool id>"},
			{jwtAudience, "Audience of the tokens, such as an app client id"},
		}
	}
	return nil
}

// function is the example function, its source finished.
type function struct{ ID, Source string }

func (j job) function() (*function, error) {
	source, err := inlineFunction(j)
	return &function{ID: stack{j.api}.functionID(), Source: source}, err
}

// pascalWord makes a word of a logical id: GET becomes Get, DEFAULT_4XX
// becomes Default4xx.
func pascalWord(s string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(strings.ToLower(s), "_") {
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return b.String()
}

package fix_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/fix"
)

// TestConditional adds nothing beside what another value of a parameter makes:
// API Gateway refuses two of a kind. What is added to a conditional API is made
// when that is.
func TestConditional(t *testing.T) {
	const template = `Parameters: {Env: {Type: String, Default: dev}}
Conditions: {Prod: !Equals [!Ref Env, prod], Dev: !Equals [!Ref Env, dev]}
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Condition: Dev, Properties: {Name: x}}
  A: {Type: AWS::ApiGateway::Resource, Properties: {RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: a}}
  GetRoot:
    Type: AWS::ApiGateway::Method
    Properties: {RestApiId: !Ref Api, ResourceId: !GetAtt Api.RootResourceId, HttpMethod: GET, AuthorizationType: NONE, Integration: {Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: x}}
  OptionsRoot:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: OPTIONS
      AuthorizationType: NONE
      Integration: {Type: MOCK, RequestTemplates: {application/json: '{"statusCode": 204}'}, IntegrationResponses: [{StatusCode: 204, ResponseParameters: {method.response.header.Access-Control-Allow-Origin: "'*'"}}]}
      MethodResponses: [{StatusCode: 204, ResponseParameters: {method.response.header.Access-Control-Allow-Origin: true}}]
  PutA:
    Type: AWS::ApiGateway::Method
    Properties: {RestApiId: !Ref Api, ResourceId: !Ref A, HttpMethod: PUT, AuthorizationType: NONE, ApiKeyRequired: true, Integration: {Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: x}}
`
	const options = `  OptionsA:
    Type: AWS::ApiGateway::Method
    Condition: Prod
    Properties: {RestApiId: !Ref Api, ResourceId: !Ref A, HttpMethod: OPTIONS, AuthorizationType: NONE, Integration: {Type: MOCK}}
`
	const response = `  Errors:
    Type: AWS::ApiGateway::GatewayResponse
    Condition: Prod
    Properties: {RestApiId: !Ref Api, ResponseType: DEFAULT_4XX}
`
	for _, tt := range []struct{ desc, more, rule, why, has string }{
		{"no OPTIONS method", "", "missing-options", "", "  OptionsA:"},
		{"one under a condition", options, "missing-options", "a condition decides whether OptionsA is made", ""},
		{"no gateway response, of a conditional API", "", "gateway-responses-missing", "", "GatewayResponse\n    Condition: Dev\n"},
		{"one under a condition", response, "gateway-responses-missing", "a condition decides whether Errors is made", ""},
	} {
		t.Run(tt.desc+", "+tt.rule, func(t *testing.T) {
			files := fstest.MapFS{"template.yaml": {Data: []byte(template + tt.more)}}
			found := false
			for _, o := range mendFS(t, files, fix.Options{Unsafe: true})[0].Outcomes {
				if o.Finding.Rule != tt.rule {
					continue
				}
				if found = true; (o.Status == fix.Fixed) != (tt.why == "") || !strings.Contains(o.Why, tt.why) {
					t.Errorf("%s: %s", o.Status, o.Why)
				}
			}
			if after := string(files["template.yaml"].Data); !found || !strings.Contains(after, tt.has) {
				t.Errorf("found is %t, and %q is to be in\n%s", found, tt.has, after)
			}
		})
	}
}

// TestSharedOperation opens the preflights of all paths that have one OPTIONS
// operation by an alias.
func TestSharedOperation(t *testing.T) {
	const document = `openapi: 3.0.1
info: {title: x, version: "1"}
security: [{key: []}]
components: {securitySchemes: {key: {type: apiKey, in: header, name: x-api-key}}}
paths:
  /a:
    get: &get
      responses: {}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: x}
    options: &options
      responses: {"204": {description: x, headers: {Access-Control-Allow-Origin: {schema: {type: string}}, Access-Control-Allow-Headers: {schema: {type: string}}}}}
      x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: '{"statusCode": 204}'}, responses: {default: {statusCode: "204", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'*'", method.response.header.Access-Control-Allow-Headers: "'X-Api-Key'"}}}}
  /b: {get: *get, options: *options}
`
	files := fstest.MapFS{"api.yaml": {Data: []byte(document)}}
	found := false
	for _, o := range mendFS(t, files, fix.Options{})[0].Outcomes {
		if o.Finding.Rule == "preflight-authorized" {
			if found = true; o.Status != fix.Fixed {
				t.Errorf("%s: %s", o.Status, o.Why)
			}
		}
	}
	if after := string(files["api.yaml"].Data); !found || strings.Count(after, "security: []") != 1 {
		t.Errorf("found is %t, and it becomes\n%s", found, after)
	}
}

package fix_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/fix"
)

// TestFunctionByHand leaves to a person what a parameter or a condition decides,
// where an edit could only write down what it says today.
func TestFunctionByHand(t *testing.T) {
	const sam = `Transform: AWS::Serverless-2016-10-31
Parameters:
  Headers: {Type: String, Default: "'Content-Type'"}
  Stage: {Type: String, Default: prod}
Conditions: {IsProd: !Equals [!Ref Stage, prod]}
Resources:
  Orders:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Cors: CORS
  Put:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Put: {Type: Api, Properties: {Path: /orders, Method: put, RestApiId: !Ref Orders}}
`
	const other = `{"Parameters": {"Headers": {"Type": "String", "Default": "'Content-Type'"}}, "Resources": {"Orders": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Body": {
 "openapi": "3.0.1", "info": {"title": "Orders", "version": "1"}, "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "x-api-key"}}}, "paths": {
  "/a": {
   "get": {"responses": {}, "x-amazon-apigateway-integration": {"type": "aws_proxy", "httpMethod": "POST", "uri": "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:a/invocations"}},
   "options": {"responses": {"200": {"description": "", "headers": {"Access-Control-Allow-Origin": {"schema": {"type": "string"}}, "Access-Control-Allow-Headers": {"schema": {"type": "string"}}}}}, "x-amazon-apigateway-integration": {"type": "mock", "requestTemplates": {"application/json": "{\"statusCode\": 200}"}, "responses": {"default": {"statusCode": "200", "responseParameters": {"method.response.header.Access-Control-Allow-Origin": "'*'", "method.response.header.Access-Control-Allow-Headers": {"Ref": "Headers"}}}}}}
  },
  "/b": {
   "get": {"security": [{"key": []}], "responses": {}, "x-amazon-apigateway-integration": {"type": "aws_proxy", "httpMethod": "POST", "uri": "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:a/invocations"}}
  }}}}}}}
`
	http := func(origins string) string {
		return `Parameters: {Host: {Type: String, Default: app.example.com}}
Resources:
  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: a, ProtocolType: HTTP, CorsConfiguration: {AllowOrigins: ` + origins + `}}}
`
	}
	for _, tt := range []struct {
		desc, text, rule, why, keeps string
	}{
		{"a condition that picks Cors", strings.Replace(sam, "CORS", `!If [IsProd, {AllowOrigin: "'https://app.example.com'"}, "'*'"]`, 1), "allow-headers-missing", "a condition picks Cors", "Cors: !If"},
		{"a list of headers beside joined origins", strings.Replace(sam, "CORS", `{AllowOrigin: "'https://a.example.com,https://b.example.com'", AllowHeaders: !Ref Headers}`, 1), "comma-joined-origins", "a function makes Access-Control-Allow-Headers", "AllowHeaders: !Ref Headers"},
		{"a list of headers that another path needs longer", other, "missing-options", "it lacks X-Api-Key", `"/b": {
   "get"`},
		{"an API key that a parameter asks of preflights", `Parameters: {Key: {Type: String, Default: true}}
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: x}}
  Options:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: OPTIONS
      AuthorizationType: NONE
      ApiKeyRequired: !Ref Key
      Integration: {Type: MOCK, RequestTemplates: {application/json: '{"statusCode": 204}'}, IntegrationResponses: [{StatusCode: 204, ResponseParameters: {method.response.header.Access-Control-Allow-Origin: "'*'"}}]}
      MethodResponses: [{StatusCode: 204, ResponseParameters: {method.response.header.Access-Control-Allow-Origin: true}}]
  Get:
    Type: AWS::ApiGateway::Method
    Properties: {RestApiId: !Ref Api, ResourceId: !GetAtt Api.RootResourceId, HttpMethod: GET, AuthorizationType: NONE, Integration: {Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: x}}
`, "preflight-authorized", "a function makes the value", "ApiKeyRequired: !Ref Key"},
		{"an origin with a parameter in it", http(`[!Sub "https://${Host}/"]`), "origin-not-serialised", "a parameter makes the value", "${Host}/"},
		{"an origin of a REST API", strings.Replace(sam, "CORS", `{AllowOrigin: !Sub "'https://${Stage}.example.com/'"}`, 1), "origin-not-serialised", "a parameter makes the value", "${Stage}.example.com/"},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			files := fstest.MapFS{"template.yaml": {Data: []byte(tt.text)}}
			found := false
			for _, o := range mendFS(t, files, fix.Options{Unsafe: true})[0].Outcomes {
				if o.Finding.Rule != tt.rule {
					continue
				}
				if found = true; o.Status != fix.ByHand || !strings.Contains(o.Why, tt.why) {
					t.Errorf("%s: %s", o.Status, o.Why)
				}
			}
			after := string(files["template.yaml"].Data)
			if !found || !strings.Contains(after, tt.keeps) {
				t.Errorf("found is %t, and %s is to be in\n%s", found, tt.keeps, after)
			}
		})
	}
}

// TestNameStays adds to a list that has a parameter in it, whose name is no word
// to be written in upper case.
func TestNameStays(t *testing.T) {
	const sam = `Transform: AWS::Serverless-2016-10-31
Parameters: {Methods: {Type: String, Default: put}}
Resources:
  Orders:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Cors: {AllowOrigin: "'https://app.example.com'", AllowHeaders: "'Content-Type'", AllowMethods: !Sub "'delete,${Methods}'"}
  Put:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Put: {Type: Api, Properties: {Path: /orders, Method: put, RestApiId: !Ref Orders}}
`
	const module = `variable "put" { default = "delete" }
variable "host" { default = "app.example.com" }
resource "aws_apigatewayv2_api" "h" {
  name          = "h"
  protocol_type = "HTTP"
  cors_configuration {
    allow_origins = ["https://${var.host}/"]
    allow_methods = ["'${var.put}'"]
  }
}
resource "aws_api_gateway_rest_api" "a" {
  name = "a"
  body = jsonencode({
    openapi = "3.0.1"
    info    = { title = "a", version = "1" }
    paths = { "/x" = {
      put = { responses = {}, "x-amazon-apigateway-integration" = { type = "aws_proxy", httpMethod = "POST", uri = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:a/invocations" } }
      options = { responses = { "200" = { description = "" } }, "x-amazon-apigateway-integration" = { type = "mock", requestTemplates = { "application/json" = "{\"statusCode\": 200}" }, responses = { default = { statusCode = "200", responseParameters = {
        "method.response.header.Access-Control-Allow-Origin"  = "'*'"
        "method.response.header.Access-Control-Allow-Methods" = "'get,${var.put}'"
      } } } } }
    } }
  })
}
`
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"template.yaml", sam, []string{`!Sub "'delete,${Methods},PUT'"`}},
		{"main.tf", module, []string{`["https://${var.host}/"]`, `["${var.put}"]`, `"'get,${var.put},PUT'"`}},
	} {
		files := fstest.MapFS{tt.name: {Data: []byte(tt.text)}}
		mendFS(t, files, fix.Options{})
		for _, want := range tt.want {
			if after := string(files[tt.name].Data); !strings.Contains(after, want) {
				t.Errorf("%s is not in\n%s", want, after)
			}
		}
	}
}

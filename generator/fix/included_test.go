package fix_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/fix"
)

// TestErrorsOfIncludedDocument adds gateway responses to the document that a
// SAM template includes: beside AWS::Include sam validate refuses SAM's own.
func TestErrorsOfIncludedDocument(t *testing.T) {
	files := fstest.MapFS{
		"template.yaml": {Data: []byte(`Transform: AWS::Serverless-2016-10-31
Resources:
  Mail:
    Type: AWS::Serverless::Api
    Properties:
      StageName: live
      DefinitionBody:
        Fn::Transform: {Name: AWS::Include, Parameters: {Location: mail.yaml}}
`)},
		"mail.yaml": {Data: []byte(`openapi: 3.0.1
info: {title: mail, version: "1"}
paths:
  /mail:
    get:
      security: [{users: []}]
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn:aws:lambda}
    options:
      responses:
        "200":
          headers:
            Access-Control-Allow-Origin: {schema: {type: string}}
            Access-Control-Allow-Headers: {schema: {type: string}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses:
          default:
            statusCode: "200"
            responseParameters:
              method.response.header.Access-Control-Allow-Origin: "'https://mail.example'"
              method.response.header.Access-Control-Allow-Headers: "'Authorization'"
components:
  securitySchemes:
    users: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: cognito_user_pools}
`)},
	}
	r, err := fix.Run(context.Background(), files, "template.yaml", fix.Options{Unsafe: true}, fix.Rules)
	if err != nil || len(r.Files) != 1 || !strings.Contains(string(r.Files["mail.yaml"]), `gatewayresponse.header.Access-Control-Allow-Origin: "'https://mail.example'"`) {
		t.Errorf("%v %+v\n%s", err, r.Outcomes, r.Files)
	}
}

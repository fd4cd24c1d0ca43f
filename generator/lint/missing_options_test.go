package lint_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/lint"
)

// TestMissingOptionsSeverity is an error where another preflight of the API
// allows the method by name: pages are plainly to send it.
func TestMissingOptionsSeverity(t *testing.T) {
	const document = `openapi: 3.0.1
info: {title: jobs, version: "1"}
paths:
  /jobs:
    post:
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn:aws:lambda}
    options:
      responses:
        "200":
          headers:
            Access-Control-Allow-Origin: {schema: {type: string}}
            Access-Control-Allow-Headers: {schema: {type: string}}
            Access-Control-Allow-Methods: {schema: {type: string}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses:
          default:
            statusCode: "200"
            responseParameters:
              method.response.header.Access-Control-Allow-Origin: "'*'"
              method.response.header.Access-Control-Allow-Headers: "'Content-Type'"
              method.response.header.Access-Control-Allow-Methods: "'LIST'"
  /jobs/{id}:
    delete:
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn:aws:lambda}
`
	for list, want := range map[string]lint.Severity{
		"POST,DELETE": lint.Error,
		"POST":        lint.Warning,
		"*":           lint.Warning,
	} {
		t.Run(list, func(t *testing.T) {
			file := strings.Replace(document, "LIST", list, 1)
			found := lintFolder(t, fstest.MapFS{"api.yaml": {Data: []byte(file)}}, lint.Options{}).Findings
			if len(found) != 1 || found[0].Rule != "missing-options" || found[0].Severity != want {
				t.Errorf("found %+v, want missing-options as %s", found, want)
			}
		})
	}
}

package lint_test

import (
	"testing"
	"testing/fstest"

	"apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
)

func TestUnquotedValue(t *testing.T) {
	const template = `AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Cors:
        AllowOrigin: https://app.example.com
        AllowMethods: "'GET'"
  List:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      CodeUri: .
      Events:
        Get: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /orders, Method: GET}}
`
	r, err := reader.Read(fstest.MapFS{"template.yaml": {Data: []byte(template)}}, "template.yaml", reader.Options{})
	if err != nil {
		t.Fatal(err)
	}
	found := lint.Lint(r, lint.Options{}).Findings
	if len(found) != 1 || found[0].Rule != "unquoted-value" || found[0].Place.Line != 9 {
		t.Errorf("found %+v, want unquoted-value at line 9", found)
	}
}

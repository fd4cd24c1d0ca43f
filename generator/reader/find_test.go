package reader

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestFind(t *testing.T) {
	fsys := fstest.MapFS{}
	for name, src := range map[string]string{
		"template.yaml":                     "Resources:\n  A:\n    Type: AWS::Serverless::Api\n",
		"broken.yaml":                       "Resources:\n  A: [\n    Type: AWS::ApiGateway::RestApi\n",
		"notes.yaml":                        "text: AWS::ApiGateway is a service\n",
		"cdk.out/App.template.json":         `{"Resources": {"A": {"Type": "AWS::ApiGateway::RestApi"}}}`,
		"cdk.out/manifest.json":             `{"version": "1"}`,
		"api/openapi.json":                  `{"openapi": "3.0.1", "paths": {}, "x-amazon-apigateway-cors": {}}`,
		"service/serverless.yml":            "service: x\nprovider: aws\nfunctions: {}\n",
		"azure/serverless.yml":              "service: x\nprovider: {name: azure}\n",
		"infra/main.tf":                     `resource "aws_apigatewayv2_api" "x" {}`,
		"infra/more.tf":                     `resource "aws_apigatewayv2_api" "y" {}`,
		"other/main.tf":                     `resource "aws_s3_bucket" "x" {}`,
		"node_modules/x/template.yaml":      "Resources:\n  A:\n    Type: AWS::Serverless::Api\n",
		"left/template.yaml":                "Resources:\n  A:\n    Type: AWS::Serverless::Api\n",
		"service/.serverless/compiled.json": `{"Resources": {"ServerlessDeploymentBucket": {"Type": "AWS::S3::Bucket"}, "A": {"Type": "AWS::ApiGateway::RestApi"}}}`,
	} {
		fsys[name] = &fstest.MapFile{Data: []byte(src)}
	}
	got, err := Find(fsys, ".", func(name string, isDir bool) bool { return isDir && name == "left" })
	want := "api/openapi.json broken.yaml cdk.out/App.template.json infra service/.serverless/compiled.json service/serverless.yml template.yaml"
	if err != nil || strings.Join(got, " ") != want {
		t.Errorf("got %s (%v)\nwant %s", strings.Join(got, " "), err, want)
	}
}

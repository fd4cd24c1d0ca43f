package reader

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// TestReadFolder reads cdk.out: its templates, and neither its manifest nor its
// assets.
func TestReadFolder(t *testing.T) {
	fsys := fstest.MapFS{}
	for name, src := range map[string]string{
		"cdk.out/A.template.json":             `{"Resources": {"Api": {"Type": "AWS::ApiGateway::RestApi", "Metadata": {"aws:cdk:path": "A/Api/Resource"}}}}`,
		"cdk.out/AN1.nested.template.json":    `{"Resources": {"Api": {"Type": "AWS::ApiGatewayV2::Api", "Metadata": {"aws:cdk:path": "A/N/Api/Resource"}}}}`,
		"cdk.out/manifest.json":               `{"artifacts": {}}`,
		"cdk.out/A.assets.json":               `{"files": {}}`,
		"cdk.out/asset.1/node_modules/x.json": `{}`,
		"cdk.out/asset.1/template.yaml":       "Resources: {X: {Type: AWS::ApiGateway::RestApi}}",
		"cdk.out/broken.template.json":        `{"Resources": `,
		"empty/readme.md":                     "",
	} {
		fsys[name] = &fstest.MapFile{Data: []byte(src)}
	}
	r, err := Read(fsys, "cdk.out", Options{})
	if err != nil || r.Kind != CDK || len(r.APIs) != 2 || r.APIs[0].Name != "A/Api" || r.APIs[1].Name != "A/N/Api" || len(r.Faults) != 1 || len(r.Files) != 3 {
		t.Errorf("%v %+v", err, r)
	}
	if r, err := Read(fsys, "empty", Options{}); err != nil || r.Kind != "" {
		t.Errorf("%v %+v", err, r)
	}
	if _, err := Read(fsys, "nowhere", Options{}); err == nil {
		t.Error("no error")
	}
}

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
		"stage/main.tf":                     `module "a" { source = "./a" }`,
		"stage/a/main.tf":                   `module "b" { source = "../../b/" }`,
		"b/main.tf.json":                    `{"resource": {"aws_api_gateway_rest_api": {"b": {"name": "b"}}}}`,
		"lone/main.tf.json":                 `{"module": {"x": {"source": "../b"}, "y": {"source": "acme/x/aws"}}}`,
		"node_modules/x/template.yaml":      "Resources:\n  A:\n    Type: AWS::Serverless::Api\n",
		"left/template.yaml":                "Resources:\n  A:\n    Type: AWS::Serverless::Api\n",
		"service/.serverless/compiled.json": `{"Resources": {"ServerlessDeploymentBucket": {"Type": "AWS::S3::Bucket"}, "A": {"Type": "AWS::ApiGateway::RestApi"}}}`,
	} {
		fsys[name] = &fstest.MapFile{Data: []byte(src)}
	}
	got, err := Find(fsys, ".", func(name string, isDir bool) bool { return isDir && name == "left" })
	want := "api/openapi.json b broken.yaml cdk.out/App.template.json infra lone service/.serverless/compiled.json service/serverless.yml stage stage/a template.yaml"
	if err != nil || strings.Join(got, " ") != want {
		t.Errorf("got %s (%v)\nwant %s", strings.Join(got, " "), err, want)
	}
	// The module is outside of the folder that is named.
	if got, err := Find(fsys, "lone", nil); err != nil || !slices.Equal(got, []string{"lone"}) {
		t.Errorf("got %s (%v)", got, err)
	}
}

//go:build unix

package cmd_test

import (
	"strings"
	"testing"
)

// What people have: an origin that is not known, or wrong, and nothing else to
// ask for.
const (
	fromTemplate = `Parameters:
  Origin: {Type: String}
Resources:
  Shop: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop}}
  Orders:
    Type: AWS::ApiGateway::Resource
    Properties: {RestApiId: !Ref Shop, ParentId: !GetAtt Shop.RootResourceId, PathPart: orders}
  Get:
    Type: AWS::ApiGateway::Method
    Properties: {RestApiId: !Ref Shop, ResourceId: !Ref Orders, HttpMethod: GET, AuthorizationType: NONE, Integration: {Type: HTTP_PROXY, Uri: https://backend.example}}
  Options:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Shop
      ResourceId: !Ref Orders
      HttpMethod: OPTIONS
      AuthorizationType: NONE
      Integration:
        Type: MOCK
        RequestTemplates: {application/json: '{"statusCode": 200}'}
        IntegrationResponses:
          - StatusCode: "200"
            ResponseParameters:
              method.response.header.Access-Control-Allow-Origin: !Sub "'${Origin}'" # the shop
              method.response.header.Access-Control-Allow-Methods: "'GET'"
      MethodResponses:
        - StatusCode: "200"
          ResponseParameters:
            method.response.header.Access-Control-Allow-Origin: true
            method.response.header.Access-Control-Allow-Methods: true
`

	fromDocument = `openapi: "3.0.1"
info: {title: Shop, version: "1"}
paths:
  /orders:
    get:
      x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: "https://backend.example"}
    options:
      responses:
        "200":
          headers:
            Access-Control-Allow-Origin: {schema: {type: string}}
            Access-Control-Allow-Methods: {schema: {type: string}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses:
          default:
            statusCode: "200"
            responseParameters:
              method.response.header.Access-Control-Allow-Origin: https://old.example
              method.response.header.Access-Control-Allow-Methods: "'GET'"
`

	fromModule = `variable "origin" {}

resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"

  cors_configuration {
    allow_origins = [var.origin] # the shop
    allow_methods = ["GET"]
  }
}

resource "aws_apigatewayv2_integration" "orders" {
  api_id                 = aws_apigatewayv2_api.shop.id
  integration_type       = "HTTP_PROXY"
  integration_method     = "GET"
  integration_uri        = "https://backend.example"
  payload_format_version = "1.0"
}

resource "aws_apigatewayv2_route" "orders" {
  api_id    = aws_apigatewayv2_api.shop.id
  route_key = "GET /orders"
  target    = "integrations/${aws_apigatewayv2_integration.orders.id}"
}
`

	fromSource = `import * as cdk from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';

export class ShopStack extends cdk.Stack {
  constructor(scope: cdk.App, id: string) {
    super(scope, id);
    const shop = new apigateway.RestApi(this, 'Shop');
    shop.root.addResource('orders').addMethod('GET');
  }
}
`

	// fromSynthesised has no OPTIONS method: no page gets through.
	fromSynthesised = `{"Resources": {
  "Shop1234": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Name": "Shop"}, "Metadata": {"aws:cdk:path": "ShopStack/Shop/Resource"}},
  "ShopOrders1234": {"Type": "AWS::ApiGateway::Resource", "Properties": {"RestApiId": {"Ref": "Shop1234"}, "ParentId": {"Fn::GetAtt": ["Shop1234", "RootResourceId"]}, "PathPart": "orders"}},
  "ShopOrdersGet1234": {"Type": "AWS::ApiGateway::Method", "Properties": {"RestApiId": {"Ref": "Shop1234"}, "ResourceId": {"Ref": "ShopOrders1234"}, "HttpMethod": "GET",
    "AuthorizationType": "NONE", "Integration": {"Type": "HTTP_PROXY", "IntegrationHttpMethod": "GET", "Uri": "https://backend.example"}}}
}}
`
)

// TestTerminalFrom begins with what people have. Nothing is asked but what is
// open or wrong, the default being what the file has; the changes to the file are
// shown, and made only when that is wanted.
func TestTerminalFrom(t *testing.T) {
	const answer = "https://new.example"
	tests := []struct {
		desc, path string
		files      map[string]string
		// shown is on the screen with the question for the origins.
		shown string
		// written is the file that changes, has what stands in it then, and said
		// what is told at the end.
		written, has, said string
	}{
		{"CloudFormation", "template.yaml", map[string]string{"template.yaml": fromTemplate}, "parameter Origin has no default",
			"template.yaml", `Access-Control-Allow-Origin: "'https://new.example'" # the shop`, "template.yaml is in line with the answers."},
		{"OpenAPI", "api.yaml", map[string]string{"api.yaml": fromDocument}, "(https://old.example)",
			"api.yaml", `Access-Control-Allow-Origin: "'https://new.example'"`, "api.yaml is in line with the answers."},
		{"Terraform", "infra", map[string]string{"infra/main.tf": fromModule}, "var.origin has no default",
			"infra/main.tf", `allow_origins = ["https://new.example"] # the shop`, "infra is in line with the answers."},
		{"CDK", "cdk.out", map[string]string{"cdk.json": `{"app": "node app.js"}`, "lib/shop.ts": fromSource, "cdk.out/ShopStack.template.json": fromSynthesised}, "nothing in the file lets a page in",
			"lib/cors.ts", "allowOrigins: ['https://new.example']", "  addPreflight(shop);"},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			t.Parallel()
			x := open(t, setup{columns: 100, rows: 100, args: []string{"configure", "--from", tt.path}, files: tt.files})
			before := func() {
				t.Helper()
				for name, text := range tt.files {
					if name != tt.written && x.file(name) != text {
						t.Errorf("%s was written:\n%s", name, x.file(name))
					}
				}
			}
			x.see("? Allow origins\n")
			if !strings.Contains(x.view(), tt.shown) || !strings.Contains(x.view(), "Taken over from "+tt.path) {
				t.Errorf("does not show %q:\n%s", tt.shown, x.view())
			}
			x.press(answer, enter)
			x.answer("What now", enter)
			x.answer("Write it", "n", enter)
			x.see("? What now\n")
			before()
			if _, there := tt.files[tt.written]; there && x.file(tt.written) != tt.files[tt.written] {
				t.Errorf("%s was written, and should not be", tt.written)
			}
			x.press(enter)
			x.see("? Write it\n")
			x.press("y", enter)
			x.exit(0)
			before()
			if got := x.file(tt.written); !strings.Contains(got, tt.has) || !strings.Contains(x.view(), tt.said+"\n") {
				t.Errorf("%s has\n%s\nthe screen says\n%s", tt.written, got, x.view())
			}
		})
	}
}

// TestTerminalFromCtrlC leaves in the middle: the file is as it was.
func TestTerminalFromCtrlC(t *testing.T) {
	walk := []struct{ title, key string }{{"Begin with template.yaml", enter}, {"Allow origins", "https://new.example" + enter}, {"What now", enter}, {"Write it", ""}}
	for i, last := range walk {
		t.Run(last.title, func(t *testing.T) {
			t.Parallel()
			// The command alone offers what is in the folder, unless it is one's home.
			x := open(t, setup{columns: 100, rows: 100, env: []string{"HOME=/home"}, files: map[string]string{"template.yaml": fromTemplate}})
			for _, q := range walk[:i] {
				x.answer(q.title, q.key)
			}
			x.see("? " + last.title + "\n")
			x.press(ctrlC)
			x.exit(130)
			if !strings.HasSuffix(x.view(), "\napigw-cors: interrupted; nothing was written\n") || x.file("template.yaml") != fromTemplate {
				t.Errorf("ends with\n%s", x.view())
			}
		})
	}
}

// TestTerminalNearby: of several files in the folder one is chosen, or none.
func TestTerminalNearby(t *testing.T) {
	x := open(t, setup{columns: 100, rows: 100, env: []string{"HOME=/home"}, files: map[string]string{"template.yaml": fromTemplate, "docs/api.yaml": fromDocument, "infra/main.tf": fromModule}})
	x.see("? Begin with\n")
	x.shot("what is here")
	x.press("none", enter)
	x.see("? API type\n")
	x.press(ctrlC)
	x.exit(130)
	x.compare("nearby.txt")
}

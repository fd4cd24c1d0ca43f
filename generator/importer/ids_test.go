package importer_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/importer"
	"apigw-cors/generator/reader"
)

// module is a Terraform module with a path, of the API of an id.
func module(api, resource string) string {
	return `
resource "aws_api_gateway_method" "get" {
  rest_api_id   = ` + api + `
  resource_id   = ` + resource + `
  http_method   = "GET"
  authorization = "NONE"
}
resource "aws_api_gateway_integration" "get" {
  rest_api_id = ` + api + `
  resource_id = ` + resource + `
  http_method = "GET"
  type        = "HTTP_PROXY"
}
resource "aws_api_gateway_method" "options" {
  rest_api_id   = ` + api + `
  resource_id   = ` + resource + `
  http_method   = "OPTIONS"
  authorization = "NONE"
}
resource "aws_api_gateway_integration" "options" {
  rest_api_id = ` + api + `
  resource_id = ` + resource + `
  http_method = "OPTIONS"
  type        = "MOCK"
}
resource "aws_api_gateway_integration_response" "options" {
  rest_api_id         = ` + api + `
  resource_id         = ` + resource + `
  http_method         = "OPTIONS"
  status_code         = "200"
  response_parameters = {
    "method.response.header.Access-Control-Allow-Origin"  = "'https://a.example'"
    "method.response.header.Access-Control-Allow-Methods" = "'GET'"
  }
}
`
}

const (
	shop = `
resource "aws_api_gateway_rest_api" "shop" { name = "shop" }
resource "aws_api_gateway_resource" "this" {
  for_each    = toset(["a"])
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = aws_api_gateway_rest_api.shop.root_resource_id
  path_part   = each.key
}
`
	routes = `
Resources:
  Shop:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: shop, ProtocolType: HTTP, CorsConfiguration: {AllowOrigins: [https://a.example], AllowMethods: ['*']}}
  Route:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref Shop, RouteKey: ANY /a, AuthorizationType: AWS_IAM, Target: `
)

// TestIDs adds what a file calls the API and its paths: all of it or, with the
// reason, nothing.
func TestIDs(t *testing.T) {
	const data = `data "aws_api_gateway_resource" "a" {
  rest_api_id = var.rest_api_id
  path        = "/a"
}
variable "rest_api_id" {}
variable "resource_id" {}
`
	tests := []struct{ desc, file, text, want string }{
		{"an address with an index", "main.tf", shop + module("aws_api_gateway_rest_api.shop.id", `aws_api_gateway_resource.this["a"].id`), `aws_api_gateway_rest_api.shop /a=aws_api_gateway_resource.this["a"]`},
		{"the root needs none", "main.tf", shop + module("aws_api_gateway_rest_api.shop.id", "aws_api_gateway_rest_api.shop.root_resource_id"), "aws_api_gateway_rest_api.shop /="},
		{"an API of another module, a path of a data source", "main.tf", module("var.rest_api_id", "data.aws_api_gateway_resource.a.id") + data, "var.rest_api_id /a=data.aws_api_gateway_resource.a"},
		{"a path that nobody knows", "main.tf", module("var.rest_api_id", "var.resource_id") + data, "the ids of the paths can be told when nothing is left to fill in"},
		{"an id of API Gateway is not a name", "main.tf", module(`"a1b2c3"`, "data.aws_api_gateway_resource.a.id") + data, "the file has no name that can be referred to for the API a1b2c3"},
		{"a document", "api.yaml", rest(`Access-Control-Allow-Origin: "'https://a.example'"`, `Access-Control-Allow-Methods: "'GET,PUT'"`), "only SAM, CloudFormation and Terraform have ids that a snippet can refer to"},
		{"what SAM makes of events", "template.yaml", `
Transform: AWS::Serverless-2016-10-31
Globals: {HttpApi: {CorsConfiguration: {AllowOrigins: [https://a.example], AllowMethods: [GET]}}}
Resources:
  F: {Type: AWS::Serverless::Function, Properties: {Runtime: nodejs22.x, Handler: a.b, CodeUri: ., Events: {A: {Type: HttpApi, Properties: {Path: /a, Method: GET}}}}}
`, "the file has no name that can be referred to for the API ServerlessHttpApi"},
		{"an integration", "template.yaml", routes + `!Sub "integrations/${Backend}"}
  Backend:
    Type: AWS::ApiGatewayV2::Integration
    Properties: {ApiId: !Ref Shop, IntegrationType: HTTP_PROXY}
`, "Shop /a=Backend"},
		{"an integration that is not here", "template.yaml", routes + "integrations/abc}\n", "nothing in the file is named as what /a is served by"},
		{"no integration is needed", "template.yaml", strings.Replace(routes, "AWS_IAM", "NONE", 1) + "integrations/abc}\n", "Shop /a="},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			r, err := reader.Read(fstest.MapFS{tt.file: {Data: []byte(tt.text)}}, tt.file, reader.Options{})
			if err != nil || len(r.Faults) > 0 || len(r.APIs) != 1 {
				t.Fatal(err, r.Faults, len(r.APIs))
			}
			i := importer.From(r.APIs[0])
			i.AddIDs(r.APIs[0])
			got := i.Config.APIID
			for _, resource := range i.Config.Resources {
				if got != "" {
					got += " " + resource.Path + "=" + resource.ID
				}
			}
			for _, n := range i.Notes {
				if n.Field == "apiId" {
					got += strings.TrimPrefix(n.Text, "left out: ")
				}
			}
			if got != tt.want {
				t.Errorf("got %q\n%+v", got, i)
			}
		})
	}
	t.Run("a module's own files leave the module out", func(t *testing.T) {
		files := fstest.MapFS{
			"main.tf":     {Data: []byte("module \"api\" {\n  source = \"./api\"\n}\n")},
			"api/main.tf": {Data: []byte(shop + module("aws_api_gateway_rest_api.shop.id", `aws_api_gateway_resource.this["a"].id`))},
		}
		r, err := reader.Read(files, ".", reader.Options{})
		if err != nil || len(r.APIs) != 1 {
			t.Fatal(err, r.APIs)
		}
		i := importer.From(r.APIs[0])
		if i.AddIDs(r.APIs[0]); i.Config.APIID != "aws_api_gateway_rest_api.shop" || i.Config.Resources[0].ID != `aws_api_gateway_resource.this["a"]` {
			t.Errorf("%+v", i)
		}
	})
}

package generator

import (
	"errors"
	"strings"
	"testing"

	"apigw-cors/generator/gateway"
)

// TestReviewB5 renders policies with the ids of an API that is there: what
// stands in the file is what the ids say, or it is refused with the way out.
func TestReviewB5(t *testing.T) {
	orders := func(id string) []gateway.ResourceConfig { return []gateway.ResourceConfig{{Path: "/orders", ID: id}} }
	http := func(c *gateway.Config) {
		c.API, c.Auth, c.APIID = "http", "iam", "aws_apigatewayv2_api.shop"
		c.Resources = []gateway.ResourceConfig{{Path: "/orders", Methods: []string{"ANY"}, ID: "aws_apigatewayv2_integration.orders"}}
	}
	tests := []struct {
		desc, format string
		change       func(*gateway.Config)
		o            Options
		has, not     string
		// instead is the hint of the refusal.
		instead string
	}{
		{desc: "Terraform: the address of a resource", format: "terraform",
			change: func(c *gateway.Config) {
				c.APIID, c.Resources = "aws_api_gateway_rest_api.shop", orders(`aws_api_gateway_resource.this["orders"]`)
			},
			has: `= aws_api_gateway_resource.this["orders"].id`},
		{desc: "Terraform: an expression is the id itself", format: "terraform",
			change: func(c *gateway.Config) {
				c.APIID, c.Resources = "var.rest_api_id", orders("module.api.orders_id")
			},
			has: "= module.api.orders_id\n"},
		{desc: "Terraform: a data source", format: "terraform",
			change: func(c *gateway.Config) {
				c.APIID, c.Resources = "data.aws_api_gateway_rest_api.shop", []gateway.ResourceConfig{{Path: "/"}}
			},
			has: "= data.aws_api_gateway_rest_api.shop.root_resource_id\n"},
		{desc: "Terraform: a root that nothing tells of", format: "terraform",
			change: func(c *gateway.Config) {
				c.APIID, c.Resources = "var.rest_api_id", []gateway.ResourceConfig{{Path: "/"}}
			},
			instead: "give resources[0].id, such as aws_api_gateway_resource.orders"},
		{desc: "Terraform: no path is named", format: "terraform",
			change:  func(c *gateway.Config) { c.APIID = "aws_api_gateway_rest_api.shop" },
			instead: "name your paths, each with its id: --resource /orders==aws_api_gateway_resource.orders"},
		{desc: "Terraform cannot read a logical id", format: "terraform",
			change:  func(c *gateway.Config) { c.APIID, c.Resources = "ShopApi", orders("OrdersResource") },
			instead: "give an address, such as aws_api_gateway_rest_api.orders"},
		{desc: "Terraform: one greedy method needs the root alone", format: "terraform",
			change: func(c *gateway.Config) {
				c.APIID, c.Resources = "aws_api_gateway_rest_api.shop", []gateway.ResourceConfig{{Path: "/orders"}}
			},
			o:   Options{Choices: chosen(t, terraformPreflight(), preflightGreedy)},
			has: "parent_id   = local.shop_cors_root_id"},
		{desc: "Terraform: an HTTP API is referred to", format: "terraform", change: http,
			has: `"OPTIONS /orders" = aws_apigatewayv2_integration.orders.id`, not: `resource "aws_apigatewayv2_api"`},
		{desc: "a whole example", format: "terraform",
			change: http, o: Options{Standalone: true}, instead: "leave --standalone out, or apiId and the ids"},
		{desc: "CloudFormation: a logical id", format: "cloudformation",
			change: func(c *gateway.Config) { c.APIID, c.Resources = "ShopApi", orders("OrdersResource") },
			has:    "ResourceId: !Ref OrdersResource", not: "AWS::ApiGateway::RestApi"},
		{desc: "CloudFormation: the root's id, where the API is a parameter", format: "cloudformation",
			change: func(c *gateway.Config) {
				c.APIID, c.Resources = "RestApiId", []gateway.ResourceConfig{{Path: "/", ID: "RootResourceId"}}
			},
			has: "ResourceId: !Ref RootResourceId"},
		{desc: "CloudFormation cannot read an address", format: "cloudformation",
			change: func(c *gateway.Config) {
				c.APIID, c.Resources = "ShopApi", orders("aws_api_gateway_resource.orders")
			},
			instead: "give a logical id, such as OrdersResource"},
		{desc: "CloudFormation: a path without id", format: "cloudformation",
			change:  func(c *gateway.Config) { c.APIID, c.Resources = "ShopApi", orders("") },
			instead: "give resources[0].id, such as OrdersResource"},
		{desc: "CloudFormation: a function without id", format: "cloudformation",
			change: func(c *gateway.Config) {
				c.APIID, c.Resources, c.Preflight = "ShopApi", orders("OrdersResource"), "lambda"
			},
			instead: "leave apiId and the ids out"},
		{desc: "SAM calls the API by its id", format: "sam",
			change: func(c *gateway.Config) { c.APIID = "ShopApi" }, has: "\n  ShopApi:\n"},
		{desc: "B3: the API that SAM makes of events has no resource", format: "sam",
			change:  func(c *gateway.Config) { c.APIID = "ServerlessRestApi" },
			instead: "put them into Globals: --format sam --sam-scope globals, without this name"},
		{desc: "CDK finds resources by their paths", format: "cdk",
			change: func(c *gateway.Config) { c.APIID, c.Resources = "ShopApi", orders("OrdersResource") },
			has:    "resourceForPath('/orders')"},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			f, _ := ParseFormat(tt.format)
			files, _, err := Render(parsed(t, policy(tt.change)), f, tt.o)
			var refused *UnsupportedError
			switch {
			case errors.As(err, &refused):
				if refused.Instead != tt.instead {
					t.Errorf("refused: %v; instead %q", err, refused.Instead)
				}
			case err != nil:
				t.Fatal(err)
			case tt.instead != "":
				t.Errorf("not refused\n%s", files[0].Content)
			case !strings.Contains(string(files[0].Content), tt.has):
				t.Errorf("lacks %q\n%s", tt.has, files[0].Content)
			case tt.not != "" && strings.Contains(string(files[0].Content), tt.not):
				t.Errorf("has %q\n%s", tt.not, files[0].Content)
			}
		})
	}
}

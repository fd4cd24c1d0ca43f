package gateway_test

import (
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

func TestParseReference(t *testing.T) {
	tests := []struct {
		desc, text           string
		reference, logicalID bool
	}{
		{"a logical id", "OrdersResource", true, true},
		{"an address", "aws_api_gateway_resource.orders", true, false},
		{"one of several", `aws_api_gateway_resource.this["/orders/{id}"]`, true, false},
		{"by number", "aws_api_gateway_resource.this[0]", true, false},
		{"a variable", "var.rest_api_id", true, false},
		{"an output of a module", `module.api["eu"].rest_api_id`, true, false},
		{"a local name with a hyphen", "aws_api_gateway_resource.my-orders", true, false},
		{"nothing", "", false, false},
		{"a name alone that CloudFormation cannot have", "orders_resource", false, false},
		{"an id of API Gateway, which changes with every deployment", "a1b2c3d4e5:x", false, false},
		{"an interpolation", "${aws_api_gateway_resource.orders.id}", false, false},
		{"an interpolation in an index", `a.b["${c}"]`, false, false},
		{"a call", "lookup(local.ids, 1)", false, false},
		{"an intrinsic function", "!Ref OrdersResource", false, false},
		{"a line feed at the end", "OrdersResource\n", false, false},
		{"a line feed in an index", "a.b[\"c\nd\"]", false, false},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			r, ok := gateway.ParseReference(tt.text)
			if ok != tt.reference || r.IsLogicalID() != tt.logicalID || ok && r.String() != tt.text {
				t.Errorf("got %q, %t, logical id %t", r, ok, r.IsLogicalID())
			}
		})
	}
}

func TestReferenceFaults(t *testing.T) {
	tests := []struct {
		desc, apiID, id, field string
		reason                 cors.Reason
	}{
		{"no API id", "", "OrdersResource", "apiId", cors.Missing},
		{"not an API id", "!Ref Api", "", "apiId", cors.Invalid},
		{"not an id", "OrdersApi", "orders#1", "resources[0].id", cors.Invalid},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			c := rest(func(c *gateway.Config) {
				c.APIID, c.Resources = tt.apiID, []gateway.ResourceConfig{{Path: "/orders", ID: tt.id}}
			})
			_, _, err := gateway.Parse(c)
			faults := cors.Faults(err)
			if len(faults) != 1 || faults[0].Field != tt.field || faults[0].Reason != tt.reason || faults[0].Hint == "" {
				t.Errorf("got %v", err)
			}
		})
	}
}

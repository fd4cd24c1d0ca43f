package generator_test

import (
	"strings"
	"testing"

	"apigw-cors/generator"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// TestCommandCoversFields: what a rendered file says it was made with has every
// field that is not left at its default.
func TestCommandCoversFields(t *testing.T) {
	c := gateway.Config{
		API: "rest", Name: "Orders",
		Config: cors.Config{
			AllowOrigins: []string{"https://a.example"}, AllowMethods: []string{"GET"}, AllowHeaders: []string{"X-A"},
			ExposeHeaders: []string{"X-B"}, AllowCredentials: true, MaxAge: "600",
		},
		Auth: "lambda", AuthHeader: "X-Token", Integration: "non-proxy", BackendType: "http", APIID: "OrdersApi", Resources: []gateway.ResourceConfig{{Path: "/a"}},
		BinaryMediaTypes: []string{"image/png"}, GatewayResponses: []string{"none"}, GatewayResponseOrigin: "echo",
	}
	api, _, err := gateway.Parse(c)
	if err != nil {
		t.Fatal(err)
	}
	line := generator.Command(api, []string{"sam"}, generator.Options{}) + " "
	for _, f := range gateway.Fields() {
		// A non-proxy integration excludes a preflight by the function, and a
		// REST API a payload format.
		if has := strings.Contains(line, " --"+f.Flag+" "); has == (f.Key == "preflight" || f.Key == "payloadFormat") {
			t.Errorf("%s: %v in\n%s", f.Flag, has, line)
		}
	}
}

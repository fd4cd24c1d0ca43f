package reader_test

import (
	"testing"
	"testing/fstest"

	"apigw-cors/generator/reader"
)

// TestHostilePlan: what Terraform never prints, and somebody else may, is read
// as nothing.
func TestHostilePlan(t *testing.T) {
	const head = `{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{"root_module":`
	api := func(rest string) string {
		return head + `{"resources":[{"address":"aws_api_gateway_rest_api.a","mode":"managed","type":"aws_api_gateway_rest_api","name":"a","values":{"name":"a"}}` + rest
	}
	for name, text := range map[string]string{
		"null among resources":     head + `{"resources":[null]}}}`,
		"null among modules":       head + `{"child_modules":[null]}}}`,
		"a module without a name":  head + `{"child_modules":[{"address":"x","resources":[]}]}},"configuration":{"root_module":{"module_calls":{"x":null}}}}`,
		"null in configuration":    api(`]}},"configuration":{"root_module":{"resources":[null]}}}`),
		"null among prior data":    api(`]}},"prior_state":{"values":{"root_module":{"resources":[null],"child_modules":[null]}}}}`),
		"keys that are no keys":    api(`,{"address":"aws_api_gateway_resource.r","mode":"managed","type":"aws_api_gateway_resource","name":"r","index":[],"values":{}},{"address":"aws_api_gateway_resource.r","mode":"managed","type":"aws_api_gateway_resource","name":"r","index":{},"values":{}},{"address":"aws_api_gateway_method.m","mode":"managed","type":"aws_api_gateway_method","name":"m","index":[],"values":{"http_method":"GET"}}]}},"configuration":{"root_module":{"resources":[{"address":"aws_api_gateway_method.m","mode":"managed","type":"aws_api_gateway_method","name":"m","expressions":{"resource_id":{"references":["aws_api_gateway_resource.r"]},"rest_api_id":{"references":["data","aws_api_gateway_rest_api.a.id"]}}}]}}}`),
		"a reference to data":      api(`,{"address":"aws_api_gateway_method.m","mode":"managed","type":"aws_api_gateway_method","name":"m","values":{"http_method":"GET"}}]}},"configuration":{"root_module":{"resources":[{"address":"aws_api_gateway_method.m","mode":"managed","type":"aws_api_gateway_method","name":"m","expressions":{"rest_api_id":{"references":["data"]},"resource_id":{"references":["data.x"]}}}]}}}`),
		"null among the variables": api(`]}},"variables":{"v":null}}`),
	} {
		t.Run(name, func(t *testing.T) {
			fsys := fstest.MapFS{"plan.json": {Data: []byte(text)}, "module/main.tf": {Data: []byte(`variable "v" {}
resource "aws_api_gateway_rest_api" "a" { name = var.v }`)}}
			for _, path := range []string{"plan.json", "module"} {
				if _, err := reader.Read(fsys, path, reader.Options{Plan: []byte(text)}); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

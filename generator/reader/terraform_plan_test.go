package reader_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// TestTerraformPlan reads what `terraform show -json` printed of plans for
// modules in testdata, with the module at hand and without.
func TestTerraformPlan(t *testing.T) {
	for _, module := range []string{"for-each-chain", "local-module"} {
		t.Run(module, func(t *testing.T) {
			folder := "testdata/terraform/" + module
			plan, err := os.ReadFile(folder + "/plan.json")
			if err != nil {
				t.Fatal(err)
			}
			files := apiOf(t, os.DirFS(folder), ".", reader.Options{})
			both := apiOf(t, os.DirFS(folder), ".", reader.Options{Plan: plan})
			if a, b := printReading(reader.Reading{APIs: []gateway.Facts{files}}), printReading(reader.Reading{APIs: []gateway.Facts{both}}); a != b {
				t.Errorf("files alone:\n%s\nwith their plan:\n%s", a, b)
			}
			alone := apiOf(t, fstest.MapFS{"plan.json": &fstest.MapFile{Data: plan}}, "plan.json", reader.Options{})
			if len(alone.Methods) != len(files.Methods) || alone.Name != files.Name {
				t.Errorf("alone: %s with %d methods, of %s with %d", alone.Name, len(alone.Methods), files.Name, len(files.Methods))
			}
			for _, line := range gateway.Difference(files, alone) {
				// A plan does not show locals: what they hold of ids is unknown.
				if !strings.Contains(line, "local.") && module == "local-module" {
					t.Error(line)
				}
			}
		})
	}
}

// apiOf is the one API that is read.
func apiOf(t *testing.T, fsys fs.FS, name string, o reader.Options) gateway.Facts {
	t.Helper()
	r, err := reader.Read(fsys, name, o)
	if err != nil || len(r.Faults) > 0 || len(r.APIs) != 1 {
		t.Fatal(err, r.Faults, len(r.APIs))
	}
	return r.APIs[0]
}

// TestTerraformPlanFillsIn: what the files leave to variables and to modules
// of a registry, the plan has.
func TestTerraformPlanFillsIn(t *testing.T) {
	fsys := fstest.MapFS{"main.tf": &fstest.MapFile{Data: []byte(`
variable "origin" {}
variable "errors" { type = set(string) }

resource "aws_api_gateway_rest_api" "a" {
  name = "a"
}

resource "aws_api_gateway_gateway_response" "errors" {
  for_each      = var.errors
  rest_api_id   = aws_api_gateway_rest_api.a.id
  response_type = each.key
  response_parameters = {
    "gatewayresponse.header.Access-Control-Allow-Origin" = data.aws_ssm_parameter.origin.value
    "gatewayresponse.header.Vary"                        = "'${var.origin}'"
  }
}

module "cors" {
  source          = "acme/cors/aws"
  api_id          = aws_api_gateway_rest_api.a.id
  api_resource_id = aws_api_gateway_rest_api.a.root_resource_id
}
`)}}
	const plan = `{"format_version": "1.2", "terraform_version": "1.11.4",
"variables": {"origin": {"value": "Origin"}, "errors": {"value": ["DEFAULT_4XX"]}},
"planned_values": {"root_module": {
  "resources": [
    {"address": "aws_api_gateway_rest_api.a", "mode": "managed", "type": "aws_api_gateway_rest_api", "name": "a", "values": {"name": "a"}},
    {"address": "aws_api_gateway_gateway_response.errors[\"DEFAULT_4XX\"]", "mode": "managed", "type": "aws_api_gateway_gateway_response", "name": "errors", "index": "DEFAULT_4XX",
     "values": {"response_type": "DEFAULT_4XX", "response_parameters": {"gatewayresponse.header.Access-Control-Allow-Origin": "'https://a.example'", "gatewayresponse.header.Vary": "'Origin'"}}}
  ],
  "child_modules": [{"address": "module.cors", "resources": [
    {"address": "module.cors.aws_api_gateway_method.options", "mode": "managed", "type": "aws_api_gateway_method", "name": "options", "values": {"http_method": "OPTIONS", "authorization": "NONE"}}
  ]}]}},
"configuration": {"root_module": {
  "resources": [
    {"address": "aws_api_gateway_rest_api.a", "mode": "managed", "type": "aws_api_gateway_rest_api", "name": "a"},
    {"address": "aws_api_gateway_gateway_response.errors", "mode": "managed", "type": "aws_api_gateway_gateway_response", "name": "errors"}
  ],
  "module_calls": {"cors": {"source": "acme/cors/aws",
    "expressions": {"api_id": {"references": ["aws_api_gateway_rest_api.a.id", "aws_api_gateway_rest_api.a"]}, "api_resource_id": {"references": ["aws_api_gateway_rest_api.a.root_resource_id", "aws_api_gateway_rest_api.a"]}},
    "module": {"resources": [{"address": "aws_api_gateway_method.options", "mode": "managed", "type": "aws_api_gateway_method", "name": "options",
      "expressions": {"http_method": {"constant_value": "OPTIONS"}, "rest_api_id": {"references": ["var.api_id"]}, "resource_id": {"references": ["var.api_resource_id"]}}}]}}}}}}`
	without := apiOf(t, fsys, ".", reader.Options{})
	if without.IsOpen(gateway.OpenMethods) == "" || without.IsOpen(gateway.OpenResponses) == "" || len(without.Methods) != 0 {
		t.Errorf("without the plan: %+v", without)
	}
	got := apiOf(t, fsys, ".", reader.Options{Plan: []byte(plan)})
	if len(got.Open) != 0 || len(got.Methods) != 1 || got.Methods[0].Key() != "OPTIONS /" || len(got.GatewayResponses) != 1 {
		t.Fatalf("%+v", got)
	}
	if at := got.Methods[0].Place.File; at != "module.cors.aws_api_gateway_method.options" {
		t.Errorf("the method is at %s, wanted its address", at)
	}
	headers := got.GatewayResponses[0].Headers
	if len(headers) != 2 || headers[0].Value.String() != "'https://a.example'" || headers[1].Value.String() != "'Origin'" {
		t.Errorf("%+v", headers)
	}
	if at := headers[0].Value.Place; at.File != "main.tf" || at.Line != 14 {
		t.Errorf("the value is at %+v, wanted where it is written", at)
	}
}

// TestTerraformState reads a state, in which everything is known by its id.
func TestTerraformState(t *testing.T) {
	const state = `{"format_version": "1.0", "terraform_version": "1.11.4", "values": {"root_module": {"resources": [
{"address": "aws_api_gateway_rest_api.a", "mode": "managed", "type": "aws_api_gateway_rest_api", "name": "a", "values": {"id": "abc123", "root_resource_id": "root99", "binary_media_types": ["*/*"]}},
{"address": "aws_api_gateway_resource.r", "mode": "managed", "type": "aws_api_gateway_resource", "name": "r", "values": {"id": "res42", "rest_api_id": "abc123", "parent_id": "root99", "path": "/orders", "path_part": "orders"}},
{"address": "aws_api_gateway_method.m", "mode": "managed", "type": "aws_api_gateway_method", "name": "m", "values": {"id": "agm-abc123", "rest_api_id": "abc123", "resource_id": "res42", "http_method": "OPTIONS", "authorization": "NONE", "api_key_required": false}},
{"address": "aws_api_gateway_integration.i", "mode": "managed", "type": "aws_api_gateway_integration", "name": "i", "values": {"rest_api_id": "abc123", "resource_id": "res42", "http_method": "OPTIONS", "type": "MOCK", "content_handling": "", "passthrough_behavior": "WHEN_NO_MATCH"}},
{"address": "aws_api_gateway_integration_response.x", "mode": "managed", "type": "aws_api_gateway_integration_response", "name": "x", "values": {"rest_api_id": "abc123", "resource_id": "res42", "http_method": "OPTIONS", "status_code": "204", "selection_pattern": "", "response_parameters": {"method.response.header.Vary": "'Origin'"}}, "depends_on": ["aws_api_gateway_rest_api.a", "aws_api_gateway_integration.i"]},
{"address": "aws_apigatewayv2_api.h", "mode": "managed", "type": "aws_apigatewayv2_api", "name": "h", "values": {"id": "http77", "protocol_type": "HTTP", "cors_configuration": [{"allow_origins": ["*"], "max_age": 5}]}},
{"address": "aws_apigatewayv2_integration.hi", "mode": "managed", "type": "aws_apigatewayv2_integration", "name": "hi", "values": {"id": "int7", "api_id": "http77", "integration_type": "HTTP_PROXY"}},
{"address": "aws_apigatewayv2_route.hr", "mode": "managed", "type": "aws_apigatewayv2_route", "name": "hr", "values": {"api_id": "http77", "route_key": "GET /", "target": "integrations/int7", "authorization_type": "NONE"}}
]}}}`
	r, err := reader.Read(fstest.MapFS{"state.json": &fstest.MapFile{Data: []byte(state)}}, "state.json", reader.Options{})
	if err != nil || len(r.Faults) > 0 || len(r.APIs) != 2 {
		t.Fatal(err, r.Faults, len(r.APIs))
	}
	rest, http := r.APIs[0], r.APIs[1]
	if len(rest.Methods) != 1 || rest.Methods[0].Key() != "OPTIONS /orders" || len(rest.Open) > 0 {
		t.Fatalf("%+v", rest)
	}
	response := rest.Methods[0].Integration.Responses[0]
	if response.Headers[0].Value.String() != "'Origin'" || !response.AfterIntegration.Value || response.Pattern.IsGiven() {
		t.Errorf("%+v", response)
	}
	if http.CORS == nil || http.CORS.MaxAge.Value != 5 || len(http.CORS.AllowOrigins.Value) != 1 || http.Routes[0].Integration.String() != "HTTP_PROXY" {
		t.Errorf("%+v", http)
	}
}

// TestTerraformPlanBroken: a plan that cannot be read is a fault, and the files
// are read without it.
func TestTerraformPlanBroken(t *testing.T) {
	fsys := fstest.MapFS{"main.tf": &fstest.MapFile{Data: []byte("resource \"aws_api_gateway_rest_api\" \"a\" {\n  name = \"a\"\n}\n")}}
	for _, plan := range []string{"{", `{"format_version": "99.0", "planned_values": {}}`, `[]`} {
		r, err := reader.Read(fsys, ".", reader.Options{Plan: []byte(plan)})
		if err != nil || len(r.Faults) != 1 || len(r.APIs) != 1 {
			t.Errorf("%s: %v, %v, %d APIs", plan, err, r.Faults, len(r.APIs))
		}
	}
}

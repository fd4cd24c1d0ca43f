package lint_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/lint"
)

// TestUnknownPath says neither a made-up path nor a reason in the middle of a
// sentence.
func TestUnknownPath(t *testing.T) {
	const module = `variable "api" {}
variable "parent" {}
variable "name" {}
resource "aws_api_gateway_resource" "this" {
  rest_api_id = var.api
  parent_id   = var.parent
  path_part   = "items"
}
resource "aws_api_gateway_method" "options" {
  for_each      = { a = aws_api_gateway_resource.this.id, b = var.parent }
  rest_api_id   = var.api
  resource_id   = each.value
  http_method   = "OPTIONS"
  authorization = "NONE"
}
resource "aws_api_gateway_integration" "options" {
  for_each    = { a = aws_api_gateway_resource.this.id, b = var.parent }
  rest_api_id = var.api
  resource_id = each.value
  http_method = "OPTIONS"
  type        = "MOCK"
}
resource "aws_api_gateway_method" "put" {
  rest_api_id   = var.api
  resource_id   = aws_api_gateway_resource.this.id
  http_method   = "PUT"
  authorization = "NONE"
}
`
	report := lintFolder(t, fstest.MapFS{"main.tf": {Data: []byte(module)}}, lint.Options{})
	var said []string
	for _, f := range report.Findings {
		said = append(said, f.Text, f.Page)
	}
	for _, u := range report.Unknown {
		said = append(said, u.Text)
	}
	all := strings.Join(said, "\n")
	if !strings.Contains(all, "…/items") || strings.Contains(all, "unknown") {
		t.Errorf("said\n%s", all)
	}
}

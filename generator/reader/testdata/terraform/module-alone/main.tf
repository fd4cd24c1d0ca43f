variable "api" {}
variable "resources" { type = map(string) }
variable "origin" {}
variable "headers" { default = null }

resource "aws_api_gateway_method" "options" {
  for_each      = var.resources
  rest_api_id   = var.api
  resource_id   = each.value
  http_method   = "OPTIONS"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "options" {
  for_each    = var.resources
  rest_api_id = var.api
  resource_id = each.value
  http_method = aws_api_gateway_method.options[each.key].http_method
  type        = "MOCK"
}

resource "aws_api_gateway_integration_response" "options" {
  for_each    = var.resources
  rest_api_id = var.api
  resource_id = each.value
  http_method = aws_api_gateway_method.options[each.key].http_method
  status_code = 200
  response_parameters = merge({
    "method.response.header.Access-Control-Allow-Origin" = "'${var.origin}'"
  }, var.headers == null ? {} : { "method.response.header.Access-Control-Allow-Headers" = var.headers })
}

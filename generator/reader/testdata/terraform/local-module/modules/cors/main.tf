variable "rest_api_id" { type = string }
variable "resource_id" { type = string }

variable "allow_origin" {
  description = "With the single quotes of a static value."
  default     = "'*'"
}

variable "allow_headers" {
  type    = list(string)
  default = ["Content-Type", "Authorization"]
}

resource "aws_api_gateway_method" "this" {
  rest_api_id   = var.rest_api_id
  resource_id   = var.resource_id
  http_method   = "OPTIONS"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "this" {
  rest_api_id       = var.rest_api_id
  resource_id       = var.resource_id
  http_method       = aws_api_gateway_method.this.http_method
  type              = "MOCK"
  request_templates = { "application/json" = "{statusCode:200}" }
}

resource "aws_api_gateway_method_response" "this" {
  rest_api_id         = var.rest_api_id
  resource_id         = var.resource_id
  http_method         = aws_api_gateway_method.this.http_method
  status_code         = "200"
  response_parameters = { "method.response.header.Access-Control-Allow-Origin" = true }
}

resource "aws_api_gateway_integration_response" "this" {
  rest_api_id = var.rest_api_id
  resource_id = var.resource_id
  http_method = aws_api_gateway_integration.this.http_method
  status_code = "200"
  response_parameters = {
    "method.response.header.Access-Control-Allow-Origin"  = var.allow_origin
    "method.response.header.Access-Control-Allow-Headers" = format("'%s'", join(",", var.allow_headers))
  }
}

output "allow_origin" {
  value = var.allow_origin
}

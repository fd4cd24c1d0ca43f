variable "environment" {}

locals {
  is_prod = var.environment == "prod"
  origin  = local.is_prod ? "https://app.example" : "https://dev.example"
  methods = local.is_prod ? "'GET'" : "'GET'"
}

resource "aws_api_gateway_rest_api" "cond" {
  name = "cond-${var.environment}"
}

resource "aws_api_gateway_gateway_response" "four" {
  count         = local.is_prod ? 1 : 0
  rest_api_id   = aws_api_gateway_rest_api.cond.id
  response_type = "DEFAULT_4XX"
  response_parameters = {
    "gatewayresponse.header.Access-Control-Allow-Origin"  = "'${local.origin}'"
    "gatewayresponse.header.Access-Control-Allow-Methods" = local.methods
  }
}

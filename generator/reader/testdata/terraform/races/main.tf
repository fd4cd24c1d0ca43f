resource "aws_api_gateway_rest_api" "race" {
  name = "race"
}

resource "aws_api_gateway_method" "options" {
  rest_api_id   = aws_api_gateway_rest_api.race.id
  resource_id   = aws_api_gateway_rest_api.race.root_resource_id
  http_method   = "OPTIONS"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "options" {
  rest_api_id = aws_api_gateway_rest_api.race.id
  resource_id = aws_api_gateway_rest_api.race.root_resource_id
  http_method = aws_api_gateway_method.options.http_method
  type        = "MOCK"
}

resource "aws_api_gateway_method_response" "options" {
  rest_api_id = aws_api_gateway_rest_api.race.id
  resource_id = aws_api_gateway_rest_api.race.root_resource_id
  http_method = aws_api_gateway_method.options.http_method
  status_code = "200"
}

# Neither refers to the method response nor to the integration.
resource "aws_api_gateway_integration_response" "options" {
  rest_api_id = aws_api_gateway_rest_api.race.id
  resource_id = aws_api_gateway_rest_api.race.root_resource_id
  http_method = aws_api_gateway_method.options.http_method
  status_code = "200"

  response_parameters = {
    "method.response.header.Access-Control-Allow-Origin" = "*"
    "integration.response.header.Vary"                   = "'Origin'"
  }
}

resource "aws_api_gateway_gateway_response" "denied" {
  rest_api_id   = aws_api_gateway_rest_api.race.id
  response_type = "ACCESS_DENIED"
  status_code   = "403"
}

# Through a local and a null_resource.
locals {
  waits = [aws_api_gateway_method_response.options.id]
}

resource "null_resource" "wait" {
  triggers = { for i, id in local.waits : i => id }
}

resource "aws_api_gateway_deployment" "first" {
  rest_api_id = aws_api_gateway_rest_api.race.id
  description = null_resource.wait.id
}

resource "aws_api_gateway_deployment" "second" {
  rest_api_id = aws_api_gateway_rest_api.race.id
  variables   = { version = "3" }

  depends_on = [
    aws_api_gateway_integration.options,
    aws_api_gateway_method_response.options,
    aws_api_gateway_integration_response.options,
    aws_api_gateway_gateway_response.denied,
  ]
}

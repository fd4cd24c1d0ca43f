data "aws_api_gateway_rest_api" "main" {
  name = "main"
}

data "aws_api_gateway_resource" "users" {
  rest_api_id = data.aws_api_gateway_rest_api.main.id
  path        = "/users"
}

resource "aws_api_gateway_resource" "avatar" {
  rest_api_id = data.aws_api_gateway_rest_api.main.id
  parent_id   = data.aws_api_gateway_resource.users.id
  path_part   = "avatar"
}

resource "aws_api_gateway_method" "avatar" {
  rest_api_id   = data.aws_api_gateway_rest_api.main.id
  resource_id   = aws_api_gateway_resource.avatar.id
  http_method   = "PUT"
  authorization = "COGNITO_USER_POOLS"
  authorizer_id = data.terraform_remote_state.auth.outputs.authorizer_id
}

data "terraform_remote_state" "auth" {
  backend = "s3"
}

resource "aws_apigatewayv2_route" "health" {
  api_id    = data.terraform_remote_state.auth.outputs.http_api_id
  route_key = "GET /health"
}

# A WebSocket API: no browser asks CORS of it.
variable "socket_id" {}

resource "aws_apigatewayv2_route" "connect" {
  api_id    = var.socket_id
  route_key = "$connect"
}

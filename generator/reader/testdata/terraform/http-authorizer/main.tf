resource "aws_apigatewayv2_api" "bank" {
  name          = "bank"
  protocol_type = "HTTP"
  cors_configuration {
    allow_origins = ["https://bank.example"]
    allow_methods = ["*"]
    allow_headers = ["authorization", "x-device"]
    max_age       = -1
  }
}

resource "aws_apigatewayv2_authorizer" "token" {
  api_id           = aws_apigatewayv2_api.bank.id
  name             = "token"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization", "$request.header.X-Device", "$request.querystring.token"]
}

resource "aws_apigatewayv2_integration" "accounts" {
  api_id                 = aws_apigatewayv2_api.bank.id
  integration_type       = "AWS_PROXY"
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "accounts" {
  for_each           = { any = "ANY /accounts/{proxy+}", default = "$default" }
  api_id             = aws_apigatewayv2_api.bank.id
  route_key          = each.value
  authorization_type = "JWT"
  authorizer_id      = aws_apigatewayv2_authorizer.token.id
  target             = format("integrations/%s", aws_apigatewayv2_integration.accounts.id)
}

resource "aws_apigatewayv2_api" "chat" {
  cors_configuration {
    allow_origins     = concat([var.origin], var.origins)
    allow_credentials = true
  }
}

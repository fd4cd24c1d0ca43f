# CORS for the HTTP API Profile: Terraform.
#
# Move the cors_configuration block into your own aws_apigatewayv2_api. With --api-id the file refers to
# your API instead, and stays as it is rendered.
# Paste the OPTIONS routes with an integration of yours as target, too: API Gateway answers the preflight
# itself, but asks the authorizer of an ANY or $default route first unless these go before it.
# A stage with auto_deploy serves every change by itself.
# API Gateway adds the CORS headers to the actual responses and ignores those of the function.
#
# Rendered by
#   apigw-cors generate --api http --name Profile --allow-origins https://app.example.com,https://admin.example.com --allow-methods GET,PUT,PATCH,DELETE --allow-credentials --max-age 7200 --auth jwt --format terraform

# yours already
resource "aws_apigatewayv2_api" "profile" {
  name          = "Profile"
  protocol_type = "HTTP"

  # new
  cors_configuration {
    allow_origins     = ["https://app.example.com", "https://admin.example.com"]
    allow_methods     = ["GET", "PUT", "PATCH", "DELETE"]
    allow_headers     = ["Content-Type", "Authorization"]
    allow_credentials = true
    max_age           = 7200
  }
}

# A $default or ANY route takes OPTIONS requests, too, and its authorizer would
# refuse a preflight, which carries no credentials.
resource "aws_apigatewayv2_route" "profile_cors" {
  for_each = toset(["OPTIONS /{proxy+}", "OPTIONS /"])

  api_id             = aws_apigatewayv2_api.profile.id
  route_key          = each.key
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.profile.id}"
}

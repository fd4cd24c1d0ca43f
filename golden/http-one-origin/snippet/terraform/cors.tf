# CORS for the HTTP API Feed: Terraform.
#
# Move the cors_configuration block into your own aws_apigatewayv2_api. With --api-id the file refers to
# your API instead, and stays as it is rendered.
# If your $default or ANY route has an authorizer, say so with --auth: the OPTIONS routes that
# are then rendered keep the preflight away from it.
# A stage with auto_deploy serves every change by itself.
# API Gateway adds the CORS headers to the actual responses and ignores those of the function.
#
# Rendered by
#   apigw-cors generate --api http --name Feed --allow-origins https://app.example.com --allow-methods GET,POST --format terraform

# yours already
resource "aws_apigatewayv2_api" "feed" {
  name          = "Feed"
  protocol_type = "HTTP"

  # new
  cors_configuration {
    allow_origins = ["https://app.example.com"]
    allow_methods = ["GET", "POST"]
    allow_headers = ["Content-Type"]

    # Unset. Left out, the provider would send 0, and no browser would cache.
    max_age = -1
  }
}

# CORS for the HTTP API Gate: Terraform.
#
# Move the cors_configuration block into your own aws_apigatewayv2_api. With --api-id the file refers to
# your API instead, and stays as it is rendered.
# Paste the OPTIONS routes with an integration of yours as target, too: API Gateway answers the preflight
# itself, but asks the authorizer of an ANY or $default route first unless these go before it.
# A stage with auto_deploy serves every change by itself.
# API Gateway adds the CORS headers to the actual responses and ignores those of the function.
#
# Rendered by
#   apigw-cors generate --api http --name Gate --allow-origins https://app.example.com --allow-headers X-Request-Id --auth lambda --resource /orders=ANY --resource '/orders/{id}=GET,DELETE' --format terraform

# yours already
resource "aws_apigatewayv2_api" "gate" {
  name          = "Gate"
  protocol_type = "HTTP"

  # new
  cors_configuration {
    allow_origins = ["https://app.example.com"]
    allow_methods = ["*"]
    allow_headers = ["X-Request-Id", "Content-Type", "Authorization"]

    # Unset. Left out, the provider would send 0, and no browser would cache.
    max_age = -1
  }
}

# A $default or ANY route takes OPTIONS requests, too, and its authorizer would
# refuse a preflight, which carries no credentials.
resource "aws_apigatewayv2_route" "gate_cors" {
  for_each = toset(["OPTIONS /orders"])

  api_id             = aws_apigatewayv2_api.gate.id
  route_key          = each.key
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.gate.id}"
}

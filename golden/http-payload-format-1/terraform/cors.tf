# CORS for the HTTP API Moved: Terraform.
#
# Put this file beside your API's own, and let the routes refer to the API and to the integration of the
# function that answers the preflight. The API must have no cors_configuration: it would answer instead.
# A stage with auto_deploy serves every change by itself.
# The actual responses get their CORS headers from the function: keep withCors around the handler
# when you put your own code in its place.
#
# Rendered by
#   apigw-cors generate --api http --name Moved --allow-origins 'https://app.example.org,https://*.example.com' --allow-methods GET,POST --allow-credentials --payload-format 1.0 --preflight lambda --resource /orders --resource '/orders/{id}=GET,DELETE' --format terraform

resource "aws_apigatewayv2_route" "moved_cors" {
  for_each = toset(["OPTIONS /orders", "OPTIONS /orders/{id}"])

  api_id             = aws_apigatewayv2_api.moved.id
  route_key          = each.key
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.moved.id}"
}

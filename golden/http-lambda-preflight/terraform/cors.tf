# CORS for the HTTP API Branches: Terraform.
#
# Put this file beside your API's own, and let the routes refer to the API and to the integration of the
# function that answers the preflight. The API must have no cors_configuration: it would answer instead.
# A stage with auto_deploy serves every change by itself.
# The actual responses get their CORS headers from the function: keep withCors around the handler
# when you put your own code in its place.
#
# Rendered by
#   apigw-cors generate --api http --name Branches --allow-origins 'https://*.example.com,http://localhost:*' --allow-methods GET,POST --expose-headers X-Request-Id --auth jwt --preflight lambda --format terraform

resource "aws_apigatewayv2_route" "branches_cors" {
  for_each = toset(["OPTIONS /{proxy+}", "OPTIONS /"])

  api_id             = aws_apigatewayv2_api.branches.id
  route_key          = each.key
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.branches.id}"
}

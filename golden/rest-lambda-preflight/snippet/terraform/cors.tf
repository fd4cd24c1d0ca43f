# CORS for the REST API Dynamic: Terraform.
#
# Put this file beside your API's own, into the same folder: Terraform reads none below. What is yours
# already stands on the right-hand sides of the first locals block alone: write your own there, or
# render it with --api-id and an id for each path.
#
# A stage serves a snapshot: let your aws_api_gateway_deployment take a new one after every change,
# with its stage in an aws_api_gateway_stage. New in it are:
#
#   triggers = {
#     cors = local.dynamic_cors_redeployment
#   }
#
#   lifecycle {
#     create_before_destroy = true
#   }
#
# Terraform destroys what you take out (a path, a gateway response) after it has made the new
# deployment, whose stage goes on serving it, and the next plan finds nothing to do. After such an
# apply run
#
#   terraform apply -replace=aws_api_gateway_deployment.NAME
#
# The actual responses get their CORS headers from the function: keep withCors around the handler
# when you put your own code in its place.
#
# Rendered by
#   apigw-cors generate --api rest --name Dynamic --allow-origins 'https://app.example.com,https://*.preview.example.com' --allow-methods GET,POST --allow-credentials --auth lambda --auth-header X-Session --preflight lambda --format terraform

locals {
  # yours already: the API, and the resources below
  dynamic_cors_rest_api_id   = aws_api_gateway_rest_api.dynamic.id
  dynamic_cors_execution_arn = aws_api_gateway_rest_api.dynamic.execution_arn

  # The function that answers the preflight.
  dynamic_cors_function_name = aws_lambda_function.dynamic.function_name
  dynamic_cors_invoke_arn    = aws_lambda_function.dynamic.invoke_arn

  # Who answers a preflight, by path.
  dynamic_cors_resources = {
    "/" = {
      id = aws_api_gateway_rest_api.dynamic.root_resource_id
    }
    "/{proxy+}" = {
      id = aws_api_gateway_resource.dynamic_proxy.id
    }
  }
}

# new
# A preflight carries no credentials: no authorization, no API key.
resource "aws_api_gateway_method" "dynamic_cors" {
  for_each = local.dynamic_cors_resources

  rest_api_id      = local.dynamic_cors_rest_api_id
  resource_id      = each.value.id
  http_method      = "OPTIONS"
  authorization    = "NONE"
  api_key_required = false
}

resource "aws_api_gateway_integration" "dynamic_cors" {
  for_each = aws_api_gateway_method.dynamic_cors

  rest_api_id             = each.value.rest_api_id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = local.dynamic_cors_invoke_arn
}

resource "aws_lambda_permission" "dynamic_cors" {
  action        = "lambda:InvokeFunction"
  function_name = local.dynamic_cors_function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${local.dynamic_cors_execution_arn}/*/OPTIONS/*"
}

# What API Gateway answers without its backend: a refused or throttled request, a
# broken integration. Without these headers a page sees a CORS error instead.
resource "aws_api_gateway_gateway_response" "dynamic_cors" {
  for_each = toset(["DEFAULT_4XX", "DEFAULT_5XX"])

  rest_api_id   = local.dynamic_cors_rest_api_id
  response_type = each.key

  # API Gateway's own body. Left out, the provider would plan to remove it.
  response_templates = {
    "application/json" = "{\"message\":$context.error.messageString}"
  }

  response_parameters = {
    "gatewayresponse.header.Access-Control-Allow-Origin"      = "method.request.header.origin"
    "gatewayresponse.header.Access-Control-Allow-Credentials" = "'true'"
    "gatewayresponse.header.Vary"                             = "'Origin'"
  }
}

locals {
  # Changes whenever something above changes. It hashes attributes, as the
  # provider reads whole resources back in another form than it wrote them, and
  # every plan would replace the deployment.
  dynamic_cors_redeployment = sha1(jsonencode([
    [for o in aws_api_gateway_method.dynamic_cors : [o.id, o.authorization, o.api_key_required]],
    [for o in aws_api_gateway_integration.dynamic_cors : [o.id, o.type, o.uri]],
    [for o in aws_api_gateway_gateway_response.dynamic_cors : [o.id, o.response_templates, o.response_parameters]],
  ]))
}

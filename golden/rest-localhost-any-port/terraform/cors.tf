# CORS for the REST API Dev: Terraform.
#
# Put this file beside your API's own, into the same folder: Terraform reads none below. What is yours
# already stands on the right-hand sides of the first locals block alone: write your own there, or
# render it with --api-id and an id for each path.
#
# A stage serves a snapshot: let your aws_api_gateway_deployment take a new one after every change,
# with its stage in an aws_api_gateway_stage. New in it are:
#
#   triggers = {
#     cors = local.dev_cors_redeployment
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
# The actual responses must get their CORS headers from your function: --format lambda-nodejs and
# --format lambda-python render a wrapper that sends them.
#
# Rendered by
#   apigw-cors generate --api rest --name Dev --allow-origins 'http://localhost:*,http://127.0.0.1:*,http://[::1]:*' --allow-methods GET,POST,PUT,DELETE --format terraform

locals {
  # yours already: the API, and the resources below
  dev_cors_rest_api_id = aws_api_gateway_rest_api.dev.id

  # Who answers a preflight, by path, and the methods a page may use there.
  dev_cors_resources = {
    "/" = {
      id            = aws_api_gateway_rest_api.dev.root_resource_id
      allow_methods = "'GET,POST,PUT,DELETE'"
    }
    "/{proxy+}" = {
      id            = aws_api_gateway_resource.dev_proxy.id
      allow_methods = "'GET,POST,PUT,DELETE'"
    }
  }
}

# new
# A preflight carries no credentials: no authorization, no API key.
resource "aws_api_gateway_method" "dev_cors" {
  for_each = local.dev_cors_resources

  rest_api_id      = local.dev_cors_rest_api_id
  resource_id      = each.value.id
  http_method      = "OPTIONS"
  authorization    = "NONE"
  api_key_required = false
}

resource "aws_api_gateway_integration" "dev_cors" {
  for_each = aws_api_gateway_method.dev_cors

  rest_api_id          = each.value.rest_api_id
  resource_id          = each.value.resource_id
  http_method          = each.value.http_method
  type                 = "MOCK"
  passthrough_behavior = "WHEN_NO_MATCH"
  content_handling     = "CONVERT_TO_TEXT"

  request_templates = {
    "application/json" = "{\"statusCode\": 204}"
  }
}

resource "aws_api_gateway_method_response" "dev_cors" {
  for_each = aws_api_gateway_method.dev_cors

  rest_api_id = each.value.rest_api_id
  resource_id = each.value.resource_id
  http_method = each.value.http_method
  status_code = "204"

  response_parameters = {
    "method.response.header.Access-Control-Allow-Origin"  = true
    "method.response.header.Access-Control-Allow-Methods" = true
    "method.response.header.Access-Control-Allow-Headers" = true
    "method.response.header.Vary"                         = true
  }
}

# Static values stand between single quotes: they are mapping expressions.
resource "aws_api_gateway_integration_response" "dev_cors" {
  for_each = aws_api_gateway_integration.dev_cors

  rest_api_id      = each.value.rest_api_id
  resource_id      = each.value.resource_id
  http_method      = each.value.http_method
  status_code      = aws_api_gateway_method_response.dev_cors[each.key].status_code
  content_handling = "CONVERT_TO_TEXT"

  response_parameters = {
    "method.response.header.Access-Control-Allow-Methods" = local.dev_cors_resources[each.key].allow_methods
    "method.response.header.Access-Control-Allow-Headers" = "'Content-Type'"
    "method.response.header.Vary"                         = "'Origin'"
  }

  # Access-Control-Allow-Origin is the request's origin if that is allowed;
  # otherwise there is none.
  response_templates = {
    "application/json" = <<-EOT
      #set($origin = $input.params().header.get("origin"))
      #if(!$origin || $origin == "")
      #set($origin = $input.params().header.get("Origin"))
      #end
      #if($origin && $origin != "" && ($origin == "http://localhost" || ($origin.startsWith("http://localhost:") && $origin.indexOf("@") == -1 && $origin.lastIndexOf("/") == 6) || $origin == "http://127.0.0.1" || ($origin.startsWith("http://127.0.0.1:") && $origin.indexOf("@") == -1 && $origin.lastIndexOf("/") == 6) || $origin == "http://[::1]" || ($origin.startsWith("http://[::1]:") && $origin.indexOf("@") == -1 && $origin.lastIndexOf("/") == 6)))
      #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
      #end
    EOT
  }
}

# What API Gateway answers without its backend: a refused or throttled request, a
# broken integration. Without these headers a page sees a CORS error instead.
resource "aws_api_gateway_gateway_response" "dev_cors" {
  for_each = toset(["DEFAULT_4XX", "DEFAULT_5XX"])

  rest_api_id   = local.dev_cors_rest_api_id
  response_type = each.key

  # API Gateway's own body. Left out, the provider would plan to remove it.
  response_templates = {
    "application/json" = "{\"message\":$context.error.messageString}"
  }

  response_parameters = {
    "gatewayresponse.header.Access-Control-Allow-Origin" = "'*'"
  }
}

locals {
  # Changes whenever something above changes. It hashes attributes, as the
  # provider reads whole resources back in another form than it wrote them, and
  # every plan would replace the deployment.
  dev_cors_redeployment = sha1(jsonencode([
    [for o in aws_api_gateway_method.dev_cors : [o.id, o.authorization, o.api_key_required]],
    [for o in aws_api_gateway_integration.dev_cors : [o.id, o.type, o.request_templates, o.passthrough_behavior, o.content_handling]],
    [for o in aws_api_gateway_method_response.dev_cors : [o.id, o.response_parameters]],
    [for o in aws_api_gateway_integration_response.dev_cors : [o.id, o.response_parameters, o.response_templates, o.content_handling]],
    [for o in aws_api_gateway_gateway_response.dev_cors : [o.id, o.response_templates, o.response_parameters]],
  ]))
}

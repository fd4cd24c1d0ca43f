# CORS for the REST API Orders: Terraform.
#
# Put this file beside your API's own, into the same folder: Terraform reads none below. What is yours
# already stands on the right-hand sides of the first locals block alone: write your own there, or
# render it with --api-id and an id for each path.
#
# A stage serves a snapshot: let your aws_api_gateway_deployment take a new one after every change,
# with its stage in an aws_api_gateway_stage. New in it are:
#
#   triggers = {
#     cors = local.orders_cors_redeployment
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
#   apigw-cors generate --api rest --name Orders --allow-origins https://app.example.com --max-age 3600 --resource /orders=GET,POST --resource '/orders/{id}=GET,PATCH,DELETE' --resource '/orders/{id}/items/{item}=PUT' --resource /health=ANY --format terraform

locals {
  # yours already: the API, and the resources below
  orders_cors_rest_api_id = aws_api_gateway_rest_api.orders.id

  # Who answers a preflight, by path, and the methods a page may use there.
  orders_cors_resources = {
    "/orders" = {
      id            = aws_api_gateway_resource.orders_orders.id
      allow_methods = "'GET,POST'"
    }
    "/orders/{id}" = {
      id            = aws_api_gateway_resource.orders_orders_id.id
      allow_methods = "'GET,PATCH,DELETE'"
    }
    "/orders/{id}/items/{item}" = {
      id            = aws_api_gateway_resource.orders_orders_id_items_item.id
      allow_methods = "'PUT'"
    }
    "/health" = {
      id            = aws_api_gateway_resource.orders_health.id
      allow_methods = "'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'"
    }
  }
}

# new
# A preflight carries no credentials: no authorization, no API key.
resource "aws_api_gateway_method" "orders_cors" {
  for_each = local.orders_cors_resources

  rest_api_id      = local.orders_cors_rest_api_id
  resource_id      = each.value.id
  http_method      = "OPTIONS"
  authorization    = "NONE"
  api_key_required = false
}

resource "aws_api_gateway_integration" "orders_cors" {
  for_each = aws_api_gateway_method.orders_cors

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

resource "aws_api_gateway_method_response" "orders_cors" {
  for_each = aws_api_gateway_method.orders_cors

  rest_api_id = each.value.rest_api_id
  resource_id = each.value.resource_id
  http_method = each.value.http_method
  status_code = "204"

  response_parameters = {
    "method.response.header.Access-Control-Allow-Origin"  = true
    "method.response.header.Access-Control-Allow-Methods" = true
    "method.response.header.Access-Control-Allow-Headers" = true
    "method.response.header.Access-Control-Max-Age"       = true
  }
}

# Static values stand between single quotes: they are mapping expressions.
resource "aws_api_gateway_integration_response" "orders_cors" {
  for_each = aws_api_gateway_integration.orders_cors

  rest_api_id      = each.value.rest_api_id
  resource_id      = each.value.resource_id
  http_method      = each.value.http_method
  status_code      = aws_api_gateway_method_response.orders_cors[each.key].status_code
  content_handling = "CONVERT_TO_TEXT"

  response_parameters = {
    "method.response.header.Access-Control-Allow-Origin"  = "'https://app.example.com'"
    "method.response.header.Access-Control-Allow-Methods" = local.orders_cors_resources[each.key].allow_methods
    "method.response.header.Access-Control-Allow-Headers" = "'Content-Type'"
    "method.response.header.Access-Control-Max-Age"       = "'3600'"
  }
}

# What API Gateway answers without its backend: a refused or throttled request, a
# broken integration. Without these headers a page sees a CORS error instead.
resource "aws_api_gateway_gateway_response" "orders_cors" {
  for_each = toset(["DEFAULT_4XX", "DEFAULT_5XX"])

  rest_api_id   = local.orders_cors_rest_api_id
  response_type = each.key

  # API Gateway's own body. Left out, the provider would plan to remove it.
  response_templates = {
    "application/json" = "{\"message\":$context.error.messageString}"
  }

  response_parameters = {
    "gatewayresponse.header.Access-Control-Allow-Origin" = "'https://app.example.com'"
  }
}

locals {
  # Changes whenever something above changes. It hashes attributes, as the
  # provider reads whole resources back in another form than it wrote them, and
  # every plan would replace the deployment.
  orders_cors_redeployment = sha1(jsonencode([
    [for o in aws_api_gateway_method.orders_cors : [o.id, o.authorization, o.api_key_required]],
    [for o in aws_api_gateway_integration.orders_cors : [o.id, o.type, o.request_templates, o.passthrough_behavior, o.content_handling]],
    [for o in aws_api_gateway_method_response.orders_cors : [o.id, o.response_parameters]],
    [for o in aws_api_gateway_integration_response.orders_cors : [o.id, o.response_parameters, o.content_handling]],
    [for o in aws_api_gateway_gateway_response.orders_cors : [o.id, o.response_templates, o.response_parameters]],
  ]))
}

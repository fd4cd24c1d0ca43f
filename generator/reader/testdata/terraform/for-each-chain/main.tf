locals {
  endpoints = {
    orders  = { parent = aws_api_gateway_rest_api.shop.root_resource_id, methods = ["GET", "POST"] }
    invoice = { parent = aws_api_gateway_rest_api.shop.root_resource_id, methods = ["GET"] }
  }

  routes = merge([
    for name, endpoint in local.endpoints : {
      for method in endpoint.methods : "${method} ${name}" => { resource = name, method = method }
    }
  ]...)

  cors_headers = {
    Allow-Origin  = "'https://shop.example'"
    Allow-Methods = "'${join(",", distinct(flatten([for e in local.endpoints : e.methods])))}'"
    Allow-Headers = "'Content-Type'"
  }
}

resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_api_gateway_resource" "endpoint" {
  for_each    = local.endpoints
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = each.value.parent
  path_part   = each.key
}

resource "aws_api_gateway_method" "route" {
  for_each      = local.routes
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = aws_api_gateway_resource.endpoint[each.value.resource].id
  http_method   = each.value.method
  authorization = "AWS_IAM"
}

resource "aws_api_gateway_integration" "route" {
  for_each    = aws_api_gateway_method.route
  rest_api_id = each.value.rest_api_id
  resource_id = each.value.resource_id
  http_method = each.value.http_method
  type        = "HTTP_PROXY"
  uri         = "https://backend.example/${local.routes[each.key].resource}"
}

resource "aws_api_gateway_method" "options" {
  for_each      = aws_api_gateway_resource.endpoint
  rest_api_id   = each.value.rest_api_id
  resource_id   = each.value.id
  http_method   = "OPTIONS"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "options" {
  for_each          = aws_api_gateway_method.options
  rest_api_id       = each.value.rest_api_id
  resource_id       = each.value.resource_id
  http_method       = each.value.http_method
  type              = "MOCK"
  request_templates = { "application/json" = "{\"statusCode\": 204}" }
}

resource "aws_api_gateway_method_response" "options" {
  for_each            = aws_api_gateway_integration.options
  rest_api_id         = each.value.rest_api_id
  resource_id         = each.value.resource_id
  http_method         = each.value.http_method
  status_code         = "204"
  response_parameters = { for name in keys(local.cors_headers) : "method.response.header.Access-Control-${name}" => true }
}

resource "aws_api_gateway_integration_response" "options" {
  for_each    = aws_api_gateway_method_response.options
  rest_api_id = each.value.rest_api_id
  resource_id = each.value.resource_id
  http_method = each.value.http_method
  status_code = each.value.status_code
  response_parameters = {
    for name, value in local.cors_headers : "method.response.header.Access-Control-${name}" => value
  }
}

resource "aws_api_gateway_deployment" "shop" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  depends_on  = [aws_api_gateway_integration.route]
}

# CORS for the REST API Reports: Terraform.
#
# Put this file beside your API's own, into the same folder: Terraform reads none below. What is yours
# already stands on the right-hand sides of the first locals block alone: write your own there, or
# render it with --api-id and an id for each path.
# The actual methods' responses for 200 and 500 are here: take your own out, and keep the integrations.
#
# A stage serves a snapshot: let your aws_api_gateway_deployment take a new one after every change,
# with its stage in an aws_api_gateway_stage. New in it are:
#
#   triggers = {
#     cors = local.reports_cors_redeployment
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
# API Gateway maps the CORS headers of the actual responses, errors included; the function sends none.
#
# Rendered by
#   apigw-cors generate --api rest --name Reports --allow-origins https://app.example.com,https://reports.example.com --allow-methods POST --expose-headers X-Report-Id --auth iam --integration non-proxy --resource /reports --binary-media-types '*/*' --format terraform

locals {
  # yours already: the API, and the resources below
  reports_cors_rest_api_id = aws_api_gateway_rest_api.reports.id

  # Who answers a preflight, by path, and the methods a page may use there.
  reports_cors_resources = {
    "/reports" = {
      id            = aws_api_gateway_resource.reports_reports.id
      allow_methods = "'POST'"
    }
  }

  # The integrations of the actual methods.
  reports_cors_integrations = {
    "POST /reports" = aws_api_gateway_integration.reports["POST /reports"]
  }
}

# new
# A preflight carries no credentials: no authorization, no API key.
resource "aws_api_gateway_method" "reports_cors" {
  for_each = local.reports_cors_resources

  rest_api_id      = local.reports_cors_rest_api_id
  resource_id      = each.value.id
  http_method      = "OPTIONS"
  authorization    = "NONE"
  api_key_required = false
}

resource "aws_api_gateway_integration" "reports_cors" {
  for_each = aws_api_gateway_method.reports_cors

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

resource "aws_api_gateway_method_response" "reports_cors" {
  for_each = aws_api_gateway_method.reports_cors

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
resource "aws_api_gateway_integration_response" "reports_cors" {
  for_each = aws_api_gateway_integration.reports_cors

  rest_api_id      = each.value.rest_api_id
  resource_id      = each.value.resource_id
  http_method      = each.value.http_method
  status_code      = aws_api_gateway_method_response.reports_cors[each.key].status_code
  content_handling = "CONVERT_TO_TEXT"

  response_parameters = {
    "method.response.header.Access-Control-Allow-Methods" = local.reports_cors_resources[each.key].allow_methods
    "method.response.header.Access-Control-Allow-Headers" = "'Content-Type,Authorization,X-Amz-Date,X-Amz-Security-Token,X-Amz-Content-Sha256'"
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
      #if($origin && $origin != "" && ($origin == "https://app.example.com" || $origin == "https://reports.example.com"))
      #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
      #end
    EOT
  }
}

resource "aws_api_gateway_method_response" "reports_cors_200" {
  for_each = local.reports_cors_integrations

  rest_api_id = each.value.rest_api_id
  resource_id = each.value.resource_id
  http_method = each.value.http_method
  status_code = "200"

  response_parameters = {
    "method.response.header.Access-Control-Allow-Origin"   = true
    "method.response.header.Access-Control-Expose-Headers" = true
    "method.response.header.Vary"                          = true
  }
}

resource "aws_api_gateway_integration_response" "reports_cors_200" {
  for_each = local.reports_cors_integrations

  rest_api_id      = each.value.rest_api_id
  resource_id      = each.value.resource_id
  http_method      = each.value.http_method
  status_code      = aws_api_gateway_method_response.reports_cors_200[each.key].status_code
  content_handling = "CONVERT_TO_TEXT"

  response_parameters = {
    "method.response.header.Access-Control-Expose-Headers" = "'X-Report-Id'"
    "method.response.header.Vary"                          = "'Origin'"
  }

  # It passes the body on, too.
  response_templates = {
    "application/json" = <<-EOT
      #set($origin = $input.params().header.get("origin"))
      #if(!$origin || $origin == "")
      #set($origin = $input.params().header.get("Origin"))
      #end
      #if($origin && $origin != "" && ($origin == "https://app.example.com" || $origin == "https://reports.example.com"))
      #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
      #end
      $input.json('$')
    EOT
  }
}

resource "aws_api_gateway_method_response" "reports_cors_500" {
  for_each = local.reports_cors_integrations

  rest_api_id = each.value.rest_api_id
  resource_id = each.value.resource_id
  http_method = each.value.http_method
  status_code = "500"

  response_parameters = {
    "method.response.header.Access-Control-Allow-Origin"   = true
    "method.response.header.Access-Control-Expose-Headers" = true
    "method.response.header.Vary"                          = true
  }
}

resource "aws_api_gateway_integration_response" "reports_cors_500" {
  for_each = local.reports_cors_integrations

  rest_api_id       = each.value.rest_api_id
  resource_id       = each.value.resource_id
  http_method       = each.value.http_method
  status_code       = aws_api_gateway_method_response.reports_cors_500[each.key].status_code
  selection_pattern = "(\\n|.)+"
  content_handling  = "CONVERT_TO_TEXT"

  response_parameters = {
    "method.response.header.Access-Control-Expose-Headers" = "'X-Report-Id'"
    "method.response.header.Vary"                          = "'Origin'"
  }

  # It passes the body on, too.
  response_templates = {
    "application/json" = <<-EOT
      #set($origin = $input.params().header.get("origin"))
      #if(!$origin || $origin == "")
      #set($origin = $input.params().header.get("Origin"))
      #end
      #if($origin && $origin != "" && ($origin == "https://app.example.com" || $origin == "https://reports.example.com"))
      #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
      #end
      $input.json('$')
    EOT
  }
}

# What API Gateway answers without its backend: a refused or throttled request, a
# broken integration. Without these headers a page sees a CORS error instead.
resource "aws_api_gateway_gateway_response" "reports_cors" {
  for_each = toset(["DEFAULT_4XX", "DEFAULT_5XX"])

  rest_api_id   = local.reports_cors_rest_api_id
  response_type = each.key

  # API Gateway's own body. Left out, the provider would plan to remove it.
  response_templates = {
    "application/json" = "{\"message\":$context.error.messageString}"
  }

  response_parameters = {
    "gatewayresponse.header.Access-Control-Allow-Origin"   = "'*'"
    "gatewayresponse.header.Access-Control-Expose-Headers" = "'X-Report-Id'"
  }
}

locals {
  # Changes whenever something above changes. It hashes attributes, as the
  # provider reads whole resources back in another form than it wrote them, and
  # every plan would replace the deployment.
  reports_cors_redeployment = sha1(jsonencode([
    [for o in aws_api_gateway_method.reports_cors : [o.id, o.authorization, o.api_key_required]],
    [for o in aws_api_gateway_integration.reports_cors : [o.id, o.type, o.request_templates, o.passthrough_behavior, o.content_handling]],
    [for o in aws_api_gateway_method_response.reports_cors : [o.id, o.response_parameters]],
    [for o in aws_api_gateway_integration_response.reports_cors : [o.id, o.response_parameters, o.response_templates, o.content_handling]],
    [for o in aws_api_gateway_method_response.reports_cors_200 : [o.id, o.response_parameters]],
    [for o in aws_api_gateway_integration_response.reports_cors_200 : [o.id, o.selection_pattern, o.response_parameters, o.content_handling, o.response_templates]],
    [for o in aws_api_gateway_method_response.reports_cors_500 : [o.id, o.response_parameters]],
    [for o in aws_api_gateway_integration_response.reports_cors_500 : [o.id, o.selection_pattern, o.response_parameters, o.content_handling, o.response_templates]],
    [for o in aws_api_gateway_gateway_response.reports_cors : [o.id, o.response_templates, o.response_parameters]],
  ]))
}

# CORS for the REST API Draft, a whole example: Terraform.
#
# It stands around cors.tf. Apply both:
#
#   terraform init
#   terraform apply
#
# Terraform destroys what you take out (a path, a gateway response) after it has made the new
# deployment, whose stage goes on serving it, and the next plan finds nothing to do. After such an
# apply run
#
#   terraform apply -replace=aws_api_gateway_deployment.draft
#
# The mocks of the actual methods send the CORS headers, too.
#
# Rendered by
#   apigw-cors generate --api rest --name Draft --allow-origins https://app.example.com,http://localhost:3000 --allow-methods GET,PUT --integration non-proxy --backend-type mock --resource / --resource /drafts --binary-media-types '*/*' --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "draft_stage_name" {
  description = "Name of the stage, the first segment of the API's path."
  type        = string
  default     = "prod"
}

resource "aws_api_gateway_rest_api" "draft" {
  name               = "Draft"
  binary_media_types = ["*/*"]
}

# /drafts
resource "aws_api_gateway_resource" "draft_drafts" {
  rest_api_id = aws_api_gateway_rest_api.draft.id
  parent_id   = aws_api_gateway_rest_api.draft.root_resource_id
  path_part   = "drafts"
}

locals {
  draft_methods = {
    "GET /" = {
      resource_id = aws_api_gateway_rest_api.draft.root_resource_id
      http_method = "GET"
    }
    "PUT /" = {
      resource_id = aws_api_gateway_rest_api.draft.root_resource_id
      http_method = "PUT"
    }
    "GET /drafts" = {
      resource_id = aws_api_gateway_resource.draft_drafts.id
      http_method = "GET"
    }
    "PUT /drafts" = {
      resource_id = aws_api_gateway_resource.draft_drafts.id
      http_method = "PUT"
    }
  }
}

resource "aws_api_gateway_method" "draft" {
  for_each = local.draft_methods

  rest_api_id   = aws_api_gateway_rest_api.draft.id
  resource_id   = each.value.resource_id
  http_method   = each.value.http_method
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "draft" {
  for_each = aws_api_gateway_method.draft

  rest_api_id      = each.value.rest_api_id
  resource_id      = each.value.resource_id
  http_method      = each.value.http_method
  type             = "MOCK"
  content_handling = "CONVERT_TO_TEXT"

  request_templates = {
    "application/json" = "{\"statusCode\": 200}"
  }
}

# A deployment is a snapshot: the triggers take a new one after every change.
resource "aws_api_gateway_deployment" "draft" {
  rest_api_id = aws_api_gateway_rest_api.draft.id

  triggers = {
    cors = local.draft_cors_redeployment

    methods = sha1(jsonencode([
      [for o in aws_api_gateway_method.draft : [o.id, o.authorization]],
      [for o in aws_api_gateway_integration.draft : [o.id, o.type, o.request_templates]],
      aws_api_gateway_rest_api.draft.binary_media_types,
    ]))
  }

  depends_on = [
    aws_api_gateway_integration.draft,
    aws_api_gateway_integration_response.draft_cors,
    aws_api_gateway_integration_response.draft_cors_200,
    aws_api_gateway_gateway_response.draft_cors,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "draft" {
  rest_api_id   = aws_api_gateway_rest_api.draft.id
  deployment_id = aws_api_gateway_deployment.draft.id
  stage_name    = var.draft_stage_name
}

output "draft_url" {
  description = "Where the API is served."
  value       = aws_api_gateway_stage.draft.invoke_url
}

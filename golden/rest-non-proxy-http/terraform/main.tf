# CORS for the REST API Catalogue, a whole example: Terraform.
#
# It stands around cors.tf. Apply both:
#
#   terraform init
#   terraform apply -var catalogue_backend_url=https://backend.example.com
#
# Terraform destroys what you take out (a path, a gateway response) after it has made the new
# deployment, whose stage goes on serving it, and the next plan finds nothing to do. After such an
# apply run
#
#   terraform apply -replace=aws_api_gateway_deployment.catalogue
#
# API Gateway maps the CORS headers of the actual responses, errors included; the HTTP backend sends none.
#
# Rendered by
#   apigw-cors generate --api rest --name Catalogue --allow-origins https://shop.example.com --allow-methods GET --expose-headers ETag --allow-credentials --integration non-proxy --backend-type http --resource /items=GET,POST --resource '/items/{id}=ANY' --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "catalogue_backend_url" {
  description = "URL of the HTTP backend, such as https://backend.example.com/orders."
  type        = string
}

variable "catalogue_stage_name" {
  description = "Name of the stage, the first segment of the API's path."
  type        = string
  default     = "prod"
}

resource "aws_api_gateway_rest_api" "catalogue" {
  name = "Catalogue"
}

# /items
resource "aws_api_gateway_resource" "catalogue_items" {
  rest_api_id = aws_api_gateway_rest_api.catalogue.id
  parent_id   = aws_api_gateway_rest_api.catalogue.root_resource_id
  path_part   = "items"
}

# /items/{id}
resource "aws_api_gateway_resource" "catalogue_items_id" {
  rest_api_id = aws_api_gateway_rest_api.catalogue.id
  parent_id   = aws_api_gateway_resource.catalogue_items.id
  path_part   = "{id}"
}

locals {
  catalogue_methods = {
    "GET /items" = {
      resource_id = aws_api_gateway_resource.catalogue_items.id
      http_method = "GET"
    }
    "POST /items" = {
      resource_id = aws_api_gateway_resource.catalogue_items.id
      http_method = "POST"
    }
    "ANY /items/{id}" = {
      resource_id = aws_api_gateway_resource.catalogue_items_id.id
      http_method = "ANY"
    }
  }
}

resource "aws_api_gateway_method" "catalogue" {
  for_each = local.catalogue_methods

  rest_api_id   = aws_api_gateway_rest_api.catalogue.id
  resource_id   = each.value.resource_id
  http_method   = each.value.http_method
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "catalogue" {
  for_each = aws_api_gateway_method.catalogue

  rest_api_id             = each.value.rest_api_id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "HTTP"
  integration_http_method = each.value.http_method
  uri                     = var.catalogue_backend_url
}

# A deployment is a snapshot: the triggers take a new one after every change.
resource "aws_api_gateway_deployment" "catalogue" {
  rest_api_id = aws_api_gateway_rest_api.catalogue.id

  triggers = {
    cors = local.catalogue_cors_redeployment

    methods = sha1(jsonencode([
      [for o in aws_api_gateway_method.catalogue : [o.id, o.authorization]],
      [for o in aws_api_gateway_integration.catalogue : [o.id, o.type, o.uri]],
    ]))
  }

  depends_on = [
    aws_api_gateway_integration.catalogue,
    aws_api_gateway_integration_response.catalogue_cors,
    aws_api_gateway_integration_response.catalogue_cors_200,
    aws_api_gateway_integration_response.catalogue_cors_400,
    aws_api_gateway_integration_response.catalogue_cors_500,
    aws_api_gateway_gateway_response.catalogue_cors,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "catalogue" {
  rest_api_id   = aws_api_gateway_rest_api.catalogue.id
  deployment_id = aws_api_gateway_deployment.catalogue.id
  stage_name    = var.catalogue_stage_name
}

output "catalogue_url" {
  description = "Where the API is served."
  value       = aws_api_gateway_stage.catalogue.invoke_url
}

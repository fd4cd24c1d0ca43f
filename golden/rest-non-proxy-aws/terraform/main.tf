# CORS for the REST API Queue, a whole example: Terraform.
#
# It stands around cors.tf. Apply both:
#
#   terraform init
#   terraform apply -var queue_service_uri=SERVICE_URI -var queue_service_role_arn=ROLE_ARN
#
# Terraform destroys what you take out (a path, a gateway response) after it has made the new
# deployment, whose stage goes on serving it, and the next plan finds nothing to do. After such an
# apply run
#
#   terraform apply -replace=aws_api_gateway_deployment.queue
#
# API Gateway maps the CORS headers of the actual responses, errors included; the AWS service sends none.
#
# Rendered by
#   apigw-cors generate --api rest --name Queue --allow-origins 'https://app.example.com,https://*.partners.example.com' --allow-methods POST --auth cognito --integration non-proxy --backend-type aws --resource /messages --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "queue_service_uri" {
  description = "Action of an AWS service, such as arn:aws:apigateway:REGION:dynamodb:action/Scan."
  type        = string
}

variable "queue_service_role_arn" {
  description = "ARN of a role that API Gateway may assume and that may call the action."
  type        = string
}

variable "queue_stage_name" {
  description = "Name of the stage, the first segment of the API's path."
  type        = string
  default     = "prod"
}

variable "queue_user_pool_arn" {
  description = "ARN of the Cognito user pool whose tokens the API accepts."
  type        = string
}

resource "aws_api_gateway_rest_api" "queue" {
  name = "Queue"
}

# /messages
resource "aws_api_gateway_resource" "queue_messages" {
  rest_api_id = aws_api_gateway_rest_api.queue.id
  parent_id   = aws_api_gateway_rest_api.queue.root_resource_id
  path_part   = "messages"
}

resource "aws_api_gateway_authorizer" "queue" {
  name            = "Queue"
  rest_api_id     = aws_api_gateway_rest_api.queue.id
  type            = "COGNITO_USER_POOLS"
  provider_arns   = [var.queue_user_pool_arn]
  identity_source = "method.request.header.Authorization"
}

locals {
  queue_methods = {
    "POST /messages" = {
      resource_id = aws_api_gateway_resource.queue_messages.id
      http_method = "POST"
    }
  }
}

resource "aws_api_gateway_method" "queue" {
  for_each = local.queue_methods

  rest_api_id   = aws_api_gateway_rest_api.queue.id
  resource_id   = each.value.resource_id
  http_method   = each.value.http_method
  authorization = "COGNITO_USER_POOLS"
  authorizer_id = aws_api_gateway_authorizer.queue.id
}

resource "aws_api_gateway_integration" "queue" {
  for_each = aws_api_gateway_method.queue

  rest_api_id             = each.value.rest_api_id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "AWS"
  integration_http_method = "POST"
  uri                     = var.queue_service_uri
  credentials             = var.queue_service_role_arn
}

# A deployment is a snapshot: the triggers take a new one after every change.
resource "aws_api_gateway_deployment" "queue" {
  rest_api_id = aws_api_gateway_rest_api.queue.id

  triggers = {
    cors = local.queue_cors_redeployment

    methods = sha1(jsonencode([
      [for o in aws_api_gateway_method.queue : [o.id, o.authorization, o.authorizer_id]],
      [for o in aws_api_gateway_integration.queue : [o.id, o.type, o.uri, o.credentials]],
    ]))
  }

  depends_on = [
    aws_api_gateway_integration.queue,
    aws_api_gateway_integration_response.queue_cors,
    aws_api_gateway_integration_response.queue_cors_200,
    aws_api_gateway_integration_response.queue_cors_400,
    aws_api_gateway_integration_response.queue_cors_500,
    aws_api_gateway_gateway_response.queue_cors,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "queue" {
  rest_api_id   = aws_api_gateway_rest_api.queue.id
  deployment_id = aws_api_gateway_deployment.queue.id
  stage_name    = var.queue_stage_name
}

output "queue_url" {
  description = "Where the API is served."
  value       = aws_api_gateway_stage.queue.invoke_url
}

# CORS for the REST API Tenants, a whole example: Terraform.
#
# It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:
#
#   zip --junk-paths lambda.zip lambda-nodejs/*
#   terraform init
#   terraform apply -var tenants_lambda_package=lambda.zip
#
# Terraform destroys what you take out (a path, a gateway response) after it has made the new
# deployment, whose stage goes on serving it, and the next plan finds nothing to do. After such an
# apply run
#
#   terraform apply -replace=aws_api_gateway_deployment.tenants
#
# The actual responses get their CORS headers from the function: keep withCors around the handler
# when you put your own code in its place.
#
# Rendered by
#   apigw-cors generate --api rest --name Tenants --allow-origins 'https://*.example.com' --allow-methods GET,POST --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "tenants_lambda_package" {
  description = "Path of the zip file with the function's index.mjs."
  type        = string
}

variable "tenants_stage_name" {
  description = "Name of the stage, the first segment of the API's path."
  type        = string
  default     = "prod"
}

resource "aws_iam_role" "tenants" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "tenants" {
  role = aws_iam_role.tenants.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "tenants" {
  function_name    = "Tenants"
  role             = aws_iam_role.tenants.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.tenants_lambda_package
  source_code_hash = filebase64sha256(var.tenants_lambda_package)
}

resource "aws_lambda_permission" "tenants" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.tenants.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.tenants.execution_arn}/*"
}

resource "aws_api_gateway_rest_api" "tenants" {
  name = "Tenants"
}

# /{proxy+}
resource "aws_api_gateway_resource" "tenants_proxy" {
  rest_api_id = aws_api_gateway_rest_api.tenants.id
  parent_id   = aws_api_gateway_rest_api.tenants.root_resource_id
  path_part   = "{proxy+}"
}

locals {
  tenants_methods = {
    "GET /" = {
      resource_id = aws_api_gateway_rest_api.tenants.root_resource_id
      http_method = "GET"
    }
    "POST /" = {
      resource_id = aws_api_gateway_rest_api.tenants.root_resource_id
      http_method = "POST"
    }
    "GET /{proxy+}" = {
      resource_id = aws_api_gateway_resource.tenants_proxy.id
      http_method = "GET"
    }
    "POST /{proxy+}" = {
      resource_id = aws_api_gateway_resource.tenants_proxy.id
      http_method = "POST"
    }
  }
}

resource "aws_api_gateway_method" "tenants" {
  for_each = local.tenants_methods

  rest_api_id   = aws_api_gateway_rest_api.tenants.id
  resource_id   = each.value.resource_id
  http_method   = each.value.http_method
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "tenants" {
  for_each = aws_api_gateway_method.tenants

  rest_api_id             = each.value.rest_api_id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.tenants.invoke_arn
}

# A deployment is a snapshot: the triggers take a new one after every change.
resource "aws_api_gateway_deployment" "tenants" {
  rest_api_id = aws_api_gateway_rest_api.tenants.id

  triggers = {
    cors = local.tenants_cors_redeployment

    methods = sha1(jsonencode([
      [for o in aws_api_gateway_method.tenants : [o.id, o.authorization]],
      [for o in aws_api_gateway_integration.tenants : [o.id, o.type, o.uri]],
    ]))
  }

  depends_on = [
    aws_api_gateway_integration.tenants,
    aws_api_gateway_integration_response.tenants_cors,
    aws_api_gateway_gateway_response.tenants_cors,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "tenants" {
  rest_api_id   = aws_api_gateway_rest_api.tenants.id
  deployment_id = aws_api_gateway_deployment.tenants.id
  stage_name    = var.tenants_stage_name
}

output "tenants_url" {
  description = "Where the API is served."
  value       = aws_api_gateway_stage.tenants.invoke_url
}

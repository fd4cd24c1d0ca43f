# CORS for the REST API Customers, a whole example: Terraform.
#
# It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:
#
#   zip --junk-paths lambda.zip lambda-nodejs/*
#   terraform init
#   terraform apply -var customers_lambda_package=lambda.zip
#
# Terraform destroys what you take out (a path, a gateway response) after it has made the new
# deployment, whose stage goes on serving it, and the next plan finds nothing to do. After such an
# apply run
#
#   terraform apply -replace=aws_api_gateway_deployment.customers
#
# The actual responses get their CORS headers from the function: keep withCors around the handler
# when you put your own code in its place.
#
# Rendered by
#   apigw-cors generate --api rest --name Customers --allow-origins http://localhost:3000,https://myproddomain.com --allow-methods GET,POST,OPTIONS --allow-headers Content-Type,x-api-key --auth cognito --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "customers_lambda_package" {
  description = "Path of the zip file with the function's index.mjs."
  type        = string
}

variable "customers_stage_name" {
  description = "Name of the stage, the first segment of the API's path."
  type        = string
  default     = "prod"
}

variable "customers_user_pool_arn" {
  description = "ARN of the Cognito user pool whose tokens the API accepts."
  type        = string
}

resource "aws_iam_role" "customers" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "customers" {
  role = aws_iam_role.customers.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "customers" {
  function_name    = "Customers"
  role             = aws_iam_role.customers.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.customers_lambda_package
  source_code_hash = filebase64sha256(var.customers_lambda_package)
}

resource "aws_lambda_permission" "customers" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.customers.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.customers.execution_arn}/*"
}

resource "aws_api_gateway_rest_api" "customers" {
  name = "Customers"
}

# /{proxy+}
resource "aws_api_gateway_resource" "customers_proxy" {
  rest_api_id = aws_api_gateway_rest_api.customers.id
  parent_id   = aws_api_gateway_rest_api.customers.root_resource_id
  path_part   = "{proxy+}"
}

resource "aws_api_gateway_authorizer" "customers" {
  name            = "Customers"
  rest_api_id     = aws_api_gateway_rest_api.customers.id
  type            = "COGNITO_USER_POOLS"
  provider_arns   = [var.customers_user_pool_arn]
  identity_source = "method.request.header.Authorization"
}

locals {
  customers_methods = {
    "GET /" = {
      resource_id = aws_api_gateway_rest_api.customers.root_resource_id
      http_method = "GET"
    }
    "POST /" = {
      resource_id = aws_api_gateway_rest_api.customers.root_resource_id
      http_method = "POST"
    }
    "GET /{proxy+}" = {
      resource_id = aws_api_gateway_resource.customers_proxy.id
      http_method = "GET"
    }
    "POST /{proxy+}" = {
      resource_id = aws_api_gateway_resource.customers_proxy.id
      http_method = "POST"
    }
  }
}

resource "aws_api_gateway_method" "customers" {
  for_each = local.customers_methods

  rest_api_id   = aws_api_gateway_rest_api.customers.id
  resource_id   = each.value.resource_id
  http_method   = each.value.http_method
  authorization = "COGNITO_USER_POOLS"
  authorizer_id = aws_api_gateway_authorizer.customers.id
}

resource "aws_api_gateway_integration" "customers" {
  for_each = aws_api_gateway_method.customers

  rest_api_id             = each.value.rest_api_id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.customers.invoke_arn
}

# A deployment is a snapshot: the triggers take a new one after every change.
resource "aws_api_gateway_deployment" "customers" {
  rest_api_id = aws_api_gateway_rest_api.customers.id

  triggers = {
    cors = local.customers_cors_redeployment

    methods = sha1(jsonencode([
      [for o in aws_api_gateway_method.customers : [o.id, o.authorization, o.authorizer_id]],
      [for o in aws_api_gateway_integration.customers : [o.id, o.type, o.uri]],
    ]))
  }

  depends_on = [
    aws_api_gateway_integration.customers,
    aws_api_gateway_integration_response.customers_cors,
    aws_api_gateway_gateway_response.customers_cors,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "customers" {
  rest_api_id   = aws_api_gateway_rest_api.customers.id
  deployment_id = aws_api_gateway_deployment.customers.id
  stage_name    = var.customers_stage_name
}

output "customers_url" {
  description = "Where the API is served."
  value       = aws_api_gateway_stage.customers.invoke_url
}

# CORS for the REST API Account, a whole example: Terraform.
#
# It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:
#
#   zip --junk-paths lambda.zip lambda-nodejs/*
#   terraform init
#   terraform apply -var account_lambda_package=lambda.zip
#
# Terraform destroys what you take out (a path, a gateway response) after it has made the new
# deployment, whose stage goes on serving it, and the next plan finds nothing to do. After such an
# apply run
#
#   terraform apply -replace=aws_api_gateway_deployment.account
#
# The actual responses get their CORS headers from the function: keep withCors around the handler
# when you put your own code in its place.
#
# Rendered by
#   apigw-cors generate --api rest --name Account --allow-origins https://app.example.com,https://admin.example.com --allow-methods GET,PUT,PATCH --allow-credentials --max-age 600 --auth cognito --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "account_lambda_package" {
  description = "Path of the zip file with the function's index.mjs."
  type        = string
}

variable "account_stage_name" {
  description = "Name of the stage, the first segment of the API's path."
  type        = string
  default     = "prod"
}

variable "account_user_pool_arn" {
  description = "ARN of the Cognito user pool whose tokens the API accepts."
  type        = string
}

resource "aws_iam_role" "account" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "account" {
  role = aws_iam_role.account.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "account" {
  function_name    = "Account"
  role             = aws_iam_role.account.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.account_lambda_package
  source_code_hash = filebase64sha256(var.account_lambda_package)
}

resource "aws_lambda_permission" "account" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.account.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.account.execution_arn}/*"
}

resource "aws_api_gateway_rest_api" "account" {
  name = "Account"
}

# /{proxy+}
resource "aws_api_gateway_resource" "account_proxy" {
  rest_api_id = aws_api_gateway_rest_api.account.id
  parent_id   = aws_api_gateway_rest_api.account.root_resource_id
  path_part   = "{proxy+}"
}

resource "aws_api_gateway_authorizer" "account" {
  name            = "Account"
  rest_api_id     = aws_api_gateway_rest_api.account.id
  type            = "COGNITO_USER_POOLS"
  provider_arns   = [var.account_user_pool_arn]
  identity_source = "method.request.header.Authorization"
}

locals {
  account_methods = {
    "GET /" = {
      resource_id = aws_api_gateway_rest_api.account.root_resource_id
      http_method = "GET"
    }
    "PUT /" = {
      resource_id = aws_api_gateway_rest_api.account.root_resource_id
      http_method = "PUT"
    }
    "PATCH /" = {
      resource_id = aws_api_gateway_rest_api.account.root_resource_id
      http_method = "PATCH"
    }
    "GET /{proxy+}" = {
      resource_id = aws_api_gateway_resource.account_proxy.id
      http_method = "GET"
    }
    "PUT /{proxy+}" = {
      resource_id = aws_api_gateway_resource.account_proxy.id
      http_method = "PUT"
    }
    "PATCH /{proxy+}" = {
      resource_id = aws_api_gateway_resource.account_proxy.id
      http_method = "PATCH"
    }
  }
}

resource "aws_api_gateway_method" "account" {
  for_each = local.account_methods

  rest_api_id   = aws_api_gateway_rest_api.account.id
  resource_id   = each.value.resource_id
  http_method   = each.value.http_method
  authorization = "COGNITO_USER_POOLS"
  authorizer_id = aws_api_gateway_authorizer.account.id
}

resource "aws_api_gateway_integration" "account" {
  for_each = aws_api_gateway_method.account

  rest_api_id             = each.value.rest_api_id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.account.invoke_arn
}

# A deployment is a snapshot: the triggers take a new one after every change.
resource "aws_api_gateway_deployment" "account" {
  rest_api_id = aws_api_gateway_rest_api.account.id

  triggers = {
    cors = local.account_cors_redeployment

    methods = sha1(jsonencode([
      [for o in aws_api_gateway_method.account : [o.id, o.authorization, o.authorizer_id]],
      [for o in aws_api_gateway_integration.account : [o.id, o.type, o.uri]],
    ]))
  }

  depends_on = [
    aws_api_gateway_integration.account,
    aws_api_gateway_integration_response.account_cors,
    aws_api_gateway_gateway_response.account_cors,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "account" {
  rest_api_id   = aws_api_gateway_rest_api.account.id
  deployment_id = aws_api_gateway_deployment.account.id
  stage_name    = var.account_stage_name
}

output "account_url" {
  description = "Where the API is served."
  value       = aws_api_gateway_stage.account.invoke_url
}

# CORS for the REST API Api, a whole example: Terraform.
#
# It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:
#
#   zip --junk-paths lambda.zip lambda-nodejs/*
#   terraform init
#   terraform apply -var api_lambda_package=lambda.zip
#
# Terraform destroys what you take out (a path, a gateway response) after it has made the new
# deployment, whose stage goes on serving it, and the next plan finds nothing to do. After such an
# apply run
#
#   terraform apply -replace=aws_api_gateway_deployment.api
#
# The actual responses get their CORS headers from the function: keep withCors around the handler
# when you put your own code in its place.
#
# Rendered by
#   apigw-cors generate --api rest --allow-origins https://app.example.com --allow-methods GET,POST --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "api_lambda_package" {
  description = "Path of the zip file with the function's index.mjs."
  type        = string
}

variable "api_stage_name" {
  description = "Name of the stage, the first segment of the API's path."
  type        = string
  default     = "prod"
}

resource "aws_iam_role" "api" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "api" {
  role = aws_iam_role.api.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "api" {
  function_name    = "Api"
  role             = aws_iam_role.api.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.api_lambda_package
  source_code_hash = filebase64sha256(var.api_lambda_package)
}

resource "aws_lambda_permission" "api" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.api.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.api.execution_arn}/*"
}

resource "aws_api_gateway_rest_api" "api" {
  name = "Api"
}

# /{proxy+}
resource "aws_api_gateway_resource" "api_proxy" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  parent_id   = aws_api_gateway_rest_api.api.root_resource_id
  path_part   = "{proxy+}"
}

locals {
  api_methods = {
    "GET /" = {
      resource_id = aws_api_gateway_rest_api.api.root_resource_id
      http_method = "GET"
    }
    "POST /" = {
      resource_id = aws_api_gateway_rest_api.api.root_resource_id
      http_method = "POST"
    }
    "GET /{proxy+}" = {
      resource_id = aws_api_gateway_resource.api_proxy.id
      http_method = "GET"
    }
    "POST /{proxy+}" = {
      resource_id = aws_api_gateway_resource.api_proxy.id
      http_method = "POST"
    }
  }
}

resource "aws_api_gateway_method" "api" {
  for_each = local.api_methods

  rest_api_id   = aws_api_gateway_rest_api.api.id
  resource_id   = each.value.resource_id
  http_method   = each.value.http_method
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "api" {
  for_each = aws_api_gateway_method.api

  rest_api_id             = each.value.rest_api_id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.api.invoke_arn
}

# A deployment is a snapshot: the triggers take a new one after every change.
resource "aws_api_gateway_deployment" "api" {
  rest_api_id = aws_api_gateway_rest_api.api.id

  triggers = {
    cors = local.api_cors_redeployment

    methods = sha1(jsonencode([
      [for o in aws_api_gateway_method.api : [o.id, o.authorization]],
      [for o in aws_api_gateway_integration.api : [o.id, o.type, o.uri]],
    ]))
  }

  depends_on = [
    aws_api_gateway_integration.api,
    aws_api_gateway_integration_response.api_cors,
    aws_api_gateway_gateway_response.api_cors,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "api" {
  rest_api_id   = aws_api_gateway_rest_api.api.id
  deployment_id = aws_api_gateway_deployment.api.id
  stage_name    = var.api_stage_name
}

output "api_url" {
  description = "Where the API is served."
  value       = aws_api_gateway_stage.api.invoke_url
}

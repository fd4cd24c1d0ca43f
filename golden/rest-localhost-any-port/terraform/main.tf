# CORS for the REST API Dev, a whole example: Terraform.
#
# It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:
#
#   zip --junk-paths lambda.zip lambda-nodejs/*
#   terraform init
#   terraform apply -var dev_lambda_package=lambda.zip
#
# Terraform destroys what you take out (a path, a gateway response) after it has made the new
# deployment, whose stage goes on serving it, and the next plan finds nothing to do. After such an
# apply run
#
#   terraform apply -replace=aws_api_gateway_deployment.dev
#
# The actual responses get their CORS headers from the function: keep withCors around the handler
# when you put your own code in its place.
#
# Rendered by
#   apigw-cors generate --api rest --name Dev --allow-origins 'http://localhost:*,http://127.0.0.1:*,http://[::1]:*' --allow-methods GET,POST,PUT,DELETE --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "dev_lambda_package" {
  description = "Path of the zip file with the function's index.mjs."
  type        = string
}

variable "dev_stage_name" {
  description = "Name of the stage, the first segment of the API's path."
  type        = string
  default     = "prod"
}

resource "aws_iam_role" "dev" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "dev" {
  role = aws_iam_role.dev.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "dev" {
  function_name    = "Dev"
  role             = aws_iam_role.dev.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.dev_lambda_package
  source_code_hash = filebase64sha256(var.dev_lambda_package)
}

resource "aws_lambda_permission" "dev" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.dev.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.dev.execution_arn}/*"
}

resource "aws_api_gateway_rest_api" "dev" {
  name = "Dev"
}

# /{proxy+}
resource "aws_api_gateway_resource" "dev_proxy" {
  rest_api_id = aws_api_gateway_rest_api.dev.id
  parent_id   = aws_api_gateway_rest_api.dev.root_resource_id
  path_part   = "{proxy+}"
}

locals {
  dev_methods = {
    "GET /" = {
      resource_id = aws_api_gateway_rest_api.dev.root_resource_id
      http_method = "GET"
    }
    "POST /" = {
      resource_id = aws_api_gateway_rest_api.dev.root_resource_id
      http_method = "POST"
    }
    "PUT /" = {
      resource_id = aws_api_gateway_rest_api.dev.root_resource_id
      http_method = "PUT"
    }
    "DELETE /" = {
      resource_id = aws_api_gateway_rest_api.dev.root_resource_id
      http_method = "DELETE"
    }
    "GET /{proxy+}" = {
      resource_id = aws_api_gateway_resource.dev_proxy.id
      http_method = "GET"
    }
    "POST /{proxy+}" = {
      resource_id = aws_api_gateway_resource.dev_proxy.id
      http_method = "POST"
    }
    "PUT /{proxy+}" = {
      resource_id = aws_api_gateway_resource.dev_proxy.id
      http_method = "PUT"
    }
    "DELETE /{proxy+}" = {
      resource_id = aws_api_gateway_resource.dev_proxy.id
      http_method = "DELETE"
    }
  }
}

resource "aws_api_gateway_method" "dev" {
  for_each = local.dev_methods

  rest_api_id   = aws_api_gateway_rest_api.dev.id
  resource_id   = each.value.resource_id
  http_method   = each.value.http_method
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "dev" {
  for_each = aws_api_gateway_method.dev

  rest_api_id             = each.value.rest_api_id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.dev.invoke_arn
}

# A deployment is a snapshot: the triggers take a new one after every change.
resource "aws_api_gateway_deployment" "dev" {
  rest_api_id = aws_api_gateway_rest_api.dev.id

  triggers = {
    cors = local.dev_cors_redeployment

    methods = sha1(jsonencode([
      [for o in aws_api_gateway_method.dev : [o.id, o.authorization]],
      [for o in aws_api_gateway_integration.dev : [o.id, o.type, o.uri]],
    ]))
  }

  depends_on = [
    aws_api_gateway_integration.dev,
    aws_api_gateway_integration_response.dev_cors,
    aws_api_gateway_gateway_response.dev_cors,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "dev" {
  rest_api_id   = aws_api_gateway_rest_api.dev.id
  deployment_id = aws_api_gateway_deployment.dev.id
  stage_name    = var.dev_stage_name
}

output "dev_url" {
  description = "Where the API is served."
  value       = aws_api_gateway_stage.dev.invoke_url
}

# CORS for the REST API Data, a whole example: Terraform.
#
# It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:
#
#   zip --junk-paths lambda.zip lambda-nodejs/*
#   terraform init
#   terraform apply -var data_lambda_package=lambda.zip
#
# Terraform destroys what you take out (a path, a gateway response) after it has made the new
# deployment, whose stage goes on serving it, and the next plan finds nothing to do. After such an
# apply run
#
#   terraform apply -replace=aws_api_gateway_deployment.data
#
# The actual responses get their CORS headers from the function: keep withCors around the handler
# when you put your own code in its place.
#
# Rendered by
#   apigw-cors generate --api rest --name Data --allow-origins https://example.com,https://app.example.com --allow-methods GET,POST,PUT,DELETE,OPTIONS --allow-headers Content-Type,Authorization --allow-credentials --max-age 86400 --resource /data --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "data_lambda_package" {
  description = "Path of the zip file with the function's index.mjs."
  type        = string
}

variable "data_stage_name" {
  description = "Name of the stage, the first segment of the API's path."
  type        = string
  default     = "prod"
}

resource "aws_iam_role" "data" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "data" {
  role = aws_iam_role.data.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "data" {
  function_name    = "Data"
  role             = aws_iam_role.data.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.data_lambda_package
  source_code_hash = filebase64sha256(var.data_lambda_package)
}

resource "aws_lambda_permission" "data" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.data.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.data.execution_arn}/*"
}

resource "aws_api_gateway_rest_api" "data" {
  name = "Data"
}

# /data
resource "aws_api_gateway_resource" "data_data" {
  rest_api_id = aws_api_gateway_rest_api.data.id
  parent_id   = aws_api_gateway_rest_api.data.root_resource_id
  path_part   = "data"
}

locals {
  data_methods = {
    "GET /data" = {
      resource_id = aws_api_gateway_resource.data_data.id
      http_method = "GET"
    }
    "POST /data" = {
      resource_id = aws_api_gateway_resource.data_data.id
      http_method = "POST"
    }
    "PUT /data" = {
      resource_id = aws_api_gateway_resource.data_data.id
      http_method = "PUT"
    }
    "DELETE /data" = {
      resource_id = aws_api_gateway_resource.data_data.id
      http_method = "DELETE"
    }
  }
}

resource "aws_api_gateway_method" "data" {
  for_each = local.data_methods

  rest_api_id   = aws_api_gateway_rest_api.data.id
  resource_id   = each.value.resource_id
  http_method   = each.value.http_method
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "data" {
  for_each = aws_api_gateway_method.data

  rest_api_id             = each.value.rest_api_id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.data.invoke_arn
}

# A deployment is a snapshot: the triggers take a new one after every change.
resource "aws_api_gateway_deployment" "data" {
  rest_api_id = aws_api_gateway_rest_api.data.id

  triggers = {
    cors = local.data_cors_redeployment

    methods = sha1(jsonencode([
      [for o in aws_api_gateway_method.data : [o.id, o.authorization]],
      [for o in aws_api_gateway_integration.data : [o.id, o.type, o.uri]],
    ]))
  }

  depends_on = [
    aws_api_gateway_integration.data,
    aws_api_gateway_integration_response.data_cors,
    aws_api_gateway_gateway_response.data_cors,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "data" {
  rest_api_id   = aws_api_gateway_rest_api.data.id
  deployment_id = aws_api_gateway_deployment.data.id
  stage_name    = var.data_stage_name
}

output "data_url" {
  description = "Where the API is served."
  value       = aws_api_gateway_stage.data.invoke_url
}

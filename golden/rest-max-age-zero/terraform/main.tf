# CORS for the REST API Fresh, a whole example: Terraform.
#
# It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:
#
#   zip --junk-paths lambda.zip lambda-nodejs/*
#   terraform init
#   terraform apply -var fresh_lambda_package=lambda.zip
#
# Terraform destroys what you take out (a path, a gateway response) after it has made the new
# deployment, whose stage goes on serving it, and the next plan finds nothing to do. After such an
# apply run
#
#   terraform apply -replace=aws_api_gateway_deployment.fresh
#
# The actual responses get their CORS headers from the function: keep withCors around the handler
# when you put your own code in its place.
#
# Rendered by
#   apigw-cors generate --api rest --name Fresh --allow-origins https://app.example.com --allow-methods GET,DELETE --max-age 0 --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "fresh_lambda_package" {
  description = "Path of the zip file with the function's index.mjs."
  type        = string
}

variable "fresh_stage_name" {
  description = "Name of the stage, the first segment of the API's path."
  type        = string
  default     = "prod"
}

resource "aws_iam_role" "fresh" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "fresh" {
  role = aws_iam_role.fresh.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "fresh" {
  function_name    = "Fresh"
  role             = aws_iam_role.fresh.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.fresh_lambda_package
  source_code_hash = filebase64sha256(var.fresh_lambda_package)
}

resource "aws_lambda_permission" "fresh" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.fresh.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.fresh.execution_arn}/*"
}

resource "aws_api_gateway_rest_api" "fresh" {
  name = "Fresh"
}

# /{proxy+}
resource "aws_api_gateway_resource" "fresh_proxy" {
  rest_api_id = aws_api_gateway_rest_api.fresh.id
  parent_id   = aws_api_gateway_rest_api.fresh.root_resource_id
  path_part   = "{proxy+}"
}

locals {
  fresh_methods = {
    "GET /" = {
      resource_id = aws_api_gateway_rest_api.fresh.root_resource_id
      http_method = "GET"
    }
    "DELETE /" = {
      resource_id = aws_api_gateway_rest_api.fresh.root_resource_id
      http_method = "DELETE"
    }
    "GET /{proxy+}" = {
      resource_id = aws_api_gateway_resource.fresh_proxy.id
      http_method = "GET"
    }
    "DELETE /{proxy+}" = {
      resource_id = aws_api_gateway_resource.fresh_proxy.id
      http_method = "DELETE"
    }
  }
}

resource "aws_api_gateway_method" "fresh" {
  for_each = local.fresh_methods

  rest_api_id   = aws_api_gateway_rest_api.fresh.id
  resource_id   = each.value.resource_id
  http_method   = each.value.http_method
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "fresh" {
  for_each = aws_api_gateway_method.fresh

  rest_api_id             = each.value.rest_api_id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.fresh.invoke_arn
}

# A deployment is a snapshot: the triggers take a new one after every change.
resource "aws_api_gateway_deployment" "fresh" {
  rest_api_id = aws_api_gateway_rest_api.fresh.id

  triggers = {
    cors = local.fresh_cors_redeployment

    methods = sha1(jsonencode([
      [for o in aws_api_gateway_method.fresh : [o.id, o.authorization]],
      [for o in aws_api_gateway_integration.fresh : [o.id, o.type, o.uri]],
    ]))
  }

  depends_on = [
    aws_api_gateway_integration.fresh,
    aws_api_gateway_integration_response.fresh_cors,
    aws_api_gateway_gateway_response.fresh_cors,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "fresh" {
  rest_api_id   = aws_api_gateway_rest_api.fresh.id
  deployment_id = aws_api_gateway_deployment.fresh.id
  stage_name    = var.fresh_stage_name
}

output "fresh_url" {
  description = "Where the API is served."
  value       = aws_api_gateway_stage.fresh.invoke_url
}

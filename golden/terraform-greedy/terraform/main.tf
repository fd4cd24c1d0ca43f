# CORS for the REST API Greedy, a whole example: Terraform.
#
# It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:
#
#   zip --junk-paths lambda.zip lambda-nodejs/*
#   terraform init
#   terraform apply -var greedy_lambda_package=lambda.zip
#
# Terraform destroys what you take out (a path, a gateway response) after it has made the new
# deployment, whose stage goes on serving it, and the next plan finds nothing to do. After such an
# apply run
#
#   terraform apply -replace=aws_api_gateway_deployment.greedy
#
# The actual responses get their CORS headers from the function: keep withCors around the handler
# when you put your own code in its place.
#
# Rendered by
#   apigw-cors generate --api rest --name Greedy --allow-origins https://app.example.com --resource /=GET --resource /orders=GET,POST --resource '/orders/{id}=DELETE' --format terraform --terraform-preflight greedy --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "greedy_lambda_package" {
  description = "Path of the zip file with the function's index.mjs."
  type        = string
}

variable "greedy_stage_name" {
  description = "Name of the stage, the first segment of the API's path."
  type        = string
  default     = "prod"
}

resource "aws_iam_role" "greedy" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "greedy" {
  role = aws_iam_role.greedy.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "greedy" {
  function_name    = "Greedy"
  role             = aws_iam_role.greedy.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.greedy_lambda_package
  source_code_hash = filebase64sha256(var.greedy_lambda_package)
}

resource "aws_lambda_permission" "greedy" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.greedy.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.greedy.execution_arn}/*"
}

resource "aws_api_gateway_rest_api" "greedy" {
  name = "Greedy"
}

# /orders
resource "aws_api_gateway_resource" "greedy_orders" {
  rest_api_id = aws_api_gateway_rest_api.greedy.id
  parent_id   = aws_api_gateway_rest_api.greedy.root_resource_id
  path_part   = "orders"
}

# /orders/{id}
resource "aws_api_gateway_resource" "greedy_orders_id" {
  rest_api_id = aws_api_gateway_rest_api.greedy.id
  parent_id   = aws_api_gateway_resource.greedy_orders.id
  path_part   = "{id}"
}

locals {
  greedy_methods = {
    "GET /" = {
      resource_id = aws_api_gateway_rest_api.greedy.root_resource_id
      http_method = "GET"
    }
    "GET /orders" = {
      resource_id = aws_api_gateway_resource.greedy_orders.id
      http_method = "GET"
    }
    "POST /orders" = {
      resource_id = aws_api_gateway_resource.greedy_orders.id
      http_method = "POST"
    }
    "DELETE /orders/{id}" = {
      resource_id = aws_api_gateway_resource.greedy_orders_id.id
      http_method = "DELETE"
    }
  }
}

resource "aws_api_gateway_method" "greedy" {
  for_each = local.greedy_methods

  rest_api_id   = aws_api_gateway_rest_api.greedy.id
  resource_id   = each.value.resource_id
  http_method   = each.value.http_method
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "greedy" {
  for_each = aws_api_gateway_method.greedy

  rest_api_id             = each.value.rest_api_id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.greedy.invoke_arn
}

# A deployment is a snapshot: the triggers take a new one after every change.
resource "aws_api_gateway_deployment" "greedy" {
  rest_api_id = aws_api_gateway_rest_api.greedy.id

  triggers = {
    cors = local.greedy_cors_redeployment

    methods = sha1(jsonencode([
      [for o in aws_api_gateway_method.greedy : [o.id, o.authorization]],
      [for o in aws_api_gateway_integration.greedy : [o.id, o.type, o.uri]],
    ]))
  }

  depends_on = [
    aws_api_gateway_integration.greedy,
    aws_api_gateway_integration_response.greedy_cors,
    aws_api_gateway_gateway_response.greedy_cors,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "greedy" {
  rest_api_id   = aws_api_gateway_rest_api.greedy.id
  deployment_id = aws_api_gateway_deployment.greedy.id
  stage_name    = var.greedy_stage_name
}

output "greedy_url" {
  description = "Where the API is served."
  value       = aws_api_gateway_stage.greedy.invoke_url
}

# CORS for the REST API Shop, a whole example: Terraform.
#
# It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:
#
#   zip --junk-paths lambda.zip lambda-nodejs/*
#   terraform init
#   terraform apply -var shop_lambda_package=lambda.zip
#
# Terraform destroys what you take out (a path, a gateway response) after it has made the new
# deployment, whose stage goes on serving it, and the next plan finds nothing to do. After such an
# apply run
#
#   terraform apply -replace=aws_api_gateway_deployment.shop
#
# The actual responses get their CORS headers from the function: keep withCors around the handler
# when you put your own code in its place.
#
# Rendered by
#   apigw-cors generate --api rest --name Shop --allow-origins https://app.example.com,https://admin.example.com,http://localhost:3000 --allow-methods GET,POST,DELETE --allow-headers X-Request-Id --max-age 600 --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "shop_lambda_package" {
  description = "Path of the zip file with the function's index.mjs."
  type        = string
}

variable "shop_stage_name" {
  description = "Name of the stage, the first segment of the API's path."
  type        = string
  default     = "prod"
}

resource "aws_iam_role" "shop" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "shop" {
  role = aws_iam_role.shop.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "shop" {
  function_name    = "Shop"
  role             = aws_iam_role.shop.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.shop_lambda_package
  source_code_hash = filebase64sha256(var.shop_lambda_package)
}

resource "aws_lambda_permission" "shop" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.shop.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.shop.execution_arn}/*"
}

resource "aws_api_gateway_rest_api" "shop" {
  name = "Shop"
}

# /{proxy+}
resource "aws_api_gateway_resource" "shop_proxy" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = aws_api_gateway_rest_api.shop.root_resource_id
  path_part   = "{proxy+}"
}

locals {
  shop_methods = {
    "GET /" = {
      resource_id = aws_api_gateway_rest_api.shop.root_resource_id
      http_method = "GET"
    }
    "POST /" = {
      resource_id = aws_api_gateway_rest_api.shop.root_resource_id
      http_method = "POST"
    }
    "DELETE /" = {
      resource_id = aws_api_gateway_rest_api.shop.root_resource_id
      http_method = "DELETE"
    }
    "GET /{proxy+}" = {
      resource_id = aws_api_gateway_resource.shop_proxy.id
      http_method = "GET"
    }
    "POST /{proxy+}" = {
      resource_id = aws_api_gateway_resource.shop_proxy.id
      http_method = "POST"
    }
    "DELETE /{proxy+}" = {
      resource_id = aws_api_gateway_resource.shop_proxy.id
      http_method = "DELETE"
    }
  }
}

resource "aws_api_gateway_method" "shop" {
  for_each = local.shop_methods

  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = each.value.resource_id
  http_method   = each.value.http_method
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "shop" {
  for_each = aws_api_gateway_method.shop

  rest_api_id             = each.value.rest_api_id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.shop.invoke_arn
}

# A deployment is a snapshot: the triggers take a new one after every change.
resource "aws_api_gateway_deployment" "shop" {
  rest_api_id = aws_api_gateway_rest_api.shop.id

  triggers = {
    cors = local.shop_cors_redeployment

    methods = sha1(jsonencode([
      [for o in aws_api_gateway_method.shop : [o.id, o.authorization]],
      [for o in aws_api_gateway_integration.shop : [o.id, o.type, o.uri]],
    ]))
  }

  depends_on = [
    aws_api_gateway_integration.shop,
    aws_api_gateway_integration_response.shop_cors,
    aws_api_gateway_gateway_response.shop_cors,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "shop" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  deployment_id = aws_api_gateway_deployment.shop.id
  stage_name    = var.shop_stage_name
}

output "shop_url" {
  description = "Where the API is served."
  value       = aws_api_gateway_stage.shop.invoke_url
}

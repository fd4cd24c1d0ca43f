# CORS for the REST API Images, a whole example: Terraform.
#
# It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:
#
#   zip --junk-paths lambda.zip lambda-nodejs/*
#   terraform init
#   terraform apply -var images_lambda_package=lambda.zip
#
# Terraform destroys what you take out (a path, a gateway response) after it has made the new
# deployment, whose stage goes on serving it, and the next plan finds nothing to do. After such an
# apply run
#
#   terraform apply -replace=aws_api_gateway_deployment.images
#
# The actual responses get their CORS headers from the function: keep withCors around the handler
# when you put your own code in its place.
#
# Rendered by
#   apigw-cors generate --api rest --name Images --allow-origins https://app.example.com --allow-methods GET,PUT --auth api-key --binary-media-types '*/*' --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "images_lambda_package" {
  description = "Path of the zip file with the function's index.mjs."
  type        = string
}

variable "images_stage_name" {
  description = "Name of the stage, the first segment of the API's path."
  type        = string
  default     = "prod"
}

resource "aws_iam_role" "images" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "images" {
  role = aws_iam_role.images.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "images" {
  function_name    = "Images"
  role             = aws_iam_role.images.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.images_lambda_package
  source_code_hash = filebase64sha256(var.images_lambda_package)
}

resource "aws_lambda_permission" "images" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.images.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.images.execution_arn}/*"
}

resource "aws_api_gateway_rest_api" "images" {
  name               = "Images"
  binary_media_types = ["*/*"]
}

# /{proxy+}
resource "aws_api_gateway_resource" "images_proxy" {
  rest_api_id = aws_api_gateway_rest_api.images.id
  parent_id   = aws_api_gateway_rest_api.images.root_resource_id
  path_part   = "{proxy+}"
}

locals {
  images_methods = {
    "GET /" = {
      resource_id = aws_api_gateway_rest_api.images.root_resource_id
      http_method = "GET"
    }
    "PUT /" = {
      resource_id = aws_api_gateway_rest_api.images.root_resource_id
      http_method = "PUT"
    }
    "GET /{proxy+}" = {
      resource_id = aws_api_gateway_resource.images_proxy.id
      http_method = "GET"
    }
    "PUT /{proxy+}" = {
      resource_id = aws_api_gateway_resource.images_proxy.id
      http_method = "PUT"
    }
  }
}

resource "aws_api_gateway_method" "images" {
  for_each = local.images_methods

  rest_api_id      = aws_api_gateway_rest_api.images.id
  resource_id      = each.value.resource_id
  http_method      = each.value.http_method
  authorization    = "NONE"
  api_key_required = true
}

resource "aws_api_gateway_integration" "images" {
  for_each = aws_api_gateway_method.images

  rest_api_id             = each.value.rest_api_id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.images.invoke_arn
}

# A deployment is a snapshot: the triggers take a new one after every change.
resource "aws_api_gateway_deployment" "images" {
  rest_api_id = aws_api_gateway_rest_api.images.id

  triggers = {
    cors = local.images_cors_redeployment

    methods = sha1(jsonencode([
      [for o in aws_api_gateway_method.images : [o.id, o.authorization, o.api_key_required]],
      [for o in aws_api_gateway_integration.images : [o.id, o.type, o.uri]],
      aws_api_gateway_rest_api.images.binary_media_types,
    ]))
  }

  depends_on = [
    aws_api_gateway_integration.images,
    aws_api_gateway_integration_response.images_cors,
    aws_api_gateway_gateway_response.images_cors,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "images" {
  rest_api_id   = aws_api_gateway_rest_api.images.id
  deployment_id = aws_api_gateway_deployment.images.id
  stage_name    = var.images_stage_name
}

# An API key opens a stage only through a usage plan.
resource "aws_api_gateway_api_key" "images" {
  name = "Images"
}

resource "aws_api_gateway_usage_plan" "images" {
  name = "Images"

  api_stages {
    api_id = aws_api_gateway_rest_api.images.id
    stage  = aws_api_gateway_stage.images.stage_name
  }
}

resource "aws_api_gateway_usage_plan_key" "images" {
  usage_plan_id = aws_api_gateway_usage_plan.images.id
  key_id        = aws_api_gateway_api_key.images.id
  key_type      = "API_KEY"
}

output "images_key" {
  description = "The API key, to be sent as X-Api-Key."
  value       = aws_api_gateway_api_key.images.value
  sensitive   = true
}

output "images_url" {
  description = "Where the API is served."
  value       = aws_api_gateway_stage.images.invoke_url
}

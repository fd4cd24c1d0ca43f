# CORS for the REST API Public, a whole example: Terraform.
#
# It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:
#
#   zip --junk-paths lambda.zip lambda-nodejs/*
#   terraform init
#   terraform apply -var public_lambda_package=lambda.zip
#
# Terraform destroys what you take out (a path, a gateway response) after it has made the new
# deployment, whose stage goes on serving it, and the next plan finds nothing to do. After such an
# apply run
#
#   terraform apply -replace=aws_api_gateway_deployment.public
#
# The actual responses get their CORS headers from the function: keep withCors around the handler
# when you put your own code in its place.
#
# Rendered by
#   apigw-cors generate --api rest --name Public --allow-origins '*' --allow-methods GET --max-age 7200 --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "public_lambda_package" {
  description = "Path of the zip file with the function's index.mjs."
  type        = string
}

variable "public_stage_name" {
  description = "Name of the stage, the first segment of the API's path."
  type        = string
  default     = "prod"
}

resource "aws_iam_role" "public" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "public" {
  role = aws_iam_role.public.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "public" {
  function_name    = "Public"
  role             = aws_iam_role.public.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.public_lambda_package
  source_code_hash = filebase64sha256(var.public_lambda_package)
}

resource "aws_lambda_permission" "public" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.public.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.public.execution_arn}/*"
}

resource "aws_api_gateway_rest_api" "public" {
  name = "Public"
}

# /{proxy+}
resource "aws_api_gateway_resource" "public_proxy" {
  rest_api_id = aws_api_gateway_rest_api.public.id
  parent_id   = aws_api_gateway_rest_api.public.root_resource_id
  path_part   = "{proxy+}"
}

locals {
  public_methods = {
    "GET /" = {
      resource_id = aws_api_gateway_rest_api.public.root_resource_id
      http_method = "GET"
    }
    "GET /{proxy+}" = {
      resource_id = aws_api_gateway_resource.public_proxy.id
      http_method = "GET"
    }
  }
}

resource "aws_api_gateway_method" "public" {
  for_each = local.public_methods

  rest_api_id   = aws_api_gateway_rest_api.public.id
  resource_id   = each.value.resource_id
  http_method   = each.value.http_method
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "public" {
  for_each = aws_api_gateway_method.public

  rest_api_id             = each.value.rest_api_id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.public.invoke_arn
}

# A deployment is a snapshot: the triggers take a new one after every change.
resource "aws_api_gateway_deployment" "public" {
  rest_api_id = aws_api_gateway_rest_api.public.id

  triggers = {
    cors = local.public_cors_redeployment

    methods = sha1(jsonencode([
      [for o in aws_api_gateway_method.public : [o.id, o.authorization]],
      [for o in aws_api_gateway_integration.public : [o.id, o.type, o.uri]],
    ]))
  }

  depends_on = [
    aws_api_gateway_integration.public,
    aws_api_gateway_integration_response.public_cors,
    aws_api_gateway_gateway_response.public_cors,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "public" {
  rest_api_id   = aws_api_gateway_rest_api.public.id
  deployment_id = aws_api_gateway_deployment.public.id
  stage_name    = var.public_stage_name
}

output "public_url" {
  description = "Where the API is served."
  value       = aws_api_gateway_stage.public.invoke_url
}

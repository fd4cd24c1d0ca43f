# CORS for the REST API Dynamic, a whole example: Terraform.
#
# It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:
#
#   zip --junk-paths lambda.zip lambda-nodejs/*
#   terraform init
#   terraform apply -var dynamic_lambda_package=lambda.zip
#
# Terraform destroys what you take out (a path, a gateway response) after it has made the new
# deployment, whose stage goes on serving it, and the next plan finds nothing to do. After such an
# apply run
#
#   terraform apply -replace=aws_api_gateway_deployment.dynamic
#
# The actual responses get their CORS headers from the function: keep withCors around the handler
# when you put your own code in its place.
#
# Rendered by
#   apigw-cors generate --api rest --name Dynamic --allow-origins 'https://app.example.com,https://*.preview.example.com' --allow-methods GET,POST --allow-credentials --auth lambda --auth-header X-Session --preflight lambda --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "dynamic_lambda_package" {
  description = "Path of the zip file with the function's index.mjs."
  type        = string
}

variable "dynamic_stage_name" {
  description = "Name of the stage, the first segment of the API's path."
  type        = string
  default     = "prod"
}

variable "dynamic_authorizer_arn" {
  description = "ARN of the Lambda function that authorizes requests, in the API's region."
  type        = string
}

locals {
  # arn:PARTITION:lambda:REGION:ACCOUNT:function:NAME
  dynamic_authorizer_arn_parts = split(":", var.dynamic_authorizer_arn)

  dynamic_authorizer_uri = join(":", [
    "arn", local.dynamic_authorizer_arn_parts[1], "apigateway", local.dynamic_authorizer_arn_parts[3],
    "lambda", "path/2015-03-31/functions/${var.dynamic_authorizer_arn}/invocations",
  ])
}

resource "aws_iam_role" "dynamic" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "dynamic" {
  role = aws_iam_role.dynamic.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "dynamic" {
  function_name    = "Dynamic"
  role             = aws_iam_role.dynamic.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.dynamic_lambda_package
  source_code_hash = filebase64sha256(var.dynamic_lambda_package)
}

resource "aws_lambda_permission" "dynamic" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.dynamic.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.dynamic.execution_arn}/*"
}

resource "aws_api_gateway_rest_api" "dynamic" {
  name = "Dynamic"
}

# /{proxy+}
resource "aws_api_gateway_resource" "dynamic_proxy" {
  rest_api_id = aws_api_gateway_rest_api.dynamic.id
  parent_id   = aws_api_gateway_rest_api.dynamic.root_resource_id
  path_part   = "{proxy+}"
}

resource "aws_api_gateway_authorizer" "dynamic" {
  name            = "Dynamic"
  rest_api_id     = aws_api_gateway_rest_api.dynamic.id
  type            = "REQUEST"
  authorizer_uri  = local.dynamic_authorizer_uri
  identity_source = "method.request.header.X-Session"
}

resource "aws_lambda_permission" "dynamic_authorizer" {
  action        = "lambda:InvokeFunction"
  function_name = var.dynamic_authorizer_arn
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.dynamic.execution_arn}/authorizers/${aws_api_gateway_authorizer.dynamic.id}"
}

locals {
  dynamic_methods = {
    "GET /" = {
      resource_id = aws_api_gateway_rest_api.dynamic.root_resource_id
      http_method = "GET"
    }
    "POST /" = {
      resource_id = aws_api_gateway_rest_api.dynamic.root_resource_id
      http_method = "POST"
    }
    "GET /{proxy+}" = {
      resource_id = aws_api_gateway_resource.dynamic_proxy.id
      http_method = "GET"
    }
    "POST /{proxy+}" = {
      resource_id = aws_api_gateway_resource.dynamic_proxy.id
      http_method = "POST"
    }
  }
}

resource "aws_api_gateway_method" "dynamic" {
  for_each = local.dynamic_methods

  rest_api_id   = aws_api_gateway_rest_api.dynamic.id
  resource_id   = each.value.resource_id
  http_method   = each.value.http_method
  authorization = "CUSTOM"
  authorizer_id = aws_api_gateway_authorizer.dynamic.id
}

resource "aws_api_gateway_integration" "dynamic" {
  for_each = aws_api_gateway_method.dynamic

  rest_api_id             = each.value.rest_api_id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.dynamic.invoke_arn
}

# A deployment is a snapshot: the triggers take a new one after every change.
resource "aws_api_gateway_deployment" "dynamic" {
  rest_api_id = aws_api_gateway_rest_api.dynamic.id

  triggers = {
    cors = local.dynamic_cors_redeployment

    methods = sha1(jsonencode([
      [for o in aws_api_gateway_method.dynamic : [o.id, o.authorization, o.authorizer_id]],
      [for o in aws_api_gateway_integration.dynamic : [o.id, o.type, o.uri]],
    ]))
  }

  depends_on = [
    aws_api_gateway_integration.dynamic,
    aws_api_gateway_integration.dynamic_cors,
    aws_api_gateway_gateway_response.dynamic_cors,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "dynamic" {
  rest_api_id   = aws_api_gateway_rest_api.dynamic.id
  deployment_id = aws_api_gateway_deployment.dynamic.id
  stage_name    = var.dynamic_stage_name
}

output "dynamic_url" {
  description = "Where the API is served."
  value       = aws_api_gateway_stage.dynamic.invoke_url
}

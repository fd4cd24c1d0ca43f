# CORS for the REST API Everything, a whole example: Terraform.
#
# It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:
#
#   zip --junk-paths lambda.zip lambda-nodejs/*
#   terraform init
#   terraform apply -var everything_lambda_package=lambda.zip
#
# Terraform destroys what you take out (a path, a gateway response) after it has made the new
# deployment, whose stage goes on serving it, and the next plan finds nothing to do. After such an
# apply run
#
#   terraform apply -replace=aws_api_gateway_deployment.everything
#
# The actual responses get their CORS headers from the function: keep withCors around the handler
# when you put your own code in its place.
#
# Rendered by
#   apigw-cors generate --api rest --name Everything --allow-origins https://app.example.com --allow-methods GET,POST --allow-credentials --max-age 600 --auth api-key --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "everything_lambda_package" {
  description = "Path of the zip file with the function's index.mjs."
  type        = string
}

variable "everything_stage_name" {
  description = "Name of the stage, the first segment of the API's path."
  type        = string
  default     = "prod"
}

resource "aws_iam_role" "everything" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "everything" {
  role = aws_iam_role.everything.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "everything" {
  function_name    = "Everything"
  role             = aws_iam_role.everything.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.everything_lambda_package
  source_code_hash = filebase64sha256(var.everything_lambda_package)
}

resource "aws_lambda_permission" "everything" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.everything.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.everything.execution_arn}/*"
}

resource "aws_api_gateway_rest_api" "everything" {
  name = "Everything"
}

# /{proxy+}
resource "aws_api_gateway_resource" "everything_proxy" {
  rest_api_id = aws_api_gateway_rest_api.everything.id
  parent_id   = aws_api_gateway_rest_api.everything.root_resource_id
  path_part   = "{proxy+}"
}

locals {
  everything_methods = {
    "GET /" = {
      resource_id = aws_api_gateway_rest_api.everything.root_resource_id
      http_method = "GET"
    }
    "POST /" = {
      resource_id = aws_api_gateway_rest_api.everything.root_resource_id
      http_method = "POST"
    }
    "GET /{proxy+}" = {
      resource_id = aws_api_gateway_resource.everything_proxy.id
      http_method = "GET"
    }
    "POST /{proxy+}" = {
      resource_id = aws_api_gateway_resource.everything_proxy.id
      http_method = "POST"
    }
  }
}

resource "aws_api_gateway_method" "everything" {
  for_each = local.everything_methods

  rest_api_id      = aws_api_gateway_rest_api.everything.id
  resource_id      = each.value.resource_id
  http_method      = each.value.http_method
  authorization    = "NONE"
  api_key_required = true
}

resource "aws_api_gateway_integration" "everything" {
  for_each = aws_api_gateway_method.everything

  rest_api_id             = each.value.rest_api_id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.everything.invoke_arn
}

# A deployment is a snapshot: the triggers take a new one after every change.
resource "aws_api_gateway_deployment" "everything" {
  rest_api_id = aws_api_gateway_rest_api.everything.id

  triggers = {
    cors = local.everything_cors_redeployment

    methods = sha1(jsonencode([
      [for o in aws_api_gateway_method.everything : [o.id, o.authorization, o.api_key_required]],
      [for o in aws_api_gateway_integration.everything : [o.id, o.type, o.uri]],
    ]))
  }

  depends_on = [
    aws_api_gateway_integration.everything,
    aws_api_gateway_integration_response.everything_cors,
    aws_api_gateway_gateway_response.everything_cors,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "everything" {
  rest_api_id   = aws_api_gateway_rest_api.everything.id
  deployment_id = aws_api_gateway_deployment.everything.id
  stage_name    = var.everything_stage_name
}

# An API key opens a stage only through a usage plan.
resource "aws_api_gateway_api_key" "everything" {
  name = "Everything"
}

resource "aws_api_gateway_usage_plan" "everything" {
  name = "Everything"

  api_stages {
    api_id = aws_api_gateway_rest_api.everything.id
    stage  = aws_api_gateway_stage.everything.stage_name
  }
}

resource "aws_api_gateway_usage_plan_key" "everything" {
  usage_plan_id = aws_api_gateway_usage_plan.everything.id
  key_id        = aws_api_gateway_api_key.everything.id
  key_type      = "API_KEY"
}

output "everything_key" {
  description = "The API key, to be sent as X-Api-Key."
  value       = aws_api_gateway_api_key.everything.value
  sensitive   = true
}

output "everything_url" {
  description = "Where the API is served."
  value       = aws_api_gateway_stage.everything.invoke_url
}

# CORS for the REST API Reports, a whole example: Terraform.
#
# It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:
#
#   zip --junk-paths lambda.zip lambda-nodejs/*
#   terraform init
#   terraform apply -var reports_lambda_package=lambda.zip
#
# Terraform destroys what you take out (a path, a gateway response) after it has made the new
# deployment, whose stage goes on serving it, and the next plan finds nothing to do. After such an
# apply run
#
#   terraform apply -replace=aws_api_gateway_deployment.reports
#
# API Gateway maps the CORS headers of the actual responses, errors included; the function sends none.
#
# Rendered by
#   apigw-cors generate --api rest --name Reports --allow-origins https://app.example.com,https://reports.example.com --allow-methods POST --expose-headers X-Report-Id --auth iam --integration non-proxy --resource /reports --binary-media-types '*/*' --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "reports_lambda_package" {
  description = "Path of the zip file with the function's index.mjs."
  type        = string
}

variable "reports_stage_name" {
  description = "Name of the stage, the first segment of the API's path."
  type        = string
  default     = "prod"
}

resource "aws_iam_role" "reports" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "reports" {
  role = aws_iam_role.reports.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "reports" {
  function_name    = "Reports"
  role             = aws_iam_role.reports.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.reports_lambda_package
  source_code_hash = filebase64sha256(var.reports_lambda_package)
}

resource "aws_lambda_permission" "reports" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.reports.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.reports.execution_arn}/*"
}

resource "aws_api_gateway_rest_api" "reports" {
  name               = "Reports"
  binary_media_types = ["*/*"]
}

# /reports
resource "aws_api_gateway_resource" "reports_reports" {
  rest_api_id = aws_api_gateway_rest_api.reports.id
  parent_id   = aws_api_gateway_rest_api.reports.root_resource_id
  path_part   = "reports"
}

locals {
  reports_methods = {
    "POST /reports" = {
      resource_id = aws_api_gateway_resource.reports_reports.id
      http_method = "POST"
    }
  }
}

resource "aws_api_gateway_method" "reports" {
  for_each = local.reports_methods

  rest_api_id   = aws_api_gateway_rest_api.reports.id
  resource_id   = each.value.resource_id
  http_method   = each.value.http_method
  authorization = "AWS_IAM"
}

resource "aws_api_gateway_integration" "reports" {
  for_each = aws_api_gateway_method.reports

  rest_api_id             = each.value.rest_api_id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "AWS"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.reports.invoke_arn
}

# A deployment is a snapshot: the triggers take a new one after every change.
resource "aws_api_gateway_deployment" "reports" {
  rest_api_id = aws_api_gateway_rest_api.reports.id

  triggers = {
    cors = local.reports_cors_redeployment

    methods = sha1(jsonencode([
      [for o in aws_api_gateway_method.reports : [o.id, o.authorization]],
      [for o in aws_api_gateway_integration.reports : [o.id, o.type, o.uri]],
      aws_api_gateway_rest_api.reports.binary_media_types,
    ]))
  }

  depends_on = [
    aws_api_gateway_integration.reports,
    aws_api_gateway_integration_response.reports_cors,
    aws_api_gateway_integration_response.reports_cors_200,
    aws_api_gateway_integration_response.reports_cors_500,
    aws_api_gateway_gateway_response.reports_cors,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "reports" {
  rest_api_id   = aws_api_gateway_rest_api.reports.id
  deployment_id = aws_api_gateway_deployment.reports.id
  stage_name    = var.reports_stage_name
}

output "reports_url" {
  description = "Where the API is served."
  value       = aws_api_gateway_stage.reports.invoke_url
}

# CORS for the HTTP API Feed, a whole example: Terraform.
#
# It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:
#
#   zip --junk-paths lambda.zip lambda-nodejs/*
#   terraform init
#   terraform apply -var feed_lambda_package=lambda.zip
#
# API Gateway adds the CORS headers to the actual responses and ignores those of the function.
#
# Rendered by
#   apigw-cors generate --api http --name Feed --allow-origins https://app.example.com --allow-methods GET,POST --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "feed_lambda_package" {
  description = "Path of the zip file with the function's index.mjs."
  type        = string
}

resource "aws_iam_role" "feed" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "feed" {
  role = aws_iam_role.feed.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "feed" {
  function_name    = "Feed"
  role             = aws_iam_role.feed.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.feed_lambda_package
  source_code_hash = filebase64sha256(var.feed_lambda_package)
}

resource "aws_lambda_permission" "feed" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.feed.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.feed.execution_arn}/*"
}

resource "aws_apigatewayv2_integration" "feed" {
  api_id                 = aws_apigatewayv2_api.feed.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.feed.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "feed" {
  for_each = toset(["$default"])

  api_id             = aws_apigatewayv2_api.feed.id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.feed.id}"
  authorization_type = "NONE"
}

# With auto_deploy every change is deployed by itself.
resource "aws_apigatewayv2_stage" "feed" {
  api_id      = aws_apigatewayv2_api.feed.id
  name        = "$default"
  auto_deploy = true
}

output "feed_url" {
  description = "Where the API is served."
  value       = aws_apigatewayv2_stage.feed.invoke_url
}

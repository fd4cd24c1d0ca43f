# CORS for the HTTP API Moved, a whole example: Terraform.
#
# It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:
#
#   zip --junk-paths lambda.zip lambda-nodejs/*
#   terraform init
#   terraform apply -var moved_lambda_package=lambda.zip
#
# The actual responses get their CORS headers from the function: keep withCors around the handler
# when you put your own code in its place.
#
# Rendered by
#   apigw-cors generate --api http --name Moved --allow-origins 'https://app.example.org,https://*.example.com' --allow-methods GET,POST --allow-credentials --payload-format 1.0 --preflight lambda --resource /orders --resource '/orders/{id}=GET,DELETE' --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "moved_lambda_package" {
  description = "Path of the zip file with the function's index.mjs."
  type        = string
}

resource "aws_iam_role" "moved" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "moved" {
  role = aws_iam_role.moved.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "moved" {
  function_name    = "Moved"
  role             = aws_iam_role.moved.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.moved_lambda_package
  source_code_hash = filebase64sha256(var.moved_lambda_package)
}

resource "aws_lambda_permission" "moved" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.moved.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.moved.execution_arn}/*"
}

resource "aws_apigatewayv2_api" "moved" {
  name          = "Moved"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "moved" {
  api_id                 = aws_apigatewayv2_api.moved.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.moved.invoke_arn
  payload_format_version = "1.0"
}

resource "aws_apigatewayv2_route" "moved" {
  for_each = toset(["GET /orders", "POST /orders", "GET /orders/{id}", "DELETE /orders/{id}"])

  api_id             = aws_apigatewayv2_api.moved.id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.moved.id}"
  authorization_type = "NONE"
}

# With auto_deploy every change is deployed by itself.
resource "aws_apigatewayv2_stage" "moved" {
  api_id      = aws_apigatewayv2_api.moved.id
  name        = "$default"
  auto_deploy = true
}

output "moved_url" {
  description = "Where the API is served."
  value       = aws_apigatewayv2_stage.moved.invoke_url
}

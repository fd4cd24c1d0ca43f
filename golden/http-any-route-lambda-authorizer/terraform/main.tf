# CORS for the HTTP API Gate, a whole example: Terraform.
#
# It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:
#
#   zip --junk-paths lambda.zip lambda-nodejs/*
#   terraform init
#   terraform apply -var gate_lambda_package=lambda.zip
#
# API Gateway adds the CORS headers to the actual responses and ignores those of the function.
#
# Rendered by
#   apigw-cors generate --api http --name Gate --allow-origins https://app.example.com --allow-headers X-Request-Id --auth lambda --resource /orders=ANY --resource '/orders/{id}=GET,DELETE' --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "gate_lambda_package" {
  description = "Path of the zip file with the function's index.mjs."
  type        = string
}

variable "gate_authorizer_arn" {
  description = "ARN of the Lambda function that authorizes requests, in the API's region."
  type        = string
}

locals {
  # arn:PARTITION:lambda:REGION:ACCOUNT:function:NAME
  gate_authorizer_arn_parts = split(":", var.gate_authorizer_arn)

  gate_authorizer_uri = join(":", [
    "arn", local.gate_authorizer_arn_parts[1], "apigateway", local.gate_authorizer_arn_parts[3],
    "lambda", "path/2015-03-31/functions/${var.gate_authorizer_arn}/invocations",
  ])
}

resource "aws_iam_role" "gate" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "gate" {
  role = aws_iam_role.gate.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "gate" {
  function_name    = "Gate"
  role             = aws_iam_role.gate.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.gate_lambda_package
  source_code_hash = filebase64sha256(var.gate_lambda_package)
}

resource "aws_lambda_permission" "gate" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.gate.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.gate.execution_arn}/*"
}

resource "aws_apigatewayv2_integration" "gate" {
  api_id                 = aws_apigatewayv2_api.gate.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.gate.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_authorizer" "gate" {
  api_id                            = aws_apigatewayv2_api.gate.id
  name                              = "Gate"
  authorizer_type                   = "REQUEST"
  authorizer_uri                    = local.gate_authorizer_uri
  authorizer_payload_format_version = "2.0"
  enable_simple_responses           = true
  identity_sources                  = ["$request.header.Authorization"]
}

resource "aws_lambda_permission" "gate_authorizer" {
  action        = "lambda:InvokeFunction"
  function_name = var.gate_authorizer_arn
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.gate.execution_arn}/authorizers/${aws_apigatewayv2_authorizer.gate.id}"
}

resource "aws_apigatewayv2_route" "gate" {
  for_each = toset(["ANY /orders", "GET /orders/{id}", "DELETE /orders/{id}"])

  api_id             = aws_apigatewayv2_api.gate.id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.gate.id}"
  authorization_type = "CUSTOM"
  authorizer_id      = aws_apigatewayv2_authorizer.gate.id
}

# With auto_deploy every change is deployed by itself.
resource "aws_apigatewayv2_stage" "gate" {
  api_id      = aws_apigatewayv2_api.gate.id
  name        = "$default"
  auto_deploy = true
}

output "gate_url" {
  description = "Where the API is served."
  value       = aws_apigatewayv2_stage.gate.invoke_url
}

# CORS for the HTTP API Signed, a whole example: Terraform.
#
# It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:
#
#   zip --junk-paths lambda.zip lambda-nodejs/*
#   terraform init
#   terraform apply -var signed_lambda_package=lambda.zip
#
# API Gateway adds the CORS headers to the actual responses and ignores those of the function.
#
# Rendered by
#   apigw-cors generate --api http --name Signed --allow-origins https://app.example.com --auth iam --resource /items=GET,POST --resource '/items/{id}=DELETE' --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "signed_lambda_package" {
  description = "Path of the zip file with the function's index.mjs."
  type        = string
}

resource "aws_iam_role" "signed" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "signed" {
  role = aws_iam_role.signed.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "signed" {
  function_name    = "Signed"
  role             = aws_iam_role.signed.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.signed_lambda_package
  source_code_hash = filebase64sha256(var.signed_lambda_package)
}

resource "aws_lambda_permission" "signed" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.signed.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.signed.execution_arn}/*"
}

resource "aws_apigatewayv2_integration" "signed" {
  api_id                 = aws_apigatewayv2_api.signed.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.signed.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "signed" {
  for_each = toset(["GET /items", "POST /items", "DELETE /items/{id}"])

  api_id             = aws_apigatewayv2_api.signed.id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.signed.id}"
  authorization_type = "AWS_IAM"
}

# With auto_deploy every change is deployed by itself.
resource "aws_apigatewayv2_stage" "signed" {
  api_id      = aws_apigatewayv2_api.signed.id
  name        = "$default"
  auto_deploy = true
}

output "signed_url" {
  description = "Where the API is served."
  value       = aws_apigatewayv2_stage.signed.invoke_url
}

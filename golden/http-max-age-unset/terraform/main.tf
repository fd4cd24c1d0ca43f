# CORS for the HTTP API Live, a whole example: Terraform.
#
# It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:
#
#   zip --junk-paths lambda.zip lambda-nodejs/*
#   terraform init
#   terraform apply -var live_lambda_package=lambda.zip
#
# API Gateway adds the CORS headers to the actual responses and ignores those of the function.
#
# Rendered by
#   apigw-cors generate --api http --name Live --allow-origins https://app.example.com --allow-methods '*' --max-age -1 --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "live_lambda_package" {
  description = "Path of the zip file with the function's index.mjs."
  type        = string
}

resource "aws_iam_role" "live" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "live" {
  role = aws_iam_role.live.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "live" {
  function_name    = "Live"
  role             = aws_iam_role.live.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.live_lambda_package
  source_code_hash = filebase64sha256(var.live_lambda_package)
}

resource "aws_lambda_permission" "live" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.live.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.live.execution_arn}/*"
}

resource "aws_apigatewayv2_integration" "live" {
  api_id                 = aws_apigatewayv2_api.live.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.live.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "live" {
  for_each = toset(["$default"])

  api_id             = aws_apigatewayv2_api.live.id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.live.id}"
  authorization_type = "NONE"
}

# With auto_deploy every change is deployed by itself.
resource "aws_apigatewayv2_stage" "live" {
  api_id      = aws_apigatewayv2_api.live.id
  name        = "$default"
  auto_deploy = true
}

output "live_url" {
  description = "Where the API is served."
  value       = aws_apigatewayv2_stage.live.invoke_url
}

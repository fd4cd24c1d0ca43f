# CORS for the HTTP API Branches, a whole example: Terraform.
#
# It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:
#
#   zip --junk-paths lambda.zip lambda-nodejs/*
#   terraform init
#   terraform apply -var branches_lambda_package=lambda.zip
#
# The actual responses get their CORS headers from the function: keep withCors around the handler
# when you put your own code in its place.
#
# Rendered by
#   apigw-cors generate --api http --name Branches --allow-origins 'https://*.example.com,http://localhost:*' --allow-methods GET,POST --expose-headers X-Request-Id --auth jwt --preflight lambda --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "branches_lambda_package" {
  description = "Path of the zip file with the function's index.mjs."
  type        = string
}

variable "branches_jwt_issuer" {
  description = "The iss claim of the tokens, such as https://cognito-idp.REGION.amazonaws.com/POOL_ID."
  type        = string
}

variable "branches_jwt_audience" {
  description = "The aud or client_id claims the API accepts."
  type        = list(string)
}

resource "aws_iam_role" "branches" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "branches" {
  role = aws_iam_role.branches.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "branches" {
  function_name    = "Branches"
  role             = aws_iam_role.branches.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.branches_lambda_package
  source_code_hash = filebase64sha256(var.branches_lambda_package)
}

resource "aws_lambda_permission" "branches" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.branches.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.branches.execution_arn}/*"
}

resource "aws_apigatewayv2_api" "branches" {
  name          = "Branches"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "branches" {
  api_id                 = aws_apigatewayv2_api.branches.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.branches.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_authorizer" "branches" {
  api_id           = aws_apigatewayv2_api.branches.id
  name             = "Branches"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = var.branches_jwt_issuer
    audience = var.branches_jwt_audience
  }
}

resource "aws_apigatewayv2_route" "branches" {
  for_each = toset(["$default"])

  api_id             = aws_apigatewayv2_api.branches.id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.branches.id}"
  authorization_type = "JWT"
  authorizer_id      = aws_apigatewayv2_authorizer.branches.id
}

# With auto_deploy every change is deployed by itself.
resource "aws_apigatewayv2_stage" "branches" {
  api_id      = aws_apigatewayv2_api.branches.id
  name        = "$default"
  auto_deploy = true
}

output "branches_url" {
  description = "Where the API is served."
  value       = aws_apigatewayv2_stage.branches.invoke_url
}

# CORS for the HTTP API Site, a whole example: Terraform.
#
# It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:
#
#   zip --junk-paths lambda.zip lambda-nodejs/*
#   terraform init
#   terraform apply -var site_lambda_package=lambda.zip
#
# API Gateway adds the CORS headers to the actual responses and ignores those of the function.
#
# Rendered by
#   apigw-cors generate --api http --name Site --allow-origins https://www.example.com --allow-methods GET,POST,DELETE --allow-headers '*,Authorization' --expose-headers Date,x-api-id --max-age 300 --auth jwt --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "site_lambda_package" {
  description = "Path of the zip file with the function's index.mjs."
  type        = string
}

variable "site_jwt_issuer" {
  description = "The iss claim of the tokens, such as https://cognito-idp.REGION.amazonaws.com/POOL_ID."
  type        = string
}

variable "site_jwt_audience" {
  description = "The aud or client_id claims the API accepts."
  type        = list(string)
}

resource "aws_iam_role" "site" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "site" {
  role = aws_iam_role.site.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "site" {
  function_name    = "Site"
  role             = aws_iam_role.site.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.site_lambda_package
  source_code_hash = filebase64sha256(var.site_lambda_package)
}

resource "aws_lambda_permission" "site" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.site.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.site.execution_arn}/*"
}

resource "aws_apigatewayv2_integration" "site" {
  api_id                 = aws_apigatewayv2_api.site.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.site.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_authorizer" "site" {
  api_id           = aws_apigatewayv2_api.site.id
  name             = "Site"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = var.site_jwt_issuer
    audience = var.site_jwt_audience
  }
}

resource "aws_apigatewayv2_route" "site" {
  for_each = toset(["$default"])

  api_id             = aws_apigatewayv2_api.site.id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.site.id}"
  authorization_type = "JWT"
  authorizer_id      = aws_apigatewayv2_authorizer.site.id
}

# With auto_deploy every change is deployed by itself.
resource "aws_apigatewayv2_stage" "site" {
  api_id      = aws_apigatewayv2_api.site.id
  name        = "$default"
  auto_deploy = true
}

output "site_url" {
  description = "Where the API is served."
  value       = aws_apigatewayv2_stage.site.invoke_url
}

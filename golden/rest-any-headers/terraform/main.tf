# CORS for the REST API Open, a whole example: Terraform.
#
# It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:
#
#   zip --junk-paths lambda.zip lambda-nodejs/*
#   terraform init
#   terraform apply -var open_lambda_package=lambda.zip
#
# Terraform destroys what you take out (a path, a gateway response) after it has made the new
# deployment, whose stage goes on serving it, and the next plan finds nothing to do. After such an
# apply run
#
#   terraform apply -replace=aws_api_gateway_deployment.open
#
# The actual responses get their CORS headers from the function: keep withCors around the handler
# when you put your own code in its place.
#
# Rendered by
#   apigw-cors generate --api rest --name Open --allow-origins https://app.example.com --allow-methods '*' --allow-headers '*,Authorization' --gateway-responses DEFAULT_4XX,DEFAULT_5XX,UNAUTHORIZED --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "open_lambda_package" {
  description = "Path of the zip file with the function's index.mjs."
  type        = string
}

variable "open_stage_name" {
  description = "Name of the stage, the first segment of the API's path."
  type        = string
  default     = "prod"
}

resource "aws_iam_role" "open" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "open" {
  role = aws_iam_role.open.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "open" {
  function_name    = "Open"
  role             = aws_iam_role.open.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.open_lambda_package
  source_code_hash = filebase64sha256(var.open_lambda_package)
}

resource "aws_lambda_permission" "open" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.open.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.open.execution_arn}/*"
}

resource "aws_api_gateway_rest_api" "open" {
  name = "Open"
}

# /{proxy+}
resource "aws_api_gateway_resource" "open_proxy" {
  rest_api_id = aws_api_gateway_rest_api.open.id
  parent_id   = aws_api_gateway_rest_api.open.root_resource_id
  path_part   = "{proxy+}"
}

locals {
  open_methods = {
    "ANY /" = {
      resource_id = aws_api_gateway_rest_api.open.root_resource_id
      http_method = "ANY"
    }
    "ANY /{proxy+}" = {
      resource_id = aws_api_gateway_resource.open_proxy.id
      http_method = "ANY"
    }
  }
}

resource "aws_api_gateway_method" "open" {
  for_each = local.open_methods

  rest_api_id   = aws_api_gateway_rest_api.open.id
  resource_id   = each.value.resource_id
  http_method   = each.value.http_method
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "open" {
  for_each = aws_api_gateway_method.open

  rest_api_id             = each.value.rest_api_id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.open.invoke_arn
}

# A deployment is a snapshot: the triggers take a new one after every change.
resource "aws_api_gateway_deployment" "open" {
  rest_api_id = aws_api_gateway_rest_api.open.id

  triggers = {
    cors = local.open_cors_redeployment

    methods = sha1(jsonencode([
      [for o in aws_api_gateway_method.open : [o.id, o.authorization]],
      [for o in aws_api_gateway_integration.open : [o.id, o.type, o.uri]],
    ]))
  }

  depends_on = [
    aws_api_gateway_integration.open,
    aws_api_gateway_integration_response.open_cors,
    aws_api_gateway_gateway_response.open_cors,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "open" {
  rest_api_id   = aws_api_gateway_rest_api.open.id
  deployment_id = aws_api_gateway_deployment.open.id
  stage_name    = var.open_stage_name
}

output "open_url" {
  description = "Where the API is served."
  value       = aws_api_gateway_stage.open.invoke_url
}

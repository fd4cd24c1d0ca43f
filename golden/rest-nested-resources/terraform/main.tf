# CORS for the REST API Orders, a whole example: Terraform.
#
# It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:
#
#   zip --junk-paths lambda.zip lambda-nodejs/*
#   terraform init
#   terraform apply -var orders_lambda_package=lambda.zip
#
# Terraform destroys what you take out (a path, a gateway response) after it has made the new
# deployment, whose stage goes on serving it, and the next plan finds nothing to do. After such an
# apply run
#
#   terraform apply -replace=aws_api_gateway_deployment.orders
#
# The actual responses get their CORS headers from the function: keep withCors around the handler
# when you put your own code in its place.
#
# Rendered by
#   apigw-cors generate --api rest --name Orders --allow-origins https://app.example.com --max-age 3600 --resource /orders=GET,POST --resource '/orders/{id}=GET,PATCH,DELETE' --resource '/orders/{id}/items/{item}=PUT' --resource /health=ANY --format terraform --standalone

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "orders_lambda_package" {
  description = "Path of the zip file with the function's index.mjs."
  type        = string
}

variable "orders_stage_name" {
  description = "Name of the stage, the first segment of the API's path."
  type        = string
  default     = "prod"
}

resource "aws_iam_role" "orders" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "orders" {
  role = aws_iam_role.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_lambda_function" "orders" {
  function_name    = "Orders"
  role             = aws_iam_role.orders.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.orders_lambda_package
  source_code_hash = filebase64sha256(var.orders_lambda_package)
}

resource "aws_lambda_permission" "orders" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.orders.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.orders.execution_arn}/*"
}

resource "aws_api_gateway_rest_api" "orders" {
  name = "Orders"
}

# /orders
resource "aws_api_gateway_resource" "orders_orders" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  parent_id   = aws_api_gateway_rest_api.orders.root_resource_id
  path_part   = "orders"
}

# /orders/{id}
resource "aws_api_gateway_resource" "orders_orders_id" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  parent_id   = aws_api_gateway_resource.orders_orders.id
  path_part   = "{id}"
}

# /orders/{id}/items
resource "aws_api_gateway_resource" "orders_orders_id_items" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  parent_id   = aws_api_gateway_resource.orders_orders_id.id
  path_part   = "items"
}

# /orders/{id}/items/{item}
resource "aws_api_gateway_resource" "orders_orders_id_items_item" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  parent_id   = aws_api_gateway_resource.orders_orders_id_items.id
  path_part   = "{item}"
}

# /health
resource "aws_api_gateway_resource" "orders_health" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  parent_id   = aws_api_gateway_rest_api.orders.root_resource_id
  path_part   = "health"
}

locals {
  orders_methods = {
    "GET /orders" = {
      resource_id = aws_api_gateway_resource.orders_orders.id
      http_method = "GET"
    }
    "POST /orders" = {
      resource_id = aws_api_gateway_resource.orders_orders.id
      http_method = "POST"
    }
    "GET /orders/{id}" = {
      resource_id = aws_api_gateway_resource.orders_orders_id.id
      http_method = "GET"
    }
    "PATCH /orders/{id}" = {
      resource_id = aws_api_gateway_resource.orders_orders_id.id
      http_method = "PATCH"
    }
    "DELETE /orders/{id}" = {
      resource_id = aws_api_gateway_resource.orders_orders_id.id
      http_method = "DELETE"
    }
    "PUT /orders/{id}/items/{item}" = {
      resource_id = aws_api_gateway_resource.orders_orders_id_items_item.id
      http_method = "PUT"
    }
    "ANY /health" = {
      resource_id = aws_api_gateway_resource.orders_health.id
      http_method = "ANY"
    }
  }
}

resource "aws_api_gateway_method" "orders" {
  for_each = local.orders_methods

  rest_api_id   = aws_api_gateway_rest_api.orders.id
  resource_id   = each.value.resource_id
  http_method   = each.value.http_method
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "orders" {
  for_each = aws_api_gateway_method.orders

  rest_api_id             = each.value.rest_api_id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.orders.invoke_arn
}

# A deployment is a snapshot: the triggers take a new one after every change.
resource "aws_api_gateway_deployment" "orders" {
  rest_api_id = aws_api_gateway_rest_api.orders.id

  triggers = {
    cors = local.orders_cors_redeployment

    methods = sha1(jsonencode([
      [for o in aws_api_gateway_method.orders : [o.id, o.authorization]],
      [for o in aws_api_gateway_integration.orders : [o.id, o.type, o.uri]],
    ]))
  }

  depends_on = [
    aws_api_gateway_integration.orders,
    aws_api_gateway_integration_response.orders_cors,
    aws_api_gateway_gateway_response.orders_cors,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "orders" {
  rest_api_id   = aws_api_gateway_rest_api.orders.id
  deployment_id = aws_api_gateway_deployment.orders.id
  stage_name    = var.orders_stage_name
}

output "orders_url" {
  description = "Where the API is served."
  value       = aws_api_gateway_stage.orders.invoke_url
}

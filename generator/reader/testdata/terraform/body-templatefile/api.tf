variable "origin" {}

resource "aws_api_gateway_rest_api" "radio" {
  name = "radio"
  body = templatefile("${path.module}/openapi.yaml.tftpl", {
    origin  = var.origin
    methods = ["GET", "POST"]
    uri     = aws_lambda_function.radio.invoke_arn
  })
}

resource "aws_lambda_function" "radio" {
  function_name = "radio"
}

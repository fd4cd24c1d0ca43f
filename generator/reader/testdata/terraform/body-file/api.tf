resource "aws_apigatewayv2_api" "news" {
  name          = "news"
  protocol_type = "HTTP"
  body          = jsonencode(yamldecode(file("${path.module}/news.yaml")))

  cors_configuration {
    allow_origins = ["https://news.example"]
    allow_methods = toset(["GET", "GET"])
  }
}

resource "aws_api_gateway_rest_api" "archive" {
  name = "archive"
  body = file("${path.module}/archive.json")
}

resource "aws_api_gateway_rest_api" "elsewhere" {
  name = "elsewhere"
  body = file("${path.module}/built/openapi.json")
}

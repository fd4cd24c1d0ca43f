resource "aws_apigatewayv2_api" "orders" {
  name          = "orders"
  protocol_type = "HTTP"
  body = jsonencode({
    openapi = "3.0.1"
    info    = { title = "orders", version = "1" }
    paths = {
      "/orders" = {
        get = {
          x-amazon-apigateway-integration = { type = "aws_proxy", httpMethod = "POST", uri = "arn:aws:lambda", payloadFormatVersion = "2.0" }
        }
      }
    }
    x-amazon-apigateway-cors = { # body-cors-ignored
      allowOrigins = ["https://app.example.com"]
    }
  })
}

variable "origin" {}
variable "origins" { default = [] }

resource "aws_apigatewayv2_api" "chat" {
  name          = "chat"
  protocol_type = "HTTP"

  cors_configuration {
    allow_origins = ["*"]
    max_age       = 300
  }
}

locals {
  a = local.b
  b = "${local.a}"
}

module "again" {
  source = "./"
  origin = local.a
}

variable "origin" { default = "" }

resource "aws_apigatewayv2_api" "loop" {
  name          = "loop"
  protocol_type = "HTTP"
  cors_configuration {
    allow_origins = [local.a]
  }
}

variable "cors" {
  type = object({
    origins     = list(string)
    headers     = optional(set(string), ["content-type", "authorization"])
    credentials = optional(bool, false)
    max_age     = optional(number)
  })
  default = {
    origins = ["https://a.example", "https://b.example"]
  }
}

variable "domain" { type = string }

resource "aws_apigatewayv2_api" "http" {
  name          = "http"
  protocol_type = "HTTP"

  dynamic "cors_configuration" {
    for_each = var.cors == null ? [] : [var.cors]
    iterator = config
    content {
      allow_origins     = concat(config.value.origins, ["https://${var.domain}"])
      allow_headers     = config.value.headers
      allow_credentials = config.value.credentials
      max_age           = config.value.max_age
    }
  }
}

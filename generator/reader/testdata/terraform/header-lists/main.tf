variable "credentials" { default = false }
variable "origin" { default = "https://lists.example" }

locals {
  headers = {
    "Access-Control-Allow-Origin"      = "'${var.origin}'"
    "Access-Control-Allow-Methods"     = "'${upper(join(",", ["get", "delete"]))}'"
    "Access-Control-Allow-Credentials" = var.credentials ? "'true'" : ""
  }
  values = compact(values(local.headers))
  names  = matchkeys(keys(local.headers), values(local.headers), local.values)
  keys   = formatlist("gatewayresponse.header.%s", local.names)
}

resource "aws_api_gateway_rest_api" "lists" {
  name = "lists"
}

resource "aws_api_gateway_gateway_response" "all" {
  for_each            = toset(["DEFAULT_4XX", "DEFAULT_5XX"])
  rest_api_id         = aws_api_gateway_rest_api.lists.id
  response_type       = each.value
  response_parameters = zipmap(local.keys, local.values)
  response_templates = {
    "application/json" = <<-EOT
      {"message":$context.error.messageString}
    EOT
  }
}

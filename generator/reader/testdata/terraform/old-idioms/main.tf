variable "enabled" { default = true }
variable "stage" { default = "beta" }

resource "aws_api_gateway_rest_api" "legacy" {
  count = "${var.enabled ? 1 : 0}"
  name  = "legacy-${var.stage}"
}

resource "aws_api_gateway_method" "root" {
  count         = "${var.enabled ? 1 : 0}"
  rest_api_id   = "${join("", aws_api_gateway_rest_api.legacy.*.id)}"
  resource_id   = "${element(concat(aws_api_gateway_rest_api.legacy.*.root_resource_id, list("")), 0)}"
  http_method   = "ANY"
  authorization = "NONE"
}

resource "aws_api_gateway_method" "options" {
  count         = var.enabled ? 1 : 0
  rest_api_id   = aws_api_gateway_rest_api.legacy[count.index].id
  resource_id   = aws_api_gateway_rest_api.legacy[0].root_resource_id
  http_method   = "OPTIONS"
  authorization = "NONE"
}

resource "aws_api_gateway_method" "never" {
  count         = var.stage == "prod" ? 1 : 0
  rest_api_id   = aws_api_gateway_rest_api.legacy[0].id
  resource_id   = aws_api_gateway_rest_api.legacy[0].root_resource_id
  http_method   = "TRACE"
  authorization = "NONE"
}

resource "aws_api_gateway_deployment" "legacy" {
  count             = var.enabled ? 1 : 0
  rest_api_id       = one(aws_api_gateway_rest_api.legacy[*].id)
  stage_name        = var.stage
  stage_description = md5(file("main.tf"))
}

resource "aws_api_gateway_rest_api" "forum" {
  name = "forum"
}

resource "aws_api_gateway_resource" "page" {
  for_each    = toset(["threads", "posts"])
  rest_api_id = aws_api_gateway_rest_api.forum.id
  parent_id   = aws_api_gateway_rest_api.forum.root_resource_id
  path_part   = each.key
}

module "cors" {
  source   = "./modules/cors"
  for_each = aws_api_gateway_resource.page

  rest_api_id  = aws_api_gateway_rest_api.forum.id
  resource_id  = each.value.id
  allow_origin = "'https://forum.example'"
}

resource "aws_api_gateway_gateway_response" "errors" {
  rest_api_id   = aws_api_gateway_rest_api.forum.id
  response_type = "DEFAULT_4XX"

  response_parameters = {
    "gatewayresponse.header.Access-Control-Allow-Origin" = module.cors["threads"].allow_origin
  }
}

resource "aws_api_gateway_deployment" "forum" {
  rest_api_id = aws_api_gateway_rest_api.forum.id
  depends_on  = [module.cors]

  lifecycle {
    replace_triggered_by = [aws_api_gateway_gateway_response.errors]
  }
}

locals {
  origin = "'https://maps.example'"
}

resource "aws_api_gateway_rest_api" "maps" {
  name = "maps"

  body = jsonencode({
    openapi = "3.0.1"
    info    = { title = "maps", version = "1" }
    paths = {
      "/tiles" = {
        get = {
          "x-amazon-apigateway-integration" = { type = "aws_proxy", httpMethod = "POST", uri = aws_lambda_function.tiles.invoke_arn }
        }
        options = {
          responses = { "204" = { headers = { "Access-Control-Allow-Origin" = { schema = { type = "string" } } } } }
          "x-amazon-apigateway-integration" = {
            type             = "mock"
            requestTemplates = { "application/json" = "{\"statusCode\": 204}" }
            responses = {
              default = {
                statusCode         = "204"
                responseParameters = { "method.response.header.Access-Control-Allow-Origin" = local.origin }
              }
            }
          }
        }
      }
    }
    "x-amazon-apigateway-gateway-responses" = {
      DEFAULT_5XX = { responseParameters = { "gatewayresponse.header.Access-Control-Allow-Origin" = local.origin } }
    }
  })
}

resource "aws_lambda_function" "tiles" {
  function_name = "tiles"
}

resource "aws_api_gateway_gateway_response" "more" {
  rest_api_id   = aws_api_gateway_rest_api.maps.id
  response_type = "UNAUTHORIZED"
}

resource "aws_api_gateway_deployment" "maps" {
  rest_api_id = aws_api_gateway_rest_api.maps.id
  triggers    = { body = sha1(aws_api_gateway_rest_api.maps.body) }
}

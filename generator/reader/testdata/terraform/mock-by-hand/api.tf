resource "aws_api_gateway_rest_api" "library" {
  name               = "library"
  binary_media_types = ["application/pdf", "image/*"]
}

resource "aws_api_gateway_resource" "books" {
  rest_api_id = aws_api_gateway_rest_api.library.id
  parent_id   = aws_api_gateway_rest_api.library.root_resource_id
  path_part   = "books"
}

resource "aws_api_gateway_resource" "book" {
  rest_api_id = aws_api_gateway_rest_api.library.id
  parent_id   = aws_api_gateway_resource.books.id
  path_part   = "{isbn}"
}

resource "aws_api_gateway_authorizer" "readers" {
  name            = "readers"
  rest_api_id     = aws_api_gateway_rest_api.library.id
  type            = "REQUEST"
  identity_source = "method.request.header.X-Reader, method.request.querystring.branch"
  authorizer_uri  = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/readers/invocations"
}

resource "aws_api_gateway_method" "lend" {
  rest_api_id      = aws_api_gateway_rest_api.library.id
  resource_id      = aws_api_gateway_resource.book.id
  http_method      = "PUT"
  authorization    = "CUSTOM"
  authorizer_id    = aws_api_gateway_authorizer.readers.id
  api_key_required = true

  request_parameters = {
    "method.request.path.isbn"         = true
    "method.request.header.X-Branch"   = true
    "method.request.querystring.until" = false
  }
}

resource "aws_api_gateway_integration" "lend" {
  rest_api_id             = aws_api_gateway_rest_api.library.id
  resource_id             = aws_api_gateway_resource.book.id
  http_method             = aws_api_gateway_method.lend.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/lend/invocations"
}

resource "aws_api_gateway_method" "preflight" {
  rest_api_id   = aws_api_gateway_rest_api.library.id
  resource_id   = aws_api_gateway_resource.book.id
  http_method   = "OPTIONS"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "preflight" {
  rest_api_id = aws_api_gateway_rest_api.library.id
  resource_id = aws_api_gateway_resource.book.id
  http_method = aws_api_gateway_method.preflight.http_method
  type        = "MOCK"

  request_templates = {
    "application/json" = jsonencode({ statusCode = 200 })
  }
}

resource "aws_api_gateway_method_response" "preflight" {
  rest_api_id = aws_api_gateway_rest_api.library.id
  resource_id = aws_api_gateway_resource.book.id
  http_method = aws_api_gateway_method.preflight.http_method
  status_code = 200

  response_parameters = {
    "method.response.header.Access-Control-Allow-Origin"  = true
    "method.response.header.Access-Control-Allow-Methods" = true
  }
}

resource "aws_api_gateway_integration_response" "preflight" {
  depends_on = [aws_api_gateway_integration.preflight]

  rest_api_id = aws_api_gateway_rest_api.library.id
  resource_id = aws_api_gateway_resource.book.id
  http_method = "OPTIONS"
  status_code = aws_api_gateway_method_response.preflight.status_code

  response_parameters = {
    "method.response.header.Access-Control-Allow-Origin"  = "'https://library.example'"
    "method.response.header.Access-Control-Allow-Methods" = "'PUT'"
  }
}

resource "aws_api_gateway_deployment" "library" {
  rest_api_id = aws_api_gateway_rest_api.library.id

  triggers = {
    redeployment = sha1(jsonencode([
      aws_api_gateway_integration.lend,
      aws_api_gateway_integration_response.preflight,
    ]))
  }
}

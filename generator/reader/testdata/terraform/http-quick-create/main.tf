resource "aws_apigatewayv2_api" "quick" {
  name          = "quick"
  protocol_type = "HTTP"
  target        = aws_lambda_function.quick.arn
  route_key     = "POST /jobs"
}

resource "aws_apigatewayv2_api" "mirror" {
  name          = "mirror"
  protocol_type = "HTTP"
  target        = "https://origin.example"
}

resource "aws_apigatewayv2_api" "live" {
  name                       = "live"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
}

resource "aws_apigatewayv2_route" "live" {
  api_id    = aws_apigatewayv2_api.live.id
  route_key = "$connect"
}

resource "aws_lambda_function" "quick" {
  function_name = "quick"
}

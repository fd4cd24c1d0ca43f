resource "aws_apigatewayv2_route" "broken" {
  api_id = aws_apigatewayv2_api.fine.id
  route_key = "GET /
}

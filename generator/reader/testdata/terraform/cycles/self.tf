resource "aws_api_gateway_rest_api" "self" {
  name     = aws_api_gateway_rest_api.self.name
  for_each = aws_api_gateway_rest_api.self
}

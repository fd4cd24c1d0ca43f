resource "aws_apigatewayv2_api" "fine" {
  name          = "fine"
  protocol_type = "HTTP"
}

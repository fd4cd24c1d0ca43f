resource "aws_api_gateway_rest_api" "tides" {
  name = "tides"
  body = data.template_file.api.rendered
}

data "template_file" "api" {
  template = file("tides.yaml")

  vars = {
    origin = "https://tides.example"
    uri    = aws_lambda_function.tides.invoke_arn
  }
}

resource "aws_api_gateway_deployment" "tides" {
  rest_api_id = aws_api_gateway_rest_api.tides.id
}

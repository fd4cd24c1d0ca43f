resource "aws_api_gateway_rest_api" "games" {
  name = "games"
}

resource "aws_api_gateway_resource" "scores" {
  rest_api_id = aws_api_gateway_rest_api.games.id
  parent_id   = aws_api_gateway_rest_api.games.root_resource_id
  path_part   = "scores"
}

resource "aws_api_gateway_method" "scores" {
  rest_api_id   = aws_api_gateway_rest_api.games.id
  resource_id   = aws_api_gateway_resource.scores.id
  http_method   = "POST"
  authorization = "NONE"
}

module "cors" {
  source          = "acme/enable-cors/aws"
  version         = "1.2.0"
  api_id          = aws_api_gateway_rest_api.games.id
  api_resource_id = aws_api_gateway_resource.scores.id
}

module "monitoring" {
  source = "git::https://git.example/monitoring.git"
  arns   = [aws_api_gateway_rest_api.other.execution_arn]
}

resource "aws_api_gateway_rest_api" "other" {
  name = "other"
}

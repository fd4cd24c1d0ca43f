# CORS for the HTTP API Signed: Terraform.
#
# Move the cors_configuration block into your own aws_apigatewayv2_api. With --api-id the file refers to
# your API instead, and stays as it is rendered.
# A stage with auto_deploy serves every change by itself.
# API Gateway adds the CORS headers to the actual responses and ignores those of the function.
#
# Rendered by
#   apigw-cors generate --api http --name Signed --allow-origins https://app.example.com --auth iam --resource /items=GET,POST --resource '/items/{id}=DELETE' --format terraform

# yours already
resource "aws_apigatewayv2_api" "signed" {
  name          = "Signed"
  protocol_type = "HTTP"

  # new
  cors_configuration {
    allow_origins = ["https://app.example.com"]
    allow_methods = ["GET", "POST", "DELETE"]
    allow_headers = [
      "Content-Type",
      "Authorization",
      "X-Amz-Date",
      "X-Amz-Security-Token",
      "X-Amz-Content-Sha256",
    ]

    # Unset. Left out, the provider would send 0, and no browser would cache.
    max_age = -1
  }
}

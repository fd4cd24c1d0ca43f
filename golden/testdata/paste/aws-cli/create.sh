#!/usr/bin/env bash
# How the API was made, long ago.
set -euo pipefail

function_uri=arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:backend/invocations
api=$(aws apigateway create-rest-api --name orders-by-hand --query id --output text)
root=$(aws apigateway get-resources --rest-api-id "$api" --query 'items[0].id' --output text)
customers=$(aws apigateway create-authorizer --rest-api-id "$api" --name customers --type COGNITO_USER_POOLS \
  --provider-arns arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_aaaaaaaaa \
  --identity-source method.request.header.Authorization --query id --output text)

method() {
  local method=(--rest-api-id "$api" --resource-id "$1" --http-method "$2")
  aws apigateway put-method "${method[@]}" --authorization-type COGNITO_USER_POOLS --authorizer-id "$customers" >/dev/null
  aws apigateway put-integration "${method[@]}" --type AWS_PROXY --integration-http-method POST --uri "$function_uri" >/dev/null
}

orders=$(aws apigateway create-resource --rest-api-id "$api" --parent-id "$root" --path-part orders --query id --output text)
order=$(aws apigateway create-resource --rest-api-id "$api" --parent-id "$orders" --path-part '{id}' --query id --output text)
method "$orders" GET
method "$order" PUT
aws apigateway create-deployment --rest-api-id "$api" --stage-name live >/dev/null
echo "$api"

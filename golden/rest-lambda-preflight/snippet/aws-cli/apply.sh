#!/usr/bin/env bash
# CORS for the REST API Dynamic: AWS CLI.
#
# Run it as often as you like, the result is the same:
#
#   ./apply.sh REST_API_ID STAGE FUNCTION_ARN
#
# It reads the JSON files beside it. The API's resources must be there; it ends in a deployment, as a
# stage serves a snapshot.
#
# Read it back:
#
#   aws apigateway get-rest-api --rest-api-id REST_API_ID
#   aws apigateway get-method --rest-api-id REST_API_ID --resource-id RESOURCE_ID --http-method OPTIONS
#   aws apigateway get-gateway-responses --rest-api-id REST_API_ID
#
# Log what it answers, and follow the log (version 2 of the AWS CLI):
#
#   aws apigateway update-stage --rest-api-id REST_API_ID --stage-name STAGE --patch-operations \
#     op=replace,path=/accessLogSettings/destinationArn,value=LOG_GROUP_ARN \
#     'op=replace,path=/accessLogSettings/format,value=$context.requestId $context.httpMethod $context.path $context.status'
#   aws logs tail LOG_GROUP --follow
#
# The actual responses get their CORS headers from the function: keep withCors around the handler
# when you put your own code in its place.
#
# Rendered by
#   apigw-cors generate --api rest --name Dynamic --allow-origins 'https://app.example.com,https://*.preview.example.com' --allow-methods GET,POST --allow-credentials --auth lambda --auth-header X-Session --preflight lambda --format aws-cli
set -euo pipefail

export AWS_PAGER="" # version 2 would wait in a pager
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)

usage() {
  echo 'usage: apply.sh REST_API_ID STAGE FUNCTION_ARN' >&2
  exit 2
}

# id_of KEY reads lines of KEY and ID.
id_of() {
  awk -F '\t' -v key="$1" '$1 == key && !seen++ { print $2 }'
}

# invocation_uri FUNCTION_ARN
invocation_uri() {
  local partition region
  IFS=: read -r _ partition _ region _ <<<"$1"
  echo "arn:$partition:apigateway:$region:lambda:path/2015-03-31/functions/$1/invocations"
}

# permit FUNCTION_ARN API_ID lets the API invoke the function.
permit() {
  local partition region account policy
  IFS=: read -r _ partition _ region account _ <<<"$1"
  policy=$(aws lambda get-policy --function-name "$1" --query Policy --output text 2>/dev/null) || policy=""
  if [[ $policy != *"\"apigateway-$2\""* ]]; then
    aws lambda add-permission --function-name "$1" --statement-id "apigateway-$2" --action lambda:InvokeFunction \
      --principal apigateway.amazonaws.com --source-arn "arn:$partition:execute-api:$region:$account:$2/*" >/dev/null
  fi
}

[[ $# -eq 3 ]] || usage
rest_api_id=$1
stage=$2
function_arn=$3
[[ $function_arn == arn:*:lambda:*:function:* ]] || usage
permit "$function_arn" "$rest_api_id"

resources=$(aws apigateway get-resources --rest-api-id "$rest_api_id" --query 'items[].[path,id]' --output text)

resource_id() {
  local id
  id=$(id_of "$1" <<<"$resources")
  if [[ -z $id ]]; then
    echo "apply.sh: REST API $rest_api_id has no resource $1" >&2
    return 1
  fi
  echo "$id"
}

# preflight PATH hands a resource's OPTIONS requests to the function. An OPTIONS
# method that is there goes first; the stage serves its snapshot until the end.
preflight() {
  local id
  id=$(resource_id "$1")
  local method=(--rest-api-id "$rest_api_id" --resource-id "$id" --http-method OPTIONS)
  if aws apigateway get-method "${method[@]}" >/dev/null 2>&1; then
    aws apigateway delete-method "${method[@]}"
  fi
  # A preflight carries no credentials: no authorization, no API key.
  aws apigateway put-method "${method[@]}" --authorization-type NONE --no-api-key-required >/dev/null
  aws apigateway put-integration "${method[@]}" --type AWS_PROXY --integration-http-method POST \
    --uri "$(invocation_uri "$function_arn")" >/dev/null
}

preflight /
preflight '/{proxy+}'

# What API Gateway answers without its backend.
for type in DEFAULT_4XX DEFAULT_5XX; do
  aws apigateway put-gateway-response --rest-api-id "$rest_api_id" --response-type "$type" \
    --cli-input-json "file://$here/gateway-response.json" >/dev/null
done

# Nothing of it is served before this.
aws apigateway create-deployment --rest-api-id "$rest_api_id" --stage-name "$stage" --description CORS >/dev/null
echo "REST API $rest_api_id is deployed to stage $stage"

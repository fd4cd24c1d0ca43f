#!/usr/bin/env bash
# CORS for the REST API Account: AWS CLI.
#
# Run it as often as you like, the result is the same:
#
#   ./apply.sh REST_API_ID STAGE
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
# The actual responses must get their CORS headers from your function: --format lambda-nodejs and
# --format lambda-python render a wrapper that sends them.
#
# Rendered by
#   apigw-cors generate --api rest --name Account --allow-origins https://app.example.com,https://admin.example.com --allow-methods GET,PUT,PATCH --allow-credentials --max-age 600 --auth cognito --format aws-cli
set -euo pipefail

export AWS_PAGER="" # version 2 would wait in a pager
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)

usage() {
  echo 'usage: apply.sh REST_API_ID STAGE' >&2
  exit 2
}

# id_of KEY reads lines of KEY and ID.
id_of() {
  awk -F '\t' -v key="$1" '$1 == key && !seen++ { print $2 }'
}

[[ $# -eq 2 ]] || usage
rest_api_id=$1
stage=$2

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

# preflight PATH FILE gives a resource its OPTIONS method, a mock with the headers
# in FILE. An OPTIONS method that is there goes first, with all its responses; the
# stage serves its snapshot until the end.
preflight() {
  local id
  id=$(resource_id "$1")
  local method=(--rest-api-id "$rest_api_id" --resource-id "$id" --http-method OPTIONS)
  if aws apigateway get-method "${method[@]}" >/dev/null 2>&1; then
    aws apigateway delete-method "${method[@]}"
  fi
  # A preflight carries no credentials: no authorization, no API key.
  aws apigateway put-method "${method[@]}" --authorization-type NONE --no-api-key-required >/dev/null
  aws apigateway put-integration "${method[@]}" --cli-input-json "file://$here/preflight-integration.json" >/dev/null
  aws apigateway put-method-response "${method[@]}" --cli-input-json "file://$here/preflight-method-response.json" >/dev/null
  aws apigateway put-integration-response "${method[@]}" --cli-input-json "file://$here/$2" >/dev/null
}

preflight / preflight-get-put-patch.json
preflight '/{proxy+}' preflight-get-put-patch.json

# What API Gateway answers without its backend.
for type in DEFAULT_4XX DEFAULT_5XX; do
  aws apigateway put-gateway-response --rest-api-id "$rest_api_id" --response-type "$type" \
    --cli-input-json "file://$here/gateway-response.json" >/dev/null
done

# Nothing of it is served before this.
aws apigateway create-deployment --rest-api-id "$rest_api_id" --stage-name "$stage" --description CORS >/dev/null
echo "REST API $rest_api_id is deployed to stage $stage"

#!/usr/bin/env bash
# CORS for the REST API Paged, a whole example: AWS CLI.
#
# Run it as often as you like, the result is the same:
#
#   ./apply.sh REST_API_ID STAGE
#
# or let it make the example around it first, the function aside:
#
#   ./apply.sh --create FUNCTION_ARN STAGE
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
#   apigw-cors generate --api rest --name Paged --allow-origins https://app.example.com --allow-methods GET --expose-headers ETag,X-Total-Count,x-amzn-RequestId --format aws-cli --standalone
set -euo pipefail

export AWS_PAGER="" # version 2 would wait in a pager
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)

usage() {
  echo 'usage: apply.sh REST_API_ID STAGE' >&2
  echo '       apply.sh --create FUNCTION_ARN STAGE' >&2
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

# --create makes what is missing of an example API, called Paged, and goes on with it.
if [[ ${1-} == --create ]]; then
  [[ $# -eq 3 ]] || usage
  function_arn=$2
  [[ $function_arn == arn:*:lambda:*:function:* ]] || usage

  rest_api_id=$(aws apigateway get-rest-apis --query 'items[].[name,id]' --output text | id_of Paged)
  if [[ -z $rest_api_id ]]; then
    rest_api_id=$(aws apigateway create-rest-api --name Paged --query id --output text)
  fi
  permit "$function_arn" "$rest_api_id"

  resources=$(aws apigateway get-resources --rest-api-id "$rest_api_id" --query 'items[].[path,id]' --output text)

  # add_resource PATH PARENT PART
  add_resource() {
    local id
    id=$(id_of "$1" <<<"$resources")
    if [[ -z $id ]]; then
      id=$(aws apigateway create-resource --rest-api-id "$rest_api_id" --parent-id "$(id_of "$2" <<<"$resources")" \
        --path-part "$3" --query id --output text)
      resources+=$'\n'$1$'\t'$id
    fi
  }

  # add_method METHOD PATH
  add_method() {
    local id
    id=$(id_of "$2" <<<"$resources")
    local method=(--rest-api-id "$rest_api_id" --resource-id "$id" --http-method "$1")
    if ! aws apigateway get-method "${method[@]}" >/dev/null 2>&1; then
      aws apigateway put-method "${method[@]}" --authorization-type NONE >/dev/null
    fi
    aws apigateway put-integration "${method[@]}" --type AWS_PROXY --integration-http-method POST \
      --uri "$(invocation_uri "$function_arn")" >/dev/null
  }

  add_resource '/{proxy+}' / '{proxy+}'
  add_method GET /
  add_method GET '/{proxy+}'

  set -- "$rest_api_id" "$3"
fi

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

preflight / preflight-get.json
preflight '/{proxy+}' preflight-get.json

# What API Gateway answers without its backend.
for type in DEFAULT_4XX DEFAULT_5XX; do
  aws apigateway put-gateway-response --rest-api-id "$rest_api_id" --response-type "$type" \
    --cli-input-json "file://$here/gateway-response.json" >/dev/null
done

# Nothing of it is served before this.
aws apigateway create-deployment --rest-api-id "$rest_api_id" --stage-name "$stage" --description CORS >/dev/null
echo "REST API $rest_api_id is deployed to stage $stage"

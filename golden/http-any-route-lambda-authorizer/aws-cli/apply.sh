#!/usr/bin/env bash
# CORS for the HTTP API Gate, a whole example: AWS CLI.
#
# Run it as often as you like, the result is the same:
#
#   ./apply.sh API_ID INTEGRATION_ID
#
# or let it make the example around it first, the function aside:
#
#   ./apply.sh --create FUNCTION_ARN AUTHORIZER_FUNCTION_ARN
#
# A stage with auto-deploy serves every change by itself; another needs a create-deployment.
# The OPTIONS routes go before the authorizer of an ANY or $default route; any integration will do.
#
# Read it back:
#
#   aws apigatewayv2 get-api --api-id API_ID
#   aws apigatewayv2 get-routes --api-id API_ID
#
# Log what it answers, and follow the log (version 2 of the AWS CLI):
#
#   aws apigatewayv2 update-stage --api-id API_ID --stage-name '$default' \
#     --access-log-settings 'DestinationArn=LOG_GROUP_ARN,Format=$context.requestId $context.routeKey $context.status'
#   aws logs tail LOG_GROUP --follow
#
# API Gateway adds the CORS headers to the actual responses and ignores those of the function.
#
# Rendered by
#   apigw-cors generate --api http --name Gate --allow-origins https://app.example.com --allow-headers X-Request-Id --auth lambda --resource /orders=ANY --resource '/orders/{id}=GET,DELETE' --format aws-cli --standalone

# shellcheck disable=SC2016 # $default and $request are words of API Gateway
set -euo pipefail

export AWS_PAGER="" # version 2 would wait in a pager
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)

usage() {
  echo 'usage: apply.sh API_ID INTEGRATION_ID' >&2
  echo '       apply.sh --create FUNCTION_ARN AUTHORIZER_FUNCTION_ARN' >&2
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

# --create makes what is missing of an example API, called Gate, and goes on with it.
if [[ ${1-} == --create ]]; then
  [[ $# -eq 3 ]] || usage
  function_arn=$2
  authorizer_arn=$3
  [[ $function_arn == arn:*:lambda:*:function:* ]] || usage

  api_id=$(aws apigatewayv2 get-apis --query 'Items[].[Name,ApiId]' --output text | id_of Gate)
  if [[ -z $api_id ]]; then
    api_id=$(aws apigatewayv2 create-api --name Gate --protocol-type HTTP --query ApiId --output text)
  fi
  permit "$function_arn" "$api_id"

  integration_id=$(aws apigatewayv2 get-integrations --api-id "$api_id" --query 'Items[].[IntegrationUri,IntegrationId]' --output text | id_of "$function_arn")
  if [[ -z $integration_id ]]; then
    integration_id=$(aws apigatewayv2 create-integration --api-id "$api_id" --integration-type AWS_PROXY \
      --integration-uri "$function_arn" --payload-format-version 2.0 --query IntegrationId --output text)
  fi

  authorizer_id=$(aws apigatewayv2 get-authorizers --api-id "$api_id" --query 'Items[].[Name,AuthorizerId]' --output text | id_of Gate)
  if [[ -z $authorizer_id ]]; then
    authorizer_id=$(aws apigatewayv2 create-authorizer --api-id "$api_id" --name Gate \
      --identity-source '$request.header.Authorization' --query AuthorizerId --output text \
      --authorizer-type REQUEST --authorizer-uri "$(invocation_uri "$authorizer_arn")" \
      --authorizer-payload-format-version 2.0 --enable-simple-responses)
  fi
  permit "$authorizer_arn" "$api_id"

  routes=$(aws apigatewayv2 get-routes --api-id "$api_id" --query 'Items[].[RouteKey,RouteId]' --output text)

  # add_route ROUTE_KEY
  add_route() {
    if [[ -z $(id_of "$1" <<<"$routes") ]]; then
      aws apigatewayv2 create-route --api-id "$api_id" --route-key "$1" --target "integrations/$integration_id" \
        --authorization-type CUSTOM --authorizer-id "$authorizer_id" >/dev/null
    fi
  }

  add_route 'ANY /orders'
  add_route 'GET /orders/{id}'
  add_route 'DELETE /orders/{id}'

  # With auto-deploy every change is deployed by itself.
  if ! aws apigatewayv2 get-stage --api-id "$api_id" --stage-name '$default' >/dev/null 2>&1; then
    aws apigatewayv2 create-stage --api-id "$api_id" --stage-name '$default' --auto-deploy >/dev/null
  fi

  set -- "$api_id" "$integration_id"
fi

[[ $# -eq 2 ]] || usage
api_id=$1
integration_id=$2

aws apigatewayv2 update-api --api-id "$api_id" --cors-configuration "file://$here/cors-configuration.json" >/dev/null

routes=$(aws apigatewayv2 get-routes --api-id "$api_id" --query 'Items[].[RouteKey,RouteId]' --output text)

# preflight ROUTE_KEY makes a route for OPTIONS requests without authorization: a
# preflight carries no credentials.
preflight() {
  local id
  local route=(--api-id "$api_id" --authorization-type NONE --target "integrations/$integration_id")
  id=$(id_of "$1" <<<"$routes")
  if [[ -n $id ]]; then
    aws apigatewayv2 update-route --route-id "$id" "${route[@]}" >/dev/null
  else
    aws apigatewayv2 create-route --route-key "$1" "${route[@]}" >/dev/null
  fi
}

preflight 'OPTIONS /orders'

echo "HTTP API $api_id has its CORS settings; a stage without auto-deploy needs a deployment"

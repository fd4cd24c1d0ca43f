#!/usr/bin/env bash
# CORS for the HTTP API Signed, a whole example: AWS CLI.
#
# Run it as often as you like, the result is the same:
#
#   ./apply.sh API_ID
#
# or let it make the example around it first, the function aside:
#
#   ./apply.sh --create FUNCTION_ARN
#
# It looks for all that it needs, and tells what is missing, before it changes anything.
# What --create makes has the tag apigw-cors=created; without the tag, what is called Signed is left
# alone. So is an actual method or route that is there already; what differs in it is told.
# A stage with auto-deploy serves every change by itself; another needs a create-deployment.
#
# A later policy takes back what this one makes, and nothing else: a route is known by its operation
# name, apigw-cors-Signed.
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
#   apigw-cors generate --api http --name Signed --allow-origins https://app.example.com --auth iam --resource /items=GET,POST --resource '/items/{id}=DELETE' --format aws-cli --standalone

# shellcheck disable=SC2016 # $default and $request are words of API Gateway
set -euo pipefail

export AWS_PAGER="" # version 2 would wait in a pager
mark=apigw-cors-Signed
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)

usage() {
  echo 'usage: apply.sh API_ID' >&2
  echo '       apply.sh --create FUNCTION_ARN' >&2
  exit 2
}

# Nothing is changed before all that is named has been looked up, and all that is
# missing has been told.
missing=""
lacks() {
  echo "apply.sh: $1" >&2
  missing=yes
}
stop_if_missing() {
  if [[ -n $missing ]]; then
    echo "apply.sh: nothing is changed" >&2
    exit 1
  fi
}

# column N KEY reads lines of columns, the key in the first.
column() {
  awk -F '\t' -v n="$1" -v key="$2" '$1 == key && !seen++ { print $n }'
}

# find_function FUNCTION_ARN
find_function() {
  aws lambda get-function-configuration --function-name "$1" >/dev/null || lacks "the function $1 is not found"
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

# find_own WHAT NAME reads lines of name, id and tag, and sets own to the id of what
# --create made under that name, "" for none. What somebody else made is left alone.
find_own() {
  local name id tag foreign=""
  own=""
  while IFS=$'\t' read -r name id tag; do
    if [[ $name == "$2" && $tag == created ]]; then
      own=$id
    elif [[ $name == "$2" ]]; then
      foreign+=${foreign:+, }$id
    fi
  done
  if [[ -z $own && -n $foreign ]]; then
    lacks "there is a $1 called $2 ($foreign) without the tag apigw-cors=created: --create did not make it, and leaves it alone"
    echo 'hint: for the CORS of an API that is there, apply.sh API_ID; for an example beside it, render with another --name' >&2
  fi
}

# --create makes what is missing of an example API, called Signed, and goes on with it.
if [[ ${1-} == --create ]]; then
  [[ $# -eq 2 ]] || usage
  function_arn=$2
  [[ $function_arn == arn:*:lambda:*:function:* ]] || usage

  find_function "$function_arn"
  apis=$(aws apigatewayv2 get-apis --query 'Items[].[Name,ApiId,Tags."apigw-cors"]' --output text)
  find_own 'HTTP API' Signed <<<"$apis"
  api_id=$own
  stop_if_missing

  if [[ -z $api_id ]]; then
    api_id=$(aws apigatewayv2 create-api --name Signed --protocol-type HTTP --tags apigw-cors=created --query ApiId --output text)
  fi
  permit "$function_arn" "$api_id"

  integrations=$(aws apigatewayv2 get-integrations --api-id "$api_id" --query 'Items[].[IntegrationUri,IntegrationId]' --output text)
  integration_id=$(column 2 "$function_arn" <<<"$integrations")
  if [[ -z $integration_id ]]; then
    integration_id=$(aws apigatewayv2 create-integration --api-id "$api_id" --integration-type AWS_PROXY \
      --integration-uri "$function_arn" --payload-format-version 2.0 --query IntegrationId --output text)
  else
    aws apigatewayv2 update-integration --api-id "$api_id" --integration-id "$integration_id" \
      --payload-format-version 2.0 >/dev/null
  fi

  routes=$(aws apigatewayv2 get-routes --api-id "$api_id" --query 'Items[].[RouteKey,Target,AuthorizationType]' --output text)

  # add_route ROUTE_KEY makes a route, and leaves alone one that is there.
  add_route() {
    local target
    target=$(column 2 "$1" <<<"$routes")
    if [[ -z $target ]]; then
      aws apigatewayv2 create-route --api-id "$api_id" --route-key "$1" --target "integrations/$integration_id" \
        --authorization-type AWS_IAM >/dev/null
    elif [[ $target != "integrations/$integration_id" || $(column 3 "$1" <<<"$routes") != AWS_IAM ]]; then
      echo "apply.sh: $1 leads elsewhere, or has another authorization, and stays as it is: $target" >&2
    fi
  }

  add_route 'GET /items'
  add_route 'POST /items'
  add_route 'DELETE /items/{id}'

  # With auto-deploy every change is deployed by itself.
  if ! aws apigatewayv2 get-stage --api-id "$api_id" --stage-name '$default' >/dev/null 2>&1; then
    aws apigatewayv2 create-stage --api-id "$api_id" --stage-name '$default' --auto-deploy >/dev/null
  fi

  set -- "$api_id"
fi

[[ $# -eq 1 ]] || usage
api_id=$1

protocol=$(aws apigatewayv2 get-api --api-id "$api_id" --query ProtocolType --output text) || protocol=""
if [[ $protocol != HTTP ]]; then
  lacks "$api_id is not the id of an HTTP API"
fi
stop_if_missing

aws apigatewayv2 update-api --api-id "$api_id" --cors-configuration "file://$here/cors-configuration.json" >/dev/null

routes=$(aws apigatewayv2 get-routes --api-id "$api_id" --query 'Items[].[RouteKey,RouteId,OperationName]' --output text)

# Routes that an earlier policy had made, and this one does not have.
while IFS=$'\t' read -r key id name; do
  made="$mark $key"
  [[ $name == "${made:0:64}" ]] || continue
  aws apigatewayv2 delete-route --api-id "$api_id" --route-id "$id"
  echo "$key is withdrawn"
done <<<"$routes"

echo "HTTP API $api_id has its CORS settings; a stage without auto-deploy needs a deployment"

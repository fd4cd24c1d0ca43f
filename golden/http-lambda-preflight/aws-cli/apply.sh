#!/usr/bin/env bash
# CORS for the HTTP API Branches, a whole example: AWS CLI.
#
# Run it as often as you like, the result is the same:
#
#   ./apply.sh API_ID INTEGRATION_ID
#
# or let it make the example around it first, the function aside:
#
#   ./apply.sh --create FUNCTION_ARN ISSUER AUDIENCE
#
# It looks for all that it needs, and tells what is missing, before it changes anything.
# What --create makes has the tag apigw-cors=created; without the tag, what is called Branches is left
# alone. So is an actual method or route that is there already; what differs in it is told.
# A stage with auto-deploy serves every change by itself; another needs a create-deployment.
# It replaces OPTIONS routes that are there.
# It takes away a CORS configuration: that would answer in the function's place.
#
# A later policy takes back what this one makes, and nothing else: a route is known by its operation
# name, apigw-cors-Branches.
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
# The actual responses get their CORS headers from the function: keep withCors around the handler
# when you put your own code in its place.
#
# Rendered by
#   apigw-cors generate --api http --name Branches --allow-origins 'https://*.example.com,http://localhost:*' --allow-methods GET,POST --expose-headers X-Request-Id --auth jwt --preflight lambda --format aws-cli --standalone

# shellcheck disable=SC2016 # $default and $request are words of API Gateway
set -euo pipefail

export AWS_PAGER="" # version 2 would wait in a pager
mark=apigw-cors-Branches

usage() {
  echo 'usage: apply.sh API_ID INTEGRATION_ID' >&2
  echo '       apply.sh --create FUNCTION_ARN ISSUER AUDIENCE' >&2
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
    echo 'hint: for the CORS of an API that is there, apply.sh API_ID INTEGRATION_ID; for an example beside it, render with another --name' >&2
  fi
}

# --create makes what is missing of an example API, called Branches, and goes on with it.
if [[ ${1-} == --create ]]; then
  [[ $# -eq 4 ]] || usage
  function_arn=$2
  issuer=$3
  audience=$4
  [[ $function_arn == arn:*:lambda:*:function:* ]] || usage

  find_function "$function_arn"
  apis=$(aws apigatewayv2 get-apis --query 'Items[].[Name,ApiId,Tags."apigw-cors"]' --output text)
  find_own 'HTTP API' Branches <<<"$apis"
  api_id=$own
  stop_if_missing

  if [[ -z $api_id ]]; then
    api_id=$(aws apigatewayv2 create-api --name Branches --protocol-type HTTP --tags apigw-cors=created --query ApiId --output text)
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

  authorizers=$(aws apigatewayv2 get-authorizers --api-id "$api_id" --query 'Items[].[Name,AuthorizerId]' --output text)
  authorizer_id=$(column 2 Branches <<<"$authorizers")
  if [[ -z $authorizer_id ]]; then
    authorizer_id=$(aws apigatewayv2 create-authorizer --api-id "$api_id" --name Branches \
      --identity-source '$request.header.Authorization' --query AuthorizerId --output text \
      --authorizer-type JWT --jwt-configuration "Issuer=$issuer,Audience=$audience")
  fi

  routes=$(aws apigatewayv2 get-routes --api-id "$api_id" --query 'Items[].[RouteKey,Target,AuthorizationType]' --output text)

  # add_route ROUTE_KEY makes a route, and leaves alone one that is there.
  add_route() {
    local target
    target=$(column 2 "$1" <<<"$routes")
    if [[ -z $target ]]; then
      aws apigatewayv2 create-route --api-id "$api_id" --route-key "$1" --target "integrations/$integration_id" \
        --authorization-type JWT --authorizer-id "$authorizer_id" >/dev/null
    elif [[ $target != "integrations/$integration_id" || $(column 3 "$1" <<<"$routes") != JWT ]]; then
      echo "apply.sh: $1 leads elsewhere, or has another authorization, and stays as it is: $target" >&2
    fi
  }

  add_route '$default'

  # With auto-deploy every change is deployed by itself.
  if ! aws apigatewayv2 get-stage --api-id "$api_id" --stage-name '$default' >/dev/null 2>&1; then
    aws apigatewayv2 create-stage --api-id "$api_id" --stage-name '$default' --auto-deploy >/dev/null
  fi

  set -- "$api_id" "$integration_id"
fi

[[ $# -eq 2 ]] || usage
api_id=$1
integration_id=$2

protocol=$(aws apigatewayv2 get-api --api-id "$api_id" --query ProtocolType --output text) || protocol=""
if [[ $protocol != HTTP ]]; then
  lacks "$api_id is not the id of an HTTP API"
elif ! aws apigatewayv2 get-integration --api-id "$api_id" --integration-id "$integration_id" >/dev/null; then
  lacks "HTTP API $api_id has no integration $integration_id"
fi
stop_if_missing

# A CORS configuration would answer in the function's place.
if [[ $(aws apigatewayv2 get-api --api-id "$api_id" --query CorsConfiguration --output text) != None ]]; then
  aws apigatewayv2 delete-cors-configuration --api-id "$api_id"
fi

routes=$(aws apigatewayv2 get-routes --api-id "$api_id" --query 'Items[].[RouteKey,RouteId,OperationName]' --output text)

# preflight ROUTE_KEY makes a route for OPTIONS requests without authorization: a
# preflight carries no credentials. A route that it makes has an operation name
# that tells.
preflight() {
  local id
  local route=(--api-id "$api_id" --authorization-type NONE --target "integrations/$integration_id")
  local name="$mark $1"
  id=$(column 2 "$1" <<<"$routes")
  if [[ -n $id ]]; then
    aws apigatewayv2 update-route --route-id "$id" "${route[@]}" >/dev/null
  else
    aws apigatewayv2 create-route --route-key "$1" --operation-name "${name:0:64}" "${route[@]}" >/dev/null
  fi
}

preflight 'OPTIONS /{proxy+}'
preflight 'OPTIONS /'

# Routes that an earlier policy had made, and this one does not have.
while IFS=$'\t' read -r key id name; do
  made="$mark $key"
  [[ $name == "${made:0:64}" ]] || continue
  case $key in
    'OPTIONS /{proxy+}') continue ;;
    'OPTIONS /') continue ;;
  esac
  aws apigatewayv2 delete-route --api-id "$api_id" --route-id "$id"
  echo "$key is withdrawn"
done <<<"$routes"

echo "HTTP API $api_id has its CORS settings; a stage without auto-deploy needs a deployment"

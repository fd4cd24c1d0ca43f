#!/usr/bin/env bash
# CORS for the HTTP API Profile: AWS CLI.
#
# Run it as often as you like, the result is the same:
#
#   ./apply.sh API_ID INTEGRATION_ID
#
# It looks for all that it needs, and tells what is missing, before it changes anything.
# A stage with auto-deploy serves every change by itself; another needs a create-deployment.
# The OPTIONS routes go before the authorizer of an ANY or $default route; any integration will do.
# It replaces OPTIONS routes that are there.
#
# A later policy takes back what this one makes, and nothing else: a route is known by its operation
# name, apigw-cors-Profile.
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
#   apigw-cors generate --api http --name Profile --allow-origins https://app.example.com,https://admin.example.com --allow-methods GET,PUT,PATCH,DELETE --allow-credentials --max-age 7200 --auth jwt --format aws-cli
set -euo pipefail

export AWS_PAGER="" # version 2 would wait in a pager
mark=apigw-cors-Profile
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)

usage() {
  echo 'usage: apply.sh API_ID INTEGRATION_ID' >&2
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

aws apigatewayv2 update-api --api-id "$api_id" --cors-configuration "file://$here/cors-configuration.json" >/dev/null

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

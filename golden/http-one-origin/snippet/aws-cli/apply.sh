#!/usr/bin/env bash
# CORS for the HTTP API Feed: AWS CLI.
#
# Run it as often as you like, the result is the same:
#
#   ./apply.sh API_ID
#
# It looks for all that it needs, and tells what is missing, before it changes anything.
# A stage with auto-deploy serves every change by itself; another needs a create-deployment.
#
# A later policy takes back what this one makes, and nothing else: a route is known by its operation
# name, apigw-cors-Feed.
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
#   apigw-cors generate --api http --name Feed --allow-origins https://app.example.com --allow-methods GET,POST --format aws-cli
set -euo pipefail

export AWS_PAGER="" # version 2 would wait in a pager
mark=apigw-cors-Feed
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)

usage() {
  echo 'usage: apply.sh API_ID' >&2
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

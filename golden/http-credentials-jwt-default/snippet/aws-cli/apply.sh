#!/usr/bin/env bash
# CORS for the HTTP API Profile: AWS CLI.
#
# Run it as often as you like, the result is the same:
#
#   ./apply.sh API_ID INTEGRATION_ID
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
#   apigw-cors generate --api http --name Profile --allow-origins https://app.example.com,https://admin.example.com --allow-methods GET,PUT,PATCH,DELETE --allow-credentials --max-age 7200 --auth jwt --format aws-cli
set -euo pipefail

export AWS_PAGER="" # version 2 would wait in a pager
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)

usage() {
  echo 'usage: apply.sh API_ID INTEGRATION_ID' >&2
  exit 2
}

# id_of KEY reads lines of KEY and ID.
id_of() {
  awk -F '\t' -v key="$1" '$1 == key && !seen++ { print $2 }'
}

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

preflight 'OPTIONS /{proxy+}'
preflight 'OPTIONS /'

echo "HTTP API $api_id has its CORS settings; a stage without auto-deploy needs a deployment"

#!/usr/bin/env bash
# CORS for the HTTP API Feed: AWS CLI.
#
# Run it as often as you like, the result is the same:
#
#   ./apply.sh API_ID
#
# A stage with auto-deploy serves every change by itself; another needs a create-deployment.
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
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)

usage() {
  echo 'usage: apply.sh API_ID' >&2
  exit 2
}

[[ $# -eq 1 ]] || usage
api_id=$1

aws apigatewayv2 update-api --api-id "$api_id" --cors-configuration "file://$here/cors-configuration.json" >/dev/null

echo "HTTP API $api_id has its CORS settings; a stage without auto-deploy needs a deployment"

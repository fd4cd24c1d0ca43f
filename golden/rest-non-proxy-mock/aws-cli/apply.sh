#!/usr/bin/env bash
# CORS for the REST API Draft, a whole example: AWS CLI.
#
# Run it as often as you like, the result is the same:
#
#   ./apply.sh REST_API_ID STAGE
#
# or let it make the example around it first:
#
#   ./apply.sh --create STAGE
#
# It looks for all that it needs, and tells what is missing, before it changes anything.
# What --create makes has the tag apigw-cors=created; without the tag, what is called Draft is left
# alone. So is an actual method or route that is there already; what differs in it is told.
# The API's resources and its stage must be there; it ends in a deployment, as a stage serves a snapshot.
# The actual methods must have their integrations; it replaces their responses for 200.
# It replaces the OPTIONS methods of these paths, and these gateway responses as a whole.
#
# A later policy takes back what this one makes, and nothing else: an OPTIONS method is known by a header
# that it declares, apigw-cors-Draft, a gateway response by the description of the deployment.
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
# The mocks of the actual methods send the CORS headers, too.
#
# Rendered by
#   apigw-cors generate --api rest --name Draft --allow-origins https://app.example.com,http://localhost:3000 --allow-methods GET,PUT --integration non-proxy --backend-type mock --resource / --resource /drafts --binary-media-types '*/*' --format aws-cli --standalone
set -euo pipefail

export AWS_PAGER="" # version 2 would wait in a pager
mark=apigw-cors-Draft
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)

usage() {
  echo 'usage: apply.sh REST_API_ID STAGE' >&2
  echo '       apply.sh --create STAGE' >&2
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
    echo 'hint: for the CORS of an API that is there, apply.sh REST_API_ID STAGE; for an example beside it, render with another --name' >&2
  fi
}

# --create makes what is missing of an example API, called Draft, and goes on with it.
if [[ ${1-} == --create ]]; then
  [[ $# -eq 2 ]] || usage
  stage=$2
  apis=$(aws apigateway get-rest-apis --query 'items[].[name,id,tags."apigw-cors"]' --output text)
  find_own 'REST API' Draft <<<"$apis"
  rest_api_id=$own
  stop_if_missing

  if [[ -z $rest_api_id ]]; then
    rest_api_id=$(aws apigateway create-rest-api --name Draft --tags apigw-cors=created --query id --output text \
      --binary-media-types '*/*')
  fi

  resources=$(aws apigateway get-resources --rest-api-id "$rest_api_id" --embed methods --output text \
    --query 'items[].[path, id,
      to_string(resourceMethods.*.[httpMethod, authorizationType, methodIntegration.type, methodIntegration.uri])]')

  # add_resource PATH PARENT PART
  add_resource() {
    local id
    id=$(column 2 "$1" <<<"$resources")
    if [[ -z $id ]]; then
      id=$(aws apigateway create-resource --rest-api-id "$rest_api_id" --parent-id "$(column 2 "$2" <<<"$resources")" \
        --path-part="$3" --query id --output text)
      resources+=$'\n'$1$'\t'$id
    fi
  }

  type=MOCK
  authorization=NONE

  # add_method METHOD PATH makes a method with its integration, and leaves alone one
  # that is there.
  add_method() {
    local method=(--rest-api-id "$rest_api_id" --resource-id "$(column 2 "$2" <<<"$resources")" --http-method "$1")
    case $(column 3 "$2" <<<"$resources") in
      *"[\"$1\",\"$authorization\",\"$type\",null]"*) return ;;
      *"[\"$1\",\"$authorization\",null"*) ;; # an earlier run came no further
      *"[\"$1\","*)
        echo "apply.sh: $1 $2 has another authorization or integration, which stays as it is" >&2
        return
        ;;
      *)
        aws apigateway put-method "${method[@]}" --authorization-type "$authorization" >/dev/null
        ;;
    esac
    aws apigateway put-integration "${method[@]}" --type "$type" --content-handling CONVERT_TO_TEXT \
      --request-templates '{"application/json":"{\"statusCode\": 200}"}' >/dev/null
  }

  add_resource /drafts / drafts
  add_method GET /
  add_method PUT /
  add_method GET /drafts
  add_method PUT /drafts

  if ! aws apigateway get-stage --rest-api-id "$rest_api_id" --stage-name "$stage" >/dev/null 2>&1; then
    aws apigateway create-deployment --rest-api-id "$rest_api_id" --stage-name "$stage" >/dev/null
  fi

  set -- "$rest_api_id" "$stage"
fi

[[ $# -eq 2 ]] || usage
rest_api_id=$1
stage=$2

needs_resource() {
  [[ -n $(column 2 "$1" <<<"$resources") ]] || lacks "REST API $rest_api_id has no resource $1"
}

# needs_integration METHOD PATH
needs_integration() {
  [[ $(column 3 "$2" <<<"$resources") == *"[\"$1\",\"MOCK\"]"* ]] ||
    lacks "REST API $rest_api_id has no integration of type MOCK for $1 $2"
}

if resources=$(aws apigateway get-resources --rest-api-id "$rest_api_id" --embed methods --output text \
  --query 'items[].[path, id,
    to_string(resourceMethods.*.[httpMethod, methodIntegration.type]),
    to_string(resourceMethods.OPTIONS.requestParameters)]'); then
  needs_resource /
  needs_resource /drafts
  needs_integration GET /
  needs_integration PUT /
  needs_integration GET /drafts
  needs_integration PUT /drafts
  aws apigateway get-stage --rest-api-id "$rest_api_id" --stage-name "$stage" >/dev/null ||
    lacks "REST API $rest_api_id has no stage $stage; aws apigateway create-deployment makes one"
else
  lacks "the REST API $rest_api_id is not found"
fi
stop_if_missing

# preflight PATH FILE gives a resource its OPTIONS method, a mock with the headers
# in FILE. An OPTIONS method that is there goes first, with all its responses; the
# stage serves its snapshot until the end.
# It declares a header that nobody sends or reads: a later run knows it by that.
preflight() {
  local method=(--rest-api-id "$rest_api_id" --resource-id "$(column 2 "$1" <<<"$resources")" --http-method OPTIONS)
  if [[ $(column 3 "$1" <<<"$resources") == *'["OPTIONS",'* ]]; then
    aws apigateway delete-method "${method[@]}"
  fi
  # A preflight carries no credentials: no authorization, no API key.
  aws apigateway put-method "${method[@]}" --authorization-type NONE --no-api-key-required \
    --request-parameters "method.request.header.$mark=false" >/dev/null
  aws apigateway put-integration "${method[@]}" --cli-input-json "file://$here/preflight-integration.json" >/dev/null
  aws apigateway put-method-response "${method[@]}" --cli-input-json "file://$here/preflight-method-response.json" >/dev/null
  aws apigateway put-integration-response "${method[@]}" --cli-input-json "file://$here/$2" >/dev/null
}

preflight / preflight-get-put.json
preflight /drafts preflight-get-put.json

# OPTIONS methods that an earlier policy had made, and this one does not have.
while IFS=$'\t' read -r path id _ declared; do
  [[ $declared == *"\"method.request.header.$mark\""* ]] || continue
  case $path in
    /) continue ;;
    /drafts) continue ;;
  esac
  aws apigateway delete-method --rest-api-id "$rest_api_id" --resource-id "$id" --http-method OPTIONS
  echo "OPTIONS $path is withdrawn"
done <<<"$resources"

# actual METHOD PATH STATUS... gives a method's responses their CORS headers, in
# place of those that are there.
actual() {
  local status
  local method=(--rest-api-id "$rest_api_id" --resource-id "$(column 2 "$2" <<<"$resources")" --http-method "$1")
  for status in "${@:3}"; do
    if aws apigateway get-integration-response "${method[@]}" --status-code "$status" >/dev/null 2>&1; then
      aws apigateway delete-integration-response "${method[@]}" --status-code "$status"
    fi
    if aws apigateway get-method-response "${method[@]}" --status-code "$status" >/dev/null 2>&1; then
      aws apigateway delete-method-response "${method[@]}" --status-code "$status"
    fi
    aws apigateway put-method-response "${method[@]}" --cli-input-json "file://$here/actual-method-response-$status.json" >/dev/null
    aws apigateway put-integration-response "${method[@]}" --cli-input-json "file://$here/actual-integration-response-$status.json" >/dev/null
  done
}

actual GET / 200
actual PUT / 200
actual GET /drafts 200
actual PUT /drafts 200

# What API Gateway answers without its backend. The descriptions of the deployments
# keep which of these responses the last run has put.
deployments=$(aws apigateway get-deployments --rest-api-id "$rest_api_id" --query 'items[].[description]' --output text)
last=$(awk -v own="$mark run" '$1 " " $2 == own && $3 + 0 > run { run = $3 + 0; line = $0 }
  END { sub(/^[^:]*: gateway responses */, "", line); print run + 0, line }' <<<"$deployments")
read -r run earlier <<<"$last"

put='DEFAULT_4XX DEFAULT_5XX'
for type in $put; do
  aws apigateway put-gateway-response --rest-api-id "$rest_api_id" --response-type "$type" \
    --cli-input-json "file://$here/gateway-response.json" >/dev/null
done

# Those that it does not have any more, unless more than this script's headers is
# in them by now.
responses=$(aws apigateway get-gateway-responses --rest-api-id "$rest_api_id" --output text \
  --query 'items[?!defaultResponse && responseParameters].[responseType,
    to_string(keys(responseParameters)), to_string(responseTemplates)]')
headers='^\[("gatewayresponse\.header\.(Access-Control-[A-Za-z-]+|Vary)",?)+]$'
# shellcheck disable=SC2016 # the dollar sign is API Gateway's own
template='{"application/json":"{\"message\":$context.error.messageString}"}'
for type in $earlier; do
  [[ " $put " != *" $type "* ]] || continue
  IFS=$'\t' read -r found declared templates <<<"$(awk -F '\t' -v key="$type" '$1 == key' <<<"$responses")"
  if [[ -z $found ]]; then
    continue # somebody has deleted it
  elif [[ $declared =~ $headers && ($templates == "$template" || $templates == null || $templates == "{}") ]]; then
    aws apigateway delete-gateway-response --rest-api-id "$rest_api_id" --response-type "$type"
    echo "gateway response $type is withdrawn"
  else
    echo "apply.sh: the gateway response $type has been changed since, and stays" >&2
  fi
done

# Nothing of it is served before this.
aws apigateway create-deployment --rest-api-id "$rest_api_id" --stage-name "$stage" \
  --description "$mark run $((run + 1)): gateway responses $put" >/dev/null
echo "REST API $rest_api_id is deployed to stage $stage"

# Lambda function for the HTTP API Site: Python 3.13.
#
# It sends no CORS header on purpose: the API has a CORS configuration, so API
# Gateway adds the headers to every response and ignores those of the function.
#
# Put your own code into respond(), or paste the other functions into yours. The
# function's handler is app.handler.
#
# Rendered by
#   apigw-cors generate --api http --name Site --allow-origins https://www.example.com --allow-methods GET,POST,DELETE --allow-headers '*,Authorization' --expose-headers Date,x-api-id --max-age 300 --auth jwt --format lambda-python

import json
import logging


# API Gateway answers the preflight; should a route pass it on, an ok status is
# all it takes.
def handler(event, context):
    if method(event) == "OPTIONS":
        return {"statusCode": 204}
    try:
        return respond(event)
    except Exception:
        logging.exception("respond failed")
        return {
            "statusCode": 500,
            "headers": {"Content-Type": "application/json"},
            "body": json.dumps({"message": "Internal server error"}),
        }


def respond(event):
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({"message": "Hello"}),
    }


def method(event):
    """The request's method in payload format 2.0 or 1.0."""
    http = (event.get("requestContext") or {}).get("http") or {}
    return http.get("method") or event.get("httpMethod")

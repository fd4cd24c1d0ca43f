# Lambda function for the REST API Images: Python 3.13.
#
# It sends the CORS headers with every response: a browser hides one without them
# from the page, errors included. API Gateway answers the preflight.
#
# Put your own code into respond(), or paste the other functions into yours. The
# function's handler is app.handler.
#
# Rendered by
#   apigw-cors generate --api rest --name Images --allow-origins https://app.example.com --allow-methods GET,PUT --auth api-key --binary-media-types '*/*' --format lambda-python

import json
import logging

# One origin for everybody, so there is nothing to decide and nothing to vary.
CORS_HEADERS = {
    "Access-Control-Allow-Origin": "https://app.example.com",
}


def handler(event, context):
    try:
        response = respond(event)
        return {**response, "headers": {**(response.get("headers") or {}), **CORS_HEADERS}}
    except Exception:
        logging.exception("respond failed")
        return {
            "statusCode": 500,
            "headers": {"Content-Type": "application/json", **CORS_HEADERS},
            "body": json.dumps({"message": "Internal server error"}),
        }


def respond(event):
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({"message": "Hello"}),
    }

# Lambda function for the HTTP API Signed: Python 3.13.
#
# It sends no CORS header on purpose: the API has a CORS configuration, so API
# Gateway adds the headers to every response and ignores those of the function.
#
# Put your own code into respond(), or paste the other functions into yours. The
# function's handler is app.handler.
#
# Rendered by
#   apigw-cors generate --api http --name Signed --allow-origins https://app.example.com --auth iam --resource /items=GET,POST --resource '/items/{id}=DELETE' --format lambda-python

import json
import logging


def handler(event, context):
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

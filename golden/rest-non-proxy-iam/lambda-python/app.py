# Lambda function for the REST API Reports: Python 3.13.
#
# It sends no CORS header on purpose: behind a non-proxy integration API Gateway
# makes the response of what the function returns, and maps the headers itself.
#
# Put your own code into respond(), or paste the other functions into yours. The
# function's handler is app.handler.
#
# Rendered by
#   apigw-cors generate --api rest --name Reports --allow-origins https://app.example.com,https://reports.example.com --allow-methods POST --expose-headers X-Report-Id --auth iam --integration non-proxy --resource /reports --binary-media-types '*/*' --format lambda-python

import logging


# The message of an error selects the integration response of status 500, and its
# body goes to the caller.
def handler(event, context):
    try:
        return respond(event)
    except Exception:
        logging.exception("respond failed")
        raise RuntimeError("Internal server error") from None


def respond(event):
    return {"message": "Hello"}

# Lambda function for the HTTP API Moved: Python 3.13.
#
# with_cors, in cors.py, puts the CORS headers on every response. A function of
# your own needs the same line around its handler: cors.py says how.
#
# The function's handler is app.handler; cors.py goes into its package, too.
#
# Rendered by
#   apigw-cors generate --api http --name Moved --allow-origins 'https://app.example.org,https://*.example.com' --allow-methods GET,POST --allow-credentials --payload-format 1.0 --preflight lambda --resource /orders --resource '/orders/{id}=GET,DELETE' --format lambda-python

import json

from cors import with_cors


@with_cors
def handler(event, context):
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({"message": "Hello"}),
    }

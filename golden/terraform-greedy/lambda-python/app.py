# Lambda function for the REST API Greedy: Python 3.13.
#
# with_cors, in cors.py, puts the CORS headers on every response. A function of
# your own needs the same line around its handler: cors.py says how.
#
# The function's handler is app.handler; cors.py goes into its package, too.
#
# Rendered by
#   apigw-cors generate --api rest --name Greedy --allow-origins https://app.example.com --resource /=GET --resource /orders=GET,POST --resource '/orders/{id}=DELETE' --format lambda-python

import json

from cors import with_cors


@with_cors
def handler(event, context):
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({"message": "Hello"}),
    }

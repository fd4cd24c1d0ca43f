# Lambda function for the REST API Orders: Python 3.13.
#
# with_cors, in cors.py, puts the CORS headers on every response. A function of
# your own needs the same line around its handler: cors.py says how.
#
# The function's handler is app.handler; cors.py goes into its package, too.
#
# Rendered by
#   apigw-cors generate --api rest --name Orders --allow-origins https://app.example.com --max-age 3600 --resource /orders=GET,POST --resource '/orders/{id}=GET,PATCH,DELETE' --resource '/orders/{id}/items/{item}=PUT' --resource /health=ANY --format lambda-python

import json

from cors import with_cors


@with_cors
def handler(event, context):
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({"message": "Hello"}),
    }

# Lambda function for the REST API Customers: Python 3.13.
#
# with_cors, in cors.py, puts the CORS headers on every response. A function of
# your own needs the same line around its handler: cors.py says how.
#
# The function's handler is app.handler; cors.py goes into its package, too.
#
# Rendered by
#   apigw-cors generate --api rest --name Customers --allow-origins http://localhost:3000,https://myproddomain.com --allow-methods GET,POST,OPTIONS --allow-headers Content-Type,x-api-key --auth cognito --format lambda-python

import json

from cors import with_cors


@with_cors
def handler(event, context):
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({"message": "Hello"}),
    }

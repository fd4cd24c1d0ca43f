# Lambda function for the HTTP API Branches: Python 3.13.
#
# with_cors, in cors.py, puts the CORS headers on every response. A function of
# your own needs the same line around its handler: cors.py says how.
#
# The function's handler is app.handler; cors.py goes into its package, too.
#
# Rendered by
#   apigw-cors generate --api http --name Branches --allow-origins 'https://*.example.com,http://localhost:*' --allow-methods GET,POST --expose-headers X-Request-Id --auth jwt --preflight lambda --format lambda-python

import json

from cors import with_cors


@with_cors
def handler(event, context):
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({"message": "Hello"}),
    }

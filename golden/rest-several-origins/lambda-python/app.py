# Lambda function for the REST API Shop: Python 3.13.
#
# It sends the CORS headers with every response: a browser hides one without them
# from the page, errors included. API Gateway answers the preflight.
#
# Put your own code into respond(), or paste the other functions into yours. The
# function's handler is app.handler.
#
# Rendered by
#   apigw-cors generate --api rest --name Shop --allow-origins https://app.example.com,https://admin.example.com,http://localhost:3000 --allow-methods GET,POST,DELETE --allow-headers X-Request-Id --max-age 600 --format lambda-python

import json
import logging

# A browser sends an origin in one form only, so values are compared byte by byte.
ALLOWED_ORIGINS = {
    "https://app.example.com",
    "https://admin.example.com",
    "http://localhost:3000",
}


def handler(event, context):
    cors = cors_headers(event)
    try:
        response = respond(event)
        return {**response, "headers": {**(response.get("headers") or {}), **cors}}
    except Exception:
        logging.exception("respond failed")
        return {
            "statusCode": 500,
            "headers": {"Content-Type": "application/json", **cors},
            "body": json.dumps({"message": "Internal server error"}),
        }


def respond(event):
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({"message": "Hello"}),
    }


# Vary stands on a refusal, too, or a cache would hand it to an allowed origin.
# Whatever else your responses vary by belongs into the same header.
def cors_headers(event):
    headers = {
        "Vary": "Origin",
    }
    origin = request_header(event, "origin")
    if is_allowed(origin):
        headers["Access-Control-Allow-Origin"] = origin
    return headers


def is_allowed(origin):
    return origin in ALLOWED_ORIGINS


# Names arrive as the client wrote them, and a request without headers has None.
def request_header(event, name):
    headers = {**(event.get("multiValueHeaders") or {}), **(event.get("headers") or {})}
    for key, value in headers.items():
        if key.lower() == name:
            return ",".join(value) if isinstance(value, list) else value or ""
    return ""

# Lambda function for the REST API Dynamic: Python 3.13.
#
# It answers the preflight, and sends the CORS headers with every response. A
# browser hides a response without them from the page, errors included.
#
# Put your own code into respond(), or paste the other functions into yours. The
# function's handler is app.handler.
#
# Rendered by
#   apigw-cors generate --api rest --name Dynamic --allow-origins 'https://app.example.com,https://*.preview.example.com' --allow-methods GET,POST --allow-credentials --auth lambda --auth-header X-Session --preflight lambda --format lambda-python

import json
import logging

# A browser sends an origin in one form only, so values are compared byte by byte.
ALLOWED_ORIGINS = {
    "https://app.example.com",
}
# Prefix and suffix.
ALLOWED_PATTERNS = [
    ("https://", ".preview.example.com"),
]


def handler(event, context):
    if event.get("httpMethod") == "OPTIONS":
        return preflight(event)
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


def preflight(event):
    return {
        "statusCode": 204,
        "headers": {
            **cors_headers(event),
            "Access-Control-Allow-Methods": "GET,POST",
            "Access-Control-Allow-Headers": "Content-Type,X-Session",
        },
        "body": "",
    }


# Vary stands on a refusal, too, or a cache would hand it to an allowed origin.
# Whatever else your responses vary by belongs into the same header.
def cors_headers(event):
    headers = {
        "Access-Control-Allow-Credentials": "true",
        "Vary": "Origin",
    }
    origin = request_header(event, "origin")
    if is_allowed(origin):
        headers["Access-Control-Allow-Origin"] = origin
    return headers


def is_allowed(origin):
    return origin in ALLOWED_ORIGINS or any(
        origin.startswith(prefix)
        and origin.endswith(suffix)
        and "@" not in origin
        and origin.rfind("/") == prefix.find("://") + 2
        for prefix, suffix in ALLOWED_PATTERNS
    )


# Names arrive as the client wrote them, and a request without headers has None.
def request_header(event, name):
    headers = {**(event.get("multiValueHeaders") or {}), **(event.get("headers") or {})}
    for key, value in headers.items():
        if key.lower() == name:
            return ",".join(value) if isinstance(value, list) else value or ""
    return ""

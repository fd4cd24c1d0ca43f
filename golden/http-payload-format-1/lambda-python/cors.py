# CORS for Lambda functions of the HTTP API Moved: Python 3.13.
#
# One line puts it around a handler:
#
#   from cors import with_cors
#
#   @with_cors
#   def handler(event, context): ...
#
# It answers the preflight itself, and puts the CORS headers on every response: a
# browser hides one without them from the page, errors included.
#
# The policy alone decides: other Access-Control-* headers of a response are
# dropped. Its Vary is kept, with Origin added.
#
# An exception is logged and answered with status 500; passed on, API Gateway
# would answer, without these headers. The API's metric 5xx counts it, the
# function's Errors does not.
#
# Rendered by
#   apigw-cors generate --api http --name Moved --allow-origins 'https://app.example.org,https://*.example.com' --allow-methods GET,POST --allow-credentials --payload-format 1.0 --preflight lambda --resource /orders --resource '/orders/{id}=GET,DELETE' --format lambda-python

import functools
import json
import logging


# A browser sends an origin in one form only, so values are compared byte by byte.
ALLOWED_ORIGINS = {
    "https://app.example.org",
}


# Between prefix and suffix stands the rest of a host name, or a port.
ALLOWED_PATTERNS = [
    ("https://", ".example.com"),
]


# Each resource allows its own methods.
ALLOW_METHODS = {
    "/orders": "GET,POST",
    "/orders/{id}": "GET,DELETE",
}


FAILURE = {
    "statusCode": 500,
    "headers": {"Content-Type": "application/json"},
    "body": json.dumps({"message": "Internal server error"}),
}


def with_cors(handler):
    """Decorates a handler: its responses, and its errors, get the CORS headers."""

    @functools.wraps(handler)
    def wrapper(event, context):
        if method(event) == "OPTIONS":
            return preflight(event)
        cors = cors_headers(event)
        try:
            return add_cors(structured(event, handler(event, context)), cors)
        except Exception:
            logging.exception("the handler failed")
            return add_cors(FAILURE, cors)

    return wrapper


def structured(event, result):
    """The response that payload format 2.0 makes of a result.

    Any result without a status code becomes a body, and multiValueHeaders are
    not read.
    """
    if event.get("version") != "2.0":
        return result
    if not isinstance(result, dict) or "statusCode" not in result:
        return {
            "statusCode": 200,
            "headers": {"Content-Type": "application/json"},
            "body": result if isinstance(result, str) else json.dumps(result),
        }
    return {key: value for key, value in result.items() if key != "multiValueHeaders"}


def preflight(event):
    """The response to a CORS-preflight request for a resource."""
    resource = (event.get("routeKey") or event.get("resource") or "").split(" ")[-1]
    methods = {"Access-Control-Allow-Methods": ALLOW_METHODS[resource]} if resource in ALLOW_METHODS else {}
    return {
        "statusCode": 204,
        "headers": {
            **cors_headers(event),
            **methods,
            "Access-Control-Allow-Headers": "Content-Type",
        },
        "body": "",
    }


def add_cors(response, cors):
    """The response with the CORS headers in the place of those it has."""
    if not isinstance(response, dict):
        raise TypeError("the handler returned no response")
    headers = other_headers(response.get("headers"))
    cors = {**cors, "Vary": vary_by_origin(response)}
    if not response.get("multiValueHeaders"):
        return {**response, "headers": {**headers, **cors}}
    multi_value_headers = other_headers(response["multiValueHeaders"])
    multi_value_headers.update({name: [value] for name, value in cors.items()})
    return {**response, "headers": headers, "multiValueHeaders": multi_value_headers}


def other_headers(headers):
    """The headers that are not the policy's, whatever the case of their names."""
    return {
        name: value
        for name, value in (headers or {}).items()
        if not name.lower().startswith("access-control-") and name.lower() != "vary"
    }


def vary_by_origin(response):
    """The response's Vary with Origin.

    It stands on a refusal, too, or a cache would hand it to an allowed origin.
    """
    fields = []
    for headers in (response.get("headers"), response.get("multiValueHeaders")):
        for name, value in (headers or {}).items():
            if name.lower() == "vary":
                text = ",".join(map(str, value)) if isinstance(value, list) else str(value or "")
                fields += [field.strip() for field in text.split(",")]
    if "*" in fields:
        return "*"
    return ", ".join([field for field in fields if field and field.lower() != "origin"] + ["Origin"])


def cors_headers(event):
    """The CORS headers of a response to the event's request."""
    headers = {
        "Access-Control-Allow-Credentials": "true",
        "Vary": "Origin",
    }
    origin = request_header(event, "origin")
    if is_allowed(origin):
        headers["Access-Control-Allow-Origin"] = origin
    return headers


def is_allowed(origin):
    """Whether the policy allows the origin."""
    return origin in ALLOWED_ORIGINS or any(
        origin.startswith(prefix)
        and origin.endswith(suffix)
        and "@" not in origin
        and origin.rfind("/") == prefix.find("://") + 2
        for prefix, suffix in ALLOWED_PATTERNS
    )


def request_header(event, name):
    """The value of a request's header, "" without it.

    Names arrive as the client wrote them, and a request without headers has None.
    """
    headers = {**(event.get("multiValueHeaders") or {}), **(event.get("headers") or {})}
    for key, value in headers.items():
        if key.lower() == name:
            return ",".join(value) if isinstance(value, list) else value or ""
    return ""


def method(event):
    """The request's method in payload format 2.0 or 1.0."""
    http = (event.get("requestContext") or {}).get("http") or {}
    return http.get("method") or event.get("httpMethod")

# CORS for Lambda functions of the REST API Public: Python 3.13.
#
# One line puts it around a handler:
#
#   from cors import with_cors
#
#   @with_cors
#   def handler(event, context): ...
#
# It puts the CORS headers on every response: a browser hides one without them
# from the page, errors included. API Gateway answers the preflight.
#
# The policy alone decides: other Access-Control-* headers of a response are
# dropped.
#
# An exception is logged and answered with status 500; passed on, API Gateway
# would answer, without these headers. The API's metric 5XXError counts it, the
# function's Errors does not.
#
# Rendered by
#   apigw-cors generate --api rest --name Public --allow-origins '*' --allow-methods GET --max-age 7200 --format lambda-python

import functools
import json
import logging


# One origin for everybody, so there is nothing to decide and nothing to vary.
CORS_HEADERS = {
    "Access-Control-Allow-Origin": "*",
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
        try:
            return add_cors(handler(event, context), CORS_HEADERS)
        except Exception:
            logging.exception("the handler failed")
            return add_cors(FAILURE, CORS_HEADERS)

    return wrapper


def add_cors(response, cors):
    """The response with the CORS headers in the place of those it has."""
    if not isinstance(response, dict):
        raise TypeError("the handler returned no response")
    headers = other_headers(response.get("headers"))
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
        if not name.lower().startswith("access-control-")
    }

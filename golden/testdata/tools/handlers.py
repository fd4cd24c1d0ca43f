"""Loads a handler file and runs it on an event.

{"file": "…/app.py", "function": "handler", "event": {…}} -> {"response": {…}}
"""

import functools
import importlib.util
import types

from serve import serve


@functools.cache
def load(file: str) -> types.ModuleType:
    spec = importlib.util.spec_from_file_location("handler", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answer(request: dict) -> dict:
    context = types.SimpleNamespace(aws_request_id="golden")
    handler = getattr(load(request["file"]), request["function"])
    return {"response": handler(request["event"], context)}


serve(answer)

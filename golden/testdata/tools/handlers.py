"""Loads a handler file, or takes its source, and runs it on an event.

{"file": "…/app.py", "function": "handler", "event": {…}} -> {"response": {…}}
{"source": "def handler…", "function": "handler", "event": {…}} -> {"response": {…}}
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


def evaluate(source: str) -> types.ModuleType:
    """Keeps nothing: a fuzz test has no end of sources."""
    module = types.ModuleType("handler")
    exec(source, module.__dict__)
    return module


def answer(request: dict) -> dict:
    context = types.SimpleNamespace(aws_request_id="golden")
    module = evaluate(request["source"]) if "source" in request else load(request["file"])
    handler = getattr(module, request["function"])
    return {"response": handler(request["event"], context)}


serve(answer)

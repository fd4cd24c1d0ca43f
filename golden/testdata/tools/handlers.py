"""Loads a handler file, or takes its source, or puts a wrapper around a handler
that does as told, and runs it on an event.

{"file": "…/app.py", "event": {…}} -> {"response": {…}}
{"source": "def handler…", "event": {…}} -> {"response": {…}}
{"file": "…/cors.py", "handler": {"returns": …} or {"throws": "…"}, "event": {…}}
"""

import functools
import importlib.util
import pathlib
import sys
import types

from serve import serve


@functools.cache
def load(file: str) -> types.ModuleType:
    # Lambda finds the modules beside the handler, and there is one function's only.
    sys.path.insert(0, str(pathlib.Path(file).parent))
    sys.modules.pop("cors", None)
    try:
        spec = importlib.util.spec_from_file_location("handler", file)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.pop(0)
    return module


def evaluate(source: str) -> types.ModuleType:
    """Keeps nothing: a fuzz test has no end of sources."""
    module = types.ModuleType("handler")
    exec(source, module.__dict__)
    return module


def answer(request: dict) -> dict:
    module = evaluate(request["source"]) if "source" in request else load(request["file"])
    told = request.get("handler")
    handler = module.with_cors(lambda event, context: does(told)) if told is not None else module.handler
    return {"response": handler(request["event"], types.SimpleNamespace(aws_request_id="golden"))}


def does(told: dict):
    if told.get("throws"):
        raise RuntimeError(told["throws"])
    return told.get("returns")


serve(answer)

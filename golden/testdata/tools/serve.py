"""One JSON request a line on stdin, one JSON answer a line on stdout."""

import json
import sys
import traceback
from collections.abc import Callable


def serve(answer: Callable[[dict], dict]) -> None:
    """Answers until stdin ends.

    stdout belongs to the answers, so what a loaded program prints goes to
    stderr.
    """
    out, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        try:
            reply = answer(json.loads(line))
        except Exception:
            reply = {"error": traceback.format_exc()}
        print(json.dumps(reply), file=out, flush=True)

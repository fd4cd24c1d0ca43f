"""Keeps an AWS CLI loaded: each call runs the real one in a fork of this process.

A call costs a third of a second, most of it Python reading its modules and the
models of the services, and the rendered scripts make hundreds. "aws_cli.py
SOCKET" listens until stdin ends; aws_call.py is what stands on the PATH as
"aws".
"""

import contextlib
import gc
import io
import os
import signal
import socket
import sys
import threading
import traceback

import awscli.clidriver

# Importing the CLI sets this, and the CLI finds its own data by it.
DATA_PATH = os.environ["AWS_DATA_PATH"]


def load() -> awscli.clidriver.CLIDriver:
    """Makes the CLI read, once and without a call, what every call needs."""
    driver = awscli.clidriver.create_clidriver()
    for service in ("apigateway", "apigatewayv2", "lambda"):
        driver.session.create_client(service, "us-east-1")
    with contextlib.redirect_stdout(io.StringIO()):
        driver.main(["apigateway", "get-rest-apis", "--generate-cli-skeleton"])
    # Otherwise a fork copies all of it as soon as it collects garbage.
    gc.collect()
    gc.freeze()
    return driver


def run(driver: awscli.clidriver.CLIDriver, call: str, streams: list[int]) -> int:
    for target, source in enumerate(streams):
        os.dup2(source, target)
    folder, count, *rest = call.split("\0")
    arguments, environment = rest[: int(count)], rest[int(count) :]
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(dict(v.split("=", 1) for v in environment), AWS_DATA_PATH=DATA_PATH)
    try:
        code = driver.main(arguments)
    except SystemExit as e:
        code = e.code if isinstance(e.code, int) else 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def serve(driver: awscli.clidriver.CLIDriver, connection: socket.socket) -> None:
    data, streams, _, _ = socket.recv_fds(connection, 1 << 20, 3)
    if os.fork() == 0:
        code = 255
        try:
            code = run(driver, data.decode(errors="surrogateescape"), streams)
        except BaseException:
            traceback.print_exc()
        connection.sendall(bytes([code]))
        os._exit(code)
    for stream in streams:
        os.close(stream)
    connection.close()


def listen(path: str) -> None:
    driver = load()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        print("ready", flush=True)
        while True:
            serve(driver, server.accept()[0])


signal.signal(signal.SIGCHLD, signal.SIG_IGN)
threading.Thread(target=listen, args=sys.argv[1:], daemon=True).start()
sys.stdin.read()

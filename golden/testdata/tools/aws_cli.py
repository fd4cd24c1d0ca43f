"""Keeps an AWS CLI loaded: each call runs the real one in a fork of this process.

A call costs a third of a second, most of it Python reading its modules, and
the rendered scripts make hundreds. "aws_cli.py SOCKET" listens until stdin
ends; aws_call.py is what stands on the PATH as "aws".
"""

import json
import os
import signal
import socket
import sys
import threading
import traceback

import awscli.clidriver

# Importing the CLI sets this, and the CLI finds its own data by it.
DATA_PATH = os.environ["AWS_DATA_PATH"]


def run(call: dict, streams: list[int]) -> int:
    for target, source in enumerate(streams):
        os.dup2(source, target)
    os.chdir(call["folder"])
    os.environ.clear()
    os.environ.update(call["environment"], AWS_DATA_PATH=DATA_PATH)
    sys.argv = ["aws", *call["arguments"]]
    try:
        code = awscli.clidriver.main()
    except SystemExit as e:
        code = e.code if isinstance(e.code, int) else 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def serve(connection: socket.socket) -> None:
    data, streams, _, _ = socket.recv_fds(connection, 1 << 20, 3)
    child = os.fork()
    if child == 0:
        code = 255
        try:
            code = run(json.loads(data), streams)
        except BaseException:
            traceback.print_exc()
        connection.sendall(bytes([code]))
        os._exit(code)
    for stream in streams:
        os.close(stream)
    connection.close()


def listen(path: str) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        print("ready", flush=True)
        while True:
            serve(server.accept()[0])


# A session and a client import what every call needs.
awscli.clidriver.create_clidriver().session.create_client("apigateway", "us-east-1")
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
threading.Thread(target=listen, args=sys.argv[1:], daemon=True).start()
sys.stdin.read()

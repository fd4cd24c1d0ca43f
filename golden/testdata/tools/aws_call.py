"""The "aws" on the PATH: hands its arguments and streams to aws_cli.py.

It imports what is built into the interpreter and nothing else: reading json, os
and socket takes longer than the call it hands over.
"""

import _socket
import posix
import sys

SCM_RIGHTS_OF_THREE = b"".join(fd.to_bytes(4, sys.byteorder) for fd in range(3))

# Arguments and variables hold no NUL.
call = [posix.getcwd().encode(), str(len(sys.argv) - 1).encode()]
call += [argument.encode(errors="surrogateescape") for argument in sys.argv[1:]]
call += [name + b"=" + value for name, value in posix.environ.items()]

connection = _socket.socket(_socket.AF_UNIX)
connection.connect(posix.environ[b"AWS_CLI_SOCKET"])
connection.sendmsg(
    [b"\0".join(call)], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, SCM_RIGHTS_OF_THREE)]
)
code = connection.recv(1)
sys.exit(code[0] if code else 255)

"""Commands as processes that start at once: a waiting parent has loaded the libraries and forks one for each.

A child has its own folders, environment, arguments and streams, and ends as `python -m pkui` ends. What a start from
nothing costs, and what it loads, is tested where commands are started from nothing.
"""

import array
import gc
import json
import os
import signal
import socket
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import IO, Any

ROOT = Path(__file__).parents[2]
LOADED = ("pkui.cli", "pkui.services", "storage.tables")
"""Packages whose every module the parent has loaded."""
_SIZE = 4


def _send(channel: socket.socket, request: object, streams: tuple[int, ...]) -> None:
    body = json.dumps(request).encode()
    passed = array.array("i", streams)
    channel.sendmsg([len(body).to_bytes(_SIZE, "big")], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, passed)])
    channel.sendall(body)


def _receive(channel: socket.socket, size: int) -> bytes:
    got = b""
    while len(got) < size:
        part = channel.recv(size - len(got))
        if not part:
            raise EOFError
        got += part
    return got


class Waiting:
    """The parent of the commands; `run` starts one and waits for its exit code."""

    def __init__(self) -> None:
        self._channel, theirs = socket.socketpair()
        environment = os.environ | {"PYTHONUTF8": "1"}
        command = [sys.executable, "-m", "tests.cli.ready", str(theirs.fileno())]
        self._process = subprocess.Popen(command, cwd=ROOT, env=environment, pass_fds=[theirs.fileno()])
        theirs.close()

    def run(
        self, arguments: tuple[str, ...], environment: dict[str, str], streams: tuple[IO[bytes], ...], *, within: float
    ) -> int:
        """Runs a command on these three streams. Raises TimeoutError when it does not end `within` seconds."""
        self._channel.settimeout(within)
        request = {"arguments": arguments, "environment": environment}
        _send(self._channel, request, tuple(stream.fileno() for stream in streams))
        return int.from_bytes(_receive(self._channel, _SIZE), "big", signed=True)

    def close(self) -> None:
        """Ends the parent."""
        self._channel.close()
        self._process.wait(10)


def load() -> None:
    """Loads what commands use; what is loaded is left alone by the collector, also in the children."""
    for package in LOADED:
        folder = import_module(package).__path__
        for module in iter_modules(folder, f"{package}."):
            import_module(module.name)
    gc.collect()
    gc.freeze()


def serve(channel: socket.socket) -> None:
    """Forks a command for every request until nobody asks any more."""
    while True:
        size, streams, _flags, _from = socket.recv_fds(channel, _SIZE, 3)
        if not size:
            return
        request = json.loads(_receive(channel, int.from_bytes(size, "big")))
        child = os.fork()
        if child == 0:
            channel.close()
            _become(request, streams)
            return
        for stream in streams:
            os.close(stream)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        channel.sendall(code.to_bytes(_SIZE, "big", signed=True))


def _become(request: dict[str, Any], streams: list[int]) -> None:
    """Makes this process the command; it ends with the command's exit code."""
    from pkui.__main__ import main

    for place, stream in enumerate(streams):
        os.dup2(stream, place)
        os.close(stream)
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.argv = ["pkui", *request["arguments"]]
    signal.signal(signal.SIGINT, signal.default_int_handler)
    main()


if __name__ == "__main__":
    load()
    serve(socket.socket(fileno=int(sys.argv[1])))

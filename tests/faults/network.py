"""A piece of network between a desk and its server that can go silent, hold a commit, or lose the answer to one."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

COMMIT = b"COMMIT\0"


class Network:
    """Passes bytes between clients of `port` on loopback and a server's port, as long as it is let."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._passing, self._losing, self._holding = threading.Event(), threading.Event(), threading.Event()
        self._up = threading.Event()
        for open_ in (self._passing, self._up):
            open_.set()
        self._released = threading.Event()
        self._stalling = False
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def stall(self) -> None:
        """From now on no byte passes; nobody is told."""
        self._passing.clear()

    def go_on(self) -> None:
        """Lets everything that has waited pass."""
        self._passing.set()
        self._released.set()

    def down(self) -> None:
        """The server is gone: every connection ends, and none is taken until `up`."""
        self._up.clear()
        self._end_all()

    def up(self) -> None:
        """The server is there again."""
        self._up.set()

    def lose_answer_to_commit(self, *, and_stall: bool = False) -> None:
        """The next commit reaches the server; instead of its answer the connection ends, or nothing passes any more."""
        self._stalling = and_stall
        self._losing.set()

    def hold_commit(self) -> None:
        """The next commit is held on its way until `go_on`; other connections pass."""
        self._holding.set()

    def close(self) -> None:
        """Ends every connection."""
        _end(self._listening)
        self.go_on()
        self._end_all()

    def _end_all(self) -> None:
        for one in self._open:
            _end(one)
        self._open.clear()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            try:
                if not self._up.is_set():
                    raise OSError
                server = socket.create_connection(("127.0.0.1", self._server_port))
            except OSError:
                _end(client)
                continue
            self._open += [client, server]
            answered = threading.Event()
            threading.Thread(target=self._ask, args=(client, server, answered), daemon=True).start()
            threading.Thread(target=self._answer, args=(server, client, answered), daemon=True).start()

    def _ask(self, client: socket.socket, server: socket.socket, lost: threading.Event) -> None:
        with suppress(OSError):
            while data := client.recv(65_536):
                if COMMIT in data and self._holding.is_set():
                    self._holding.clear()
                    self._released.wait()
                elif COMMIT in data and self._losing.is_set():
                    self._losing.clear()
                    lost.set()
                self._passing.wait()
                if lost.is_set() and self._stalling:
                    self._stalling = False
                    self.stall()
                server.sendall(data)
        _end(server)

    def _answer(self, server: socket.socket, client: socket.socket, lost: threading.Event) -> None:
        with suppress(OSError):
            while data := server.recv(65_536):
                self._passing.wait()
                if lost.is_set():
                    break
                client.sendall(data)
        _end(client)


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@contextmanager
def network(server_port: int) -> Iterator[Network]:
    """A network in front of a server until the block is left."""
    between = Network(server_port)
    try:
        yield between
    finally:
        between.close()

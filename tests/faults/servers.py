"""PostgreSQL servers that tests stop, start, promote and fill: each with files of its own, never the run's server."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests import postgres


class Server:
    """One server on loopback; its URL and port stay the same when it is started again."""

    def __init__(self, place: "Place", folder: str) -> None:
        self.place, self.folder, self.port = place, folder, postgres._free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """A superuser's address."""
        return f"postgresql://pkui:{self.place.password}@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Starts it and comes back when it answers."""
        options = [part for key, value in postgres.SETTINGS.items() for part in ("-c", f"{key}={value}")]
        with (self.place.home / f"{self.folder}.log").open("ab") as log:
            command = [str(self.place.binaries / "postgres"), "-D", self.folder, "-p", str(self.port), *options]
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, **self.place.run
            )
        postgres._wait_for(self.url, self._process)

    def stop(self, how: int = signal.SIGQUIT) -> None:
        """Ends it: SIGQUIT as if the power went, SIGINT cutting every connection in words."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    def promote(self) -> None:
        """Makes a replica take writes."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("SELECT pg_promote()")


class Place:
    """Binaries, files and rights shared by the servers of one test."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="pkui-servers-"))
        self.password = secrets.token_hex(16)
        self.binaries, user = postgres._binaries(), None
        if os.geteuid() == 0:
            user = pwd.getpwnam("nobody")
            self.binaries = postgres._copy_for(user, self.binaries, self.home)
        who: dict[str, Any] = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        environment = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        self.run: dict[str, Any] = {"cwd": self.home, "env": environment | {"PGPASSWORD": self.password}, **who}
        (self.home / "password").write_text(self.password)
        if user:
            os.chown(self.home / "password", user.pw_uid, user.pw_gid)

    def primary(self, folder: str = "data") -> Server:
        """A new server that is not started yet; `folder` may be a path that exists and is empty."""
        make = [str(self.binaries / "initdb"), "-D", folder, "-U", "pkui", "--pwfile=password", "--auth=password"]
        make += ["--locale=C.UTF-8", "--encoding=UTF8", "--no-sync"]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL, **self.run)
        return Server(self, folder)

    def replica(self, primary: Server) -> Server:
        """A streaming replica of a running primary, not started yet."""
        copy = [str(self.binaries / "pg_basebackup"), "-D", "replica", "-R", "--checkpoint=fast", "--no-sync"]
        copy += ["-d", primary.url]
        subprocess.run(copy, check=True, stdout=subprocess.DEVNULL, **self.run)
        return Server(self, "replica")


@contextmanager
def place() -> Iterator[Place]:
    """A place for servers; whatever still runs there is ended with the block by who started it."""
    here = Place()
    try:
        yield here
    finally:
        shutil.rmtree(here.home)


@contextmanager
def running(*servers: Server) -> Iterator[None]:
    """The servers, started, until the block is left."""
    try:
        for one in servers:
            one.start()
        yield
    finally:
        for one in servers:
            one.stop()


def at(url: str, port: int) -> str:
    """The same address by another port."""
    head, _colon, rest = url.rpartition(":")
    return f"{head}:{port}/{rest.partition('/')[2]}"


def port_of(url: str) -> int:
    """The port of an address."""
    return int(url.rpartition(":")[2].partition("/")[0])

"""PostgreSQL servers that tests stop, start, promote and fill: each with files of its own, never the run's server."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from pkui.base.clock import Clock
from pkui.services.desk import Desk
from pkui.services.people import sign_in
from storage.store import open_store
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
        """Makes a replica take writes, without waiting for a replica of its own."""
        run(self.url, "ALTER SYSTEM SET synchronous_standby_names = ''", "SELECT pg_reload_conf()")
        run(self.url, "SELECT pg_promote()")


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


@contextmanager
def replicated(primary: Server) -> Iterator[Server]:
    """A running replica of a running primary, which from now on waits for it with every commit."""
    replica = primary.place.replica(primary)
    with running(replica):
        run(primary.url, "ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()")
        until(lambda: run(primary.url, "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") == 1)
        yield replica


class FewConnections:
    """A role that may have `most` connections to one database at once."""

    def __init__(self, superuser_url: str, most: int) -> None:
        self._superuser_url, self._most, self.role = superuser_url, most, f"few_{superuser_url[-8:]}"
        self.url = f"postgresql://{self.role}:x@{superuser_url.partition('@')[2]}"

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Cuts every connection of the role and takes all that it may have, until the block is left."""
        with ExitStack() as held:
            mine: list[int] = []
            while len(mine) < self._most:
                others = f"usename = '{self.role}' AND pid <> ALL (ARRAY{mine}::int[])"
                run(self._superuser_url, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
                with suppress(psycopg.OperationalError):
                    mine.append(held.enter_context(psycopg.connect(self.url)).info.backend_pid)
            yield


@contextmanager
def few_connections(superuser_url: str, most: int) -> Iterator[FewConnections]:
    """A role with all rights of the superuser's tables and few connections, until the block is left."""
    few = FewConnections(superuser_url, most)
    owner = superuser_url.partition("://")[2].partition(":")[0]
    run(superuser_url, f"CREATE ROLE {few.role} LOGIN PASSWORD 'x' CONNECTION LIMIT {most} IN ROLE {owner}")
    try:
        yield few
    finally:
        run(superuser_url, f"DROP ROLE {few.role}")


@contextmanager
def desk_at(url: str, key_file: Path, clock: Clock) -> Iterator[Desk]:
    """The desk of the system person at that address, until the block is left."""
    store = open_store(url, key_file=key_file)
    try:
        yield Desk(store, clock, sign_in(store, None, clock.now(), strict=False))
    finally:
        store.close()


def until(holds: Callable[[], bool]) -> None:
    """Waits for what another process does."""
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def run(url: str, *statements: str) -> object:
    """Runs statements as the superuser; the first value of the last answer."""
    with psycopg.connect(url, autocommit=True) as connection:
        answers = [connection.execute(one) for one in statements]
        row = answers[-1].fetchone() if answers[-1].description else None
        return row[0] if row else None


def either(url: str, port: int) -> str:
    """One address of two servers on loopback: the one named and that at another port."""
    head, _slash, database = url.rpartition("/")
    return f"{head},127.0.0.1:{port}/{database}"


def at(url: str, port: int) -> str:
    """The same address by another port."""
    head, _colon, rest = url.rpartition(":")
    return f"{head}:{port}/{rest.partition('/')[2]}"


def port_of(url: str) -> int:
    """The port of an address."""
    return int(url.rpartition(":")[2].partition("/")[0])

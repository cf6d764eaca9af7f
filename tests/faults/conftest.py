"""What tests of a lost server share: servers of their own, and pgbouncer in front of the run's."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.conftest import new_store
from tests.faults.servers import Place, Server, at, place, port_of, running


@pytest.fixture(scope="module")
def servers() -> Iterator[Place]:
    """Where a file's own servers live."""
    with place() as here:
        yield here


@pytest.fixture
def own(servers: Place, key_file: Path, tmp_path: Path) -> Iterator[Server]:
    """A running server of this test's own with a training database."""
    primary = servers.primary(f"data_{tmp_path.name}")
    with running(primary):
        new_store(primary.url, key_file).close()
        yield primary


@pytest.fixture
def pgbouncer(database_url: str, tmp_path: Path) -> Iterator[str]:
    """The test's database behind pgbouncer in transaction mode with two server connections."""
    program = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    if program is None:
        pytest.skip("pgbouncer is not installed here (Debian: apt-get install pgbouncer)")
    home, name = tmp_path / "pgbouncer", database_url.rpartition("/")[2]
    home.mkdir()
    user, password = database_url.partition("://")[2].partition("@")[0].split(":")
    (home / "users").write_text(f'"{user}" "{password}"\n')
    port = postgres._free_port()
    (home / "pgbouncer.ini").write_text(
        f"[databases]\n{name} = host=127.0.0.1 port={port_of(database_url)} dbname={name} password={password}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = plain\n"
        f"auth_file = {home / 'users'}\npool_mode = transaction\ndefault_pool_size = 2\nlogfile = {home / 'log'}\n"
    )
    as_user = ["-u", "nobody"] if os.geteuid() == 0 else []
    if as_user:
        for path in (home, *home.iterdir()):
            shutil.chown(path, "nobody")
        for folder in (home, *home.parents[:4]):
            folder.chmod(folder.stat().st_mode | 0o011)
    process = subprocess.Popen([program, "-q", *as_user, str(home / "pgbouncer.ini")], stderr=subprocess.DEVNULL)
    try:
        url = at(database_url, port)
        postgres._wait_for(url, process)
        yield url
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(30)

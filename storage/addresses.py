"""Addresses of databases: which engine, which hosts, and that nobody between here and the server can read along."""

import ipaddress
import re

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from pkui.base.errors import BadInput

_HOSTS = re.compile(r"^(?P<scheme>postgres(?:ql)?(?:\+psycopg)?://(?:[^@/]*@)?)(?P<hosts>[^/?]*,[^/?]*)(?P<rest>.*)$")
"""Several hosts the way PostgreSQL's own programs write them: postgresql://user@one:5432,two:5432/name."""
SEALED_FILE = "sqlcipher"
"""A file that is sealed as a whole: sqlcipher:///FILE, with the key's file as `key_file` where it is named."""
VERIFIED = "verify-full"
PRIMARY = "read-write"


def parse_url(url: str) -> URL:
    """The URL with the driver we use. Raises BadInput for another engine, a URL that is none, or a server unverified.

    Away from this machine the server's certificate is verified (sslmode=verify-full, PostgreSQL's manual 34.19) and
    nothing weaker is taken. Of several hosts the one that takes writes is used.
    """
    try:
        parsed = make_url(_one_host(url))
        backend = "sqlite" if parsed.drivername == SEALED_FILE else parsed.get_backend_name()
    except ArgumentError as error:
        raise BadInput("bad_database_url") from error
    if parsed.drivername == SEALED_FILE:
        return _sealed(parsed)
    if backend in ("postgresql", "postgres"):
        return _guarded(parsed.set(drivername="postgresql+psycopg"))
    if backend != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise BadInput("bad_database_url")
    return parsed.set(drivername="sqlite+pysqlite")


def _sealed(url: URL) -> URL:
    if not url.database or url.database == ":memory:" or set(url.query) - {"key_file"}:
        raise BadInput("bad_database_url")
    return url.set(drivername="sqlite+pysqlcipher")


def _one_host(url: str) -> str:
    """The same address with its hosts as parameters, which is how several of them reach the driver."""
    found = _HOSTS.match(url)
    if not found:
        return url
    hosts = "&".join(f"host={host if ':' in host else f'{host}:5432'}" for host in found["hosts"].split(","))
    path, mark, query = found["rest"].partition("?")
    return f"{found['scheme']}{path or '/'}?{hosts}{'&' if mark else ''}{query}"


def _guarded(url: URL) -> URL:
    names = hosts_of(url)
    if len(names) > 1:
        url = url.update_query_dict({"target_session_attrs": url.query.get("target_session_attrs", PRIMARY)})
    if all(_on_this_machine(name) for name in names):
        return url
    mode = url.query.get("sslmode", VERIFIED)
    if mode != VERIFIED:
        raise BadInput("server_not_verified")
    return url.update_query_dict({"sslmode": VERIFIED})


def hosts_of(url: URL) -> list[str]:
    """The hosts a PostgreSQL address names, without ports; empty for the socket on this machine."""
    given = url.query.get("host", ())
    listed = [given] if isinstance(given, str) else list(given)
    listed += [str(name) for name in (url.query.get("hostaddr"),) if name]
    names = [name for one in listed for name in one.split(",")]
    return ([url.host] if url.host else []) + [_without_port(name) for name in names]


def _without_port(host: str) -> str:
    name, _colon, port = host.rpartition(":")
    return name.strip("[]") if name and port.isdigit() and (":" not in name or name.startswith("[")) else host


def _on_this_machine(host: str) -> bool:
    if host == "localhost" or host.startswith("/"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

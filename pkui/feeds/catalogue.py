"""Fetches the catalogue over HTTP: asks whether it has changed, waits a bounded time, and believes nothing by itself.

TLS outside the machine; the key goes to the host that was named and to no other; a body is cut off at a size.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx

from pkui.base.errors import BadInput, Unreachable

LARGEST_BODY = 64 * 1024 * 1024
"""Bytes after unpacking: a small archive can hold a very large text."""
TRIES = 3
PAUSES = (0.5, 2.0)
"""Seconds between the tries."""
CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 5.0, 15.0, 60.0
_REPEATED = frozenset({429, 500, 502, 503, 504})
_TYPES = ("application/json", "application/problem+json", "text/json")


@dataclass(frozen=True)
class Known:
    """What the last good answer said of itself."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Fetched:
    """A whole body, or None where nothing has changed; and what to ask with next time."""

    body: bytes | None
    known: Known


@dataclass(frozen=True)
class Limits:
    """How long and how much; tests make them small."""

    connect: float = CONNECT_SECONDS
    read: float = READ_SECONDS
    whole: float = WHOLE_SECONDS
    largest: int = LARGEST_BODY
    pauses: tuple[float, ...] = PAUSES
    sleep: Callable[[float], None] = time.sleep


class _Again(Exception):
    """The server may answer better in a moment; `told` is raised when it does not."""

    def __init__(self, told: Unreachable) -> None:
        super().__init__(told.code)
        self.told = told


def fetch(address: str, *, key: str | None = None, known: Known = Known(), limits: Limits = Limits()) -> Fetched:
    """The catalogue's body. Raises BadInput for an address that may not be used, Unreachable with what went wrong."""
    _check_address(address)
    headers = {"Accept": "application/json", "Accept-Encoding": "gzip"}
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    if key:
        headers["Authorization"] = f"Bearer {key}"
    timeout = httpx.Timeout(limits.read, connect=limits.connect)
    # trust_env: a proxy or a netrc of the environment would get the key.
    with httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False) as client:
        return _with_tries(client, address, headers, known, limits)


def _with_tries(client: httpx.Client, address: str, headers: dict[str, str], known: Known, limits: Limits) -> Fetched:
    ends = time.monotonic() + limits.whole
    pauses = iter((*limits.pauses[: TRIES - 1], None))
    for pause in pauses:
        try:
            return _once(client, address, headers, known, limits, ends)
        except _Again as error:
            if pause is None or time.monotonic() + pause > ends:
                raise error.told from error
            limits.sleep(pause)
    raise Unreachable("feed_down")


def _once(
    client: httpx.Client, address: str, headers: dict[str, str], known: Known, limits: Limits, ends: float
) -> Fetched:
    try:
        with client.stream("GET", address, headers=headers) as response:
            if response.status_code == httpx.codes.NOT_MODIFIED:
                return Fetched(None, known)
            _check_answer(response)
            body = _read(response, limits.largest, ends)
    except httpx.TimeoutException as error:
        raise _Again(Unreachable("feed_slow")) from error
    except (httpx.RemoteProtocolError, httpx.DecodingError) as error:
        raise _Again(Unreachable("feed_truncated")) from error
    except httpx.TransportError as error:
        raise _Again(Unreachable("feed_down")) from error
    return Fetched(body, Known(response.headers.get("ETag"), response.headers.get("Last-Modified")))


def _check_answer(response: httpx.Response) -> None:
    if response.status_code in _REPEATED:
        raise _Again(Unreachable("feed_down"))
    if response.is_redirect:
        raise Unreachable("feed_redirects")
    if response.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        raise Unreachable("feed_refuses")
    if response.status_code != httpx.codes.OK:
        raise Unreachable("feed_down")
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().casefold()
    if kind not in _TYPES:
        raise Unreachable("feed_wrong_type")


def _read(response: httpx.Response, largest: int, ends: float) -> bytes:
    """The unpacked body; a server that drips or pours is cut off."""
    parts, size = [], 0
    for part in response.iter_bytes():
        size += len(part)
        if size > largest:
            raise Unreachable("feed_too_large")
        if time.monotonic() > ends:
            raise Unreachable("feed_slow")
        parts.append(part)
    return b"".join(parts)


def _check_address(address: str) -> None:
    """TLS, or the machine itself; no user and password in the address. Raises BadInput."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        fine = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))
    except ValueError as error:
        raise BadInput("bad_feed_address") from error
    if not fine or not host or parts.username is not None or parts.password is not None:
        raise BadInput("bad_feed_address")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

"""The feed against a real server on loopback: changed, unchanged, down, slow, lying; the last good catalogue stays."""

import gzip
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from pkui.base.errors import BadInput, PkuiError, Refused, Unreachable
from pkui.domain.codes import Role
from pkui.feeds.catalogue import Known, Limits, fetch
from pkui.services.desk import Desk
from pkui.services.providers import open_book
from pkui.services.providers_refresh import refresh
from storage.store import Store
from tests.conftest import DeskAs
from tests.data.catalogue import document, encoded
from tests.services.steps import everything, later

FAST = Limits(connect=1.0, read=0.3, whole=3.0, largest=1_000_000, sleep=lambda _seconds: None)
KEY = "hemmelig-nøgle".encode().hex()


def answer(body: bytes, status: int = 200, kind: str = "application/json", **headers: str) -> Response:
    return Response(
        body, status, {"Content-Type": kind} | {name.replace("_", "-"): one for name, one in headers.items()}
    )


def truncated(body: bytes) -> Response:
    response = Response(body[: len(body) // 2], 200, content_type="application/json")
    response.automatically_set_content_length = False
    response.headers["Content-Length"] = str(len(body))
    return response


def serve(server: HTTPServer, *answers: Response | Callable[[Request], Response]) -> tuple[str, list[Request]]:
    """Answers one request after the other, the last one for ever; gives the address and what was asked."""
    asked: list[Request] = []
    held = list(answers)

    def handle(request: Request) -> Response:
        asked.append(request)
        one = held.pop(0) if len(held) > 1 else held[0]
        return one if isinstance(one, Response) else one(request)

    server.expect_request("/catalogue").respond_with_handler(handle)
    return server.url_for("/catalogue"), asked


@pytest.fixture
def own_server() -> Iterator[HTTPServer]:
    """A server for one test: what a slow one has still to answer reaches no other test."""
    with HTTPServer(threaded=True) as server:
        yield server


def code_of(call: Callable[[], Any], kind: type[PkuiError] = Unreachable) -> str:
    with pytest.raises(kind) as caught:
        call()
    return caught.value.code


def test_a_body_comes_with_what_to_ask_next_time(httpserver: HTTPServer) -> None:
    address, asked = serve(httpserver, answer(b"{}", ETag='"1"', Last_Modified="Mon, 16 Nov 2026 08:00:00 GMT"))
    found = fetch(address, key=KEY, limits=FAST)
    assert (found.body, found.known) == (b"{}", Known('"1"', "Mon, 16 Nov 2026 08:00:00 GMT"))
    assert asked[0].headers["Authorization"] == f"Bearer {KEY}"
    assert "If-None-Match" not in asked[0].headers


def test_nothing_new_is_no_body(httpserver: HTTPServer) -> None:
    address, asked = serve(httpserver, answer(b"", 304))
    known = Known('"1"', "Mon, 16 Nov 2026 08:00:00 GMT")
    assert fetch(address, known=known, limits=FAST).known == known
    assert fetch(address, known=known, limits=FAST).body is None
    assert asked[0].headers["If-None-Match"] == '"1"'
    assert asked[0].headers["If-Modified-Since"] == "Mon, 16 Nov 2026 08:00:00 GMT"


def test_gzip_is_unpacked_and_its_size_is_that_of_the_text(httpserver: HTTPServer) -> None:
    packed = gzip.compress(b'{"a": 1}')
    bomb = gzip.compress(b" " * (FAST.largest + 1))
    address, _asked = serve(httpserver, answer(packed, Content_Encoding="gzip"), answer(bomb, Content_Encoding="gzip"))
    assert fetch(address, limits=FAST).body == b'{"a": 1}'
    assert len(bomb) < FAST.largest
    assert code_of(lambda: fetch(address, limits=FAST)) == "feed_too_large"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_server_in_trouble_is_asked_three_times(httpserver: HTTPServer, status: int) -> None:
    address, asked = serve(httpserver, answer(b"", status), answer(b"", status), answer(b"{}"))
    slept: list[float] = []
    assert fetch(address, limits=replace(FAST, pauses=(0.5, 2.0), sleep=slept.append)).body == b"{}"
    assert (len(asked), slept) == (3, [0.5, 2.0])


def test_a_server_that_stays_in_trouble_is_given_up(httpserver: HTTPServer) -> None:
    address, asked = serve(httpserver, answer(b"", 503))
    assert code_of(lambda: fetch(address, limits=FAST)) == "feed_down"
    assert len(asked) == 3


@pytest.mark.parametrize(
    ("response", "code"),
    [
        (answer(b"", 401), "feed_refuses"),
        (answer(b"", 403), "feed_refuses"),
        (answer(b"", 404), "feed_down"),
        (answer(b"<html>", kind="text/html"), "feed_wrong_type"),
        (answer(b" " * 1_000_001), "feed_too_large"),
    ],
)
def test_some_answers_are_not_asked_for_again(httpserver: HTTPServer, response: Response, code: str) -> None:
    address, asked = serve(httpserver, response)
    assert code_of(lambda: fetch(address, limits=FAST)) == code
    assert len(asked) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_the_key_follows_no_redirect(httpserver: HTTPServer, status: int) -> None:
    elsewhere: list[Request] = []

    def other(request: Request) -> Response:
        elsewhere.append(request)
        return answer(b"{}")

    httpserver.expect_request("/other").respond_with_handler(other)
    address, _asked = serve(httpserver, answer(b"", status, Location=httpserver.url_for("/other")))
    assert code_of(lambda: fetch(address, key=KEY, limits=FAST)) == "feed_redirects"
    assert elsewhere == []


def test_a_slow_server_is_given_up_in_bounded_time(own_server: HTTPServer) -> None:
    def slow(_request: Request) -> Response:
        time.sleep(0.6)
        return answer(b"{}")

    address, asked = serve(own_server, slow)
    started = time.monotonic()
    assert code_of(lambda: fetch(address, limits=replace(FAST, read=0.2))) == "feed_slow"
    assert len(asked) <= 3
    assert time.monotonic() - started < FAST.whole


def test_a_server_that_drips_is_cut_off(own_server: HTTPServer) -> None:
    def drip(_request: Request) -> Response:
        def parts() -> Any:
            for _ in range(100):
                time.sleep(0.05)
                yield b" "

        return Response(parts(), content_type="application/json")

    address, _asked = serve(own_server, drip)
    started = time.monotonic()
    assert code_of(lambda: fetch(address, limits=replace(FAST, whole=0.5))) == "feed_slow"
    assert time.monotonic() - started < 3


def test_a_body_broken_off_is_noticed(httpserver: HTTPServer) -> None:
    address, asked = serve(httpserver, truncated(encoded(document())))
    assert code_of(lambda: fetch(address, limits=FAST)) == "feed_truncated"
    assert len(asked) == 3


def test_nobody_there() -> None:
    assert code_of(lambda: fetch("http://127.0.0.1:9/catalogue", limits=FAST)) == "feed_down"


@pytest.mark.parametrize(
    "address",
    ["http://example.org/c", "ftp://127.0.0.1/c", "https://user:word@example.org/c", "https:///c", "c", "http://[::1/c",
     "http://127.0.0.1.example.org/c"],
)  # fmt: skip
def test_only_tls_outside_the_machine(address: str) -> None:
    assert code_of(lambda: fetch(address, limits=FAST), BadInput) == "bad_feed_address"


@pytest.fixture
def adviser(desk_as: DeskAs) -> Desk:
    return desk_as(Role.ADVISER)


def test_a_refresh_takes_the_catalogue_in_and_asks_less_next_time(httpserver: HTTPServer, adviser: Desk) -> None:
    address, asked = serve(httpserver, answer(encoded(document()), ETag='"1"'), answer(b"", 304))
    first = refresh(adviser, address, limits=FAST)
    assert first.changed is not None
    assert first.changed.counts["services"]["added"] == 6
    second = refresh(later(adviser, hours=1), address, limits=FAST)
    assert second.changed is None
    assert asked[1].headers["If-None-Match"] == '"1"'
    feed = open_book(adviser).feed
    assert feed is not None
    assert (feed.fetched_at, feed.failure) == (second.fetched_at, None)


NOTHING = document() | {name: [] for name, value in document().items() if isinstance(value, list)}
LIES: list[tuple[str, bytes | Response, str]] = [
    ("broken off", truncated(encoded(document())), "feed_truncated"),
    ("no JSON", b'{"schema": ', "bad_catalogue"),
    ("another format", b'{"schema": "pk-catalogue/2"}', "bad_catalogue"),
    ("wrong type", answer(b"<html>sign in</html>", kind="text/html"), "feed_wrong_type"),
    ("a type inside", encoded(document() | {"services": "none"}), "bad_catalogue"),
    ("empty lists", encoded(NOTHING), "catalogue_far_smaller"),
    ("ten times smaller", encoded(NOTHING | {"areas": document()["areas"]}), "catalogue_far_smaller"),
    ("down", answer(b"", 500), "feed_down"),
]


@pytest.mark.parametrize(("what", "lie", "code"), LIES, ids=[one[0] for one in LIES])
def test_the_last_good_catalogue_stays_in_use(
    httpserver: HTTPServer, adviser: Desk, store: Store, what: str, lie: bytes | Response, code: str
) -> None:
    good, bad = answer(encoded(document())), lie if isinstance(lie, Response) else answer(lie)
    address, _asked = serve(httpserver, good, bad)
    refreshed = refresh(adviser, address, limits=FAST)
    before, written = open_book(adviser), everything(store)
    assert code_of(lambda: refresh(later(adviser, days=12), address, limits=FAST), PkuiError) == code
    after = open_book(adviser)
    assert after.entries == before.entries
    assert after.feed is not None
    assert (after.feed.fetched_at, after.feed.failure) == (refreshed.fetched_at, code)
    changed = {name for name, rows in everything(store).items() if rows != written[name]}
    assert changed == {"catalogue_feed"}


def test_who_may_not_touch_the_catalogue_asks_no_server(httpserver: HTTPServer, desk_as: DeskAs) -> None:
    address, asked = serve(httpserver, answer(encoded(document())))
    assert code_of(lambda: refresh(desk_as(Role.TEMPORARY), address, limits=FAST), Refused) == "not_allowed"
    assert asked == []


def test_no_address_is_told(adviser: Desk) -> None:
    assert code_of(lambda: refresh(adviser, None), BadInput) == "no_feed"

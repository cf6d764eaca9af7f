"""Refreshing the catalogue from its feed: taken in only when it holds together, else the last good one stays."""

from dataclasses import dataclass
from datetime import datetime

from pkui.base.errors import BadInput, PkuiError
from pkui.domain.permissions import Permission
from pkui.feeds.catalogue import Fetched, Known, Limits, fetch
from pkui.services.desk import Desk, Work, use_case
from pkui.services.providers_import import ImportPreview, Parsed, parse, take_in
from storage.providers import FEED_ROW, read_feed
from storage.tables.providers import CatalogueFeed

_NOTED = ("feed_", "bad_catalogue", "catalogue_")
"""What is the feed's own fault, by how its code begins."""


@dataclass(frozen=True)
class Refreshed:
    """What a refresh did: `changed` is None where the feed has nothing new; when the newest good answer came."""

    changed: ImportPreview | None
    fetched_at: datetime


def refresh(desk: Desk, address: str | None, *, key: str | None = None, limits: Limits = Limits()) -> Refreshed:
    """Asks the feed and takes in what it has. What goes wrong is noted for every desk, and raised; nothing changes."""
    if not address:
        raise BadInput("no_feed")
    known = _known(desk, address)
    try:
        fetched = fetch(address, key=key, known=known, limits=limits)
        parsed = parse({"catalogue.json": fetched.body}) if fetched.body is not None else None
        return _took_in(desk, address, fetched, parsed)
    except PkuiError as error:
        if error.code.startswith(_NOTED):
            _failed(desk, address, error.code)
        raise


@use_case(Permission.CATALOGUE, writes=False)
def _known(work: Work, address: str) -> Known:
    """What the last good answer of that address said of itself; another address is asked for everything."""
    row = read_feed(work.session)
    return Known(row.etag, row.last_modified) if row is not None and row.address == address else Known()


@use_case(Permission.CATALOGUE)
def _took_in(work: Work, address: str, fetched: Fetched, parsed: Parsed | None) -> Refreshed:
    changed = None
    if parsed is not None:
        changed = take_in(work, parsed, source="feed")
    row = _row(work, address)
    row.address, row.etag, row.last_modified = address, fetched.known.etag, fetched.known.last_modified
    row.fetched_at, row.failure = work.now, None
    row.size = len(fetched.body) if fetched.body is not None else row.size
    return Refreshed(changed, work.now)


@use_case(Permission.CATALOGUE)
def _failed(work: Work, address: str, code: str) -> None:
    row = _row(work, address)
    row.failure = code[:60]


def _row(work: Work, address: str) -> CatalogueFeed:
    row = read_feed(work.session)
    if row is None:
        row = CatalogueFeed(id=FEED_ROW, address=address, checked_at=work.now)
        work.session.add(row)
    row.checked_at = work.now
    return row

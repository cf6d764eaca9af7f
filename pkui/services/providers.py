"""The catalogue as one value that searches answer from: what is in force, what clinics said, how old it is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from pkui.domain.folding import fold, fold_words
from pkui.domain.permissions import Permission
from pkui.domain.providers.area_words import AREA_WORDS
from pkui.domain.providers.catalogue import (
    Agreement,
    Area,
    Location,
    Organization,
    Row,
    Service,
    WaitingTime,
)
from pkui.services.desk import Work, use_case
from storage.providers import Ending, Slip, read_endings, read_feed, read_held, read_slips, read_taken_in, read_version

T = TypeVar("T", bound=Row)


@dataclass(frozen=True, slots=True)
class Entry:
    """One service with the place and the organization it belongs to."""

    service: Service
    location: Location
    organization: Organization
    waiting: WaitingTime | None


@dataclass(frozen=True)
class FeedState:
    """How the feed answered last: `fetched_at` is the last good answer, `failure` why the newest one was none."""

    address: str
    fetched_at: datetime | None
    checked_at: datetime
    failure: str | None


@dataclass(frozen=True, eq=False)
class Book:
    """The catalogue in force at one instant, ready to be searched; it never changes."""

    version: int
    read_at: datetime
    areas: Mapping[str, Area]
    organizations: Mapping[str, Organization]
    entries: tuple[Entry, ...]
    by_area: Mapping[str, tuple[int, ...]]
    agreements: Mapping[str, tuple[Agreement, ...]]
    slips: Mapping[str, Slip]
    endings: tuple[Ending, ...]
    feed: FeedState | None
    taken_in_at: datetime | None
    words: Mapping[str, frozenset[int]]

    def parts_of(self, organization_id: str) -> frozenset[str]:
        """The organization and every one that is part of it."""
        found = {organization_id}
        while more := {one.id for one in self.organizations.values() if one.part_of in found} - found:
            found |= more
        return frozenset(found)

    def ended(self, organization_id: str, on: date) -> Ending | None:
        """The newest ending of an agreement with the organization that has come into force."""
        return next((one for one in self.endings if one.organization_id == organization_id and one.ends_on <= on), None)


@use_case(Permission.CATALOGUE, writes=False)
def open_book(work: Work) -> Book:
    """Reads the catalogue in force."""
    return read_book(work)


@use_case(Permission.CATALOGUE, writes=False)
def is_current(work: Work, book: Book) -> bool:
    """Whether nothing in the catalogue or on slips has changed since the book was read."""
    slips = {one.service_id: one.id for one in reversed(read_slips(work.session, work.now))}
    held = {service: slip.id for service, slip in book.slips.items() if slip.expires_at > work.now}
    return read_version(work.session) == book.version and slips == held


def read_book(work: Work) -> Book:
    """The catalogue in force, inside a unit of work."""
    held = read_held(work.session)
    organizations = _rows(Organization, (one.row for one in held["organizations"].values()))
    locations = _rows(Location, (one.row for one in held["locations"].values()))
    waits = _rows(WaitingTime, (one.row for one in held["waiting_times"].values()))
    areas = _rows(Area, (one.row for one in held["areas"].values()))
    entries = []
    for service in _rows(Service, (one.row for one in held["services"].values())).values():
        location = locations.get(service.location_id)
        organization = organizations.get(location.organization_id) if location else None
        if location and organization and service.active and organization.active:
            entries.append(Entry(service, location, organization, waits.get(service.id)))
    by_area: defaultdict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        by_area[entry.service.area].append(number)
    agreements: defaultdict[str, list[Agreement]] = defaultdict(list)
    for agreement in _rows(Agreement, (one.row for one in held["agreements"].values())).values():
        agreements[agreement.organization_id].append(agreement)
    feed = read_feed(work.session)
    return Book(
        version=read_version(work.session),
        read_at=work.now,
        areas=areas,
        organizations=organizations,
        entries=tuple(entries),
        by_area={area: tuple(numbers) for area, numbers in by_area.items()},
        agreements={id: tuple(held) for id, held in agreements.items()},
        slips={slip.service_id: slip for slip in reversed(read_slips(work.session, work.now))},
        endings=tuple(read_endings(work.session)),
        feed=FeedState(feed.address, feed.fetched_at, feed.checked_at, feed.failure) if feed else None,
        taken_in_at=read_taken_in(work.session),
        words=_words(entries, areas),
    )


def _rows(kind: type[T], rows: Iterable[Row]) -> dict[str, T]:
    return {getattr(row, kind.KEY): row for row in rows if isinstance(row, kind)}


def _words(entries: Iterable[Entry], areas: Mapping[str, Area]) -> dict[str, frozenset[int]]:
    """Every folded word by which a service can be found: names, aliases, town, area and what people call it."""
    nicknames: defaultdict[str, list[str]] = defaultdict(list)
    for word, code in AREA_WORDS.items():
        nicknames[code].append(fold(word))
    of_area = {
        code: [*fold_words(f"{code} {area.name_da} {area.specialty_da or ''}"), *nicknames[code]]
        for code, area in areas.items()
    }
    found: defaultdict[str, set[int]] = defaultdict(set)
    of_place: dict[str, list[str]] = {}
    for number, entry in enumerate(entries):
        if entry.location.id not in of_place:
            one = entry.organization
            of_place[entry.location.id] = fold_words(" ".join((one.name, *one.alias, entry.location.city or "")))
        for word in (*of_place[entry.location.id], *of_area.get(entry.service.area, ())):
            found[word].add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}

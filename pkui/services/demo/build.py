"""Makes a training database: the office, its people and a Monday morning's queue of made-up patients."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from random import Random

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.base.calendar import public_holidays
from pkui.base.clock import TRAINING_START, FrozenClock, local_date
from pkui.base.errors import BadInput, Refused
from pkui.domain.codes import DatabaseKind
from pkui.domain.office import settings_from
from pkui.services.demo.bodies import parked_bodies
from pkui.services.demo.calls import book_demo_calls
from pkui.services.demo.catalogue import end_one_agreement, take_in_catalogue
from pkui.services.demo.day import write_day
from pkui.services.demo.look_ups import write_look_ups
from pkui.services.demo.making import Maker
from pkui.services.demo.office_day import begin_office
from pkui.services.demo.people import colleagues, write_people
from pkui.services.demo.phones import write_phones
from pkui.services.demo.quotas import Dealer, quotas_for
from pkui.services.demo.target import require_new_or_training, reset_demo
from pkui.services.demo.timeline import Arrivals, Kind, WorkingTime
from pkui.services.desk import Desk
from pkui.services.intake import import_bodies
from pkui.services.people import sign_in
from pkui.services.standing import place_for_today
from storage.cases import take_numbers
from storage.log_chain import append
from storage.office import read_settings
from storage.store import QUEUE_NUMBERS, SYSTEM_USERNAME, Store, create_store
from storage.tables.cases import Case
from storage.tables.staff import Staff

CHUNK = 1000
"""Cases a transaction: what is held in memory at once."""
CLOSED_FACTOR = 6
WHO_REGISTERS = "pia"
WHO_ENDS = "lisbeth"
"""The supervisor, who opens the working group when an agreement ends."""


@dataclass(frozen=True)
class DemoResult:
    """What was made."""

    open: int
    closed: int
    staff: int
    services: int


def build_demo(
    url: str,
    *,
    cases: int = 1200,
    seed: int = 1,
    key_file: Path | None = None,
    now: datetime | None = None,
    closed_factor: int = CLOSED_FACTOR,
    progress: Callable[[int, int], None] | None = None,
) -> DemoResult:
    """Makes a training database with that many open cases and `closed_factor` times as many closed ones.

    The same seed and the same start give the same data. `now` freezes the start (`PKUI_NOW`), which else is the
    training clock's own; `progress` is told cases written and cases in all. Raises Refused for a database that holds
    other tables, real people, or cases already; when it is broken off, what was made of it is taken away again.
    """
    if cases < 1 or closed_factor < 0:
        raise BadInput("bad_number_of_cases")
    require_new_or_training(url)
    start = (now or TRAINING_START).astimezone(UTC).replace(microsecond=0)
    made_at = datetime.now(UTC)
    store = create_store(
        url, kind=DatabaseKind.TRAINING, made_at=made_at, clock_shift=start - made_at, key_file=key_file
    )
    chance = Random(seed)  # noqa: S311 - made-up data, no secret
    try:
        maker, plan = _open_office(store, cases, cases * closed_factor, chance, start)
        try:
            _fill(store, maker, plan, cases * (1 + closed_factor), progress)
            with store.writing() as session:
                write_look_ups(session, store.log_key, maker.everyone, start)
                session.commit()
            _park(store, maker, start)
            _begin_the_day(store, chance, start)
            place_for_today(_desk(store, start))
            book_demo_calls(_desk(store, start), chance)
            services = take_in_catalogue(_desk(store, start), chance)
            write_phones(_desk(store, start), chance)
            begin_office(store, start)
            end_one_agreement(_desk(store, start, WHO_ENDS), chance)
        except BaseException:
            store.close()
            reset_demo(url)
            raise
        return DemoResult(open=cases, closed=cases * closed_factor, staff=len(maker.everyone), services=services)
    finally:
        store.close()


def _open_office(
    store: Store, open_cases: int, closed: int, chance: Random, start: datetime
) -> tuple[Maker, Iterator[tuple[int, Kind]]]:
    """Hires everyone and plans every case; refuses a database in which somebody works already."""
    everyone = colleagues(chance, start)
    with store.writing() as session:
        _require_empty(session)
        office = settings_from(read_settings(session.connection(), local_date(start)))
        axis = WorkingTime(office.calendar(public_holidays()), office, start)
        write_people(session, chance, everyone, axis)
        session.commit()
    quotas = quotas_for(chance, everyone, open_cases, closed)
    plan = Arrivals(chance, axis).plan(quotas)
    return Maker(chance, axis, store.cipher, everyone, Dealer(chance, everyone, quotas)), plan


def _fill(
    store: Store,
    maker: Maker,
    plan: Iterator[tuple[int, Kind]],
    total: int,
    progress: Callable[[int, int], None] | None,
) -> None:
    """Writes the planned cases, a chunk to a transaction."""
    with _collecting_by_chunk():
        while planned := list(islice(plan, CHUNK)):
            maker.chunk(planned)
            with store.writing() as session:
                maker.writer.finish().write(session)
                take_numbers(session, QUEUE_NUMBERS, len(planned))
                append(session.connection(), store.log_key, maker.writer.logged)
                maker.writer.logged.clear()
                session.commit()
            gc.collect()
            if progress is not None:
                progress(maker.number, total)


@contextmanager
def _collecting_by_chunk() -> Iterator[None]:
    """Leaves it to the loop when cycles are collected: row by row it costs a third of the time and finds nothing."""
    was_on = gc.isenabled()
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        if was_on:
            gc.enable()


def _require_empty(session: Session) -> None:
    """Refuses a database in which somebody works already."""
    people = session.scalar(sa.select(sa.func.count()).where(col(Staff.username) != SYSTEM_USERNAME))
    if people or session.scalar(sa.select(col(Case.id)).limit(1)) is not None:
        raise Refused("holds_data")


def _park(store: Store, maker: Maker, start: datetime) -> None:
    """A handful of submissions that wait for a person, through the door every submission comes by."""
    if maker.sample is not None:
        import_bodies(_desk(store, start), parked_bodies(maker.sample.submission))


def _begin_the_day(store: Store, chance: Random, start: datetime) -> None:
    """What happened this morning, in the order of the clock."""
    with store.writing() as session:
        write_day(session, chance, start)
        session.commit()


def _desk(store: Store, start: datetime, username: str = WHO_REGISTERS) -> Desk:
    """The desk at which the data comes in."""
    return Desk(store, FrozenClock(start), sign_in(store, username, start), place="intake")

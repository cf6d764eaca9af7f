"""Shifts and absences for tests of calls: usual days with a lunch break between two stretches."""

from datetime import date, datetime, time, timedelta

from sqlmodel import Session, select

from pkui.base.clock import TRAINING_START
from pkui.base.keys import new_key
from pkui.domain.codes import AbsenceKind
from storage.engine import for_writing
from storage.store import Store
from storage.tables.staff import Absence, Shift, Staff

MONDAY = date(2026, 11, 23)
STRETCHES = ((time(8), time(11, 30)), (time(12), time(16)))


def at_work(store: Store, username: str, *, days: int = 14) -> None:
    """Gives a person the usual shifts on the weekdays of the next days."""
    with Session(for_writing(store.engine)) as session:
        person = session.exec(select(Staff).where(Staff.username == username)).one()
        for day in (MONDAY + timedelta(days=number) for number in range(days)):
            if day.weekday() < 5:
                session.add_all(Shift(staff_id=person.id, day=day, starts=a, ends=b) for a, b in STRETCHES)
        session.commit()


def away(store: Store, username: str, start: datetime, end: datetime | None) -> None:
    """Lets a person be away from one instant to another."""
    with Session(for_writing(store.engine)) as session:
        person = session.exec(select(Staff).where(Staff.username == username)).one()
        session.add(
            Absence(
                id=new_key(TRAINING_START),
                staff_id=person.id,
                kind=AbsenceKind.ILLNESS,
                starts_at=start,
                ends_at=end,
                reported_at=TRAINING_START,
            )
        )
        session.commit()

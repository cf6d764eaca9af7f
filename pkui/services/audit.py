"""The access log for those who may read it: one's own rows, all rows, whether it is whole, and a citizen's list.

Reading the log is itself logged.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from pkui.base.clock import local_date
from pkui.base.errors import BadInput, Refused
from pkui.domain.access_codes import AccessKind
from pkui.domain.codes import Team
from pkui.domain.identifiers import classify
from pkui.domain.office import at
from pkui.domain.permissions import Permission
from pkui.services.desk import Work, use_case
from storage import audit as stored
from storage.audit import LogRow as LogRow
from storage.cases import queue_number_of
from storage.log_chain import NOBODY, Verified, cut, verify
from storage.patients import find_patient
from storage.staff import staff_by_username
from storage.tables.cases import Case
from storage.tables.patients import Patient
from storage.tables.staff import Staff

MOST_ROWS = 10_000


@dataclass(frozen=True)
class Verdict:
    """Whether the log is as it was written; the first row that is not, by person, number and why."""

    ok: bool
    rows: int
    chains: int
    seals: int
    sealed_to: date | None
    newest_seal: str | None
    username: str | None
    number: int | None
    why: str | None


@dataclass(frozen=True)
class ExtractRow:
    """One line of a citizen's list: when, what, what for and which unit; the name only where it was asked for."""

    at: datetime
    kind: AccessKind
    purpose: str | None
    unit: str
    name: str | None


@use_case(Permission.OWN_ACCESS_LOG)
def own_rows(work: Work, *, limit: int = 200) -> list[LogRow]:
    """What the log holds of oneself, the newest first."""
    rows = stored.read_log(work.session, stored.Wanted(staff_id=work.person.id, limit=min(limit, MOST_ROWS)))
    work.log(AccessKind.LOOK_UP, "own_access_log", hits=len(rows))
    return rows


@use_case(Permission.ALL_ACCESS_LOG)
def all_rows(
    work: Work,
    *,
    username: str | None = None,
    patient: str | None = None,
    first: date | None = None,
    last: date | None = None,
    limit: int = 200,
) -> list[LogRow]:
    """Rows of anybody, the newest first, of one person or one patient where asked for; days included."""
    staff = staff_by_username(work.session, username.strip().casefold()) if username else None
    if username and staff is None:
        raise BadInput("no_such_person")
    patient_id = _patient(work, patient) if patient else None
    since, until = _span(first, last)
    wanted = stored.Wanted(staff.id if staff else None, patient_id, since, until, limit=min(limit, MOST_ROWS))
    rows = stored.read_log(work.session, wanted)
    work.log(AccessKind.LOOK_UP, "access_log", patient_id=patient_id, hits=len(rows))
    return rows


@use_case(Permission.ACCESS_LOG_FIGURES)
def verify_log(work: Work) -> Verdict:
    """Checks every row of the log, and names the first that is not as it was written."""
    work.log(AccessKind.LOOK_UP, "log_check")
    return verdict(work, verify(work.session, work.desk.store.log_key))


def verdict(work: Work, found: Verified) -> Verdict:
    """What was found, with the person's username in place of her key."""
    broken = found.first
    who = work.session.get(Staff, broken.chain) if broken and broken.chain != NOBODY else None
    return Verdict(
        broken is None,
        found.rows,
        found.chains,
        found.seals,
        found.sealed_to,
        found.newest_seal,
        who.username if who else None,
        broken.number if broken else None,
        broken.why if broken else None,
    )


@use_case(Permission.ALL_ACCESS_LOG)
def extract(
    work: Work, patient: str, *, names: bool = False, first: date | None = None, last: date | None = None
) -> list[ExtractRow]:
    """A citizen's list: who of the office looked at her data, by unit and purpose (GDPR art. 15; C-579/21).

    `patient` is her key, a case number or her person number. The office's reading of the log itself is not in it.
    """
    patient_id = _patient(work, patient)
    since, until = _span(first, last)
    rows = stored.read_log(work.session, stored.Wanted(None, patient_id, since, until, limit=None))
    shown = [row for row in reversed(rows) if row.what not in ("access_log", "access_log_extract", "log_review")]
    units = stored.read_units(work.session, sorted({row.username for row in shown if row.username}))
    work.log(AccessKind.EXPORT, "access_log_extract", patient_id=patient_id, hits=len(shown))
    return [ExtractRow(row.at, row.kind, row.purpose, _unit(row, units), row.name if names else None) for row in shown]


@use_case(Permission.OPERATE)
def delete_old(work: Work) -> int:
    """Deletes rows older than the office keeps them (setting `log_kept_months`); the number deleted."""
    kept = work.office.log_kept_months
    month = work.today.year * 12 + work.today.month - 1 - kept
    before = at(date(month // 12, month % 12 + 1, 1), time(0))
    deleted = cut(work.session, work.desk.store.log_key, before, work.now)
    work.log(AccessKind.DELETE, "access_log", hits=deleted)
    return deleted


def _patient(work: Work, text: str) -> UUID:
    """The patient by her key, one of her cases' numbers or her person number. Raises Refused('no_case')."""
    text = text.strip()
    try:
        known = work.session.get(Patient, UUID(text))
        if known is not None:
            return known.id
    except ValueError:
        pass
    identifier = classify(text)
    if identifier is not None:
        found = find_patient(work.session, identifier, work.cipher)
        if found is None:
            raise Refused("no_case")
        return found.id
    number = queue_number_of(work.session, text)
    patient_id: UUID = work.session.scalars(
        sa.select(col(Case.patient_id)).where(col(Case.queue_number) == number)
    ).one()
    return patient_id


def _span(first: date | None, last: date | None) -> tuple[datetime | None, datetime | None]:
    return (
        at(first, time(0)) if first else None,
        at(last + timedelta(days=1), time(0)) if last else None,
    )


def _unit(row: LogRow, units: dict[str, list[tuple[str, date, date | None]]]) -> str:
    """The team the person was in that day; the general one where she was in none or in several."""
    day = local_date(row.at)
    held = [
        team
        for team, first, last in units.get(row.username or "", [])
        if first <= day and (last is None or day <= last)
    ]
    return held[0] if len(held) == 1 else Team.GENERAL.value

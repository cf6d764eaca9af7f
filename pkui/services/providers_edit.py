"""The office's own hand in the catalogue: agreements, waiting times, and what a clinic said on the phone today."""

from collections.abc import Mapping
from datetime import date, time, timedelta

from pkui.base.clock import local_date
from pkui.base.errors import BadInput, Refused
from pkui.base.keys import new_key
from pkui.domain.office import at
from pkui.domain.permissions import Permission
from pkui.domain.providers.catalogue import LISTS, Agreement, Row, WaitingTime, key_of, plain
from pkui.domain.providers.differences import Change, ChangeKind
from pkui.domain.providers.reading import BadCatalogue, read_row
from pkui.services.cases import LONGEST_NAME, LONGEST_REASON, not_longer
from pkui.services.desk import Work, use_case
from storage.providers import HistoryRow as HistoryRow
from storage.providers import read_held, read_history, write_changes
from storage.tables.providers import WaitingSlip

SLIP_WORKING_DAYS = 3
"""How long what was said on the phone counts, where nothing else is asked for."""


@use_case(Permission.CATALOGUE)
def edit_agreement(
    work: Work, values: Mapping[str, str], *, source: str, key: str | None = None, seen: Agreement | None = None
) -> Agreement:
    """Writes an agreement as typed; without `key` it is a new one. `source`: where it is written.

    `seen`: the row the typing was based on; refused when it has changed since. An area nobody knows is refused.
    """
    held = read_held(work.session, ("agreements", "organizations", "areas"))
    before = _as_seen(_before(held["agreements"], key), seen)
    typed = {**_texts(before), **values, "source": _source(source)}
    if before is None:
        typed["id"] = _free_id(str(values.get("organization_id", "")), work)
    row = _typed(Agreement, typed)
    if not isinstance(row, Agreement) or row.organization_id not in held["organizations"]:
        raise BadInput("no_provider")
    if unknown := set(row.areas) - set(held["areas"]) - set(before.areas if isinstance(before, Agreement) else ()):
        raise BadInput("unknown_areas", areas=", ".join(sorted(unknown)))
    _write(work, "agreements", before, row, source)
    return row


@use_case(Permission.CATALOGUE, writes=False)
def agreements_of(work: Work, organization_id: str) -> list[Agreement]:
    """Every agreement of a place that was not ended by a file: past and coming ones too, the newest first."""
    rows = (one.row for one in read_held(work.session, ("agreements",))["agreements"].values())
    found = [row for row in rows if isinstance(row, Agreement) and row.organization_id == organization_id]
    return sorted(found, key=lambda one: (one.valid_to or date.max, one.valid_from or date.min, one.id), reverse=True)


@use_case(Permission.CATALOGUE)
def edit_waiting_time(
    work: Work, service_id: str, values: Mapping[str, str], *, source: str, seen: WaitingTime | None = None
) -> WaitingTime:
    """Writes a service's waiting times as typed; an empty text is 'not stated', 0 is under a week.

    `seen`: the row the typing was based on; refused when it has changed since.
    """
    held = read_held(work.session, ("waiting_times", "services"))
    if service_id not in held["services"]:
        raise BadInput("no_service")
    before = _as_seen(_before(held["waiting_times"], service_id if service_id in held["waiting_times"] else None), seen)
    typed = {"source": "phone", "reported_on": work.today.isoformat(), **values, "service_id": service_id}
    row = _typed(WaitingTime, typed)
    if not isinstance(row, WaitingTime) or row.reported_on > work.today:
        raise BadInput("day_in_the_future", on=str(typed["reported_on"]))
    _write(work, "waiting_times", before, row, _source(source))
    return row


@use_case(Permission.CATALOGUE, writes=False)
def history(work: Work, list_name: str, key: str) -> list[HistoryRow]:
    """Who changed a row when, from what to what, and where that was written; the newest first."""
    if list_name not in LISTS:
        raise BadInput("no_list")
    return read_history(work.session, list_name, key)


@use_case(Permission.CATALOGUE)
def add_slip(
    work: Work,
    service_id: str,
    *,
    told_by: str,
    weeks: int | None = None,
    first_free: date | None = None,
    text: str | None = None,
    until: date | None = None,
) -> None:
    """Notes what a clinic said on the phone; it shows on everybody's ladder and expires by itself at a day's end."""
    if service_id not in read_held(work.session, ("services",))["services"]:
        raise BadInput("no_service")
    if weeks is None and first_free is None:
        raise BadInput("slip_says_nothing")
    if weeks is not None and not 0 <= weeks <= 520:
        raise BadInput("slip_says_nothing")
    if not told_by.strip():
        raise BadInput("text_needed")
    last = until or work.calendar.add_working_days(work.today, SLIP_WORKING_DAYS)
    if last < work.today or (first_free is not None and first_free < work.today):
        raise BadInput("day_in_the_past", on=min(last, first_free or last).isoformat())
    work.session.add(
        WaitingSlip(
            id=new_key(work.now),
            service_id=service_id,
            staff_id=work.person.id,
            at=work.now,
            expires_at=at(last + timedelta(days=1), time(0)),
            weeks=weeks,
            first_free=first_free,
            told_by=not_longer(told_by, LONGEST_NAME).strip(),
            text=not_longer(text or "", LONGEST_REASON).strip() or None,
        )
    )


def _before(held: Mapping[str, object], key: str | None) -> Row | None:
    if key is None:
        return None
    found = held.get(key)
    if found is None:
        raise BadInput("no_agreement")
    return getattr(found, "row", None)


def _as_seen(held: Row | None, seen: Row | None) -> Row | None:
    if seen is not None and seen != held:
        raise Refused("row_changed")
    return held


def _texts(row: Row | None) -> dict[str, object]:
    """A row as it would have been typed."""
    if row is None:
        return {}
    return {name: ";".join(value) if isinstance(value, list) else value for name, value in plain(row).items()}


def _typed(kind: type[Row], values: Mapping[str, object]) -> Row:
    try:
        return read_row(kind, dict(values), "", from_text=True)
    except BadCatalogue as error:
        raise BadInput("bad_catalogue", pointer=error.pointer, problem=error.code) from error


def _source(text: str) -> str:
    """Where it is written; a change nobody can trace is none. Raises BadInput."""
    if not text.strip():
        raise BadInput("source_of_row_needed")
    return not_longer(text, LONGEST_REASON).strip()


def _free_id(organization_id: str, work: Work) -> str:
    return f"{organization_id[:50]}-h{new_key(work.now).hex[-12:]}"


def _write(work: Work, name: str, before: Row | None, after: Row, source: str) -> None:
    kind = ChangeKind.ADDED if before is None else ChangeKind.CHANGED
    write_changes(
        work.session,
        [Change(name, key_of(after), kind, before, after)],
        at=work.now,
        today=local_date(work.now),
        staff_id=work.person.id,
        import_id=None,
        source=source,
        by_hand=True,
    )

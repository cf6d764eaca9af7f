"""The phone book: whom the office rings for its patients; taking a file in, correcting, and calls from a case."""

from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from pkui.base.errors import BadInput, Refused, Stale
from pkui.base.keys import new_key
from pkui.base.words.phone_book import search_words
from pkui.domain.permissions import Permission
from pkui.domain.phone_book import (
    BadPhoneRow,
    PhoneChanges,
    PhoneRow,
    for_case,
    matches,
    phone_changes,
    phone_row,
    read_rows,
)
from pkui.services.cases import LONGEST_REASON, not_longer, open_for_change
from pkui.services.desk import Work, use_case
from storage.cases import read_facts, read_segments
from storage.phone_book import LIST, add_change, end_entry, entry_for_change, read_entries, row_of
from storage.phone_book import EntryRecord as EntryRecord
from storage.providers import HistoryRow as HistoryRow
from storage.providers import read_history
from storage.tables.cases import Case
from storage.tables.phone_book import PhoneEntry

LARGEST_FILE = 4 * 1024 * 1024


@use_case(Permission.READ_QUEUE, writes=False)
def phone_book(work: Work, typed: str = "", *, queue_number: int | None = None) -> list[EntryRecord]:
    """The entries that the typed words find, also misspelt; for a case those it needs first, and alone at first."""
    held = read_entries(work.session)
    if queue_number is not None:
        case = open_for_change(work, queue_number, None)
        order = {row.key: number for number, row in enumerate(_needed(work, case, held))}
        held = sorted(held, key=lambda one: order.get(one.row.key, len(order)))
        if not typed.strip():
            return [one for one in held if one.row.key in order] or held
    return [one for one in held if matches(typed, one.row, search_words(one.row.kind))]


def _needed(work: Work, case: Case, held: list[EntryRecord]) -> list[PhoneRow]:
    facts = {name: fact.value for name, fact in read_facts(work.session, case.id).items()}
    segments = read_segments(work.session, case.id)
    main = next((one for one in segments if one.main), segments[0] if segments else None)
    return for_case(
        [one.row for one in held],
        hospital=str(facts.get("letter_hospital") or (main and main.referring_hospital) or ""),
        department=str(facts.get("letter_department") or (main and main.referring_department) or ""),
        place=(main and main.provider_name) or "",
        interpreter=bool(case.interpreter_language),
    )


def parse_phone_file(raw: bytes) -> list[PhoneRow]:
    """The entries of a CSV or JSON file. Raises BadInput naming row and field."""
    try:
        return read_rows(raw)
    except BadPhoneRow as error:
        raise BadInput("bad_phone_row", row=error.row, field=error.field) from error


def read_phone_file(path: Path) -> list[PhoneRow]:
    """The entries of a file on this machine. Raises BadInput without naming it."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadInput("bad_phone_row", row=0, field="file")
        return parse_phone_file(path.read_bytes())
    except OSError as error:
        raise BadInput("no_file") from error


@use_case(Permission.CATALOGUE, writes=False)
def preview_phones(work: Work, rows: list[PhoneRow]) -> PhoneChanges:
    """What a file would add, change and end; nothing is written."""
    return phone_changes([(one.row, one.by_hand) for one in read_entries(work.session)], rows)


@use_case(Permission.CATALOGUE)
def import_phones(work: Work, rows: list[PhoneRow], *, source: str, chance: Random | None = None) -> PhoneChanges:
    """Takes a file in, whole or not at all; what a person wrote by hand and the file lacks stays.

    `chance` makes made-up data the same every time.
    """
    source = _source(source)
    held = read_entries(work.session)
    found = phone_changes([(one.row, one.by_hand) for one in held], rows)
    ids = {one.row.key: one.id for one in held}
    for row in found.added:
        _add(work, row, source, by_hand=False, chance=chance)
    for _before, row in found.changed:
        _write(work, _held(work, ids[row.key], None), row, source, by_hand=False)
    for row in found.ended:
        _end(work, _held(work, ids[row.key], None), source)
    return found


@use_case(Permission.CATALOGUE)
def edit_phone(
    work: Work, values: Mapping[str, str], *, source: str, id: UUID | None = None, version: int | None = None
) -> UUID:
    """Writes an entry as typed, a new one without `id`; says where it is written. Gives its id."""
    try:
        row = phone_row(values)
    except BadPhoneRow as error:
        raise BadInput("bad_phone_entry", field=error.field) from error
    source = _source(source)
    same = next((one.id for one in read_entries(work.session) if one.row.key == row.key), None)
    if same is not None and same != id:
        raise Refused("phone_there_already")
    if id is None:
        return _add(work, row, source, by_hand=True)
    entry = _held(work, id, version)
    _write(work, entry, row, source, by_hand=True)
    return entry.id


@use_case(Permission.CATALOGUE)
def end_phone(work: Work, id: UUID, *, source: str, version: int | None = None) -> None:
    """Takes an entry out of the book from today on; the row and its history stay."""
    _end(work, _held(work, id, version), _source(source))


@use_case(Permission.CATALOGUE, writes=False)
def phone_history(work: Work, id: UUID) -> list[HistoryRow]:
    """Who changed an entry when, from what to what, and where that is written; the newest first."""
    return read_history(work.session, LIST, id.hex)


def _add(work: Work, row: PhoneRow, source: str, *, by_hand: bool, chance: Random | None = None) -> UUID:
    entry = PhoneEntry(id=new_key(work.now, chance), **_values(row), **_edited(work, source, by_hand))
    work.session.add(entry)
    _note(work, "added", entry.id, None, row, source)
    return entry.id


def _write(work: Work, entry: PhoneEntry, row: PhoneRow, source: str, *, by_hand: bool) -> None:
    before = row_of(entry)
    for name, value in (_values(row) | _edited(work, source, by_hand)).items():
        setattr(entry, name, value)
    _note(work, "changed", entry.id, before, row, source)


def _end(work: Work, entry: PhoneEntry, source: str) -> None:
    end_entry(entry, work.today)
    _note(work, "ended", entry.id, row_of(entry), None, source)


def _held(work: Work, id: UUID, version: int | None) -> PhoneEntry:
    entry = entry_for_change(work.session, id)
    if entry is None:
        raise BadInput("no_phone_entry")
    if version is not None and version != entry.version:
        raise Stale(based_on=version, now_at=entry.version or 0)
    return entry


def _note(work: Work, kind: str, id: UUID, before: PhoneRow | None, after: PhoneRow | None, source: str) -> None:
    add_change(work.session, kind, id, before=before, after=after, at=work.now, staff_id=work.person.id, source=source)


def _values(row: PhoneRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("kind", "name", "place", "phone", "hours", "note")}


def _edited(work: Work, source: str, by_hand: bool) -> dict[str, Any]:
    return {"source": source, "by_hand": by_hand, "edited_at": work.now, "edited_by": work.person.id}


def _source(text: str) -> str:
    if not text.strip():
        raise BadInput("source_of_row_needed")
    return not_longer(text, LONGEST_REASON).strip()

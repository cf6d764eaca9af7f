"""What is known of a case: facts with their source, and core data. Facts are appended, never overwritten."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from pkui.base.errors import BadInput
from pkui.base.keys import new_key
from pkui.domain import phones
from pkui.domain.access_codes import AccessKind
from pkui.domain.codes import EventKind, FactSource
from pkui.domain.facts import ALL_FACT_KINDS, LIST_FACTS, BadFact, checked_list, parse_fact
from pkui.domain.permissions import Permission
from pkui.domain.windows import CallWindow, merge
from pkui.services.case_view import CaseView, view_of
from pkui.services.cases import LONGEST_NAME, not_longer, open_for_change
from pkui.services.desk import Work, use_case
from pkui.services.routing import route_anew
from pkui.services.standing import place_anew
from storage.cases import patient_of
from storage.patients import rename
from storage.tables.cases import Case
from storage.tables.contacts import CallWindowRow
from storage.tables.records import Fact

LONGEST_CORE_DATA = {"email": 254, "interpreter_language": 64, "address_line": 500, "postcode": 64, "city": 200}


@use_case(Permission.REGISTER)
def record_fact(
    work: Work, queue_number: int, name: str, value: str, *, source: FactSource, version: int | None = None
) -> CaseView:
    """Records one fact as a person typed it; the case's place is computed anew."""
    case = open_for_change(work, queue_number, version)
    if name not in ALL_FACT_KINDS:
        raise BadInput("unknown_fact")
    try:
        parsed = parse_fact(name, value, work.today)
    except BadFact as error:
        raise BadInput("bad_fact", kind=ALL_FACT_KINDS[name].value) from error
    return _recorded(work, case, name, parsed, source)


@use_case(Permission.REGISTER)
def record_list(
    work: Work,
    queue_number: int,
    name: str,
    entries: Sequence[Mapping[str, Any]],
    *,
    source: FactSource,
    version: int | None = None,
) -> CaseView:
    """Records all entries of a listed fact, such as postponements; no entries say that there are none."""
    case = open_for_change(work, queue_number, version)
    if name not in LIST_FACTS:
        raise BadInput("unknown_fact")
    try:
        kept = checked_list(name, entries)
    except BadFact as error:
        raise BadInput("bad_fact", kind="entry") from error
    return _recorded(work, case, name, kept, source)


@use_case(Permission.REGISTER)
def change_core_data(
    work: Work,
    queue_number: int,
    *,
    phone: str | None = None,
    alternative_phone: str | None = None,
    email: str | None = None,
    name: str | None = None,
    address_line: str | None = None,
    postcode: str | None = None,
    city: str | None = None,
    protected: bool | None = None,
    interpreter_language: str | None = None,
    version: int | None = None,
) -> CaseView:
    """Changes how the patient is reached and who she is; None leaves a field, an empty text clears it."""
    case = open_for_change(work, queue_number, version)
    patient = patient_of(work.session, case)
    on_case = {"phone": _phone(phone), "alternative_phone": _phone(alternative_phone), "email": email}
    on_case["interpreter_language"] = interpreter_language
    on_patient = {"address_line": address_line, "postcode": postcode, "city": city}
    changed = [*_set(case, on_case), *_set(patient, on_patient)]
    if protected is not None and protected != patient.protected:
        patient.protected = protected
        changed.append("protected")
    if name is not None and not_longer(name, LONGEST_NAME).strip() != (patient.name or ""):
        rename(work.session, patient, name.strip() or None)
        changed.append("name")
    if changed:
        patient.edited_at, patient.edited_by = work.now, work.person.id
        work.log(AccessKind.CHANGE, "core_data", patient_id=patient.id, case_id=case.id)
        route_anew(work, case)
        work.event(case, EventKind.CORE_DATA_CHANGED, fields=changed)
    return view_of(work, case)


@use_case(Permission.REGISTER)
def change_windows(
    work: Work, queue_number: int, windows: Sequence[CallWindow], *, version: int | None = None
) -> CaseView:
    """Gives the case other weekly windows; overlapping ones are merged."""
    case = open_for_change(work, queue_number, version)
    work.session.execute(sa.delete(CallWindowRow).where(col(CallWindowRow.case_id) == case.id))
    work.session.add_all(
        CallWindowRow(case_id=case.id, weekday=one.weekday, starts=one.start, ends=one.end) for one in merge(windows)
    )
    work.event(case, EventKind.WINDOWS_CHANGED)
    return view_of(work, case)


def _recorded(work: Work, case: Case, name: str, value: Any, source: FactSource) -> CaseView:
    """Appends the fact, places the case anew and adds the event, in this transaction."""
    add_fact(work, case, name, value, source)
    work.session.flush()
    place_anew(work, case)
    route_anew(work, case)
    work.event(case, EventKind.FACT_RECORDED, name=name, source=source.value)
    return view_of(work, case)


def add_fact(work: Work, case: Case, name: str, value: Any, source: FactSource, *, by_person: bool = True) -> None:
    """Appends a fact to the case; dates are kept as ISO texts."""
    stored = value.isoformat() if isinstance(value, date) else value
    work.session.add(
        Fact(
            id=new_key(work.now),
            case_id=case.id,
            name=name,
            value=stored,
            source=source,
            recorded_by=work.person.id if by_person else None,
            recorded_at=work.now,
        )
    )


def _phone(text: str | None) -> str | None:
    if not text:
        return text
    number = phones.normalise(text)
    if number is None:
        raise BadInput("bad_phone")
    return number


def _set(row: Any, values: dict[str, str | None]) -> list[str]:
    changed = [name for name, value in values.items() if value is not None and (value or None) != getattr(row, name)]
    for name in changed:
        setattr(row, name, not_longer(values[name] or "", LONGEST_CORE_DATA.get(name, LONGEST_NAME)) or None)
    return changed

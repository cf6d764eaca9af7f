"""What a case gives for each merge field; only the fields that a template uses are looked up."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from pkui.base.clock import local_date
from pkui.base.words import texts as words
from pkui.base.words.dates import long_date
from pkui.base.words.rights import question
from pkui.domain import phones
from pkui.domain.phone_book import PhoneKind
from pkui.domain.rights.facts import AskedOf
from pkui.domain.windows import CallHours, occurrences
from pkui.services.desk import Work
from pkui.services.hints import hints_of, rights_view
from storage.callbacks import read_standing_of
from storage.cases import patient_of, read_facts, read_segments
from storage.phone_book import read_entries
from storage.providers import read_area_names
from storage.queue import read_rows
from storage.tables.cases import Case
from storage.tables.providers import LocationRow
from storage.tables.records import Segment

AHEAD_DAYS = 14
PRESENT_KEPT = "nuværende_tid_beholdes"


def values_for(work: Work, case: Case, names: Iterable[str], *, to_patient: bool) -> dict[str, str | None]:
    """The value of each of these fields, or None where the case has none; a patient is told of her date as hers.

    A protected name does not come into a letter to others by itself: it is a gap, for a person to fill or leave.
    """
    found = {name: _SOURCES[name](work, case) if name in _SOURCES else None for name in names}
    if to_patient and PRESENT_KEPT in found:
        kept = _from_segment("present_date_is_kept")(work, case)
        found[PRESENT_KEPT] = words.present_date_line(kept, to_patient=True)
    if "navn" in found and not to_patient and patient_of(work.session, case).protected:
        found["navn"] = None
    return found


def _segment(work: Work, case: Case) -> Segment | None:
    held = read_segments(work.session, case.id)
    return next((one for one in held if one.main), held[0] if held else None)


def _from_segment(name: str) -> Callable[[Work, Case], Any]:
    def value(work: Work, case: Case) -> Any:
        """The course's value; none where the case has no course."""
        return getattr(_segment(work, case), name, None)

    return value


def _fact(work: Work, case: Case, name: str) -> str | None:
    found = read_facts(work.session, case.id).get(name)
    return str(found.value) if found is not None and found.value not in (None, "") else None


def _hospital(work: Work, case: Case) -> str | None:
    return _from_segment("referring_hospital")(work, case) or _fact(work, case, "letter_hospital")


def _department(work: Work, case: Case) -> str | None:
    return _from_segment("referring_department")(work, case) or _fact(work, case, "letter_department")


def _area(work: Work, case: Case) -> str | None:
    code = _from_segment("area")(work, case)
    name = read_area_names(work.session, {code}).get(code) if code else None
    return name or _fact(work, case, "letter_treatment")


def _address(work: Work, case: Case) -> str | None:
    provider = _from_segment("provider_id")(work, case)
    if provider is None:
        return None
    row = work.session.execute(
        sa.select(col(LocationRow.line), col(LocationRow.postcode), col(LocationRow.city))
        .where(col(LocationRow.organization_id) == provider, col(LocationRow.ended_on).is_(None))
        .order_by(col(LocationRow.id))
    ).first()
    line, postcode, city = row or (None, None, None)
    return ", ".join(part for part in (line, " ".join(one for one in (postcode, city) if one)) if part) or None


def _present_date(work: Work, case: Case) -> str | None:
    day = _from_segment("present_date")(work, case) or _fact(work, case, "offered_date")
    return _day(day)


def _new_date(work: Work, case: Case) -> str | None:
    return _day(_from_segment("confirmed_date")(work, case))


def _day(day: date | str | None) -> str | None:
    if isinstance(day, str):
        day = date.fromisoformat(day)
    return f"{long_date(day)} {day.year}" if day else None


def _limit(work: Work, case: Case) -> str | None:
    days = [hint.deadline for hint in hints_of(work, case, work.today) if hint.deadline is not None]
    return _day(min(days, default=None))


def _missing(work: Work, case: Case) -> str | None:
    asked = rights_view(work, case, work.today).questions.get(AskedOf.PATIENT, [])
    return words.bullets([question(name) for name in asked])


def _call_time(work: Work, case: Case) -> str | None:
    """The booked call, else the next of the patient's windows that has not begun."""
    booked = read_standing_of(work.session, [case.id]).get(case.id)
    if booked is not None:
        return words.call_on(booked.starts_at, None, local_date(booked.starts_at))
    row = read_rows(work.session, [case.queue_number])[0]
    hours = CallHours.always(work.office.calls_from, work.office.calls_to)
    ahead = occurrences(row.windows, row.unavailable, work.calendar, hours, work.today, AHEAD_DAYS)
    following = next((one for one in ahead if one.start > work.now), None)
    return words.call_on(following.start, following.end, following.day) if following else None


def _office_phone(work: Work, _case: Case) -> str | None:
    found = read_entries(work.session, kind=PhoneKind.OFFICE)
    return phones.display(found[0].row.phone) if found else None


def _agreement(work: Work, case: Case) -> str | None:
    return words.agreement_line() if _from_segment("agreement_id")(work, case) else None


def _present_kept(work: Work, case: Case) -> str | None:
    return words.present_date_line(_from_segment("present_date_is_kept")(work, case), to_patient=False)


_SOURCES: dict[str, Callable[[Work, Case], str | None]] = {
    "sagsnummer": lambda _work, case: case.case_number,
    "kønummer": lambda _work, case: str(case.queue_number),
    "dato": lambda work, _case: _day(work.today),
    "vejleder": lambda work, _case: work.person.name,
    "kontorets_telefon": _office_phone,
    "forsøg": lambda _work, case: words.times_tried(case.attempts),
    "ringetid": _call_time,
    "navn": lambda work, case: patient_of(work.session, case).name,
    "hospital": _hospital,
    "afdeling": _department,
    "område": _area,
    "sted": _from_segment("provider_name"),
    "stedets_adresse": _address,
    "nuværende_tid": _present_date,
    "ny_tid": _new_date,
    "frist": _limit,
    "mangler": _missing,
    "videresendt_til": lambda _work, case: case.forwarded_to,
    "aftalesygehus": _agreement,
    "vedlæg": lambda _work, _case: words.enclosed(),
    "tolk": lambda _work, case: words.interpreter_line(case.interpreter_language),
    PRESENT_KEPT: _present_kept,
}
"""Who gives each field; reason and private hospital are always asked for."""

"""A case's place in the queue, computed anew whenever what decides it has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import col

from pkui.base.calendar import public_holidays
from pkui.base.clock import local_date
from pkui.domain.calendar import CountedDay
from pkui.domain.case_rights import rights_facts
from pkui.domain.codes import PriorityClass
from pkui.domain.facts import known_facts
from pkui.domain.permissions import Permission
from pkui.domain.priority import Matter, Standing, explain, place
from pkui.domain.rights.engine import legal_deadline
from pkui.domain.rights.facts import RightsFacts
from pkui.domain.routing import kept_until
from pkui.services.desk import Desk, Work, use_case
from storage.callbacks import read_booked_at
from storage.cases import patient_of, read_segments, rows_of
from storage.company import forget_old
from storage.merges import family_of, read_merged, read_merging
from storage.repeats import forget_keys
from storage.standing import (
    DELIVERED,
    PlacedCase,
    mark_placed,
    read_open_places,
    read_placed_on,
    write_places,
)
from storage.tables.cases import Case
from storage.tables.records import Fact

CHUNK = 500
"""Cases a transaction, when the whole queue is placed anew."""

APPOINTMENT_FACT = "offered_date"
OPERATION_CHANGED_FACT = "appointment_changed_by_hospital"


def facts_on(work: Work, case: Case, facts: Mapping[str, Any], on: date) -> RightsFacts:
    """What is known of a stored case for its rights on a day; `facts` are the newest values by name."""
    patient = patient_of(work.session, case)
    return rights_facts(
        case.topic,
        facts,
        birth_date=patient.birth_date,
        region=patient.region_of_residence,
        received_on=local_date(case.received_at),
        on=on,
    )


def facts_of(work: Work, case: Case) -> dict[str, Any]:
    """What is known of a stored case, by name: the newest values, each as far as its source can settle it."""
    return values_of(fact_rows(work, case))


def fact_rows(work: Work, case: Case) -> Sequence[Fact]:
    """Every fact of a stored case and of those merged into it, the oldest first."""
    family = family_of(work.session, case.id)
    return rows_of(work.session, Fact, family, col(Fact.recorded_at), col(Fact.id))


def values_of(rows: Sequence[Fact]) -> dict[str, Any]:
    """The newest values by name, each as far as its source can settle it."""
    return known_facts((row.name, row.value, row.source) for row in rows)


def deadline_of(work: Work, facts: RightsFacts) -> tuple[date, str] | None:
    """The nearest legal deadline that still matters, with its paragraph; none while the kind of case is not known."""
    if facts.case_kind is None:
        return None
    return legal_deadline(facts, on=work.today, law=work.law, calendar=public_holidays())


def matter_of(
    case: Case | PlacedCase,
    facts: Mapping[str, Any],
    *,
    referral_delivered: bool,
    deadline: tuple[date, str] | None,
    booked_at: datetime | None,
) -> Matter:
    """What decides the case's place; `facts` are the newest values by name."""
    appointment = facts.get(APPOINTMENT_FACT)
    return Matter(
        legal_deadline=deadline[0] if deadline else None,
        citation=deadline[1] if deadline else None,
        topic=case.topic,
        received_at=case.reopened_at or case.received_at,
        answered_at=case.answered_at,
        follow_up_on=case.follow_up_on,
        booked_at=booked_at,
        operation_changed=facts.get(OPERATION_CHANGED_FACT) is True,
        referral_delivered=referral_delivered,
        appointment_on=date.fromisoformat(appointment) if isinstance(appointment, str) else None,
    )


def kept(work: Work, case: Case | PlacedCase, due_at: datetime) -> datetime | None:
    """Until when the case is kept for temporary staff; never once it has been answered."""
    if case.answered_at is not None:
        return None
    received = case.reopened_at or case.received_at
    return kept_until(case.complexity, case.team, received, due_at, work.office, work.calendar)


def place_anew(work: Work, case: Case) -> Standing:
    """Computes the case's place from what is stored now, as urgent as the most urgent case merged into it."""
    standing = _stored_standing(work, case)
    case.priority_class, case.due_at, case.why = _stored(standing)
    case.kept_until = kept(work, case, standing.due_at)
    return standing


def count_of(work: Work, case: Case) -> list[CountedDay]:
    """The sum behind the case's target, day by day."""
    matter = Matter(topic=case.topic, received_at=case.reopened_at or case.received_at)
    standing = Standing(PriorityClass(case.priority_class), case.due_at, ())
    return explain(matter, standing, work.office, work.calendar)


def place_for_today(desk: Desk) -> int:
    """Places every open case as of today, once a day over all desks: deadlines come nearer by themselves.

    Returns how many cases have another place than before.
    """
    if not _to_be_placed(desk):
        return 0
    moved, after = 0, 0
    while True:
        last, changed = _place_some(desk, after)
        moved += changed
        if last is None:
            _placed(desk)
            return moved
        after = last


@use_case(Permission.READ_QUEUE, writes=False)
def _to_be_placed(work: Work) -> bool:
    return read_placed_on(work.session) != work.today


@use_case(Permission.READ_QUEUE)
def _place_some(work: Work, after: int) -> tuple[int | None, int]:
    cases = read_open_places(work.session, after=after, limit=CHUNK)
    ids = [case.id for case in cases]
    booked, merging = read_booked_at(work.session, ids), read_merging(work.session, ids)
    changed = []
    for case in cases:
        if case.id in merging:
            continue
        known = rights_facts(
            case.topic,
            case.facts,
            birth_date=case.birth_date,
            region=case.region,
            received_on=local_date(case.received_at),
            on=work.today,
        )
        deadline = deadline_of(work, known)
        matter = matter_of(
            case,
            case.facts,
            referral_delivered=case.referral_delivered,
            deadline=deadline,
            booked_at=booked.get(case.id),
        )
        now = _stored(place(matter, work.now, work.office, work.calendar))
        if now != (case.priority_class, case.due_at, case.why):
            changed.append(_moved_to(work, case, now))
    write_places(work.session, [*changed, *_places_of_merged(work, sorted(merging))])
    return (cases[-1].queue_number if cases else None), len(changed)


def _places_of_merged(work: Work, ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """The places of cases with others merged into them, where they have changed."""
    changed = []
    for id in ids:
        case = work.session.get_one(Case, id)
        now = _stored(_stored_standing(work, case))
        if now != (case.priority_class, case.due_at, case.why):
            changed.append(_moved_to(work, case, now))
    return changed


def _moved_to(work: Work, case: Case | PlacedCase, now: tuple[int, datetime, list[Any]]) -> dict[str, Any]:
    until = kept(work, case, now[1])
    return {"case_id": case.id, "new_class": now[0], "new_due": now[1], "new_why": now[2], "new_kept": until}


@use_case(Permission.READ_QUEUE)
def _placed(work: Work) -> None:
    mark_placed(work.session, work.today)
    forget_keys(work.session, work.now)
    forget_old(work.session, work.now)


def _stored(standing: Standing) -> tuple[int, datetime, list[Any]]:
    return int(standing.priority_class), standing.due_at, [[one.code, one.params] for one in standing.why]


def _stored_standing(work: Work, case: Case) -> Standing:
    """The place of the case; what was merged into it keeps its own topic and the instant it was received."""
    own = _stored_matter(work, case)
    matters = [own]
    for other in read_merged(work.session, case.id):
        merged = _stored_matter(work, work.session.get_one(Case, other.id))
        matters.append(
            replace(merged, answered_at=own.answered_at, follow_up_on=own.follow_up_on, booked_at=own.booked_at)
        )
    places = [place(matter, work.now, work.office, work.calendar) for matter in matters]
    return min(places, key=lambda one: (one.priority_class, one.due_at))


def _stored_matter(work: Work, case: Case) -> Matter:
    facts = facts_of(work, case)
    segments = read_segments(work.session, case.id)
    delivered = bool(segments) and all(segment.state in DELIVERED for segment in segments)
    deadline = deadline_of(work, facts_on(work, case, facts, work.today))
    booked_at = read_booked_at(work.session, [case.id]).get(case.id)
    return matter_of(case, facts, referral_delivered=delivered, deadline=deadline, booked_at=booked_at)

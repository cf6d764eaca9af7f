"""A case's place in the queue, computed anew whenever what decides it has changed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pkui.domain.calendar import CountedDay
from pkui.domain.codes import SegmentState
from pkui.domain.priority import Matter, Reason, Standing, explain, place
from pkui.services.desk import Work
from storage.cases import read_facts, read_segments
from storage.tables.cases import Case

APPOINTMENT_FACT = "offered_date"
OPERATION_CHANGED_FACT = "appointment_changed_by_hospital"
_DELIVERED = (SegmentState.REFERRAL_SENT, SegmentState.CONFIRMED)


def matter_of(case: Case, facts: Mapping[str, Any], *, referral_delivered: bool) -> Matter:
    """What decides the case's place; `facts` are the newest values by name."""
    appointment = facts.get(APPOINTMENT_FACT)
    return Matter(
        topic=case.topic,
        received_at=case.reopened_at or case.received_at,
        answered_at=case.answered_at,
        follow_up_on=case.follow_up_on,
        operation_changed=facts.get(OPERATION_CHANGED_FACT) is True,
        referral_delivered=referral_delivered,
        appointment_on=date.fromisoformat(appointment) if isinstance(appointment, str) else None,
    )


def set_standing(work: Work, case: Case, matter: Matter) -> Standing:
    """Writes class, due and why on the case."""
    standing = place(matter, work.now, work.office, work.calendar)
    case.priority_class = int(standing.priority_class)
    case.due_at = standing.due_at
    case.why = [[reason.code, reason.params] for reason in standing.why]
    return standing


def place_anew(work: Work, case: Case) -> Standing:
    """Computes the case's place from what is stored now."""
    return set_standing(work, case, _stored_matter(work, case))


def count_of(work: Work, case: Case) -> list[CountedDay]:
    """The sum behind the case's target, day by day."""
    matter = _stored_matter(work, case)
    return explain(matter, place(matter, work.now, work.office, work.calendar), work.office, work.calendar)


def reasons_of(stored: list[Any]) -> list[Reason]:
    """The stored reasons as values."""
    return [Reason(code, params) for code, params in stored]


def _stored_matter(work: Work, case: Case) -> Matter:
    facts = {name: fact.value for name, fact in read_facts(work.session, case.id).items()}
    segments = read_segments(work.session, case.id)
    delivered = bool(segments) and all(segment.state in _DELIVERED for segment in segments)
    return matter_of(case, facts, referral_delivered=delivered)

"""What a training office's Monday has besides its cases: questions, reminders, a call from a patient, a handed case."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.base.keys import new_key
from pkui.domain.codes import CaseState, ContactResult, Direction, EventKind, Party, Role, SparringWith
from storage.tables.cases import Case
from storage.tables.contacts import Contact
from storage.tables.records import Event
from storage.tables.reminders import Reminder
from storage.tables.sparring import SparringQuestion
from storage.tables.staff import Staff, StaffRole

QUESTIONS = (
    "Gælder 30-dages-fristen fra den første eller den anden henvisning?",
    "Kan hun få befordring til privathospitalet, når tiden blev flyttet?",
    "Afdelingen siger, at der er gjort undtagelse. Hvad skal stå i brevet?",
    "Er en aflyst forundersøgelse det samme som en aflyst operation?",
)
REMINDERS = ("spørg til tiden", "hør, om henvisningen er kommet", "ring til datteren", None)
RANG_BACK = ("Har fået ny tid og vil høre, om den kan flyttes", "Spørger til sin sag", "Kan bedst efter kl. 13")
HANDED_OVER = ("Tager du den? Hun vil helst tale med dig igen", "Jeg er på kursus fra i morgen")
"""What people write, as data: Danish in every language of the user."""
EARLIEST = timedelta(hours=1)
"""How long before the start the first of it happened."""
CASES_EACH = 4
"""Cases of an adviser that have something of the kind."""


def write_day(session: Session, chance: Random, start: datetime) -> None:
    """Gives every adviser with enough cases a question, a reminder, a patient who rang back and a case handed over."""
    advisers = list(
        session.scalars(
            sa.select(col(Staff.id))
            .join(StaffRole, col(StaffRole.staff_id) == col(Staff.id))
            .where(col(StaffRole.role) == Role.ADVISER)
            .order_by(col(Staff.username))
        )
    )
    for place, adviser in enumerate(advisers):
        cases = list(
            session.scalars(
                sa.select(Case)
                .where(
                    col(Case.assignee_id) == adviser,
                    col(Case.state) == CaseState.ASSIGNED,
                    col(Case.priority_class) > 1,
                    col(Case.changed_at) <= start - EARLIEST,
                )
                .order_by(col(Case.queue_number))
            )
        )
        if len(cases) >= CASES_EACH:
            _write(session, chance, start, adviser, advisers[place - 1], chance.sample(cases, CASES_EACH))


def _write(
    session: Session, chance: Random, start: datetime, adviser: UUID, colleague: UUID, cases: Sequence[Case]
) -> None:
    asked, reminded, rang, given = cases
    earlier = start - timedelta(minutes=chance.randrange(20, 60))
    of = chance.choice(list(SparringWith))
    session.add(
        SparringQuestion(
            id=new_key(earlier, chance),
            case_id=asked.id,
            asked_of=of,
            colleague_id=colleague if of is SparringWith.COLLEAGUE else None,
            text=chance.choice(QUESTIONS),
            asked_by=adviser,
            asked_at=earlier,
        )
    )
    session.add(
        Reminder(
            case_id=reminded.id,
            staff_id=adviser,
            at=start + timedelta(hours=chance.randrange(1, 6)),
            text=chance.choice(REMINDERS),
            set_at=earlier,
        )
    )
    session.add(
        Contact(
            id=new_key(earlier, chance),
            case_id=rang.id,
            staff_id=colleague,
            at=earlier,
            direction=Direction.INCOMING,
            party=Party.PATIENT,
            result=ContactResult.CALLED_BACK,
            text=chance.choice(RANG_BACK),
        )
    )
    session.flush()
    called = {
        "party": Party.PATIENT.value,
        "result": ContactResult.CALLED_BACK.value,
        "direction": Direction.INCOMING.value,
    }
    _event(session, asked, EventKind.QUESTION_ASKED, earlier, adviser, {"asked_of": of.value})
    _event(session, rang, EventKind.CONTACT_LOGGED, earlier, colleague, called)
    username = session.get_one(Staff, adviser).username
    _event(session, given, EventKind.HANDED_OVER, earlier, colleague, {"to": username}, chance.choice(HANDED_OVER))


def _event(
    session: Session,
    case: Case,
    kind: EventKind,
    when: datetime,
    by: UUID,
    details: dict[str, str],
    reason: str | None = None,
) -> None:
    session.add(Event(case_id=case.id, kind=kind, at=when, staff_id=by, details=details, reason=reason))
    case.changed_at = when

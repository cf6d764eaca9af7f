"""What the supervisor and a temporary colleague did before the demo's morning: a working group, a course to approve."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col

from pkui.base.clock import FrozenClock
from pkui.domain.codes import Topic
from pkui.domain.texts import TextKind
from pkui.services.demo.people import SUPERVISORS, TEMPORARIES
from pkui.services.desk import Desk
from pkui.services.people import sign_in
from pkui.services.roster import open_team
from pkui.services.routing import set_routing
from pkui.services.texts import draft_text
from storage.store import Store
from storage.tables.cases import Case
from storage.tables.patients import Patient
from storage.tables.records import Fact

GROUP, NAME = "child_psychiatry", "Børnepsykiatri"
WORDS = ("børnepsyk*", "ungdomspsyk*")
MEMBERS = ("dorte", "ellen")
REASON = "Udbyderen har opsagt sin aftale; gruppen finder nye steder"
"""What people write, as data: Danish in every language of the user."""
MOST = 4
MOVED_ON = (Topic.FASTER_TREATMENT, Topic.FASTER_ASSESSMENT, Topic.FASTER_IMAGING, Topic.CHOOSE_HOSPITAL)


def begin_office(store: Store, start: datetime) -> None:
    """Opens a working group with some cases, and lets a temporary colleague ask for a course to be approved."""
    supervisor, lent = (_desk(store, names[0], start) for names in (SUPERVISORS, TEMPORARIES))
    open_team(supervisor, GROUP, NAME, words=WORDS, members=MEMBERS)
    for number in _free(store):
        set_routing(supervisor, number, team=GROUP, reason=REASON)
    held = _held(store, lent)
    if held is not None:
        draft_text(lent, held, TextKind.DEPARTMENT_REQUEST)


def _desk(store: Store, name: str, start: datetime) -> Desk:
    return Desk(store, FrozenClock(start), sign_in(store, name.split()[0].lower(), start), place="case")


def _free(store: Store) -> list[int]:
    """The newest such cases that nobody holds, of people whom the supervisor needs no reason to look at."""
    with store.reading() as session:
        rows = session.execute(
            sa.select(col(Case.queue_number), col(Fact.value))
            .join(Fact, col(Fact.case_id) == col(Case.id))
            .join(Patient, col(Patient.id) == col(Case.patient_id))
            .where(
                col(Case.closed_at).is_(None),
                col(Case.assignee_id).is_(None),
                col(Fact.name) == "letter_department",
                col(Patient.protected).is_(False),
            )
            .order_by(col(Case.queue_number).desc())
        )
        return [number for number, value in rows if "ungdomspsyk" in str(value).casefold()][:MOST]


def _held(store: Store, desk: Desk) -> int | None:
    """The first case she holds in which the patient is to be sent somewhere."""
    with store.reading() as session:
        return session.scalar(
            sa.select(col(Case.queue_number))
            .where(
                col(Case.closed_at).is_(None), col(Case.assignee_id) == desk.person.id, col(Case.topic).in_(MOVED_ON)
            )
            .order_by(col(Case.queue_number))
            .limit(1)
        )

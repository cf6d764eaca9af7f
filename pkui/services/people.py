"""The people of the office as the desk sees them, and who sits at it.

Signing in on a training database is picking a person; on any other it is done by services.sign_in.
"""

from datetime import datetime

from sqlmodel import Session

from pkui.base.clock import local_date
from pkui.base.errors import BadInput, Refused
from pkui.domain.codes import Role
from pkui.services.desk import Person, Work, use_case
from storage.staff import StaffRecord as StaffRecord
from storage.staff import read_staff
from storage.store import SYSTEM_USERNAME, Store


def sign_in(store: Store, username: str | None, now: datetime, *, strict: bool = True) -> Person:
    """The person who acts. On a training database anyone; a login that is no staff acts as `system` unless `strict`.

    Raises Refused('not_signed_in') on any other database and BadInput('no_such_person') for an unknown name.
    """
    if not store.training:
        raise Refused("not_signed_in")
    with store.reading() as session:
        person = _person(session, username, now) if username else None
        if person is None and strict:
            raise BadInput("no_such_person")
        return person or _system(session, now)


def first_with_role(store: Store, role: Role, now: datetime) -> str | None:
    """The username of the first person of a training database who is present and has that role."""
    people = people_to_pick(store, now)
    return next((one.username for one in people if role in one.roles and not one.absent), None)


def people_to_pick(store: Store, now: datetime) -> list[StaffRecord]:
    """The people of a training database, for the sign-in screen. Raises Refused on any other."""
    if not store.training:
        raise Refused("not_signed_in")
    with store.reading() as session:
        return read_staff(session, local_date(now), now)


@use_case(None, writes=False)
def list_staff(work: Work) -> list[StaffRecord]:
    """Everyone who works here today: roles, teams and absence read now."""
    return read_staff(work.session, work.today, work.now)


def _person(session: Session, username: str, now: datetime) -> Person | None:
    found = read_staff(session, local_date(now), now, username=username.strip().casefold())
    return as_person(found[0]) if found else None


def _system(session: Session, now: datetime) -> Person:
    return as_person(read_staff(session, local_date(now), now, username=SYSTEM_USERNAME)[0])


def as_person(record: StaffRecord) -> Person:
    """The person as she acts today."""
    return Person(record.id, record.username, record.name, record.roles, record.teams)


def main_role(person: Person | StaffRecord) -> Role:
    """The role a person is employed in, for showing; a dated duty is none."""
    employed = person.roles - {Role.DAY_COORDINATOR}
    return min(employed or person.roles, key=list(Role).index)

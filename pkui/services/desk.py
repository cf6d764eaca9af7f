"""The desk a use case runs at: the store, the clock and the person; and the frame every use case runs in.

One use case is one function and one transaction: it asks the permission table, opens a unit of work that is rolled
back unless everything went well, and is run again when another desk was merely in the way (`repeating`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast
from uuid import UUID

from sqlalchemy.engine import Connection
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session

from pkui.base.calendar import public_holidays
from pkui.base.clock import Clock, local_date
from pkui.base.errors import Refused
from pkui.base.kept import kept
from pkui.domain.access_codes import AccessKind
from pkui.domain.calendar import Calendar
from pkui.domain.codes import Complexity, EventKind, Role, Topic
from pkui.domain.office import OfficeSettings
from pkui.domain.permissions import Grant, Permission, grant, may_work
from pkui.services import repeating
from storage.cases import add_event
from storage.log_chain import NOBODY, Entry, append
from storage.secrets import Cipher
from storage.store import Store, session_on
from storage.tables.cases import Case

if TYPE_CHECKING:
    from pkui.domain.rights.law import Law

P = ParamSpec("P")
R = TypeVar("R")

LONGEST_PLACE = 40
_WRITTEN = (AccessKind.CREATE, AccessKind.CHANGE, AccessKind.DELETE)

PERMISSIONS: dict[str, Permission | None] = {}
"""What each use case asks of the permission table, by its full name; filled as the services are imported."""
SILENT: set[str] = set()
"""The use cases that write nothing, and so leave no row in the access log."""


@dataclass(frozen=True)
class Person:
    """The person signed in, as of the day she signed in; `system` exists on training databases only."""

    id: UUID
    username: str
    name: str
    roles: frozenset[Role]
    teams: frozenset[str]

    def grant(self, permission: Permission) -> Grant:
        """How far the permission goes for this person."""
        return grant(self.roles, permission)

    def may_work(self, topic: Topic, complexity: Complexity) -> bool:
        """Whether this person may work such a case to its end."""
        return may_work(self.roles, topic, complexity)


@dataclass(frozen=True)
class Desk:
    """Where and as whom use cases run; `place` names the screen or command for the access log."""

    store: Store
    clock: Clock
    person: Person
    place: str = "command"


@dataclass
class Work:
    """One unit of work: its transaction, one instant for everything in it, and what the use case needs to know.

    `edition` is that of the office's settings, where it is known.
    """

    connection: Connection
    desk: Desk
    now: datetime
    writes: bool = True
    edition: int | None = None
    _logged: list[Entry] = field(default_factory=list)
    _changed: dict[UUID, Entry] = field(default_factory=dict)
    _shown: dict[UUID, Entry] = field(default_factory=dict)

    @property
    def person(self) -> Person:
        """Who acts."""
        return self.desk.person

    @property
    def cipher(self) -> Cipher:
        """Seals and opens fields."""
        return self.desk.store.cipher

    @kept
    def session(self) -> Session:
        """The objects of this transaction, made at the first look: many use cases need none."""
        return session_on(self.connection, writes=self.writes)

    @property
    def today(self) -> date:
        """The date in the office."""
        return local_date(self.now)

    @kept
    def office(self) -> OfficeSettings:
        """The office's settings in force today."""
        return self.desk.store.settings.on(self.connection, self.today, self.edition)

    @kept
    def calendar(self) -> Calendar:
        """The office's working days."""
        return self.office.calendar(public_holidays())

    @kept
    def law(self) -> Law:
        """The numbers of the law with the office\'s own verified values laid over them."""
        from pkui.base.law import packaged_law
        from storage.rights import read_office_values

        return packaged_law().with_office(read_office_values(self.session))

    def event(self, case: Case, kind: EventKind, *, reason: str | None = None, **details: Any) -> None:
        """Adds to the case's history and marks the case as changed, so that a stale write is seen.

        The mark holds also where the clock shows the same instant as at the change before. The access log gets one
        row of change a case, unless the use case logs what it did in words of its own.
        """
        case.changed_at = self.now
        flag_modified(case, "changed_at")
        add_event(self.session, case.id, kind, at=self.now, staff_id=self.person.id, reason=reason, details=details)
        changed = self._entry(AccessKind.CHANGE, kind.value, patient_id=case.patient_id, case_id=case.id)
        self._changed.setdefault(case.id, changed)

    def log(self, kind: AccessKind, what: str, *, by: UUID | None = None, **about: Any) -> None:
        """Adds to the access log in this transaction; `by` is somebody other than the person at the desk.

        `about` holds patient_id, case_id, purpose, criterion_kind, criterion_hash and hits: codes and keys only.
        """
        self._must_write()
        self._logged.append(self._entry(kind, what, by=by, **about))

    def shows(self, case: Case, what: str) -> None:
        """Something of the case goes back to who asked: a row of look-up, where no other row tells of the case."""
        self._must_write()
        shown = self._entry(AccessKind.LOOK_UP, what, patient_id=case.patient_id, case_id=case.id)
        self._shown.setdefault(case.id, shown)

    def _must_write(self) -> None:
        if not self.writes:
            raise RuntimeError("a use case that logs must be one that writes")

    def finish(self) -> None:
        """Writes the objects, then what was logged: rows of one person wait for each other only here."""
        if "session" in self.__dict__:
            self.session.flush()
        told = {one.case_id for one in self._logged if one.kind in _WRITTEN}
        entries = [*self._logged, *(one for case_id, one in self._changed.items() if case_id not in told)]
        named = {one.case_id for one in entries}
        entries += [one for case_id, one in self._shown.items() if case_id not in named]
        if entries:
            append(self.connection, self.desk.store.log_key, entries, self.desk.store.log_ends)

    def close(self) -> None:
        """Lets go of the objects."""
        if "session" in self.__dict__:
            self.session.close()

    def _entry(self, kind: AccessKind, what: str, *, by: UUID | None = None, **about: Any) -> Entry:
        who = by or (self.person.id if self.person.id != NOBODY else None)
        return Entry(kind, what, at=self.now, staff_id=who, place=self.desk.place[:LONGEST_PLACE], **about)


def require(person: Person, permission: Permission) -> Grant:
    """The person's grant. Raises Refused('not_allowed') where there is none."""
    given = person.grant(permission)
    if given is Grant.NO:
        raise Refused("not_allowed", permission=permission.value)
    return given


def use_case(
    permission: Permission | None, *, writes: bool = True
) -> Callable[[Callable[Concatenate[Work, P], R]], Callable[Concatenate[Desk, P], R]]:
    """Makes a function of a unit of work one that is called with a desk. `None` needs no person's permission."""

    def frame(function: Callable[Concatenate[Work, P], R]) -> Callable[Concatenate[Desk, P], R]:
        """The function, called with a desk."""
        name = f"{function.__module__}.{function.__qualname__}"

        @wraps(function)
        def run(desk: Desk, *args: P.args, **kwargs: P.kwargs) -> R:
            """Asks for the permission, then runs the function in one transaction."""
            if permission is not None:
                require(desk.person, permission)

            def do(connection: Connection, edition: int | None) -> R:
                """The function in one transaction, its log rows written with it."""
                work = Work(connection, desk, desk.clock.now(), writes, edition)
                try:
                    result = function(work, *args, **kwargs)
                    if writes:
                        work.finish()
                    return result
                finally:
                    work.close()

            if not writes:
                return repeating.read(desk.store, do)
            same_as = (name, desk.person.id, args, kwargs)
            return repeating.write(desk.store, desk.clock, do, same_as)

        PERMISSIONS[name] = permission
        if not writes:
            SILENT.add(name)
        return cast(Callable[Concatenate[Desk, P], R], run)

    return frame

"""Signing in with a password of one's own or as the database's own user, and everything about it in the access log.

A try is counted before the password is looked at, so that tries made at once are not worth more than one after
another. Passwords are kept as argon2id hashes; tokens of commands as SHA-256 of 32 random bytes.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.base.clock import Clock, local_date
from pkui.base.errors import BadInput, Refused
from pkui.base.keys import new_key
from pkui.domain.access_codes import AccessKind
from pkui.domain.codes import Role
from pkui.domain.permissions import Permission
from pkui.domain.sign_in import locked_for, password_fault
from pkui.services.desk import Desk, Person, Work, use_case
from pkui.services.people import as_person
from storage.log_chain import NOBODY, seal
from storage.staff import StaffRecord, read_staff, staff_by_username
from storage.tables.sign_in import CommandSignIn, Credential
from storage.tables.staff import Staff, StaffRole

if TYPE_CHECKING:
    from argon2 import PasswordHasher

    from storage.store import Store as Store

TOKEN_LASTS = timedelta(hours=10)
"""A sign-in of commands ends with the working day."""
_TRIED = "access_log.username"


@dataclass(frozen=True)
class Entered:
    """Somebody who proved who she is; `must_change` where somebody else set her password."""

    person: Person
    must_change: bool


@dataclass(frozen=True)
class _Try:
    """One counted try: whose, what the password is compared with, and until when nobody gets in."""

    staff: StaffRecord | None
    hash: str | None = None
    must_change: bool = False
    locked_until: datetime | None = None


def at_the_door(store: Store, clock: Clock, place: str) -> Desk:
    """The desk of somebody who has not said who she is: she may do nothing but that."""
    return Desk(store, clock, Person(NOBODY, "", "", frozenset(), frozenset()), place)


def enter(door: Desk, username: str, password: str) -> Entered:
    """Signs in with a password.

    Raises Refused('sign_in_refused'), the same for a wrong name and a wrong password, and Refused('locked_out')
    after too many tries.
    """
    if door.store.training:
        raise Refused("training_needs_no_password")
    tried = _count_try(door, username.strip().casefold())
    if tried.locked_until is not None:
        minutes = (tried.locked_until - door.clock.now()) // timedelta(minutes=1) + 1
        raise Refused("locked_out", minutes=minutes)
    renewed = _right(tried.hash, password)
    if tried.staff is None or renewed is None:
        raise Refused("sign_in_refused")
    _came_in(door, tried.staff.id, renewed)
    return Entered(as_person(tried.staff), tried.must_change)


def database_user(door: Desk) -> Person:
    """The person whose connection it is, where the database decides who she is. Raises Refused('not_signed_in')."""
    if door.store.engine.dialect.name != "postgresql":
        raise BadInput("bad_setting", setting="auth")
    person = _connected_as(door)
    if person is None:
        raise Refused("not_signed_in")
    return person


@use_case(None)
def _connected_as(work: Work) -> Person | None:
    username = str(work.session.scalar(sa.text("SELECT session_user"))).casefold()
    record = _record(work.session, username, work.now)
    if record is None:
        _log_unknown(work, username)
        return None
    work.log(AccessKind.SIGN_IN, "signed_in", by=record.id)
    _seal_yesterday(work)
    return as_person(record)


@use_case(None)
def _count_try(work: Work, username: str) -> _Try:
    record = _record(work.session, username, work.now)
    if record is None:
        _log_unknown(work, username)
        return _Try(None)
    kept = work.session.get(Credential, record.id, with_for_update=True)
    if kept is None or kept.password_hash is None:
        work.log(AccessKind.SIGN_IN, "refused", by=record.id)
        return _Try(record)
    if kept.locked_until is not None and kept.locked_until > work.now:
        work.log(AccessKind.SIGN_IN, "locked_out", by=record.id)
        return _Try(record, locked_until=kept.locked_until)
    kept.failures += 1
    kept.locked_until = work.now + locked_for(kept.failures)
    work.log(AccessKind.SIGN_IN, "tried", by=record.id)
    return _Try(record, kept.password_hash, kept.must_change)


@use_case(None)
def _came_in(work: Work, staff_id: UUID, renewed: str) -> None:
    kept = work.session.get_one(Credential, staff_id, with_for_update=True)
    kept.failures, kept.locked_until, kept.password_hash = 0, None, renewed
    work.log(AccessKind.SIGN_IN, "signed_in", by=staff_id)
    _seal_yesterday(work)


@use_case(None)
def took_seat(work: Work) -> int:
    """Logs that a person of a training database was picked; the minutes after which an idle desk locks."""
    work.log(AccessKind.SIGN_IN, "signed_in")
    _seal_yesterday(work)
    return work.office.lock_after_minutes


@use_case(None)
def log_screen(work: Work, what: str) -> int:
    """Logs that the screen was `locked`, `unlocked` or left (`signed_out`); the minutes until an idle desk locks."""
    if what not in ("locked", "unlocked", "signed_out", "seated"):
        raise ValueError(what)
    if what != "seated":
        work.log(AccessKind.SIGN_IN, what)
    return work.office.lock_after_minutes


# -- passwords ---------------------------------------------------------------------------------------------


@use_case(Permission.PEOPLE)
def set_password(work: Work, username: str, password: str) -> None:
    """Gives a colleague a password, which she must change when she first uses it; her command sign-ins end."""
    staff = staff_by_username(work.session, username.strip().casefold())
    if staff is None or staff.username == work.person.username:
        raise BadInput("no_such_person" if staff is None else "own_password")
    _keep_password(work, staff, password, must_change=True)


@use_case(None)
def change_password(work: Work, password: str) -> None:
    """One's own new password, after the old one was asked for by `enter`."""
    staff = work.session.get_one(Staff, work.person.id)
    _keep_password(work, staff, password, must_change=False)


def _keep_password(work: Work, staff: Staff, password: str, *, must_change: bool) -> None:
    fault = password_fault(password, staff.username, staff.name)
    if fault is not None:
        raise BadInput(fault)
    kept = work.session.get(Credential, staff.id, with_for_update=True) or Credential(staff_id=staff.id)
    kept.password_hash, kept.set_at, kept.set_by = _hasher().hash(password), work.now, work.person.id
    kept.must_change, kept.failures, kept.locked_until = must_change, 0, None
    work.session.add(kept)
    _end_all(work, staff.id)
    work.log(AccessKind.SIGN_IN, "password_set", purpose=staff.username)


def may_set_up(store: Store) -> bool:
    """Whether nobody is there yet who could sign in: then the first supervisor is made."""
    if store.training:
        return False
    with store.reading() as session:
        return _nobody_yet(session)


def _nobody_yet(session: Session) -> bool:
    return session.scalar(sa.select(sa.func.count()).select_from(Staff)) == 0


@use_case(None)
def set_up_first(work: Work, username: str, name: str, password: str | None) -> None:
    """Makes the first supervisor of an empty installation; without a password where the database knows her."""
    if work.desk.store.training or not _nobody_yet(work.session):
        raise Refused("set_up_already")
    username, name = username.strip().casefold(), name.strip()
    if not username.replace(".", "").replace("-", "").isalnum() or len(username) > 40 or not 2 <= len(name) <= 120:
        raise BadInput("bad_first_person")
    staff = Staff(id=new_key(work.now), username=username, name=name, active_from=work.today)
    work.session.add(staff)
    work.session.flush()
    work.session.add(StaffRole(staff_id=staff.id, role=Role.SUPERVISOR, valid_from=work.today))
    if password is not None:
        fault = password_fault(password, username, name)
        if fault is not None:
            raise BadInput(fault)
        work.session.add(
            Credential(staff_id=staff.id, password_hash=_hasher().hash(password), set_at=work.now, set_by=staff.id)
        )
    work.log(AccessKind.SIGN_IN, "set_up", by=staff.id)


# -- commands ----------------------------------------------------------------------------------------------


@use_case(None)
def begin_commands(work: Work) -> tuple[str, datetime]:
    """A token for commands, and when it ends."""
    token, ends_at = secrets.token_urlsafe(32), work.now + TOKEN_LASTS
    work.session.add(
        CommandSignIn(
            id=new_key(work.now),
            staff_id=work.person.id,
            token_hash=_token_hash(token),
            made_at=work.now,
            ends_at=ends_at,
        )
    )
    work.log(AccessKind.SIGN_IN, "commands")
    return token, ends_at


def resume(store: Store, token: str | None, now: datetime) -> Person:
    """The person a token belongs to. Raises Refused('not_signed_in') for none, an ended one or one unknown."""
    if store.training or not token:
        raise Refused("not_signed_in")
    with store.reading() as session:
        found = session.scalars(
            sa.select(CommandSignIn).where(col(CommandSignIn.token_hash) == _token_hash(token))
        ).first()
        if found is None or found.ended_at is not None or found.ends_at <= now:
            raise Refused("not_signed_in")
        people = read_staff(session, local_date(now), now)
        record = next((one for one in people if one.id == found.staff_id), None)
    if record is None:
        raise Refused("not_signed_in")
    return as_person(record)


@use_case(None)
def end_commands(work: Work) -> None:
    """Ends every sign-in of commands that this person has."""
    _end_all(work, work.person.id)
    work.log(AccessKind.SIGN_IN, "signed_out")


def _end_all(work: Work, staff_id: UUID) -> None:
    standing = sa.update(CommandSignIn).where(
        col(CommandSignIn.staff_id) == staff_id, col(CommandSignIn.ended_at).is_(None)
    )
    work.session.execute(standing.values(ended_at=work.now))


# -- parts -------------------------------------------------------------------------------------------------


def _record(session: Session, username: str, now: datetime) -> StaffRecord | None:
    found = read_staff(session, local_date(now), now, username=username) if username else []
    return found[0] if found and Role.SYSTEM not in found[0].roles else None


def _log_unknown(work: Work, username: str) -> None:
    work.log(
        AccessKind.SIGN_IN,
        "unknown",
        criterion_kind="username",
        criterion_hash=work.cipher.blind_index(_TRIED, username[:200]),
    )


def _seal_yesterday(work: Work) -> None:
    """The first sign-in of a day seals the log of the days before."""
    seal(work.session, work.desk.store.log_key, work.today - timedelta(days=1), work.now)


def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


def _right(kept: str | None, password: str) -> str | None:
    """The hash to keep where the password is right, made anew where the costs have changed; takes as long when not."""
    from argon2.exceptions import InvalidHashError, VerificationError

    hasher = _hasher()
    try:
        hasher.verify(kept or _NEVER, password)
    except (VerificationError, InvalidHashError):
        return None
    if kept is None:
        return None
    return str(hasher.hash(password)) if hasher.check_needs_rehash(kept) else kept


_NEVER = "$argon2id$v=19$m=65536,t=3,p=4$MIIRqgvgQbgj220jfp0MPA$YfwJSVjtjSU0zzV/P3S9nnQ/USre2wvJMjfCIjrTQbg"
"""A hash to compare with where there is none, so that an unknown name takes as long as a wrong password."""


def _token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()

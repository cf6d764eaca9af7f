"""Intake: a submission becomes a case exactly once; what cannot be understood waits for a person; nothing is lost."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from uuid import UUID

import sqlalchemy as sa

from pkui.domain.codes import ReceiptStatus
from pkui.domain.intake import (
    Parked,
    Problem,
    ProblemCode,
    Rejected,
    Submission,
    Translated,
    body_hash,
    neutral_bytes,
    parse_submission,
)
from pkui.domain.permissions import Permission
from pkui.services.desk import Desk, Work, use_case
from pkui.services.registration import CaseRef, Registration
from storage.intake import BODY, NEUTRAL, ParkedRecord, read_parked, read_receipts

BATCH = 200
"""Submissions a transaction, when many come at once."""

Key = tuple[str | None, str | None, UUID | None]
Reader = Callable[[bytes, datetime], Translated]
"""Reads a body as it comes from one kind of sender."""
_RACES = 3


@dataclass(frozen=True)
class IntakeAnswer:
    """What became of one submission, in the order it was given."""

    submission_id: str | None
    status: ReceiptStatus
    case_number: str | None = None
    queue_number: int | None = None
    linked_to: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class _Body:
    raw: bytes
    hash: str
    parsed: Submission | Parked | Rejected
    neutral: bytes | None = None

    @property
    def key(self) -> Key:
        """What names the submission, as far as it could be read."""
        match self.parsed:
            case Submission(submission_id=id, source=source):
                return source.system, source.form_id, UUID(id)
            case Parked(submission_id=text, source_system=system, form_id=form):
                return system, form, UUID(text) if text else None
            case _:
                return None, None, None


@dataclass(frozen=True)
class _Seen:
    """An earlier body of a submission: stored before, or pending in this batch."""

    status: ReceiptStatus
    case: CaseRef | None
    problems: tuple[Problem, ...] = ()


@dataclass
class _Known:
    """What earlier receipts say, and what this batch has added to them so far."""

    by_body: dict[tuple[Key, str], _Seen] = field(default_factory=dict)
    first: dict[Key, CaseRef] = field(default_factory=dict)

    def add(self, key: Key, hash: str, seen: _Seen) -> None:
        """Remembers what became of a body, and the first case of its submission."""
        self.by_body.setdefault((key, hash), seen)
        if seen.status is ReceiptStatus.CREATED and seen.case is not None:
            self.first[key] = seen.case


def as_it_is(raw: bytes, now: datetime) -> Translated:
    """Reads a body that is `pk-intake/1` already."""
    return Translated(parse_submission(raw, now), None)


def import_all(
    desk: Desk, bodies: Iterator[bytes], *, batch: int = BATCH, reader: Reader = as_it_is
) -> Iterator[IntakeAnswer]:
    """Imports bodies as they come, `batch` to a transaction, and answers each in order."""
    while chunk := list(islice(bodies, batch)):
        yield from import_bodies(desk, chunk, reader)


def import_bodies(desk: Desk, raw: Sequence[bytes], reader: Reader = as_it_is) -> list[IntakeAnswer]:
    """Imports these bodies in one transaction. When another desk registered one of them meanwhile, it is done again."""
    now = desk.clock.now()
    bodies = [_body(body, reader(body, now)) for body in raw]
    for race in range(_RACES):
        try:
            return _register(desk, bodies)
        except sa.exc.IntegrityError:
            if race == _RACES - 1:
                raise
    return []


def _body(raw: bytes, read: Translated) -> _Body:
    """A body with what it was read as; one to be completed by a person also in our own format."""
    waits = isinstance(read.parsed, Parked) and read.neutral is not None
    return _Body(raw, body_hash(raw), read.parsed, neutral_bytes(read.neutral or {}) if waits else None)


@use_case(Permission.REGISTER, writes=False)
def parked(work: Work) -> list[ParkedRecord]:
    """What waits for a person, oldest first, with the reason as pointers and codes."""
    return read_parked(work.session)


@use_case(Permission.REGISTER)
def _register(work: Work, bodies: Sequence[_Body]) -> list[IntakeAnswer]:
    known = _Known()
    ids = [body.key[2] for body in bodies]
    for receipt in read_receipts(work.session, [id for id in ids if id], [body.hash for body in bodies]):
        case = CaseRef(receipt.case_id, receipt.queue_number, receipt.case_number) if receipt.case_id else None
        problems = tuple(Problem(pointer, ProblemCode(code)) for pointer, code in receipt.problems)
        known.add(receipt.submission, receipt.body_hash, _Seen(receipt.status, case, problems))
    registration = Registration(work)
    registration.find_people([body.parsed for body in bodies if isinstance(body.parsed, Submission)])
    outcomes = [_receive(registration, known, body) for body in bodies]
    registration.write()
    return [_answer(body, *outcome) for body, outcome in zip(bodies, outcomes, strict=True)]


def _receive(
    registration: Registration, known: _Known, body: _Body
) -> tuple[ReceiptStatus, CaseRef | None, tuple[Problem, ...]]:
    """Decides what becomes of one body and puts its rows in line. Numbers are not given before the rows are written."""
    if isinstance(body.parsed, Rejected):
        return ReceiptStatus.REJECTED, None, (Problem("", body.parsed.code),)
    seen = known.by_body.get((body.key, body.hash))
    if seen is not None:
        return ReceiptStatus.REPLAYED, known.first.get(body.key) or seen.case, seen.problems
    cipher = registration.work.cipher
    sealed = cipher.seal(BODY, body.raw)
    neutral = cipher.seal(NEUTRAL, body.neutral) if body.neutral is not None else None
    if isinstance(body.parsed, Parked):
        status, case, problems = ReceiptStatus.PARKED, None, body.parsed.problems
    elif body.key in known.first:
        status, case, problems = ReceiptStatus.CHANGED, known.first[body.key], ()
        registration.changed(case)
    else:
        status, case, problems = ReceiptStatus.CREATED, registration.case(body.parsed), ()
    registration.receipt(body.key, body.hash, status, case, sealed, problems, neutral)
    known.add(body.key, body.hash, _Seen(status, case, problems))
    return status, case, problems


def _answer(body: _Body, status: ReceiptStatus, case: CaseRef | None, problems: tuple[Problem, ...]) -> IntakeAnswer:
    id = str(body.key[2]) if body.key[2] else None
    if case is None:
        return IntakeAnswer(id, status, errors=problems)
    links = tuple(other.case_number or "" for other in case.links) if status is ReceiptStatus.CREATED else ()
    return IntakeAnswer(id, status, case.case_number, case.queue_number, links, problems)

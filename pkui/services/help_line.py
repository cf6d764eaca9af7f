"""The help line: an enquiry typed while somebody speaks, what may be shown of a known person, and short answers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time, timedelta
from typing import Any

from pkui.base.clock import local_date
from pkui.base.errors import BadInput
from pkui.base.keys import new_key
from pkui.domain.access_codes import AccessKind
from pkui.domain.codes import ReceiptStatus, ReplyChannel
from pkui.domain.identifiers import classify
from pkui.domain.intake import Parked, Problem, ProblemCode, Submission, parse_values
from pkui.domain.intake.receipt import Registered
from pkui.domain.office import at
from pkui.domain.permissions import Permission
from pkui.services.cases import IN_A_CALL
from pkui.services.desk import Desk, Work, use_case
from pkui.services.intake import import_bodies
from pkui.services.queue import QueueRow, row_of
from storage.calls import add_short_answer, count_short_answers
from storage.cases import case_by_number, read_links
from storage.patients import find_patient
from storage.queue import read_rows
from storage.registration import read_open_cases_of
from storage.tables.cases import Case


@dataclass(frozen=True)
class KnownPerson:
    """A person the office knows, and her open cases; for a caller who may be told."""

    name: str | None
    protected: bool
    open_cases: tuple[QueueRow, ...]


def register(desk: Desk, document: Mapping[str, Any]) -> Registered:
    """Registers an enquiry typed at the desk; the same one twice gives one case.

    Raises BadInput('enquiry_incomplete') with every problem: whoever types it is there to mend it.
    """
    parsed = parse_values(dict(document), desk.clock.now(), [])
    problems = parsed.problems if isinstance(parsed, Parked) else unreachable(parsed)
    if problems:
        raise incomplete(problems)
    (answer,) = import_bodies(desk, [json.dumps(document, ensure_ascii=False).encode()])
    return replace(_receipt(desk, answer.queue_number or 0), status=answer.status)


def incomplete(problems: tuple[Problem, ...]) -> BadInput:
    """The refusal of an enquiry that cannot be registered as it stands."""
    told = [{"pointer": one.pointer, "code": one.code.value} for one in problems]
    return BadInput("enquiry_incomplete", problems=told)


def unreachable(submission: Submission) -> tuple[Problem, ...]:
    """What is wrong where somebody is to be rung and there is no number to ring."""
    person = submission.representative
    numbers = (submission.contact.phone, submission.contact.alternative_phone, person.phone if person else None)
    if submission.reply_channel is not ReplyChannel.PHONE or any(numbers):
        return ()
    return (Problem("/contact/phone", ProblemCode.REQUIRED),)


@use_case(Permission.REGISTER, writes=False)
def _receipt(work: Work, queue_number: int) -> Registered:
    """What is read aloud to the caller whose enquiry was just typed; the case stands in the log as made by her."""
    return receipt_of(work, case_by_number(work.session, queue_number))


def receipt_of(work: Work, case: Case, status: ReceiptStatus = ReceiptStatus.CREATED) -> Registered:
    """The receipt of a case in this unit of work."""
    row = row_of(work, read_rows(work.session, [case.queue_number])[0])
    return Registered(
        status=status,
        queue_number=case.queue_number,
        case_number=case.case_number,
        due_at=case.due_at,
        topic=case.topic,
        priority_class=case.priority_class,
        reply_channel=case.reply_channel,
        window=row.window,
        linked_to=tuple(number for _queue, number, _open in read_links(work.session, case.id)),
        flagged_words=tuple(case.flagged_words),
    )


@use_case(Permission.REGISTER)
def known_person(work: Work, number: str) -> KnownPerson | None:
    """Who has that person number here, with her open cases; the look-up is logged whether or not she is known."""
    identifier = classify(number)
    if identifier is None:
        raise BadInput("text_needed")
    patient = find_patient(work.session, identifier, work.cipher)
    work.log(AccessKind.LOOK_UP, "patient", patient_id=patient.id if patient else None, purpose=IN_A_CALL)
    if patient is None:
        return None
    numbers = [number for _patient, _case, number, _text in read_open_cases_of(work.session, [patient.id])]
    rows = tuple(row_of(work, record) for record in read_rows(work.session, numbers))
    return KnownPerson(patient.name, patient.protected, rows)


@use_case(Permission.READ_QUEUE, writes=False)
def call_hours(work: Work) -> tuple[time, time]:
    """When the office rings people, today."""
    return work.office.calls_from, work.office.calls_to


@use_case(Permission.REGISTER)
def short_answer(work: Work) -> int:
    """Counts a short answer on the telephone, which is no enquiry; gives today's count."""
    add_short_answer(work.session, new_key(work.now), at=work.now, staff_id=work.person.id)
    work.session.flush()
    return short_answers(work)


@use_case(Permission.READ_QUEUE, writes=False)
def short_answers_today(work: Work) -> int:
    """How many short answers the office has given today."""
    return short_answers(work)


def short_answers(work: Work) -> int:
    """The same, inside a unit of work."""
    today = local_date(work.now)
    midnight = time(0)
    return count_short_answers(work.session, at(today, midnight), at(today + timedelta(days=1), midnight))

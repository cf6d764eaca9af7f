"""Sparring: a question about a case to a colleague, the lawyer or the fortnightly meeting; the answer stays on it.

A question changes nothing of the case's own next step: the case is worked on while the answer is waited for.
"""

from uuid import UUID

from pkui.base.errors import BadInput, Refused
from pkui.base.keys import new_key
from pkui.domain.codes import EventKind, SparringWith
from pkui.domain.permissions import Permission
from pkui.services.case_view import CaseView, view_of
from pkui.services.cases import LONGEST_MESSAGE, current, given_text, not_merged, open_for_change
from pkui.services.desk import Desk, Work, use_case
from pkui.services.openings import require_open
from storage.merges import family_of
from storage.sparring import QuestionRecord as QuestionRecord
from storage.sparring import read_open_questions, read_questions
from storage.staff import read_staff
from storage.tables.sparring import SparringQuestion


@use_case(Permission.WORK_CASES)
def ask(
    work: Work,
    queue_number: int,
    text: str,
    *,
    asked_of: SparringWith,
    colleague: str | None = None,
    version: int | None = None,
) -> CaseView:
    """Asks about an open case; to a colleague, `colleague` is a username, or None for anyone who knows."""
    case = open_for_change(work, queue_number, version)
    if case.closed_at is not None:
        raise Refused("closed", queue_number=queue_number)
    text = given_text(text, "question_needed", LONGEST_MESSAGE)
    named = _colleague(work, colleague) if colleague else None
    if named is not None and asked_of is not SparringWith.COLLEAGUE:
        raise BadInput("no_colleague_there")
    work.session.add(
        SparringQuestion(
            id=new_key(work.now),
            case_id=case.id,
            asked_of=asked_of,
            colleague_id=named,
            text=text,
            asked_by=work.person.id,
            asked_at=work.now,
        )
    )
    work.event(case, EventKind.QUESTION_ASKED, asked_of=asked_of.value)
    return view_of(work, case)


@use_case(Permission.REGISTER)
def answer(
    work: Work, queue_number: int, text: str, *, question: UUID | None = None, version: int | None = None
) -> CaseView:
    """Puts the answer on the case: to the question named, or to the one that waits. Also who was asked may answer.

    Raises Refused('no_open_question') where none waits, and Refused('several_questions') where one must be named.
    """
    case = current(work, queue_number, version)
    waiting = [one for one in read_questions(work.session, family_of(work.session, case.id)) if one.answer is None]
    if not any(one.colleague == work.person.username for one in waiting):
        require_open(work, case)
    not_merged(work, case)
    chosen = [one for one in waiting if question in (None, one.id)]
    if not chosen:
        raise Refused("no_open_question", queue_number=queue_number)
    if len(chosen) > 1:
        raise Refused("several_questions", queue_number=queue_number)
    row = work.session.get_one(SparringQuestion, chosen[0].id)
    row.answer, row.answered_by, row.answered_at = _answer(text), work.person.id, work.now
    work.event(case, EventKind.QUESTION_ANSWERED, asked_of=row.asked_of.value)
    return view_of(work, case)


def open_questions(desk: Desk) -> list[QuestionRecord]:
    """Every question that waits for its answer: those put to oneself, one's own, then the rest, the oldest first."""
    me = desk.person.username
    return sorted(_open_questions(desk), key=lambda one: (one.colleague != me, one.asked_by != me, one.asked_at))


@use_case(Permission.READ_QUEUE, writes=False)
def _open_questions(work: Work) -> list[QuestionRecord]:
    return read_open_questions(work.session)


def _answer(text: str) -> str:
    return given_text(text, "answer_needed", LONGEST_MESSAGE)


def _colleague(work: Work, username: str) -> UUID:
    found = read_staff(work.session, work.today, work.now, username=username.strip().casefold())
    if not found:
        raise BadInput("no_such_person")
    if found[0].id == work.person.id:
        raise BadInput("ask_somebody_else")
    return found[0].id

"""Questions about a case: put, listed, answered, and the case's own next step untouched; and one's own reminder."""

from datetime import datetime
from uuid import uuid4

import pytest

from pkui.base.errors import PkuiError
from pkui.domain.codes import Role, SparringWith
from pkui.domain.office import COPENHAGEN
from pkui.services.cases import close, open_case, take
from pkui.services.desk import Desk
from pkui.services.reminders import forget, remind
from pkui.services.sparring import answer, ask, open_questions
from tests.conftest import DeskAs
from tests.services.steps import about, later, received, stored


def wall(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=COPENHAGEN)  # type: ignore[arg-type,misc]


def refused(code: str, call: object) -> None:
    assert callable(call)
    with pytest.raises(PkuiError) as error:
        call()
    assert error.value.code == code


def test_the_answer_stays_on_the_case_and_the_next_step_as_it_was(desk: Desk, desk_as: DeskAs) -> None:
    adviser, colleague = desk_as(Role.ADVISER), desk_as(Role.ADVISER, teams=("health_record",))
    number = received(desk, 1)
    before = take(adviser, number).row.record
    asked = ask(adviser, number, " Gælder fristen? ", asked_of=SparringWith.COLLEAGUE, colleague="adviser2")
    (question,) = asked.questions
    assert (question.text, question.colleague_name, question.answer) == ("Gælder fristen?", "Adviser2", None)
    after = asked.row.record
    assert (after.state, after.due_at, after.why, asked.next_step) == (before.state, before.due_at, before.why, True)
    (listed,) = open_questions(colleague)
    assert (listed.queue_number, listed.asked_by, listed.colleague) == (number, "adviser1", "adviser2")
    answered = answer(colleague, number, "Ja, fra henvisningen")
    assert (answered.questions[0].answer, answered.questions[0].answered_by_name) == (
        "Ja, fra henvisningen",
        "Adviser2",
    )
    assert open_questions(adviser) == []
    assert [event.kind.value for event in answered.events][-2:] == ["question_asked", "question_answered"]
    told = stored(desk.store, "SELECT details FROM events WHERE kind IN ('question_asked', 'question_answered')")
    assert not any("frist" in str(one) or "Ja" in str(one) for one in told), "no free text among the details"


def test_mine_stand_first(desk: Desk, desk_as: DeskAs) -> None:
    adviser, colleague = desk_as(Role.ADVISER), desk_as(Role.ADVISER)
    numbers = [received(desk, number) for number in range(1, 5)]
    ask(colleague, numbers[0], "til mødet", asked_of=SparringWith.MEETING)
    ask(later(colleague, minutes=1), numbers[1], "til en kollega", asked_of=SparringWith.COLLEAGUE)
    ask(later(adviser, minutes=2), numbers[2], "til juristen", asked_of=SparringWith.LAWYER)
    ask(later(colleague, minutes=3), numbers[3], "til dig", asked_of=SparringWith.COLLEAGUE, colleague="adviser1")
    assert [one.text for one in open_questions(adviser)] == ["til dig", "til juristen", "til mødet", "til en kollega"]


def test_what_cannot_be_asked_or_answered(desk: Desk, desk_as: DeskAs) -> None:
    adviser, outside = desk_as(Role.ADVISER), desk_as(Role.TEMPORARY)
    number = received(desk, 1)
    of = SparringWith.LAWYER
    refused("question_needed", lambda: ask(adviser, number, "  ", asked_of=of))
    refused("no_colleague_there", lambda: ask(adviser, number, "?", asked_of=of, colleague="temporary2"))
    refused("no_such_person", lambda: ask(adviser, number, "?", asked_of=SparringWith.COLLEAGUE, colleague="nobody"))
    refused(
        "ask_somebody_else", lambda: ask(adviser, number, "?", asked_of=SparringWith.COLLEAGUE, colleague="adviser1")
    )
    refused("no_open_question", lambda: answer(adviser, number, "svar"))
    record = received(desk, 2, **about("health_record"))
    refused("not_allowed", lambda: ask(outside, record, "?", asked_of=of))
    version = ask(adviser, number, "en", asked_of=of).version
    refused("stale", lambda: ask(adviser, number, "to", asked_of=of, version=version - 1))
    ask(adviser, number, "to", asked_of=of)
    refused("several_questions", lambda: answer(adviser, number, "svar"))
    refused("no_open_question", lambda: answer(adviser, number, "svar", question=uuid4()))
    refused("answer_needed", lambda: answer(adviser, number, " ", question=open_questions(adviser)[0].id))
    take(adviser, number)
    close(adviser, number, outcome="advised")
    refused("closed", lambda: ask(adviser, number, "tre", asked_of=of))
    assert len(open_questions(adviser)) == 2, "a question outlives its case until somebody answers it"


def test_a_reminder_is_ones_own_and_one_a_case(desk: Desk, desk_as: DeskAs) -> None:
    adviser, colleague = desk_as(Role.ADVISER), desk_as(Role.ADVISER)
    number = received(desk, 1)
    version = open_case(adviser, number).version
    remind(adviser, number, wall(2026, 11, 23, 13, 0), text="ring til afdelingen")
    view = remind(adviser, number, wall(2026, 11, 24, 9, 30))
    assert view.reminder is not None
    assert (view.reminder.at, view.reminder.text) == (datetime(2026, 11, 24, 9, 30, tzinfo=COPENHAGEN), None)
    assert view.version == version, "nobody else's work is stale for it"
    assert open_case(colleague, number).reminder is None
    refused("reminder_in_the_past", lambda: remind(adviser, number, wall(2026, 11, 23, 8, 59)))
    refused("text_too_long", lambda: remind(adviser, number, wall(2026, 11, 24, 9), text="x" * 201))
    assert forget(adviser, number).reminder is None
    assert forget(adviser, number).reminder is None

"""The review of the access log: a week drawn once, marks, decisions with notes, and how much was done."""

from datetime import date

import pytest
import sqlalchemy as sa

from pkui.base.errors import Refused
from pkui.domain.access_codes import ReviewDecision, ReviewMark
from pkui.domain.codes import Role
from pkui.services import review
from pkui.services.cases import open_case, take
from pkui.services.desk import Desk
from tests.conftest import DeskAs
from tests.data.submissions import submission
from tests.services.steps import later, received, stored

NOTE = "Hun er hendes søster"
WEEK = date(2026, 11, 23)


def rename(desk: Desk, number: int, name: str) -> None:
    with desk.store.engine.begin() as connection:
        connection.execute(
            sa.text(
                "UPDATE patients SET name = :name WHERE id = (SELECT patient_id FROM cases WHERE queue_number = :n)"
            ),
            {"name": name, "n": number},
        )


@pytest.fixture
def week(desk: Desk, desk_as: DeskAs) -> Desk:
    """A week of one adviser: her own name, a namesake, a protected person, one she worked on, one without a task."""
    protected = submission(3)["patient"] | {"address_protected": True}
    numbers = [received(desk, 1), received(desk, 2), received(desk, 3, patient=protected), received(desk, 4)]
    adviser = desk_as(Role.ADVISER)
    rename(desk, numbers[0], adviser.person.name)
    rename(desk, numbers[1], f"Mette {adviser.person.name}")
    take(adviser, numbers[3], reason="cover")
    for number in numbers:
        open_case(adviser, number, reason="cover")
        open_case(later(adviser, minutes=1), number)
    open_case(adviser, received(desk, 5))
    return adviser


def test_req_5_marked_look_ups_and_a_sample_of_the_others_wait_for_a_reviewer(week: Desk, desk_as: DeskAs) -> None:
    reviewer = desk_as(Role.LOG_REVIEWER)
    assert review.to_review(reviewer) == [], "the week is not over"
    rows = review.to_review(later(reviewer, days=7))
    assert [(row.week, row.look_ups) for row in rows] == [(WEEK, 2)] * 3 + [(WEEK, 1), (WEEK, 2)]
    assert [row.marks for row in rows] == [
        (ReviewMark.OWN_NAME, ReviewMark.NO_TASK),
        (ReviewMark.SAME_SURNAME, ReviewMark.NO_TASK),
        (ReviewMark.BREAK_GLASS, ReviewMark.NO_TASK),
        (ReviewMark.NO_TASK,),
        (),
    ]
    assert [row.id for row in review.to_review(later(reviewer, days=8))] == [row.id for row in rows], "drawn once"
    assert stored(week.store, "SELECT pairs, drawn FROM review_weeks") == [(5, 5)]


def test_req_5_a_decision_holds_who_when_and_why_and_reading_is_logged(week: Desk, desk_as: DeskAs) -> None:
    reviewer = later(desk_as(Role.LOG_REVIEWER), days=7)
    row = review.to_review(reviewer)[0]
    detail = review.look_into(reviewer, row.id)
    assert [one.what for one in detail.log] == ["case", "case"]
    with pytest.raises(Refused, match="note_needed"):
        review.decide(reviewer, row.id, ReviewDecision.BREACH)
    review.decide(reviewer, row.id, ReviewDecision.BREACH, note=NOTE)
    found = review.look_into(reviewer, row.id)
    assert (found.row.decision, found.row.decided_by, found.note) == (
        ReviewDecision.BREACH,
        reviewer.person.name,
        NOTE,
    )
    assert NOTE not in str(stored(week.store, "SELECT * FROM log_reviews"))
    assert row.id not in {one.id for one in review.to_review(reviewer)}
    assert stored(week.store, "SELECT count(*) FROM access_log WHERE what = 'log_review'") == [5]


def test_req_5_overdue_review_and_how_much_was_done_is_shown_to_the_supervisor(week: Desk, desk_as: DeskAs) -> None:
    reviewer, supervisor = later(desk_as(Role.LOG_REVIEWER), days=7), desk_as(Role.SUPERVISOR)
    rows = review.to_review(reviewer)
    for row in rows[:2]:
        review.decide(reviewer, row.id, ReviewDecision.ASK, note="spurgt")
    early, late = (review.figures(later(supervisor, days=days)) for days in (20, 22))
    assert (early.overdue, late.overdue) == (0, 1)
    (newest,) = [one for one in late.weeks if one.week == WEEK]
    assert (newest.pairs, newest.drawn, newest.decided, newest.overdue) == (5, 5, 2, True)
    (opening,) = review.figures(later(supervisor, days=7)).openings
    assert (opening.name, opening.purpose, opening.words) == (week.person.name, "cover", None)
    with pytest.raises(Refused, match="not_allowed"):
        review.figures(week)


def test_nobody_reviews_her_own_look_ups(week: Desk, desk_as: DeskAs) -> None:
    both = desk_as(Role.LOG_REVIEWER, Role.ADVISER)
    number = received(later(both, hours=1), 9)
    open_case(both, number)
    after = later(both, days=7)
    own = next(row for row in review.to_review(after) if row.username == both.person.username)
    with pytest.raises(Refused, match="own_review"):
        review.decide(after, own.id, ReviewDecision.IN_ORDER)


def test_a_colleague_and_somebody_at_her_address_are_marked(desk: Desk, desk_as: DeskAs) -> None:
    home = {"line": "Nygade 7", "postcode": "8800", "city": "Viborg"}
    first = received(desk, 1, patient=submission(1)["patient"] | {"address": home})
    second = received(desk, 2, patient=submission(2)["patient"] | {"address": home})
    adviser, colleague = desk_as(Role.ADVISER), desk_as(Role.ADVISER)
    with desk.store.engine.begin() as connection:
        connection.execute(
            sa.text(
                "UPDATE staff SET identifier_index = (SELECT p.identifier_index FROM patients p JOIN cases c "
                "ON c.patient_id = p.id WHERE c.queue_number = :n) WHERE username = :name"
            ),
            {"n": first, "name": colleague.person.username},
        )
    open_case(adviser, first, reason="cover")
    open_case(colleague, first, reason="cover")
    open_case(colleague, second)
    rows = review.to_review(later(desk_as(Role.LOG_REVIEWER), days=7))
    marks = {(row.username, row.patient_name): row.marks[0] for row in rows}
    names = [submission(number)["patient"]["name"] for number in (1, 2)]
    assert marks == {
        (adviser.person.username, names[0]): ReviewMark.COLLEAGUE,
        (colleague.person.username, names[0]): ReviewMark.OWN_CASE,
        (colleague.person.username, names[1]): ReviewMark.SAME_ADDRESS,
    }

"""The hints of a stored case: what a fact changes, who may say otherwise, the law of another day, and the summary."""

from datetime import date, datetime
from typing import Any

import pytest

from pkui.base.errors import BadInput, Refused
from pkui.base.words.rights import patient_sentence
from pkui.domain.codes import EventKind, FactSource, Role
from pkui.domain.office import COPENHAGEN
from pkui.domain.rights.answers import Answer, Hint, Right
from pkui.domain.rights.facts import AskedOf
from pkui.services.case_view import CaseView
from pkui.services.cases import open_case
from pkui.services.desk import Desk
from pkui.services.facts import record_fact, record_list
from pkui.services.hints import RightsView
from pkui.services.notes import add_note
from pkui.services.rights import draft_summary, hints, overrule, overrulings
from pkui.services.standing import place_for_today
from tests.conftest import DeskAs
from tests.data.submissions import submission
from tests.services.steps import about, at, later, received, stored

NO_LETTER = {"referral": None, **about("faster_assessment")}
RECEIVED, HOSPITAL, LETTER, PATIENT = "referral_received", FactSource.HOSPITAL, FactSource.LETTER, FactSource.PATIENT


@pytest.fixture
def number(desk: Desk) -> int:
    """A case about assessment of which nothing is known."""
    return received(desk, 1, **NO_LETTER)


@pytest.fixture
def adviser(desk_as: DeskAs) -> Desk:
    return desk_as(Role.ADVISER)


@pytest.fixture
def supervisor(desk_as: DeskAs) -> Desk:
    return desk_as(Role.SUPERVISOR)


def one(found: CaseView | RightsView, right: Right = Right.ASSESSMENT, limb: str | None = None) -> Hint:
    """The hint of a right."""
    view = found.rights if isinstance(found, CaseView) else found
    return next(hint for hint in view.hints if (hint.right, hint.limb) == (right, limb))


def tell(desk: Desk, number: int, name: str, value: str, source: FactSource = HOSPITAL) -> CaseView:
    """One fact."""
    return record_fact(desk, number, name, value, source=source)


def test_an_answer_changes_hints_place_and_history_in_one_step(number: int, adviser: Desk) -> None:
    before = open_case(adviser, number)
    assert RECEIVED in before.rights.questions[AskedOf.DEPARTMENT]
    assert before.row.record.priority_class == 3
    view = tell(adviser, number, RECEIVED, "26/10")
    hint = one(view)
    assert (hint.answer, hint.deadline, hint.days_left) == (Answer.NOT_YET, date(2026, 11, 25), 2)
    assert not hint.provisional
    assert RECEIVED not in view.rights.questions[AskedOf.DEPARTMENT]
    record = view.row.record
    assert record.priority_class == 2
    assert record.why[0] == ["legal_deadline", {"on": "2026-11-25", "citation": "Sundhedsloven § 82 b, stk. 1"}]
    assert (view.events[-1].kind, view.events[-1].details) == (
        EventKind.FACT_RECORDED,
        {"name": RECEIVED, "source": "hospital"},
    )
    again = open_case(adviser, number)
    assert (again.rights, again.row.record.why) == (view.rights, record.why)


def test_a_refused_answer_changes_nothing(number: int, adviser: Desk) -> None:
    before = open_case(adviser, number)
    for name, value, kind in (
        (RECEIVED, "engang", "date"), ("distance_km_chosen", "-3", "number"), ("age", "4,5", "whole"),
        ("case_kind", "banana", "choice"), ("age", "999999999", "whole"),
    ):  # fmt: skip
        with pytest.raises(BadInput, match="bad_fact") as refused:
            tell(adviser, number, name, value)
        assert refused.value.details == {"kind": kind}
    after = open_case(adviser, number)
    assert (after.facts, after.rights, after.version) == (before.facts, before.rights, before.version)


def test_a_near_deadline_puts_a_case_forward_as_it_comes_in(desk: Desk) -> None:
    referral = submission(1)["referral"] | {"referral_date_in_letter": "2026-10-27", "appointment_date": None}
    number = received(desk, 2, **(about("faster_assessment") | {"referral": referral}))
    record = open_case(desk, number).row.record
    assert record.priority_class == 2
    assert record.why[0][1]["on"] == "2026-11-26"


def test_a_deadline_comes_nearer_by_itself(desk: Desk, number: int, adviser: Desk) -> None:
    assert tell(adviser, number, RECEIVED, "20/11").row.record.priority_class == 3
    place_for_today(desk)
    near = at(desk, datetime(2026, 12, 18, 8, tzinfo=COPENHAGEN))
    assert place_for_today(near) == 1
    record = open_case(near, number).row.record
    assert (record.priority_class, record.why[0][1]["on"]) == (2, "2026-12-20")


@pytest.mark.parametrize("source", [LETTER, PATIENT])
def test_a_day_of_receipt_counts_firmly_only_from_hospital_or_record(
    number: int, adviser: Desk, source: FactSource
) -> None:
    view = tell(adviser, number, RECEIVED, "5/10", source)
    hint = one(view)
    assert (hint.answer, hint.provisional, hint.missing[0]) == (Answer.LIKELY, True, RECEIVED)
    assert hint.deadline == date(2026, 11, 4)
    assert view.rights.questions[AskedOf.DEPARTMENT][0] == RECEIVED
    settled = one(tell(later(adviser, minutes=1), number, RECEIVED, "7/10", FactSource.RECORD))
    assert (settled.provisional, settled.deadline) == (False, date(2026, 11, 6))
    weaker = one(tell(later(adviser, minutes=2), number, RECEIVED, "1/9", source))
    assert (weaker.provisional, weaker.deadline) == (False, date(2026, 11, 6)), "a letter does not unsettle the record"


def test_the_daily_placing_knows_the_sources_too(desk: Desk, number: int, adviser: Desk) -> None:
    tell(adviser, number, RECEIVED, "7/10", HOSPITAL)
    view = tell(later(adviser, minutes=1), number, RECEIVED, "20/11", PATIENT)
    tomorrow = later(desk, days=1)
    place_for_today(tomorrow)
    assert open_case(tomorrow, number).row.record.why[0] == view.row.record.why[0]


def test_another_day_printed_in_a_letter_makes_no_firm_yes(number: int, adviser: Desk) -> None:
    tell(adviser, number, "case_kind", "treatment")
    printed = tell(adviser, number, "treatment_referred_on", "1/10", LETTER)
    hint = one(printed, Right.EXTENDED_FREE_CHOICE, "treatment")
    assert hint.provisional
    assert hint.answer is not Answer.YES
    assert "treatment_referred_on" in printed.rights.questions[AskedOf.DEPARTMENT]
    told = tell(later(adviser, minutes=1), number, "treatment_referred_on", "1/10", HOSPITAL)
    assert not one(told, Right.EXTENDED_FREE_CHOICE, "treatment").provisional


def test_an_earlier_day_is_judged_by_the_law_of_that_day(number: int, adviser: Desk) -> None:
    tell(adviser, number, RECEIVED, "2026-10-05")
    then = one(hints(adviser, number, on=date(2026, 10, 20)))
    assert (then.on, then.answer, then.days_left) == (date(2026, 10, 20), Answer.NOT_YET, 15)
    assert one(hints(adviser, number)).days_left == -19
    assert stored(adviser.store, "SELECT count(*) FROM access_log WHERE what = 'rights' AND kind = 'look_up'") == [2]


def test_treatment_decided_in_the_sixty_days_keeps_them(number: int, adviser: Desk) -> None:
    for name, value in (
        ("case_kind", "treatment"), ("psychiatric", "nej"), ("informed_of_diagnosis_on", "2024-12-20"),
        ("treatment_referred_on", "2024-12-20"), (RECEIVED, "2024-12-01"),
    ):  # fmt: skip
        tell(adviser, number, name, value)
    then = one(hints(adviser, number, on=date(2025, 1, 10)), Right.EXTENDED_FREE_CHOICE, "treatment")
    assert then.deadline == date(2025, 2, 18)


def test_a_hint_seen_otherwise_keeps_both_answers(number: int, adviser: Desk, supervisor: Desk) -> None:
    tell(adviser, number, RECEIVED, "26/10")
    view = overrule(adviser, number, Right.ASSESSMENT, None, answer=Answer.NO, reason=" [b]Akut[/b] indlagt ")
    assert one(view).answer is Answer.NOT_YET
    (said,) = view.rights.overrulings
    assert (said.hint, said.answer, said.reason, said.by) == (
        Answer.NOT_YET, Answer.NO, "[b]Akut[/b] indlagt", "Adviser1",
    )  # fmt: skip
    assert (view.events[-1].kind, view.events[-1].reason) == (EventKind.HINT_OVERRULED, "[b]Akut[/b] indlagt")
    assert overrulings(supervisor) == [said]
    with pytest.raises(Refused, match="not_allowed"):
        overrulings(adviser)


def test_seeing_otherwise_needs_a_hint_and_a_reason(number: int, adviser: Desk) -> None:
    with pytest.raises(Refused, match="reason_needed"):
        overrule(adviser, number, Right.ASSESSMENT, None, answer=Answer.NO, reason="  ")
    with pytest.raises(BadInput, match="no_such_hint"):
        overrule(adviser, number, Right.TRANSPORT, None, answer=Answer.NO, reason="nej")


def test_a_postponement_stops_the_private_clock_and_not_the_duty(number: int, adviser: Desk) -> None:
    tell(adviser, number, RECEIVED, "2026-10-26")
    before = open_case(adviser, number)
    entry = {"from": "2026-11-02", "to": "2026-11-12", "cause": "patient_wish"}
    view = record_list(adviser, number, "postponements", [entry], source=PATIENT)
    assert one(view).deadline == one(before).deadline
    private = one(view, Right.EXTENDED_FREE_CHOICE, "assessment").deadline
    assert private is not None
    assert private > (one(before, Right.EXTENDED_FREE_CHOICE, "assessment").deadline or date.max)
    assert view.events[-1].details == {"name": "postponements", "source": "patient"}
    second = {"from": None, "to": None, "cause": "health"}
    record_list(later(adviser, minutes=1), number, "postponements", [entry, second], source=PATIENT)
    assert stored(adviser.store, "SELECT count(*) FROM facts WHERE name = 'postponements'") == [2]


def test_a_history_of_changed_dates_gives_the_right_of_the_changed_date(number: int, adviser: Desk) -> None:
    change = {
        "old_date": "2026-12-01", "new_date": "2027-01-12", "changed_on": "2026-11-20", "cause": "hospital",
        "at": "regional",
    }  # fmt: skip
    earlier = change | {"old_date": "2026-11-10", "new_date": "2026-12-01", "changed_on": "2026-11-05"}
    view = record_list(adviser, number, "surgery_date_history", [earlier, change], source=PATIENT)
    hint = one(view, Right.EXTENDED_FREE_CHOICE, "changed_surgery_date")
    assert hint.answer in (Answer.YES, Answer.LIKELY)
    assert any(relied.fact == "surgery_date_history" for relied in hint.because)


NO_LISTS: list[tuple[str, list[dict[str, Any]], str]] = [
    ("postponements", [{"from": "31/2"}], "bad_fact"),
    ("postponements", [{"cause": "weather"}], "bad_fact"),
    ("postponements", [{"shoe": "42"}], "bad_fact"),
    ("postponements", [{"from": "2026-11-02"}] * 51, "bad_fact"),
    ("letter_hospital", [], "unknown_fact"),
]


def test_a_list_the_rules_cannot_read_is_refused(number: int, adviser: Desk) -> None:
    for name, entries, code in NO_LISTS:
        with pytest.raises(BadInput, match=code):
            record_list(adviser, number, name, entries, source=PATIENT)
    assert stored(adviser.store, "SELECT count(*) FROM facts WHERE name = 'postponements'") == [0]


def test_the_summary_holds_nothing_internal_and_is_a_draft(number: int, adviser: Desk) -> None:
    tell(adviser, number, RECEIVED, "5/10")
    tell(adviser, number, "specialty", "HEMMELIG specialitet")
    add_note(adviser, number, "HEMMELIGT notat")
    overrule(adviser, number, Right.ASSESSMENT, None, answer=Answer.NO, reason="HEMMELIG grund")
    text = draft_summary(adviser, number)
    assert "HEMMELIG" not in text
    assert "23.11.2026" in text
    assert patient_sentence(one(open_case(adviser, number))) in text
    assert stored(adviser.store, "SELECT kind, recipient, text FROM outbox_drafts") == [("letter", "patient", text)]
    assert stored(adviser.store, "SELECT what FROM access_log WHERE kind = 'export'") == ["summary"]
    assert open_case(adviser, number).events[-1].kind is EventKind.DRAFT_MADE


def test_text_in_facts_is_only_text(number: int, adviser: Desk) -> None:
    for text in ("[red]fed[/red]", "'; DROP TABLE facts; --", "{x}%s", "\u202egnorw", "🦴"):
        view = tell(adviser, number, "specialty", text)
        assert next(fact.value for fact in view.facts if fact.name == "specialty") == text
        assert view.rights.hints

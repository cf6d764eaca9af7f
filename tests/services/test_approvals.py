"""A temporary colleague's first courses: asked about, held back, approved or sent back by somebody else."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pkui.base.errors import PkuiError
from pkui.domain.codes import ApprovalState, DraftKind, DraftState, EventKind, Party, Role, SegmentState
from pkui.domain.texts import TextKind
from pkui.services.approvals import approve, send_back
from pkui.services.case_view import CaseView
from pkui.services.cases import assign, open_case, take
from pkui.services.day_sheet import Line, day_sheet
from pkui.services.desk import Desk
from pkui.services.office import set_setting
from pkui.services.outbox import correct_draft, drafts, send_draft
from pkui.services.providers_choose import Choice, choose, set_segment_state
from pkui.services.providers_import import import_catalogue, parse
from pkui.services.texts import draft_text
from tests.conftest import DeskAs
from tests.data.catalogue import document, encoded
from tests.services.steps import about, everything, later, received

TODAY = date(2026, 11, 23)
PLACE, OTHER_PLACE = "aaklinik-HAND", "bakkehus-HAND"
KINDS = (EventKind.APPROVAL_ASKED, EventKind.APPROVAL_GIVEN, EventKind.APPROVAL_RETURNED)


@pytest.fixture
def lent(desk: Desk, desk_as: DeskAs) -> Desk:
    """A temporary colleague, with a catalogue to choose from."""
    import_catalogue(desk, parse({"catalogue.json": encoded(document())}))
    return desk_as(Role.TEMPORARY)


@pytest.fixture
def makker(desk_as: DeskAs) -> Desk:
    """An adviser of the same team."""
    return desk_as(Role.ADVISER)


@pytest.fixture
def mine(desk: Desk, lent: Desk) -> int:
    """A simple case that she holds."""
    return simple(desk, lent, 1)


def simple(desk: Desk, lent: Desk, number: int) -> int:
    found = received(desk, number, **about("choose_hospital"))
    take(lent, found)
    return found


def told(view: CaseView) -> list[EventKind]:
    return [one.kind for one in view.events if one.kind in KINDS]


def refused_unchanged(desk: Desk, code: str, call: Any) -> None:
    before = everything(desk.store)
    with pytest.raises(PkuiError, match=code):
        call()
    assert everything(desk.store) == before


def to_approve(desk: Desk) -> tuple[int, ...]:
    return day_sheet(desk).line(Line.TO_APPROVE).numbers


def test_nothing_of_her_course_goes_out_before_a_colleague_has_approved_it(
    lent: Desk, makker: Desk, mine: int, desk: Desk
) -> None:
    view = choose(lent, mine, Choice(PLACE))
    (waiting,) = view.approvals
    assert (waiting.state, waiting.asker, told(view)) == (ApprovalState.ASKED, "temporary1", [KINDS[0]])
    assert to_approve(desk) == (mine,)
    for state in (SegmentState.REQUESTED, SegmentState.REFERRAL_SENT):
        refused_unchanged(desk, "approval_needed", lambda state=state: set_segment_state(lent, mine, 1, state))
    waits = drafts(desk)
    assert {one.recipient for one in waits} == {Party.DEPARTMENT, Party.PRIVATE_HOSPITAL, Party.PATIENT}
    for one in waits:
        correct_draft(lent, one.id, "Kære alle")
        for who in (lent, makker):
            refused_unchanged(
                desk,
                "approval_needed",
                lambda who=who, id=one.id: send_draft(who, id, way=DraftKind.LETTER, sent_to="x"),
            )
    view = approve(makker, mine, version=open_case(makker, mine).version)
    assert (view.approvals[0].state, view.approvals[0].decided_by) == (ApprovalState.APPROVED, makker.person.name)
    assert told(view) == [KINDS[0], KINDS[1]] and to_approve(desk) == ()
    for one in waits:
        assert send_draft(lent, one.id, way=DraftKind.LETTER, sent_to="x").record.state is DraftState.SENT
    assert set_segment_state(lent, mine, 1, SegmentState.REQUESTED).segments[0].state is SegmentState.REQUESTED
    refused_unchanged(desk, "nothing_to_approve", lambda: approve(makker, mine))


def test_it_comes_back_with_words_and_is_asked_about_anew(lent: Desk, makker: Desk, mine: int, desk: Desk) -> None:
    choose(lent, mine, Choice(PLACE))
    refused_unchanged(desk, "text_needed", lambda: send_back(makker, mine, reason=" "))
    view = send_back(makker, mine, reason="Ventetiden er længere der")
    assert (view.approvals[0].state, view.approvals[0].text) == (ApprovalState.RETURNED, "Ventetiden er længere der")
    assert view.events[-1].reason == "Ventetiden er længere der" and to_approve(desk) == ()
    refused_unchanged(desk, "approval_needed", lambda: set_segment_state(lent, mine, 1, SegmentState.REQUESTED))
    refused_unchanged(desk, "nothing_to_approve", lambda: send_back(makker, mine, reason="igen"))
    view = choose(later(lent, minutes=5), mine, Choice(OTHER_PLACE))
    assert [one.state for one in view.approvals] == [ApprovalState.ASKED] and to_approve(desk) == (mine,)
    assert told(approve(later(makker, minutes=9), mine)) == [KINDS[0], KINDS[2], KINDS[0], KINDS[1]]


def test_what_came_back_is_approved_once_it_is_mended(lent: Desk, makker: Desk, mine: int) -> None:
    choose(lent, mine, Choice(PLACE))
    send_back(makker, mine, reason="Skriv afdelingens navn")
    assert approve(makker, mine).approvals[0].state is ApprovalState.APPROVED
    set_segment_state(lent, mine, 1, SegmentState.REQUESTED)


def test_a_colleague_who_may_work_every_case_approves_and_never_the_one_who_asked(
    lent: Desk, mine: int, desk: Desk, desk_as: DeskAs
) -> None:
    choose(lent, mine, Choice(PLACE))
    for other in (lent, desk_as(Role.TEMPORARY), desk_as(Role.ADMINISTRATIVE), desk_as(Role.SECRETARY)):
        refused_unchanged(desk, "not_allowed", lambda other=other: approve(other, mine))
        refused_unchanged(desk, "not_allowed", lambda other=other: send_back(other, mine, reason="r"))
    outside, supervisor = desk_as(Role.ADVISER, teams=()), desk_as(Role.SUPERVISOR)
    refused_unchanged(desk, "reason_to_open", lambda: approve(outside, mine))
    refused_unchanged(desk, "no_segment", lambda: approve(supervisor, mine, course=7))
    refused_unchanged(desk, "stale", lambda: approve(supervisor, mine, version=1))
    assert approve(supervisor, mine).approvals[0].decided_by == supervisor.person.name


def test_one_who_has_become_an_adviser_does_not_approve_her_own(
    lent: Desk, mine: int, desk: Desk, desk_as: DeskAs
) -> None:
    choose(lent, mine, Choice(PLACE))
    promoted = Desk(lent.store, lent.clock, replace(lent.person, roles=frozenset({Role.ADVISER})))
    refused_unchanged(desk, "approved_by_another", lambda: approve(promoted, mine))


def test_after_the_first_so_many_nobody_is_asked_and_the_number_is_a_setting(
    lent: Desk, makker: Desk, mine: int, desk: Desk
) -> None:
    set_setting(desk, "approved_first", "1", valid_from=TODAY)
    second, third = simple(desk, lent, 2), simple(desk, lent, 3)
    choose(lent, mine, Choice(PLACE))
    choose(lent, second, Choice(PLACE))
    assert set(to_approve(desk)) == {mine, second}, "none is approved yet"
    approve(makker, mine)
    assert choose(lent, third, Choice(PLACE)).approvals == ()
    set_segment_state(lent, third, 1, SegmentState.REQUESTED)
    refused_unchanged(desk, "approval_needed", lambda: set_segment_state(lent, second, 1, SegmentState.REQUESTED))
    set_setting(later(desk, minutes=1), "approved_first", "2", valid_from=TODAY)
    fourth = simple(desk, lent, 4)
    assert len(choose(lent, fourth, Choice(PLACE)).approvals) == 1


def test_an_adviser_is_asked_nothing_and_her_own_choice_settles_a_question(
    lent: Desk, makker: Desk, mine: int, desk: Desk, desk_as: DeskAs
) -> None:
    choose(lent, mine, Choice(PLACE))
    assign(desk_as(Role.SUPERVISOR), mine, makker.person.username)
    refused_unchanged(desk, "approval_needed", lambda: set_segment_state(makker, mine, 1, SegmentState.REQUESTED))
    choose(later(makker, minutes=5), mine, Choice(OTHER_PLACE))
    set_segment_state(makker, mine, 1, SegmentState.REQUESTED)
    assert to_approve(desk) == ()


def test_a_request_from_a_template_is_asked_about_and_other_letters_go(lent: Desk, mine: int, desk: Desk) -> None:
    draft_text(lent, mine, TextKind.DEPARTMENT_REQUEST)
    draft_text(lent, mine, TextKind.DEPARTMENT_REQUEST)
    view = open_case(lent, mine)
    assert told(view) == [EventKind.APPROVAL_ASKED] and len(view.segments) == 1
    first = drafts(desk)[0]
    correct_draft(lent, first.id, "Kære afdeling")
    refused_unchanged(
        desk, "approval_needed", lambda: send_draft(lent, first.id, way=DraftKind.LETTER, sent_to="afdelingen")
    )
    draft_text(later(lent, minutes=5), mine, TextKind.FORWARDED, {"videresendt_til": "Kørselskontoret"})
    letter = drafts(desk)[-1]
    correct_draft(lent, letter.id, "Kære patient")
    assert send_draft(lent, letter.id, way=DraftKind.LETTER, sent_to="hende").record.state is DraftState.SENT

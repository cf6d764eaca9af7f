"""The hints on the case: worst first, with reasons and count, questions answered in place, and what people say."""

from datetime import date

import pytest

from pkui.base.commands import COMMANDS
from pkui.base.words import _
from pkui.base.words.rights import adviser_sentence, answer_symbol, answer_word, patient_sentence
from pkui.domain.codes import FactSource
from pkui.domain.rights.answers import Answer, Right
from pkui.domain.rights.engine import worst_first
from pkui.services.case_view import CaseView
from pkui.services.cases import open_case, take
from pkui.services.desk import Desk
from pkui.services.facts import record_fact
from pkui.services.rights import hints
from screens.case_overview import short_name
from tests.drivers.queue import QueuePage
from tests.drivers.rights import RightsPage
from tests.drivers.workbench import WorkbenchDriver
from tests.screens.conftest import OpenWorkbench
from tests.services.steps import ALWAYS, about, received, stored

ASSESSMENT = Right.ASSESSMENT


@pytest.fixture
def number(desk: Desk, adviser: Desk) -> int:
    """A case about assessment of which only the wish is known."""
    number = received(desk, 1, call_windows=ALWAYS, referral=None, **about("faster_assessment"))
    take(adviser, number)
    return number


def known(adviser: Desk, number: int) -> CaseView:
    """The hospital received the referral on 5 October."""
    return record_fact(adviser, number, "referral_received", "5/10", source=FactSource.HOSPITAL)


async def opened_rights(screen: WorkbenchDriver, number: int) -> RightsPage:
    """The case opened from the queue."""
    await QueuePage(screen).open(number)
    await screen.on_case(number)
    return RightsPage(screen)


async def test_worst_first_each_with_symbol_word_and_day(number: int, adviser: Desk, workbench: OpenWorkbench) -> None:
    expected = worst_first(known(adviser, number).rights.hints)
    async with workbench(adviser) as screen:
        page = await opened_rights(screen, number)
        assert [line.split("\n")[0] for line in page.hints] == [
            f"{answer_symbol(hint.answer)} {short_name(hint)}" for hint in expected
        ]
        for hint, line in zip(expected, page.hints, strict=True):
            assert answer_word(hint.answer) in line
        assert "4/11" in page.hint(ASSESSMENT)
        assert "19" in page.hint(ASSESSMENT)
        assert screen.sees("4/11")
        assert max(len(line.split("\n")[0]) for line in page.hints) <= 36


async def test_enter_opens_the_reasons_and_the_count(number: int, adviser: Desk, workbench: OpenWorkbench) -> None:
    view = known(adviser, number)
    hint = next(one for one in view.rights.hints if one.right is ASSESSMENT)
    async with workbench(adviser) as screen:
        page = await opened_rights(screen, number)
        text = await page.open_hint(ASSESSMENT)
        assert adviser_sentence(hint) in text
        assert patient_sentence(hint) in text
        assert "Sundhedsloven § 82 b, stk. 1" in text
        assert "5.10.2026" in text
        assert text.count("\n", text.index(_("The count"))) >= len(hint.count)
        await screen.press("c")
        await screen.until(lambda: screen.app.clipboard == patient_sentence(hint), "the sentence on the clipboard")
        await screen.idle()
    assert stored(adviser.store, "SELECT what FROM access_log WHERE kind = 'copy'") == ["hint"]


async def test_an_answer_in_place_moves_the_hints(number: int, adviser: Desk, workbench: OpenWorkbench) -> None:
    async with workbench(adviser) as screen:
        page = await opened_rights(screen, number)
        before = page.hint(ASSESSMENT)
        await page.answer("referral_received", "department", "5/10")
        assert page.hint(ASSESSMENT) != before
        assert "4/11" in page.hint(ASSESSMENT)
        await page.answer("referral_accepted", "department", "ja")
        await page.answer("specialty_level", "department", "hovedfunktion")
    told = {fact.name: (fact.value, fact.source) for fact in open_case(adviser, number).facts}
    assert told == {
        "referral_received": ("2026-10-05", FactSource.HOSPITAL),
        "referral_accepted": (True, FactSource.HOSPITAL),
        "specialty_level": ("hovedfunktion", FactSource.HOSPITAL),
    }


async def test_the_next_question_is_under_the_cursor(number: int, adviser: Desk, workbench: OpenWorkbench) -> None:
    known(adviser, number)
    async with workbench(adviser) as screen:
        page = await opened_rights(screen, number)
        second = page.questions[1]
        await page.answer("acute_admission", "patient", "nej")
        cursor = screen.case_screen.known.highlighted_option
        assert cursor is not None
        assert str(cursor.prompt) == second


async def test_a_hint_seen_otherwise_shows_both(number: int, adviser: Desk, workbench: OpenWorkbench) -> None:
    known(adviser, number)
    async with workbench(adviser) as screen:
        page = await opened_rights(screen, number)
        before = page.hint(ASSESSMENT)
        await page.open_hint(ASSESSMENT)
        await page.say_otherwise("nej", "[b]Akut[/b] indlagt", number)
        await screen.until(lambda: page.hint(ASSESSMENT) != before, "both answers on the line")
        assert page.hint(ASSESSMENT).startswith(before)
        assert page.hint(ASSESSMENT).endswith("(Adviser1)")
        assert "[b]Akut[/b] indlagt" in await page.open_hint(ASSESSMENT)


async def test_an_earlier_day(number: int, adviser: Desk, workbench: OpenWorkbench) -> None:
    known(adviser, number)
    async with workbench(adviser) as screen:
        page = await opened_rights(screen, number)
        await page.on_day("engang")
        await screen.expect("Det er ingen dag")
        await page.on_day("20/10")
        await screen.expect("20.10.2026")
        then = next(one for one in hints(adviser, number, on=date(2026, 10, 20)).hints if one.right is ASSESSMENT)
        assert then.answer is Answer.NOT_YET
        assert answer_word(Answer.NOT_YET) in screen.text


async def test_the_summary_is_copied_and_a_draft(number: int, adviser: Desk, workbench: OpenWorkbench) -> None:
    known(adviser, number)
    async with workbench(adviser) as screen:
        await opened_rights(screen, number)
        await screen.press(next(one.key for one in COMMANDS if one.id == "summary"))
        await screen.on_dialog()
        (draft,) = stored(adviser.store, "SELECT text FROM outbox_drafts")
        assert screen.app.clipboard == draft
        await screen.idle()
    assert stored(adviser.store, "SELECT kind FROM access_log WHERE what = 'summary' ORDER BY kind") == [
        "copy",
        "export",
    ]


async def test_a_postponement_and_taking_it_away(number: int, adviser: Desk, workbench: OpenWorkbench) -> None:
    known(adviser, number)
    async with workbench(adviser) as screen:
        page = await opened_rights(screen, number)
        await page.go_to("fact:postponements")
        await screen.press("enter", "enter")
        await screen.expect(_("Put off from"))
        await screen.type("12/11")
        await screen.press("tab")
        await screen.type("2/11")
        await screen.press("enter")
        await screen.expect(_("Write at least one day, such as 27/11, or choose why; the end is after the start.")[:40])
        await screen.press("ctrl+u")
        await screen.type("16/11")
        await screen.press("tab", "right", "right", "enter")
        await screen.on_case(number)
        await screen.until(lambda: "12.11.2026 - 16.11.2026" in page.case.overview, "the entry among the facts")
        (value,) = [fact.value for fact in open_case(adviser, number).facts if fact.name == "postponements"]
        assert value == [{"from": "2026-11-12", "to": "2026-11-16", "cause": "patient_wish"}]
        await screen.press("enter", "down", "enter")
        await screen.until(lambda: "12.11.2026" not in page.case.overview, "the entry taken away")
    assert stored(adviser.store, "SELECT count(*) FROM events WHERE kind = 'fact_recorded'") == [3]


async def test_text_from_outside_is_text(number: int, adviser: Desk, workbench: OpenWorkbench) -> None:
    for name, text in (
        ("specialty", "[red on blue]fed[/]"),
        ("letter_hospital", "[@click=app.quit]klik[/] \u202egnorw"),
    ):
        record_fact(adviser, number, name, text, source=FactSource.LETTER)
    known(adviser, number)
    async with workbench(adviser) as screen:
        page = await opened_rights(screen, number)
        assert "[red on blue]fed[/]" in page.case.overview
        assert "\u202e" not in page.case.overview
        await page.open_hint(Right.EXTENDED_FREE_CHOICE, "assessment")
        assert not screen.clickable

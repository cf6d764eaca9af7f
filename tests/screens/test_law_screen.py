"""The law's numbers on the screen: seen by all, set by a supervisor, refused to others in words."""

from pkui.base.words import _
from pkui.base.words.law import rule_name
from pkui.domain.codes import Role
from pkui.domain.rights.answers import Answer, Right
from pkui.services.desk import Desk
from pkui.services.law import law
from pkui.services.rights import overrule
from tests.conftest import DeskAs
from tests.drivers.rights import LawPage
from tests.screens.conftest import OpenWorkbench
from tests.services.steps import about, received, stored

RULE = "assessment_right_somatic"


def place_of(desk: Desk, rule: str = RULE) -> int:
    """Where the rule's newest row stands."""
    return max(number for number, row in enumerate(law(desk)) if row.rule == rule)


async def test_a_supervisor_sets_a_verified_number(desk_as: DeskAs, workbench: OpenWorkbench) -> None:
    supervisor = desk_as(Role.SUPERVISOR)
    async with workbench(supervisor) as screen:
        page = LawPage(screen)
        await page.open()
        rows = len(page.rows)
        assert rule_name(RULE) in page.rows[place_of(supervisor)]
        await page.go_to(place_of(supervisor))
        assert "§ 82 b" in page.source
        await page.set_value("tyve", "1/10", "LBK 1")
        await screen.expect(_("A whole number and a day are needed."))
        await page.set_value("20", "1/10", "LBK 1 [b]2026[/b]")
        await screen.until(lambda: len(page.rows) == rows + 1, "the new row")
        await page.go_to(place_of(supervisor))
        assert "LBK 1 [b]2026[/b]" in page.source
        assert supervisor.person.name in page.source
        assert "30" in page.source.splitlines()[-1], "the old number is told beside the new one"
    assert stored(supervisor.store, "SELECT rule, value, valid_from FROM law_values") == [(RULE, 20, "2026-10-01")]


async def test_an_adviser_sees_and_is_refused_in_words(adviser: Desk, workbench: OpenWorkbench) -> None:
    async with workbench(adviser) as screen:
        page = LawPage(screen)
        await page.open()
        await page.set_value("20", "1/10", "LBK 1")
        await screen.until(lambda: "lov" in screen.lines[-1].casefold(), "the refusal")
        refused = screen.lines[-1]
        await screen.press("o")
        await screen.idle()
        assert screen.lines[-1] == refused, "disagreements are for supervisors"
        assert len(screen.app.screen_stack) == 3
    assert stored(adviser.store, "SELECT count(*) FROM law_values") == [0]


async def test_disagreements_stand_by_right(
    desk: Desk, adviser: Desk, desk_as: DeskAs, workbench: OpenWorkbench
) -> None:
    supervisor = desk_as(Role.SUPERVISOR)
    number = received(desk, 1, referral=None, **about("faster_assessment"))
    overrule(adviser, number, Right.FREE_CHOICE, None, answer=Answer.NO, reason="[i]Akut[/i]")
    async with workbench(supervisor) as screen:
        page = LawPage(screen)
        await page.open()
        await screen.press("o")
        await screen.on_dialog()
        shown = "\n".join(screen.dialog_lines)
        assert "(1)" in shown
        assert "[i]Akut[/i]" in shown
        assert "Adviser1" in shown

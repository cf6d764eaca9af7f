"""Another team or complexity by hand: with a reason that stays, left alone by the rules, within one's rights."""

import pytest

from pkui.base.errors import BadInput, Refused, Stale
from pkui.domain.codes import Complexity, EventKind, FactSource, Role
from pkui.services.cases import open_case, take
from pkui.services.desk import Desk
from pkui.services.facts import record_fact
from pkui.services.roster import close_team, open_team
from pkui.services.routing import set_routing
from tests.conftest import DeskAs
from tests.services.steps import ALWAYS, about, later, received


def test_a_person_overrides_with_a_reason_and_the_rules_leave_it_at_that(desk: Desk, desk_as: DeskAs) -> None:
    anna, head = desk_as(Role.ADVISER), desk_as(Role.SUPERVISOR)
    number = received(desk, 1, call_windows=ALWAYS)
    open_team(head, "hand", "Håndgruppen")
    version = open_case(anna, number).version
    view = set_routing(anna, number, team="hand", complexity=Complexity.SIMPLE, reason="Kendt forløb", version=version)
    assert (view.row.record.team, view.row.record.complexity) == ("hand", Complexity.SIMPLE)
    assert (view.events[-1].kind, view.events[-1].reason) == (EventKind.ROUTED, "Kendt forløb")
    with pytest.raises(Stale):
        set_routing(anna, number, team="general", reason="igen", version=version)
    take(later(anna, minutes=1), number, reason="cover")
    record_fact(later(anna, minutes=2), number, "free_choice_already_used", "ja", source=FactSource.PATIENT)
    after = open_case(later(anna, minutes=3), number).row.record
    assert (after.team, after.complexity) == ("hand", Complexity.SIMPLE)
    close_team(head, "hand")
    with pytest.raises(BadInput, match="no_such_team"):
        set_routing(later(anna, days=1), number, team="hand", reason="lukket")


def test_what_cannot_be_overridden(desk: Desk, desk_as: DeskAs) -> None:
    anna, lent = desk_as(Role.ADVISER), desk_as(Role.TEMPORARY)
    number, urgent = received(desk, 1), received(desk, 2, **about("maximum_waiting_time"))
    with pytest.raises(BadInput, match="reason_needed"):
        set_routing(anna, number, complexity=Complexity.SIMPLE, reason=" ")
    with pytest.raises(Refused, match="class_1_is_never_simple"):
        open_case(anna, urgent, reason="cover")
        set_routing(anna, urgent, complexity=Complexity.SIMPLE, reason="let")
    with pytest.raises(Refused):
        set_routing(lent, number, complexity=Complexity.SIMPLE, reason="let")


def test_a_holder_who_may_not_finish_it_any_more_gives_it_back(desk: Desk, desk_as: DeskAs) -> None:
    anna, lent = desk_as(Role.ADVISER), desk_as(Role.TEMPORARY, teams=("general",))
    number = received(desk, 1, **about("choose_hospital"))
    set_routing(anna, number, complexity=Complexity.SIMPLE, reason="let")
    take(lent, number)
    view = set_routing(later(anna, minutes=1), number, complexity=Complexity.ORDINARY, reason="tolk alligevel")
    assert view.row.record.assignee is None
    assert view.events[-1].details["released"] is True

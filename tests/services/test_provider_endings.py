"""A place whose agreement ends: every family it concerns is found, and nothing new goes there from that day."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from pkui.base.errors import BadInput, Refused
from pkui.domain.codes import SegmentState
from pkui.domain.providers.ladder import RungState, Why
from pkui.services.cases import open_case, take
from pkui.services.desk import Desk
from pkui.services.providers_choose import Choice, choose
from pkui.services.providers_ending import check_family, end_agreement, endings
from tests.services.steps import received
from tests.services.test_providers import TODAY, ladder
from tests.services.test_providers import adviser as adviser
from tests.services.test_providers import mine as mine


def test_an_ended_agreement_finds_every_family_and_lets_nothing_new_in(adviser: Desk, mine: int, desk: Desk) -> None:
    choose(adviser, mine, Choice("aaklinik-HAND"))
    other = received(desk, 2)
    take(adviser, other)
    found = end_agreement(adviser, "aaklinik", on=TODAY)
    assert [(one.queue_number, one.agreement_id) for one in found.segments] == [(mine, "aaklinik-p")]
    assert found.team == "ended-aaklinik"
    row = ladder(adviser)["aaklinik"]
    assert (row.verdict.state, row.verdict.why) == (RungState.CLOSED, Why.ENDED)
    with pytest.raises(Refused, match="agreement_ended"):
        choose(adviser, other, Choice("aaklinik-HAND"))
    assert open_case(adviser, mine).segments[0].state is SegmentState.CHOSEN, "what was chosen stays"
    segment = found.segments[0].segment_id
    for what in ("advised", "complaint", "moved_back"):
        check_family(adviser, "aaklinik", segment, what)
    (view,) = endings(adviser)
    assert [(one.advised_on, one.complaint_on, one.moved_back_on) for one in view.segments] == [(TODAY, TODAY, TODAY)]
    check_family(adviser, "aaklinik", segment, "complaint", done=False)
    assert endings(adviser)[0].segments[0].complaint_on is None
    again = end_agreement(adviser, "aaklinik", on=TODAY)
    assert replace(again, segments=()) == replace(found, segments=())


def test_an_agreement_that_ends_later_still_lets_in_until_then(adviser: Desk) -> None:
    end_agreement(adviser, "aaklinik-p", on=TODAY + timedelta(days=8))
    row = ladder(adviser)["aaklinik"]
    assert row.verdict.why is not Why.ENDED
    assert row.agreement is not None
    assert row.agreement.valid_to == TODAY + timedelta(days=7)


def test_what_cannot_end_is_refused(adviser: Desk) -> None:
    with pytest.raises(BadInput, match="no_provider"):
        end_agreement(adviser, "nobody", on=TODAY)
    with pytest.raises(Refused, match="nothing_to_end"):
        end_agreement(adviser, "ouh", on=TODAY)
    with pytest.raises(BadInput, match="no_provider"):
        check_family(adviser, "ouh", UUID(int=1), "advised")

"""The offer ladder: what is open, closed and unknown, for every combination of waits against the limit."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from pkui.domain.codes import Relation
from pkui.domain.providers.figures import Figure
from pkui.domain.providers.ladder import Place, RightsPicture, RungState, Verdict, Why, judge
from pkui.domain.rights.answers import Answer

TODAY = date(2026, 11, 23)
LIMIT = TODAY + timedelta(days=30)
RIGHT = RightsPicture(Answer.YES, Answer.YES, LIMIT)
WAITS = (None, 0, 2, 4, 5, 10, 20)
"""Weeks: not stated, under a week, inside the 30 days (4 weeks is day 28), beyond them."""


def figure(weeks: int | None, age: int = 5) -> Figure:
    return Figure(weeks, TODAY - timedelta(days=age), "venteinfo")


def place(relation: Relation, weeks: int | None, age: int = 5, **more: bool) -> Place:
    return Place(f"{relation.value}", relation, figure(weeks, age), **more)


def agreement_verdict(public: int | None, partner: int | None, private: int | None) -> Verdict:
    places = [
        place(Relation.PUBLIC, public, own=True, in_region=True),
        place(Relation.PARTNER, partner),
        place(Relation.AGREEMENT, private),
    ]
    return judge(places, RIGHT, TODAY)[2]


def within(weeks: int) -> bool:
    return TODAY + timedelta(weeks=weeks) <= LIMIT


@pytest.mark.parametrize(("public", "partner", "private"), list(product(WAITS, WAITS, WAITS)))
def test_an_agreement_hospital_against_the_region_and_its_partners(
    public: int | None, partner: int | None, private: int | None
) -> None:
    verdict = agreement_verdict(public, partner, private)
    region = [weeks for weeks in (public, partner) if weeks is not None]
    if public is not None and within(public):
        assert (verdict.state, verdict.why) == (RungState.CLOSED, Why.REGION_WITHIN_LIMIT)
    elif partner is not None and within(partner):
        assert (verdict.state, verdict.why) == (RungState.CLOSED, Why.PARTNER_WITHIN_LIMIT)
    elif None in (public, partner):
        assert (verdict.state, verdict.why) == (RungState.UNKNOWN, Why.REGION_WAIT_UNKNOWN)
    elif private is None:
        assert (verdict.state, verdict.why) == (RungState.UNKNOWN, Why.PRIVATE_WAIT_UNKNOWN)
    elif private > min(region):
        assert (verdict.state, verdict.why) == (RungState.CLOSED, Why.PRIVATE_LONGER)
    elif private == min(region):
        assert (verdict.state, verdict.why) == (RungState.UNKNOWN, Why.EQUAL_WAITS)
    else:
        assert (verdict.state, verdict.why) == (RungState.OPEN, Why.EXTENDED_YES)


def test_a_partner_beyond_the_limit_blocks_no_private_right() -> None:
    """Decision 23SFP14: the region may not hold the patient to a partner's later date."""
    assert agreement_verdict(20, 5, 2).state is RungState.OPEN
    assert agreement_verdict(20, 4, 2).state is RungState.CLOSED


def test_the_last_day_of_the_limit_is_inside_it() -> None:
    on_the_day = Figure(None, TODAY, "phone", first_free=LIMIT)
    after = Figure(None, TODAY, "phone", first_free=LIMIT + timedelta(days=1))
    own = place(Relation.PUBLIC, 20, own=True, in_region=True)
    private = place(Relation.AGREEMENT, 2)
    for partner, state in ((on_the_day, RungState.CLOSED), (after, RungState.OPEN)):
        verdicts = judge([own, Place("p", Relation.PARTNER, partner), private], RIGHT, TODAY)
        assert verdicts[2].state is state
        assert verdicts[1].meets is (partner is on_the_day)


@pytest.mark.parametrize(
    ("answer", "state", "why"),
    [
        (Answer.YES, RungState.OPEN, Why.EXTENDED_YES),
        (Answer.LIKELY, RungState.OPEN, Why.EXTENDED_LIKELY),
        (Answer.NO, RungState.CLOSED, Why.EXTENDED_NO),
        (Answer.NOT_YET, RungState.CLOSED, Why.NOT_YET),
        (Answer.UNDETERMINED, RungState.UNKNOWN, Why.FACTS_MISSING),
        (Answer.REVIEW, RungState.UNKNOWN, Why.REVIEW),
        (Answer.CLINICAL, RungState.UNKNOWN, Why.CLINICAL),
        (None, RungState.UNKNOWN, Why.NOT_CHECKED),
    ],
)
def test_the_hint_comes_before_the_waits(answer: Answer | None, state: RungState, why: Why) -> None:
    places = [place(Relation.PUBLIC, 20, own=True, in_region=True), place(Relation.AGREEMENT, 2)]
    verdict = judge(places, RightsPicture(Answer.YES, answer, LIMIT), TODAY)[1]
    assert (verdict.state, verdict.why) == (state, why)


@pytest.mark.parametrize(
    ("answer", "state", "why"),
    [
        (Answer.YES, RungState.OPEN, Why.FREE_CHOICE),
        (Answer.LIKELY, RungState.OPEN, Why.FREE_CHOICE_LIKELY),
        (Answer.NO, RungState.CLOSED, Why.FREE_CHOICE_NO),
        (Answer.REVIEW, RungState.UNKNOWN, Why.REVIEW),
        (Answer.UNDETERMINED, RungState.UNKNOWN, Why.FACTS_MISSING),
        (None, RungState.UNKNOWN, Why.NOT_CHECKED),
    ],
)
@pytest.mark.parametrize("relation", [Relation.PUBLIC, Relation.SPECIAL])
def test_other_public_places_follow_free_choice(
    relation: Relation, answer: Answer | None, state: RungState, why: Why
) -> None:
    verdict = judge([place(relation, 3)], RightsPicture(answer, None, LIMIT), TODAY)[0]
    assert (verdict.rung, verdict.state, verdict.why) == (2, state, why)


def test_a_place_that_takes_nobody_from_other_regions_is_closed_to_them_alone() -> None:
    closed = Place("a", Relation.PUBLIC, figure(2), in_region=False, accepts_other_regions=False)
    own = Place("b", Relation.PUBLIC, figure(2), in_region=True, accepts_other_regions=False)
    verdicts = judge([closed, own], RIGHT, TODAY)
    assert verdicts[0].why is Why.NO_OTHER_REGIONS
    assert verdicts[1].state is RungState.OPEN


def test_without_a_case_what_hangs_on_rights_is_unknown() -> None:
    places = [place(relation, 2) for relation in Relation]
    verdicts = judge(places, None, TODAY)
    assert [verdict.rung for verdict in verdicts] == [2, 2, 3, 3, 4]
    assert {verdict.state for verdict in verdicts} == {RungState.UNKNOWN}
    assert {verdict.meets for verdict in verdicts} == {None}


def test_a_changed_operation_date_asks_neither_for_the_limit_nor_for_the_waits() -> None:
    places = [place(Relation.PUBLIC, 1, own=True, in_region=True), place(Relation.AGREEMENT, 9)]
    verdict = judge(places, RightsPicture(Answer.YES, Answer.YES, None, changed_date=True), TODAY)[1]
    assert (verdict.state, verdict.why) == (RungState.OPEN, Why.CHANGED_DATE)


def test_an_old_figure_decides_nothing() -> None:
    own = place(Relation.PUBLIC, 20, own=True, in_region=True)
    partner = place(Relation.PARTNER, 2, age=31)
    private = place(Relation.AGREEMENT, 1)
    assert judge([own, partner, private], RIGHT, TODAY)[2].why is Why.FIGURE_OLD
    fresh = place(Relation.PARTNER, 2, age=30)
    assert judge([own, fresh, private], RIGHT, TODAY)[2].why is Why.PARTNER_WITHIN_LIMIT
    old_private = place(Relation.AGREEMENT, 1, age=31)
    assert judge([own, old_private], RIGHT, TODAY)[1].why is Why.FIGURE_OLD


def test_a_cluster_nobody_knows_closes_nothing() -> None:
    own = place(Relation.PUBLIC, 20, own=True, in_region=True)
    partner = place(Relation.PARTNER, 2, cluster_open=True)
    private = place(Relation.AGREEMENT, 1)
    verdicts = judge([own, partner, private], RIGHT, TODAY)
    assert [verdict.why for verdict in verdicts[1:]] == [Why.CLUSTER_OPEN, Why.CLUSTER_OPEN]
    assert {verdict.state for verdict in verdicts[1:]} == {RungState.UNKNOWN}


def test_an_ended_place_is_closed_and_closes_nothing() -> None:
    own = place(Relation.PUBLIC, 20, own=True, in_region=True)
    partner = place(Relation.PARTNER, 2, blocked=True)
    verdicts = judge([own, partner, place(Relation.AGREEMENT, 1)], RIGHT, TODAY)
    assert verdicts[1].why is Why.ENDED
    assert verdicts[2].state is RungState.OPEN


def test_the_patients_own_date_stands_for_the_own_hospital() -> None:
    present = Figure(16, TODAY, "letter", first_free=TODAY + timedelta(days=20), present_date=True)
    own = Place("own", Relation.PUBLIC, present, own=True, in_region=True)
    assert judge([own, place(Relation.AGREEMENT, 1)], RIGHT, TODAY)[1].why is Why.REGION_WITHIN_LIMIT


def test_under_a_week_is_no_promise_for_tomorrow() -> None:
    near = RightsPicture(Answer.YES, Answer.YES, TODAY + timedelta(days=2))
    own = place(Relation.PUBLIC, 0, own=True, in_region=True)
    verdicts = judge([own, place(Relation.AGREEMENT, 2)], near, TODAY)
    assert verdicts[0].meets is None
    assert verdicts[1].state is RungState.UNKNOWN


def test_a_place_that_cannot_take_the_patient_is_closed_and_closes_nothing() -> None:
    own = place(Relation.PUBLIC, 20, own=True, in_region=True)
    private = place(Relation.AGREEMENT, 2)
    limited = replace(place(Relation.PARTNER, 1), fits=False)
    verdicts = judge([own, limited, private], RIGHT, TODAY)
    assert (verdicts[1].state, verdicts[1].why) == (RungState.CLOSED, Why.OUTSIDE_LIMITS)
    assert verdicts[2].why is Why.EXTENDED_YES, "a partner that does not take her cannot meet the limit"
    unknown = replace(limited, fits=None)
    assert judge([own, unknown, private], RIGHT, TODAY)[2].why is Why.LIMITS_OPEN
    assert judge([own, private, replace(private, fits=False)], RIGHT, TODAY)[2].why is Why.OUTSIDE_LIMITS

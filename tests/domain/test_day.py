"""Where a case stands in the day: one part each, every reason told, and a day that never ends without a next step."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkui.domain.codes import BookingState
from pkui.domain.day import Known, News, Part, place_in_day, undone

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
DUE = NOW + timedelta(hours=7)
CALM = Known(priority_class=3, due_at=DUE)
NEWS = News("note_added", {}, "Bo", NOW - timedelta(hours=1))


@pytest.mark.parametrize(
    ("known", "part", "code"),
    [
        (Known(priority_class=1, due_at=DUE), Part.CLASS_1, "due"),
        (replace(CALM, call_at=NOW + timedelta(hours=2), call_state=BookingState.AGREED), Part.AGREED, "call"),
        (replace(CALM, call_at=NOW - timedelta(days=1), call_state=BookingState.PLANNED), Part.AGREED, "call"),
        (replace(CALM, follow_up_on=TODAY), Part.FOLLOW_UP, "follow_up"),
        (replace(CALM, reminder_at=NOW + timedelta(hours=5)), Part.FOLLOW_UP, "reminder"),
        (replace(CALM, asked=(NEWS,)), Part.REPLIES, "asked"),
        (replace(CALM, replies=(NEWS,)), Part.REPLIES, "reply"),
        (replace(CALM, handed=NEWS), Part.HANDED, "handed"),
        (replace(CALM, may_be_rung=True), Part.RING_NOW, "due"),
        (CALM, Part.PARKED, "due"),
        (replace(CALM, answered=True), Part.PARKED, "no_next_step"),
        (replace(CALM, follow_up_on=TODAY + timedelta(days=1), answered=True), Part.PARKED, "follow_up"),
        (replace(CALM, reminder_at=NOW + timedelta(days=1)), Part.PARKED, "due"),
        (replace(CALM, call_at=NOW + timedelta(days=1), answered=True), Part.PARKED, "call"),
    ],
)
def test_the_part_and_its_reason(known: Known, part: Part, code: str) -> None:
    found, why = place_in_day(known, NOW)
    assert (found, why[0].code) == (part, code)


cases = st.builds(
    Known,
    priority_class=st.integers(1, 4),
    due_at=st.just(DUE),
    answered=st.booleans(),
    follow_up_on=st.none() | st.integers(-3, 3).map(lambda days: TODAY + timedelta(days=days)),
    call_at=st.none() | st.integers(-50, 50).map(lambda hours: NOW + timedelta(hours=hours)),
    call_state=st.sampled_from([BookingState.PLANNED, BookingState.AGREED]),
    reminder_at=st.none() | st.integers(-50, 50).map(lambda hours: NOW + timedelta(hours=hours)),
    asked=st.lists(st.just(NEWS), max_size=2),
    replies=st.lists(st.just(NEWS), max_size=1),
    handed=st.none() | st.just(NEWS),
    may_be_rung=st.booleans(),
)


@settings(max_examples=200)
@given(known=cases)
def test_every_case_has_a_part_and_the_first_reason_is_that_parts(known: Known) -> None:
    part, why = place_in_day(known, NOW)
    assert why
    alone = {
        Part.CLASS_1: {"due"}, Part.AGREED: {"call"}, Part.FOLLOW_UP: {"follow_up", "reminder"},
        Part.REPLIES: {"asked", "reply"}, Part.HANDED: {"handed"}, Part.RING_NOW: {"due"},
        Part.PARKED: {"due", "call", "follow_up", "no_next_step"},
    }  # fmt: skip
    assert why[0].code in alone[part]
    assert (part is Part.CLASS_1) == (known.priority_class == 1)


@settings(max_examples=200)
@given(known=cases)
def test_what_is_left_undone_has_nothing_ahead(known: Known) -> None:
    ahead = (
        (known.call_at is not None and known.call_at > NOW)
        or (known.call_at is None and known.follow_up_on is not None and known.follow_up_on > TODAY)
        or (known.call_at is None and known.follow_up_on is None and not known.answered)
    )
    assert (undone(known, NOW) is None) == ahead

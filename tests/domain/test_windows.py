"""Call windows: merging, clipping to call hours and working days, and the two nights the clock moves."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkui.domain.calendar import Calendar
from pkui.domain.windows import (
    COPENHAGEN,
    CallHours,
    CallWindow,
    HoursFrom,
    Unavailable,
    WindowRefusal,
    current_or_next,
    merge,
    occurrences,
    refusal,
    span,
    usable_within,
)

CALENDAR = Calendar({date(2026, 12, 25): "christmas_day", date(2026, 4, 3): "good_friday"}, 2025, 2030)
HOURS = CallHours.always(time(8, 30), time(15, 30))
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
MONDAY = date(2026, 11, 23)


def window(weekday: int, start: str, end: str) -> CallWindow:
    return CallWindow(weekday, time.fromisoformat(start), time.fromisoformat(end))


def local(day: date, wall: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(wall), COPENHAGEN).astimezone(UTC)


def walls(minutes: int = 24 * 60) -> st.SearchStrategy[time]:
    return st.integers(0, minutes - 1).map(lambda n: time(n // 60, n % 60))


@st.composite
def any_window(draw: st.DrawFn) -> CallWindow:
    first, last = sorted(draw(st.lists(walls(), min_size=2, max_size=2, unique=True)))
    return CallWindow(draw(st.integers(1, 7)), first, last)


def test_overlapping_and_touching_windows_become_one() -> None:
    given_windows = [window(4, "13:00", "15:00"), window(1, "10:00", "11:30"), window(1, "09:00", "10:00"),
                     window(1, "11:00", "11:15"), window(2, "09:00", "10:00"), window(1, "12:00", "13:00")]  # fmt: skip
    assert merge(given_windows) == (
        window(1, "09:00", "11:30"),
        window(1, "12:00", "13:00"),
        window(2, "09:00", "10:00"),
        window(4, "13:00", "15:00"),
    )


@given(st.lists(any_window(), max_size=12), st.integers(1, 7), walls())
def test_merging_keeps_every_minute_and_adds_none(windows: list[CallWindow], weekday: int, wall: time) -> None:
    def inside(some: tuple[CallWindow, ...]) -> bool:
        return any(w.weekday == weekday and w.start <= wall < w.end for w in some)

    merged = merge(windows)
    assert inside(merged) == inside(tuple(windows))
    assert merge(merged) == merged == merge(reversed(windows))
    assert all(a.weekday < b.weekday or a.end < b.start for a, b in pairwise(merged))


@pytest.mark.parametrize(
    ("weekday", "start", "end"),
    [(1, "22:00", "02:00"), (1, "09:00", "09:00"), (0, "09:00", "10:00"), (8, "09:00", "10:00")],
)
def test_no_window_across_midnight_or_on_no_day(weekday: int, start: str, end: str) -> None:
    with pytest.raises(ValueError):
        window(weekday, start, end)


def test_no_period_that_ends_before_it_starts() -> None:
    assert Unavailable(MONDAY, MONDAY).first == MONDAY
    with pytest.raises(ValueError):
        Unavailable(MONDAY, MONDAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("09:00", "10:00", None),
        ("08:00", "08:40", None),
        ("10:00", "09:00", WindowRefusal.ACROSS_MIDNIGHT_OR_EMPTY),
        ("10:00", "10:00", WindowRefusal.ACROSS_MIDNIGHT_OR_EMPTY),
        ("16:00", "18:00", WindowRefusal.NO_USABLE_WINDOW),
        ("07:00", "08:30", WindowRefusal.NO_USABLE_WINDOW),
        ("15:25", "18:00", WindowRefusal.TOO_SHORT),
        ("09:00", "09:09", WindowRefusal.TOO_SHORT),
    ],
)
def test_why_a_window_is_refused(start: str, end: str, expected: WindowRefusal | None) -> None:
    span_ = time.fromisoformat(start), time.fromisoformat(end)
    assert refusal(*span_, HOURS.on(MONDAY), timedelta(minutes=10)) is expected


def test_occurrences_are_clipped_to_call_hours_and_working_days() -> None:
    every_day = [window(day, "07:00", "09:00") for day in range(1, 8)]
    calendar = CALENDAR.closing([date(2026, 12, 24)])
    found = occurrences(
        every_day, [Unavailable(date(2026, 12, 22), date(2026, 12, 22))], calendar, HOURS, date(2026, 12, 21), 8
    )
    assert [o.day for o in found] == [date(2026, 12, 21), date(2026, 12, 23), date(2026, 12, 28)]
    assert [(o.start, o.end) for o in found[:1]] == [
        (local(date(2026, 12, 21), "08:30"), local(date(2026, 12, 21), "09:00"))
    ]


def test_dated_call_hours() -> None:
    hours = CallHours((HoursFrom(MONDAY, time(8, 30), time(15, 30)), HoursFrom(date(2026, 11, 30), time(9), time(12))))
    found = occurrences([window(1, "08:00", "16:00")], [], CALENDAR, hours, date(2026, 11, 16), 15)
    assert [(o.start, o.end) for o in found] == [
        (local(MONDAY, "08:30"), local(MONDAY, "15:30")),
        (local(date(2026, 11, 30), "09:00"), local(date(2026, 11, 30), "12:00")),
    ]


@pytest.mark.parametrize("sunday", [SPRING, AUTUMN])
def test_wall_time_stays_through_a_clock_change(sunday: date) -> None:
    found = occurrences(
        [window(5, "09:00", "10:00"), window(1, "09:00", "10:00")], [], CALENDAR, HOURS, sunday - timedelta(days=2), 4
    )
    assert [o.start.astimezone(COPENHAGEN).time() for o in found] == [time(9), time(9)]
    step = found[1].start - found[0].start - timedelta(days=3)
    assert step == (timedelta(hours=-1) if sunday == SPRING else timedelta(hours=1))


@pytest.mark.parametrize(
    ("day", "start", "end", "expected"),
    [
        (SPRING, "01:00", "04:00", ("00:00", "02:00")),
        (SPRING, "02:15", "02:45", None),
        (SPRING, "02:30", "04:00", ("01:00", "02:00")),
        (SPRING, "01:30", "02:30", ("00:30", "01:00")),
        (AUTUMN, "01:00", "04:00", ("23:00", "03:00")),
        (AUTUMN, "02:15", "02:45", ("00:15", "00:45")),
        (AUTUMN, "02:30", "04:00", ("01:30", "03:00")),
        (AUTUMN, "01:30", "02:30", ("23:30", "00:30")),
    ],
)
def test_the_nights_the_clock_moves(day: date, start: str, end: str, expected: tuple[str, str] | None) -> None:
    found = span(day, time.fromisoformat(start), time.fromisoformat(end))
    assert (found and tuple(f"{instant:%H:%M}" for instant in found)) == expected


@given(st.sampled_from([SPRING, AUTUMN, MONDAY]), any_window(), st.floats(0, 0.999))
def test_every_instant_shows_a_wall_time_of_the_window(day: date, some: CallWindow, part: float) -> None:
    found = span(day, some.start, some.end)
    if found is None:
        assert day == SPRING
        return
    first, last = found
    assert first < last
    instant = (first + (last - first) * part).astimezone(COPENHAGEN)
    assert instant.date() == day
    assert some.start <= instant.time() < some.end


def test_open_now_next_and_none() -> None:
    windows = [window(1, "09:00", "11:30"), window(4, "13:00", "15:00")]
    now = local(MONDAY, "09:00")
    current = current_or_next(windows, [], CALENDAR, HOURS, now)
    assert current is not None and current.is_open(now) and current.end == local(MONDAY, "11:30")
    later = local(MONDAY, "11:30")
    coming = current_or_next(windows, [], CALENDAR, HOURS, later)
    assert coming is not None and not coming.is_open(later) and coming.day == date(2026, 11, 26)
    assert current_or_next([], [], CALENDAR, HOURS, now) is None
    assert current_or_next([window(6, "09:00", "11:00")], [], CALENDAR, HOURS, now) is None
    assert current_or_next([window(1, "17:00", "18:00")], [], CALENDAR, HOURS, now) is None


def test_today_is_the_day_in_copenhagen() -> None:
    just_after_midnight = datetime(2026, 7, 5, 22, 30, tzinfo=UTC)
    found = current_or_next([window(1, "09:00", "10:00")], [], CALENDAR, HOURS, just_after_midnight, horizon_days=1)
    assert found is not None and found.day == date(2026, 7, 6)


def test_usable_within_five_working_days() -> None:
    windows = [window(1, "09:00", "10:00")]
    after = local(MONDAY, "10:00")
    assert usable_within(windows, [], CALENDAR, HOURS, after)
    assert not usable_within(windows, [], CALENDAR, HOURS, after, working_days=4)
    assert not usable_within(windows, [Unavailable(MONDAY, date(2026, 12, 4))], CALENDAR, HOURS, after)
    assert usable_within(windows, [], CALENDAR, HOURS, local(MONDAY, "09:59"), working_days=0)


@given(st.lists(any_window(), max_size=6), st.integers(0, 60 * 24 * 30))
def test_current_or_next_is_the_first_occurrence_not_over(windows: list[CallWindow], minutes: int) -> None:
    now = local(MONDAY, "00:00") + timedelta(minutes=minutes)
    today = now.astimezone(COPENHAGEN).date()
    every = occurrences(windows, [], CALENDAR, HOURS, today, 35)
    assert every == sorted(every)
    assert current_or_next(windows, [], CALENDAR, HOURS, now) == next((o for o in every if o.end > now), None)
    for one, two in pairwise(every):
        assert one.end < two.start

"""The queue's order: total, explained, never overtaken within a class and a date, right about closed days."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkui.base.calendar import public_holidays
from pkui.domain.codes import PriorityClass, Topic
from pkui.domain.office import COPENHAGEN, OfficeSettings, at
from pkui.domain.priority import RECORD_CLASS_TOPICS, Matter, Standing, counts_from, explain, place

OFFICE = OfficeSettings()
CALENDAR = public_holidays()
NOW = datetime(2026, 11, 23, 9, tzinfo=COPENHAGEN).astimezone(UTC)

instants = st.datetimes(datetime(2020, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
days = st.dates(date(2020, 1, 1), date(2032, 1, 1))


@st.composite
def matters(draw: st.DrawFn) -> Matter:
    """Any matter a case can be about."""
    received = draw(instants)
    return Matter(
        topic=draw(st.sampled_from(Topic)),
        received_at=received,
        answered_at=draw(st.none() | st.timedeltas(timedelta(0), timedelta(days=30)).map(received.__add__)),
        follow_up_on=draw(st.none() | days),
        booked_at=draw(st.none() | instants),
        legal_deadline=draw(st.none() | days),
        operation_changed=draw(st.booleans()),
        referral_delivered=draw(st.booleans()),
        appointment_on=draw(st.none() | days),
    )


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN)


def placed(now: datetime = NOW, **about: object) -> Standing:
    values: dict[str, object] = {"topic": Topic.FASTER_TREATMENT, "received_at": now, **about}
    return place(Matter(**values), now, OFFICE, CALENDAR)  # type: ignore[arg-type]


Entry = tuple[int, datetime, int]


def key(standing: Standing, number: int) -> Entry:
    return int(standing.priority_class), standing.due_at, number


@given(st.lists(matters(), max_size=30), instants)
def test_the_order_is_total(some: list[Matter], now: datetime) -> None:
    keys = [key(place(matter, now, OFFICE, CALENDAR), number) for number, matter in enumerate(some)]
    ordered = sorted(keys)
    assert all(first < second for first, second in pairwise(ordered))
    assert {entry[2] for entry in ordered} == set(range(len(some)))


@given(st.lists(matters(), min_size=1, max_size=20), matters(), instants)
def test_adding_a_case_never_reorders_the_others(some: list[Matter], new: Matter, now: datetime) -> None:
    def order(matters: list[Matter]) -> list[int]:
        return [entry[2] for entry in sorted(key(place(m, now, OFFICE, CALENDAR), n) for n, m in enumerate(matters))]

    assert [number for number in order([*some, new]) if number < len(some)] == order(some)


@given(st.sampled_from(Topic), instants, instants)
def test_who_came_first_is_not_due_later(topic: Topic, one: datetime, other: datetime) -> None:
    first, second = sorted((one, other))
    now = second + timedelta(days=1)
    before, after = (place(Matter(topic, received), now, OFFICE, CALENDAR) for received in (first, second))
    assert before.due_at <= after.due_at


@given(matters(), instants)
def test_computing_it_again_changes_nothing(matter: Matter, now: datetime) -> None:
    standing = place(matter, now, OFFICE, CALENDAR)
    assert place(matter, now, OFFICE, CALENDAR) == standing
    assert place(replace(matter), now, OFFICE, CALENDAR) == standing


@given(matters(), instants)
def test_every_case_has_a_next_step_or_a_mark_and_says_why(matter: Matter, now: datetime) -> None:
    standing = place(matter, now, OFFICE, CALENDAR)
    codes = {reason.code for reason in standing.why}
    steps = matter.follow_up_on is not None or matter.booked_at is not None
    answered = matter.answered_at is not None
    assert ("no_next_step" in codes) is (answered and not steps)
    assert bool(codes & {"booked_call", "follow_up"}) is (answered and steps)
    assert codes or standing.priority_class is PriorityClass.MAXIMUM_WAITING_TIME
    assert standing.due_at.tzinfo is now.tzinfo


@given(matters(), instants)
def test_no_target_lies_on_a_closed_day_or_outside_opening_hours(matter: Matter, now: datetime) -> None:
    matter = replace(matter, answered_at=None)
    due = place(matter, now, OFFICE, CALENDAR).due_at.astimezone(COPENHAGEN)
    assert CALENDAR.is_working_day(due.date())
    assert OFFICE.opens <= due.time() <= OFFICE.closes
    assert due > counts_from(matter.received_at, OFFICE, CALENDAR) - timedelta(hours=8)


@given(matters(), instants)
def test_the_printed_sum_ends_on_the_day_that_is_promised(matter: Matter, now: datetime) -> None:
    matter = replace(matter, answered_at=None, legal_deadline=None, appointment_on=None)
    standing = place(matter, now, OFFICE, CALENDAR)
    rows = explain(matter, standing, OFFICE, CALENDAR)
    assert rows[0].day == counts_from(matter.received_at, OFFICE, CALENDAR).date()
    if standing.priority_class is not PriorityClass.MAXIMUM_WAITING_TIME:
        assert rows[-1].day == standing.due_at.astimezone(COPENHAGEN).date()
        assert rows[-1].number == OFFICE.target_days(standing.priority_class)


@given(instants)
def test_what_counts_from_is_an_opening_or_the_instant_itself(received: datetime) -> None:
    start = counts_from(received, OFFICE, CALENDAR)
    assert start >= received
    local = start.astimezone(COPENHAGEN)
    assert CALENDAR.is_working_day(local.date())
    assert OFFICE.opens <= local.time() < OFFICE.closes
    assert start == received or local.time() == OFFICE.opens
    assert counts_from(start, OFFICE, CALENDAR) == start


@pytest.mark.parametrize(
    ("received", "counts"),
    [
        ("2026-11-23T07:59:59", "2026-11-23T08:00:00"), ("2026-11-23T08:00:00", "2026-11-23T08:00:00"),
        ("2026-11-23T15:59:59", "2026-11-23T15:59:59"), ("2026-11-23T16:00:00", "2026-11-24T08:00:00"),
        ("2026-11-27T16:00:00", "2026-11-30T08:00:00"), ("2026-11-28T12:00:00", "2026-11-30T08:00:00"),
        ("2026-04-01T16:30:00", "2026-04-07T08:00:00"), ("2026-04-02T09:00:00", "2026-04-07T08:00:00"),
        ("2026-12-24T16:00:00", "2026-12-28T08:00:00"), ("2026-12-31T17:00:00", "2027-01-04T08:00:00"),
        ("2026-03-29T02:30:00", "2026-03-30T08:00:00"), ("2026-10-25T02:30:00", "2026-10-26T08:00:00"),
        ("2026-03-27T16:00:00", "2026-03-30T08:00:00"), ("2026-10-23T16:00:00", "2026-10-26T08:00:00"),
        ("2023-05-04T16:00:00", "2023-05-08T08:00:00"), ("2024-04-25T16:00:00", "2024-04-26T08:00:00"),
    ],
)  # fmt: skip
def test_after_closing_the_next_opening_counts(received: str, counts: str) -> None:
    start = counts_from(wall(received).astimezone(UTC), OFFICE, CALENDAR)
    assert start == wall(counts)


def test_hours_are_wall_time_on_both_sides_of_the_clock_change() -> None:
    before, after = (placed(wall(f"2026-{day}T10:00:00").astimezone(UTC)) for day in ("10-21", "10-22"))
    assert (before.due_at.isoformat(), after.due_at.isoformat()) == (
        "2026-10-23T14:00:00+00:00", "2026-10-26T15:00:00+00:00",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-23T09:00", "2026-11-23T16:00"), ("2026-11-23T13:59", "2026-11-23T16:00"),
        ("2026-11-23T14:00", "2026-11-24T10:00"), ("2026-11-23T15:59", "2026-11-24T10:00"),
        ("2026-11-23T16:00", "2026-11-24T16:00"), ("2026-11-27T14:00", "2026-11-30T10:00"),
        ("2026-11-28T10:00", "2026-11-30T16:00"), ("2026-12-24T15:00", "2026-12-28T10:00"),
    ],
)  # fmt: skip
def test_maximum_waiting_time_is_answered_the_same_day_or_by_ten_the_next(received: str, due: str) -> None:
    standing = placed(wall(received).astimezone(UTC), topic=Topic.MAXIMUM_WAITING_TIME)
    assert (standing.priority_class, standing.due_at) == (PriorityClass.MAXIMUM_WAITING_TIME, wall(due))


@pytest.mark.parametrize(
    ("topic", "priority_class", "due"),
    [
        (Topic.OPERATION_CHANGED, 2, "2026-11-24T16:00"), (Topic.FASTER_IMAGING, 3, "2026-11-25T16:00"),
        (Topic.ACCEPTANCE_REQUEST, 3, "2026-11-25T16:00"), (Topic.SERVICE_COMPLAINT, 3, "2026-11-25T16:00"),
        (Topic.HEALTH_RECORD, 4, "2026-11-26T16:00"), (Topic.MISCELLANEOUS, 4, "2026-11-26T16:00"),
    ],
)  # fmt: skip
def test_each_class_has_its_working_days(topic: Topic, priority_class: int, due: str) -> None:
    standing = placed(topic=topic)
    assert (standing.priority_class, standing.due_at) == (priority_class, wall(due))
    assert (priority_class == 4) is (topic in RECORD_CLASS_TOPICS)


@pytest.mark.parametrize(
    ("deadline", "priority_class", "code"),
    [
        ("2026-12-01", 3, "target"), ("2026-11-30", 2, "legal_deadline"), ("2026-11-23", 2, "legal_deadline"),
        ("2026-11-22", 2, "legal_deadline_passed"), ("2026-01-01", 2, "legal_deadline_passed"),
    ],
)  # fmt: skip
def test_a_legal_deadline_within_five_working_days_or_passed_is_class_2(
    deadline: str, priority_class: int, code: str
) -> None:
    standing = placed(legal_deadline=date.fromisoformat(deadline), citation="§ 87")
    assert (standing.priority_class, standing.why[0].code) == (priority_class, code)


def test_no_target_lies_after_the_legal_deadline() -> None:
    assert placed(legal_deadline=date(2026, 11, 23)).due_at == wall("2026-11-23T16:00")
    assert placed(topic=Topic.HEALTH_RECORD, legal_deadline=date(2026, 11, 24)).due_at == wall("2026-11-24T16:00")
    saturday = placed(wall("2026-11-26T09:00").astimezone(UTC), legal_deadline=date(2026, 11, 28))
    assert saturday.due_at == wall("2026-11-27T16:00")


def test_the_offices_closed_days_do_not_bring_a_legal_deadline_nearer() -> None:
    office = replace(OFFICE, closed_days=frozenset(date(2026, 11, day) for day in range(23, 28)))
    matter = Matter(Topic.FASTER_TREATMENT, NOW, legal_deadline=date(2026, 12, 1))
    assert place(matter, NOW, office, office.calendar(CALENDAR)).priority_class == 3


@pytest.mark.parametrize(
    ("appointment", "priority_class"),
    [("2026-11-22", 3), ("2026-11-23", 2), ("2026-11-26", 2), ("2026-11-27", 3)],
)
def test_the_patients_own_appointment_within_three_working_days_is_class_2(
    appointment: str, priority_class: int
) -> None:
    assert placed(appointment_on=date.fromisoformat(appointment)).priority_class == priority_class


def test_an_acceptance_is_answered_before_the_booked_date() -> None:
    standing = placed(topic=Topic.ACCEPTANCE_REQUEST, appointment_on=date(2026, 11, 25))
    assert standing.due_at == wall("2026-11-24T16:00")


def test_a_changed_operation_is_class_2_until_the_referral_is_delivered() -> None:
    for about in ({"topic": Topic.OPERATION_CHANGED}, {"operation_changed": True}):
        assert placed(**about).priority_class == 2
        assert placed(**about, referral_delivered=True).priority_class == 3


def test_once_answered_the_next_step_decides() -> None:
    answered = {"answered_at": NOW}
    booked = wall("2026-12-02T10:15").astimezone(UTC)
    assert placed(**answered, follow_up_on=date(2026, 12, 1)).due_at == wall("2026-12-01T16:00")
    assert placed(**answered, booked_at=booked).due_at == booked
    assert placed(**answered, booked_at=booked, follow_up_on=date(2026, 12, 3)).due_at == booked
    assert placed(**answered).due_at == wall("2026-11-23T16:00")


def test_other_hours_and_targets_move_the_date() -> None:
    office = replace(OFFICE, opens=time(9), closes=time(15), target_days_class_3=5)
    standing = place(Matter(Topic.FASTER_TREATMENT, NOW), NOW, office, CALENDAR)
    assert standing.due_at == at(date(2026, 11, 30), time(15))

"""What is late when everyone works her own in the queue's order, and how long a kind of case takes."""

from datetime import UTC, datetime, timedelta

from pkui.domain.workload.minutes import PRIOR_CASES, Step, minutes_by_kind
from pkui.domain.workload.outlook import outlook
from tests.domain.workload.test_balance import DAYS, item, seat

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
KIND = ("hearing_aid", "simple")


def test_what_does_not_fit_before_its_day_is_late() -> None:
    items = [item(1, "bo", minutes=60), item(2, "bo", minutes=60), item(3, "bo", minutes=60, due=1)]
    found = outlook([seat("bo", 90, 120)], items, DAYS)
    assert (found.people[0].late, found.late) == (1, {3: 1})
    assert (found.people[0].minutes, found.people[0].today, found.people[0].capacity) == (180, 90, 210)


def test_class_1_is_worked_first_whatever_its_day() -> None:
    items = [item(1, "bo", minutes=60), item(2, "bo", minutes=60, rank=1)]
    assert outlook([seat("bo", 60)], items, DAYS).late == {3: 1}


def test_a_case_of_nobody_is_late_when_due_within_the_days() -> None:
    items = [item(1, None), item(2, None, due=30), item(3, "gone", due=1)]
    assert outlook([seat("bo", 60)], items, DAYS).late == {3: 2}


def test_load_without_time_is_full() -> None:
    found = outlook([seat("anna"), seat("bo", 100), seat("gitte", 100)], [item(1, "anna"), item(2, "bo")], DAYS)
    assert [one.share for one in found.people] == [100, 30, 0]
    assert found.spread == 30


def step(minute: int, case: int, staff: str = "bo") -> Step:
    return Step(staff, START + timedelta(minutes=minute), case, KIND)


def test_the_time_before_a_step_belongs_to_its_case() -> None:
    log = [step(0, 1), *(step(40 * n, n) for n in range(1, PRIOR_CASES + 1))]
    assert minutes_by_kind(log, {"simple": 20}) == {KIND: 30}


def test_a_long_silence_was_something_else() -> None:
    assert minutes_by_kind([step(0, 1), step(46, 2), step(46, 3)], {"simple": 20}) == {}


def test_people_do_not_mix() -> None:
    assert minutes_by_kind([step(0, 1, "anna"), step(5, 2, "bo")], {"simple": 20}) == {}

"""The queue: one order that explains itself, its views, its search, its pages, and who is dealt what."""

from datetime import datetime
from itertools import pairwise

import pytest

from pkui.base.errors import Refused
from pkui.domain.codes import CaseState, ContactResult, Party, QueueView, Role, Topic
from pkui.domain.office import COPENHAGEN
from pkui.services.cases import close, put_back, take
from pkui.services.contacts import log_contact
from pkui.services.desk import Desk
from pkui.services.facts import change_core_data
from pkui.services.queue import changes_since, page, rows, snapshot, take_next
from storage.queue import QueueFilter
from tests.conftest import DeskAs
from tests.data.submissions import changed, submission
from tests.services.steps import ALWAYS, about, at, later, received, send, stored

NEVER: list[object] = []
SIMPLE = {"call_windows": ALWAYS}


def listed(desk: Desk, view: QueueView = QueueView.ALL, **more: object) -> list[int]:
    return snapshot(desk, view, **more).numbers  # type: ignore[arg-type]


def test_the_order_is_class_then_due_then_number(desk: Desk) -> None:
    records = received(desk, 1, **about("health_record"))
    ordinary = received(desk, 2)
    late = received(desk, 3, received_at="2026-11-19T13:09:02Z")
    changed_operation = received(desk, 4, **about("operation_changed"))
    urgent = received(desk, 5, **about("maximum_waiting_time"))
    same = received(desk, 6)
    assert listed(desk) == [urgent, changed_operation, late, ordinary, same, records]
    shown = rows(desk, listed(desk))
    assert [row.record.priority_class for row in shown] == [1, 2, 3, 3, 3, 4]
    assert [row.overdue for row in shown] == [False] * 6
    assert [row.overdue for row in rows(later(desk, days=30), listed(desk))] == [True] * 6


def test_the_engine_orders_as_the_rule_does_and_nobody_is_overtaken(desk: Desk) -> None:
    topics = ("faster_treatment", "maximum_waiting_time", "health_record", "operation_changed", "hearing_aid")
    arrivals = [f"2026-11-{day:02}T{hour:02}:00:00Z" for day in range(17, 23) for hour in (7, 12, 13, 18)]
    bodies = [
        submission(number, **about(topics[number % 5], received_at=arrivals[number * 7 % len(arrivals)]))
        for number in range(60)
    ]
    send(desk, *bodies[:50])
    before = listed(desk)
    records = [row.record for row in rows(desk, before)]
    assert before == [number for *_, number in sorted((r.priority_class, r.due_at, r.queue_number) for r in records)]
    for earlier, later_one in pairwise(records):
        if (earlier.priority_class, earlier.due_at) == (later_one.priority_class, later_one.due_at):
            assert earlier.queue_number < later_one.queue_number
    assert len({(record.priority_class, record.due_at) for record in records}) > 10
    send(desk, *bodies[50:])
    assert [number for number in listed(desk) if number in before] == before


def test_each_row_says_why_it_stands_there(desk: Desk) -> None:
    received(desk, 1, **about("maximum_waiting_time", received_at="2026-11-21T10:00:00Z"))
    received(desk, 2)
    urgent, ordinary = rows(desk, listed(desk))
    assert urgent.record.why == [
        ["maximum_waiting_time", {}],
        ["counts_from", {"at": "2026-11-23T08:00:00+01:00"}],
    ]
    assert ordinary.record.why == [["target", {"working_days": 2}]]
    assert ordinary.record.due_at == datetime(2026, 11, 24, 16, tzinfo=COPENHAGEN)


def test_rows_come_in_the_order_asked_for_and_those_that_are_gone_are_left_out(desk: Desk) -> None:
    numbers = [received(desk, number) for number in range(3)]
    assert [row.record.queue_number for row in rows(desk, [3, 999, 1])] == [3, 1]
    assert rows(desk, []) == []
    assert numbers == [1, 2, 3]


def test_the_views(desk: Desk, desk_as: DeskAs) -> None:
    adviser, other = desk_as(Role.ADVISER, teams=("health_record",)), desk_as(Role.ADVISER)
    ordinary, record = received(desk, 1, **SIMPLE), received(desk, 2, **about("health_record", call_windows=NEVER))
    letter = received(desk, 3, reply_channel="letter", call_windows=ALWAYS)
    mine, gone = received(desk, 4, **SIMPLE), received(desk, 5)
    take(adviser, mine, reason="aftalt")
    take(other, gone)
    close(other, gone, outcome="advised")
    assert listed(adviser) == [ordinary, letter, mine, record]
    assert listed(adviser, QueueView.MINE) == [mine]
    assert listed(adviser, QueueView.UNASSIGNED) == [ordinary, letter, record]
    assert listed(adviser, QueueView.TEAM) == [record]
    assert listed(adviser, QueueView.WITHOUT_CALL) == [letter]
    assert listed(adviser, QueueView.RING_NOW) == [ordinary, mine]
    assert listed(adviser, QueueView.ALL, topic=Topic.HEALTH_RECORD) == [record]
    head = snapshot(adviser, QueueView.MINE)
    assert (head.open_total, head.parked) == (4, 0)


def test_the_head_line_counts_what_waits_for_a_person(desk: Desk) -> None:
    send(desk, changed(submission(1), "/matter/topic", "x"), changed(submission(2), "/matter/topic", "x"))
    assert snapshot(desk, QueueView.ALL).parked == 2


EVERYBODY = list(range(1, 9))
FOUND_BY = {
    "": EVERYBODY, "test": EVERYBODY, "lauri": EVERYBODY[:7], "kjær": [8], "einer": [8], "EINER kjær": [8],
    "kjær EINER": [8], "hanne": [2], "åse": [4], "aase": [4], "ase": [4], "søren": [3], "soren": [3], "rik": [],
    "20000003": [3], "+4520000003": [3], "0003": [3], "30405060": [8], "2026-000002": [2], "000002": [2],
    "2026": EVERYBODY, "test 8": [8], "einer mette": [], "%": [], "_": [], "'; drop table cases": [], "\\": [],
}  # fmt: skip


def test_search_by_any_part_of_the_name_and_any_number(desk: Desk) -> None:
    send(desk, *(submission(number) for number in EVERYBODY))
    change_core_data(desk, 8, alternative_phone="30405060")
    found = {text: sorted(listed(desk, text=text)) for text in FOUND_BY}
    assert found == FOUND_BY


def test_a_changed_name_is_the_one_that_is_found(desk: Desk) -> None:
    number = received(desk, 1)
    change_core_data(desk, number, name="Ny Test Efternavn")
    assert listed(desk, text="efternavn") == [number]
    assert listed(desk, text="lauridsen") == []


def test_ring_now_is_ordered_by_class_then_end_of_the_window_then_due(desk: Desk) -> None:
    def until(wall: str) -> list[dict[str, object]]:
        return [{"weekday": 1, "from": "08:30", "to": wall}]

    long = received(desk, 1, call_windows=until("15:00"))
    short = received(desk, 2, call_windows=until("09:30"))
    urgent = received(desk, 3, **about("maximum_waiting_time", call_windows=until("15:30")))
    short_and_later = received(desk, 4, call_windows=until("09:30"), received_at="2026-11-22T13:00:00Z")
    received(desk, 5, call_windows=[{"weekday": 1, "from": "09:01", "to": "10:00"}])
    received(desk, 6, call_windows=[{"weekday": 2, "from": "08:30", "to": "15:00"}])
    received(desk, 7, call_windows=until("09:00"))
    received(desk, 8, call_windows=ALWAYS, unavailable=[{"from": "2026-11-23", "to": "2026-11-23"}])
    assert listed(desk, QueueView.RING_NOW) == [urgent, short, short_and_later, long]


@pytest.mark.parametrize(
    ("wall", "anybody"),
    [
        ("2026-11-23T08:29:59", False), ("2026-11-23T08:30:00", True), ("2026-11-23T15:29:59", True),
        ("2026-11-23T15:30:00", False), ("2026-11-22T10:00:00", False), ("2026-12-25T10:00:00", False),
        ("2026-03-30T08:30:00", True), ("2026-10-26T15:29:00", True),
    ],
)  # fmt: skip
def test_nobody_is_rung_outside_call_hours(wall: str, anybody: bool, desk: Desk) -> None:
    received(desk, 1, call_windows=ALWAYS, unavailable=[])
    then = at(desk, datetime.fromisoformat(wall).replace(tzinfo=COPENHAGEN))
    assert bool(listed(then, QueueView.RING_NOW)) is anybody
    assert len(page(then, QueueFilter(), limit=5, callable_only=True).rows) == anybody


def test_inside_the_gap_after_an_attempt_a_patient_is_not_to_be_rung(desk: Desk) -> None:
    ordinary = received(desk, 1, call_windows=ALWAYS)
    urgent = received(desk, 2, **about("maximum_waiting_time", call_windows=ALWAYS))
    for number in (ordinary, urgent):
        log_contact(desk, number, party=Party.PATIENT, result=ContactResult.NO_ANSWER)
    assert listed(desk, QueueView.RING_NOW) == [urgent]
    assert listed(later(desk, hours=23, minutes=29), QueueView.RING_NOW) == []
    assert listed(later(desk, hours=23, minutes=30), QueueView.RING_NOW) == [urgent, ordinary]


def test_callable_is_urgent_or_open_now_or_without_a_call(desk: Desk) -> None:
    urgent = received(desk, 1, **about("maximum_waiting_time", call_windows=NEVER))
    changed_operation = received(desk, 2, **about("operation_changed", call_windows=NEVER))
    received(desk, 3, call_windows=NEVER)
    open_now = received(desk, 4, call_windows=ALWAYS)
    letter = received(desk, 5, reply_channel="letter", call_windows=NEVER)
    acceptance = received(desk, 6, **about("acceptance_request", call_windows=NEVER))
    found = page(desk, QueueFilter(), limit=10, callable_only=True)
    assert [row.record.queue_number for row in found.rows] == [urgent, changed_operation, open_now, letter, acceptance]
    assert found.total == 5
    evening = page(later(desk, hours=9), QueueFilter(), limit=10, callable_only=True)
    assert [row.record.queue_number for row in evening.rows] == [urgent, changed_operation, letter, acceptance]


def test_the_window_shown_is_the_open_or_next_one(desk: Desk) -> None:
    received(desk, 1)
    (row,) = rows(desk, [1])
    assert row.window_open
    assert row.window and row.window.end == datetime(2026, 11, 23, 11, 30, tzinfo=COPENHAGEN)
    (row,) = rows(later(desk, hours=3), [1])
    assert not row.window_open
    assert row.window and row.window.start == datetime(2026, 11, 26, 13, tzinfo=COPENHAGEN)


def test_pages_follow_each_other_without_a_gap_or_a_double(desk: Desk) -> None:
    send(desk, *(submission(number, **(about("health_record") if number % 3 else {})) for number in range(1, 24)))
    seen: list[int] = []
    after = None
    for _ in range(20):
        found = page(desk, QueueFilter(), limit=5, after=after)
        assert found.total == 23
        seen += [row.record.queue_number for row in found.rows]
        after = found.next
        if after is None:
            break
    assert seen == listed(desk)
    assert len(seen) == 23


def test_a_page_that_ends_where_the_list_ends_has_no_next(desk: Desk) -> None:
    send(desk, *(submission(number) for number in range(5)))
    assert page(desk, QueueFilter(), limit=5).next is None
    assert page(desk, QueueFilter(), limit=4).next is not None
    assert page(desk, QueueFilter(topic=Topic.HEARING_AID), limit=4).rows == []


def test_the_change_number_tells_what_others_did(desk: Desk, desk_as: DeskAs) -> None:
    adviser, other = desk_as(Role.ADVISER), desk_as(Role.ADVISER)
    first = received(desk, 1)
    seen = snapshot(adviser, QueueView.ALL).change
    assert changes_since(adviser, seen).touched == ()
    take(adviser, first)
    assert changes_since(adviser, seen).touched == ()
    number = snapshot(adviser, QueueView.ALL).change
    second = received(desk, 2)
    take(other, second)
    changes = changes_since(adviser, number)
    assert changes.received == (second,)
    assert [(one, kind.value, who) for one, kind, who in changes.touched] == [
        (second, "received", "system"), (second, "assigned", "Adviser2"),
    ]  # fmt: skip
    assert changes_since(adviser, changes.change).touched == ()


def test_next_is_the_first_in_order_and_takes_it(desk: Desk, desk_as: DeskAs) -> None:
    adviser = desk_as(Role.ADVISER)
    numbers = [received(desk, number, **SIMPLE) for number in range(3)]
    row = take_next(adviser)
    assert (row.record.queue_number, row.record.state) == (numbers[0], CaseState.ASSIGNED)
    assert (row.record.assignee, row.record.version) == (adviser.person.username, 2)
    assert take_next(adviser).record.queue_number == numbers[1]
    put_back(adviser, numbers[0], reason="for svær")
    assert take_next(desk_as(Role.ADVISER)).record.queue_number == numbers[0]


def test_an_empty_queue_says_so(desk_as: DeskAs) -> None:
    with pytest.raises(Refused, match="queue_empty"):
        take_next(desk_as(Role.ADVISER))


def test_next_asks_for_the_window_only_where_asked_to(desk: Desk, desk_as: DeskAs) -> None:
    adviser = desk_as(Role.ADVISER)
    received(desk, 1, call_windows=NEVER)
    with pytest.raises(Refused, match="queue_empty"):
        take_next(adviser)
    assert take_next(adviser, callable_only=False).record.queue_number == 1


def test_a_temporary_colleague_is_dealt_simple_cases_only(desk: Desk, desk_as: DeskAs) -> None:
    temporary = desk_as(Role.TEMPORARY, teams=("simple_only",))
    received(desk, 1, **about("dissatisfaction", call_windows=ALWAYS))
    received(desk, 2, **about("maximum_waiting_time", call_windows=ALWAYS))
    simple = received(desk, 3, **SIMPLE)
    assert rows(desk, [simple])[0].record.complexity == "simple"
    assert take_next(temporary).record.queue_number == simple
    with pytest.raises(Refused, match="queue_empty"):
        take_next(later(temporary, hours=5))
    with pytest.raises(Refused, match="queue_empty"):
        take_next(temporary, callable_only=False)


def test_an_administrative_colleague_is_dealt_record_topics_and_complaints_only(desk: Desk, desk_as: DeskAs) -> None:
    clerk = desk_as(Role.ADMINISTRATIVE, teams=("health_record",))
    received(desk, 1, **SIMPLE)
    wanted = {
        received(desk, number, **about(topic, call_windows=ALWAYS))
        for number, topic in enumerate(
            ("health_record", "record_private_mark", "authority_complaint", "service_complaint"), 2
        )
    }
    assert {take_next(clerk).record.queue_number for _ in wanted} == wanted
    with pytest.raises(Refused, match="queue_empty"):
        take_next(clerk)


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.LOG_REVIEWER, Role.SYSTEM_ADMINISTRATOR, Role.DAY_COORDINATOR])
def test_others_are_dealt_nothing(role: Role, desk: Desk, desk_as: DeskAs) -> None:
    received(desk, 1, **SIMPLE)
    with pytest.raises(Refused, match="not_allowed"):
        take_next(desk_as(role))


def test_an_adviser_is_dealt_her_teams_cases(desk: Desk, desk_as: DeskAs) -> None:
    received(desk, 1, **about("health_record", call_windows=ALWAYS))
    general = received(desk, 2, **SIMPLE)
    assert take_next(desk_as(Role.ADVISER)).record.queue_number == general
    assert take_next(desk_as(Role.ADVISER, teams=("health_record",))).record.queue_number == 1


def test_maximum_waiting_time_goes_to_its_team_and_after_an_hour_to_everyone(desk: Desk, desk_as: DeskAs) -> None:
    adviser, expert = desk_as(Role.ADVISER), desk_as(Role.ADVISER, teams=("maximum_waiting_time",))
    first = received(desk, 1, **about("maximum_waiting_time"))
    second = received(desk, 2, **about("maximum_waiting_time"))
    with pytest.raises(Refused, match="queue_empty"):
        take_next(later(adviser, minutes=59, seconds=59))
    assert take_next(later(adviser, minutes=60)).record.queue_number == first
    assert take_next(expert).record.queue_number == second


def test_maximum_waiting_time_goes_to_everyone_at_once_while_its_team_has_one_in_hand(
    desk: Desk, desk_as: DeskAs
) -> None:
    adviser, expert = desk_as(Role.ADVISER), desk_as(Role.ADVISER, teams=("maximum_waiting_time",))
    first = received(desk, 1, **about("maximum_waiting_time"))
    second = received(desk, 2, **about("maximum_waiting_time"))
    assert take_next(expert).record.queue_number == first
    assert take_next(adviser).record.queue_number == second


def test_the_head_of_the_office_is_dealt_from_her_teams(desk: Desk, desk_as: DeskAs) -> None:
    received(desk, 1, **SIMPLE)
    assert take_next(desk_as(Role.SUPERVISOR)).record.queue_number == 1


def test_an_assignment_is_an_event_of_the_person_who_took_it(desk: Desk, desk_as: DeskAs) -> None:
    received(desk, 1, **SIMPLE)
    adviser = desk_as(Role.ADVISER)
    take_next(adviser)
    found = stored(
        desk.store,
        "SELECT e.kind, s.username FROM events e JOIN staff s ON s.id = e.staff_id WHERE e.kind = 'assigned'",
    )
    assert found == [("assigned", adviser.person.username)]

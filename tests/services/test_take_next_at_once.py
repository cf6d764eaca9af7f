"""Twenty desks take the next case at the same time: no case twice, none left over, none overtaken within its class."""

from itertools import pairwise
from pathlib import Path

import pytest

from pkui.base.errors import Refused
from pkui.domain.codes import Role
from pkui.services.desk import Desk
from pkui.services.intake import import_all
from pkui.services.queue import QueueRow, rows, take_next
from storage.store import Store
from tests import claims
from tests.conftest import hire
from tests.data.submissions import encoded, submission
from tests.services.steps import ALWAYS, about, stored

DESKS = 20
TOPICS = ("faster_treatment", "hearing_aid", "health_record", "operation_changed")


def fill(desk: Desk, cases: int) -> None:
    """That many cases of several classes, all of the general or the record team."""
    bodies = (encoded(submission(n, **about(TOPICS[n % 4], call_windows=ALWAYS))) for n in range(cases))
    assert sum(answer.queue_number is not None for answer in import_all(desk, bodies)) == cases


def deal_all(store: Store, desk: Desk, key_file: Path, cases: int, desks: int = DESKS) -> list[claims.Claims]:
    fill(desk, cases)
    names = [f"adviser{number}" for number in range(desks)]
    for name in names:
        hire(store, name, (Role.ADVISER,), ("general", "health_record"))
    return claims.run(store.url, key_file, names)


def check(store: Store, desk: Desk, dealt: list[claims.Claims], cases: int) -> None:
    numbers = [number for claim in dealt for number in claim.numbers]
    assert len(numbers) == len(set(numbers)) == cases
    assert stored(store, "SELECT count(*) FROM cases WHERE assignee_id IS NULL") == [0]
    events = stored(
        store,
        "SELECT c.queue_number FROM events e JOIN cases c ON c.id = e.case_id AND c.assignee_id = e.staff_id "
        "WHERE e.kind = 'assigned'",
    )
    assert sorted(events) == sorted(numbers), "one event a case, by the person who holds it"
    records = {row.record.queue_number: row.record for row in _rows(desk, numbers)}
    for claim in dealt:
        places = [(records[n].priority_class, records[n].due_at, n) for n in claim.numbers]
        assert all(first < second for first, second in pairwise(places)), "each desk was dealt in the queue's order"
    assert {record.version for record in records.values()} == {2}


def _rows(desk: Desk, numbers: list[int]) -> list[QueueRow]:
    return [row for start in range(0, len(numbers), 500) for row in rows(desk, numbers[start : start + 500])]


def test_no_case_is_dealt_twice_and_none_is_left(store: Store, desk: Desk, key_file: Path) -> None:
    dealt = deal_all(store, desk, key_file, 120)
    check(store, desk, dealt, 120)


@pytest.mark.soak
def test_six_thousand_cases_among_twenty_desks(store: Store, desk: Desk, key_file: Path) -> None:
    check(store, desk, deal_all(store, desk, key_file, 6_000), 6_000)


def test_a_case_another_desk_is_just_taking_is_stepped_past_or_waited_for(store: Store, desk: Desk) -> None:
    fill(desk, 2)
    first = take_next(desk).record.queue_number
    second = take_next(desk).record.queue_number
    assert first != second
    with pytest.raises(Refused, match="queue_empty"):
        take_next(desk)

"""A person's cases are dealt to one adviser: by the next case, by taking one, by handing over and by putting back."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest

from pkui.base.errors import Refused
from pkui.domain.codes import Role
from pkui.services.cases import hand_over, open_case, put_back, take
from pkui.services.desk import Desk
from pkui.services.queue import take_next
from tests.conftest import DeskAs
from tests.data.submissions import submission_id
from tests.services.rota import away
from tests.services.steps import ALWAYS, about, at, received, stored


@pytest.fixture
def adviser(desk_as: DeskAs) -> Desk:
    return desk_as(Role.ADVISER)


@pytest.fixture
def colleague(adviser: Desk, desk_as: DeskAs) -> Desk:
    return desk_as(Role.ADVISER)


def again(desk: Desk, number: int, **more: object) -> int:
    """One more case of the person of that number."""
    return received(desk, number, submission_id=submission_id(number + 5_000), call_windows=ALWAYS, **more)


def holder(desk: Desk, number: int) -> str | None:
    return open_case(desk, number).row.record.assignee


def test_the_next_case_brings_the_persons_other_one(desk: Desk, adviser: Desk) -> None:
    first, other = received(desk, 1, call_windows=ALWAYS), again(desk, 1)
    row = take_next(adviser)
    assert row.record.queue_number == first
    assert [(one.queue_number, one.other_number, one.colleague) for one in row.followed] == [(other, first, None)]
    assert holder(desk, other) == "adviser1"
    assert open_case(adviser, other).events[-1].details == {"to": "adviser1", "with_case": first}


def test_a_case_whose_person_a_colleague_helps_goes_to_the_colleague(
    desk: Desk, adviser: Desk, colleague: Desk
) -> None:
    held = received(desk, 1, call_windows=ALWAYS)
    take(colleague, held)
    second, third = again(desk, 1), received(desk, 2, call_windows=ALWAYS)
    row = take_next(adviser)
    assert row.record.queue_number == third
    assert [(one.queue_number, one.other_number, one.colleague) for one in row.followed] == [(second, held, "Adviser2")]
    assert holder(desk, second) == "adviser2"
    fourth = received(desk, 2, submission_id=submission_id(8_000), call_windows=ALWAYS)
    with pytest.raises(Refused, match="queue_empty"):
        take_next(colleague)
    assert holder(desk, fourth) == "adviser1", "what went to a colleague stays there though nothing was left"


def test_a_colleague_who_is_away_or_may_not_work_it_is_passed_by(
    desk: Desk, adviser: Desk, colleague: Desk, desk_as: DeskAs
) -> None:
    held = received(desk, 1, call_windows=ALWAYS)
    take(colleague, held)
    away(desk.store, "adviser2", desk.clock.now(), None)
    second = again(desk, 1)
    assert take_next(adviser).record.queue_number == second
    temporary = desk_as(Role.TEMPORARY)
    simple = received(desk, 2, call_windows=ALWAYS)
    take(temporary, simple)
    complaint = again(desk, 2, **about("dissatisfaction"))
    assert take_next(adviser).record.queue_number == complaint


@pytest.mark.parametrize(
    ("move", "to"),
    [
        (lambda desk, n: hand_over(desk, n, "adviser2", text="tag dem"), "adviser2"),
        (lambda desk, n: put_back(desk, n, reason="går hjem"), None),
    ],
)
def test_both_go_the_same_way(
    move: Callable[[Desk, int], object], to: str | None, desk: Desk, adviser: Desk, colleague: Desk
) -> None:
    first, other = received(desk, 1, call_windows=ALWAYS), again(desk, 1)
    take(adviser, first)
    assert holder(desk, other) == "adviser1"
    move(adviser, other)
    assert [holder(desk, number) for number in (first, other)] == [to, to]


def test_two_desks_at_once_never_part_a_persons_cases(desk: Desk, adviser: Desk, colleague: Desk) -> None:
    for number in range(1, 9):
        received(desk, number, call_windows=ALWAYS)
    for number in range(1, 9):
        again(desk, number)
    together = Barrier(2)

    def take_all(own: Desk) -> None:
        together.wait()
        while True:
            try:
                take_next(own)
            except Refused:
                return

    desks = [Thread(target=take_all, args=(at(own, own.clock.now()),)) for own in (adviser, colleague)]
    for one in desks:
        one.start()
    for one in desks:
        one.join()
    assert stored(desk.store, "SELECT count(*) FROM cases WHERE assignee_id IS NULL") == [0]
    parted = "SELECT patient_id FROM cases GROUP BY patient_id HAVING count(DISTINCT assignee_id) > 1"
    assert stored(desk.store, parted) == []

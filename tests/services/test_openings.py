"""What a case that is not one's own is opened for: a reason, for a time, also for protected people and colleagues."""

import pytest

from pkui.base.errors import Refused
from pkui.domain.codes import Role
from pkui.services.cases import assign, copied, open_case, take
from pkui.services.desk import Desk
from pkui.services.notes import add_note
from pkui.services.staff import identify
from storage.openings import REASON
from tests.conftest import DeskAs
from tests.data.submissions import submission
from tests.services.steps import about, later, received, stored

WORDS = "Hendes søster ringede til mig i går"


def protected(number: int) -> dict[str, object]:
    return {"patient": submission(number)["patient"] | {"address_protected": True}}


def purposes(desk: Desk) -> list[str | None]:
    """What the look-ups were for, as the log holds it."""
    return stored(desk.store, "SELECT purpose FROM access_log WHERE kind = 'look_up' AND what = 'case' ORDER BY id")


@pytest.fixture
def elsewhere(desk_as: DeskAs) -> Desk:
    """An adviser of another team."""
    return desk_as(Role.ADVISER, teams=("health_record",))


def test_req_8_a_case_of_another_team_asks_for_a_reason_once_a_day(desk: Desk, elsewhere: Desk) -> None:
    number = received(desk, 1)
    with pytest.raises(Refused, match="reason_to_open"):
        open_case(elsewhere, number)
    with pytest.raises(Refused, match="reason_to_open"):
        add_note(elsewhere, number, "uden at have åbnet")
    open_case(elsewhere, number, reason=WORDS)
    open_case(later(elsewhere, hours=4), number)
    add_note(later(elsewhere, hours=4), number, "dagen er ikke slut")
    with pytest.raises(Refused, match="reason_to_open"):
        open_case(later(elsewhere, hours=20), number)
    assert purposes(desk) == ["stated", "stated"]


def test_req_3_the_words_of_a_reason_stand_sealed_beside_the_log_and_not_in_it(desk: Desk, elsewhere: Desk) -> None:
    number = received(desk, 1)
    open_case(elsewhere, number, reason=WORDS)
    assert WORDS not in str(stored(desk.store, "SELECT * FROM access_log"))
    assert WORDS not in str(stored(desk.store, "SELECT * FROM case_openings"))
    (sealed,) = stored(desk.store, "SELECT reason_sealed FROM case_openings")
    assert desk.store.cipher.open_text(REASON, bytes(sealed)) == WORDS


def test_req_8_a_picked_reason_is_its_code(desk: Desk, elsewhere: Desk) -> None:
    number = received(desk, 1)
    open_case(elsewhere, number, reason="cover")
    assert purposes(desk) == ["cover"]
    assert stored(desk.store, "SELECT reason_sealed FROM case_openings") == [None]


def test_req_8_what_is_hers_or_given_to_her_asks_nothing(desk: Desk, desk_as: DeskAs, elsewhere: Desk) -> None:
    number, other = received(desk, 1), received(desk, 1, submission_id="11111111-1111-4111-8111-111111111111")
    colleague = desk_as(Role.ADVISER)
    open_case(colleague, number)
    assign(desk_as(Role.SUPERVISOR), number, elsewhere.person.username)
    open_case(elsewhere, number)
    open_case(elsewhere, other)
    assert purposes(desk) == [None, None, None]


@pytest.mark.parametrize("role", [Role.ADVISER, Role.SECRETARY, Role.SUPERVISOR])
def test_req_8_a_protected_person_asks_everybody_but_the_holder(desk: Desk, desk_as: DeskAs, role: Role) -> None:
    number, somebody = received(desk, 1, **protected(1)), desk_as(role)
    with pytest.raises(Refused, match="reason_to_break_glass"):
        open_case(somebody, number)
    with pytest.raises(Refused, match="reason_to_break_glass"):
        copied(somebody, number, "phone")
    open_case(somebody, number, reason="in_a_call")
    open_case(later(somebody, minutes=59), number)
    with pytest.raises(Refused, match="reason_to_break_glass"):
        open_case(later(somebody, minutes=61), number)
    assert stored(desk.store, "SELECT count(*) FROM case_openings WHERE break_glass") == [1]


def test_req_8_the_holder_of_a_protected_case_is_asked_once(desk: Desk, desk_as: DeskAs) -> None:
    number, adviser = received(desk, 1, **protected(1)), desk_as(Role.ADVISER)
    with pytest.raises(Refused, match="reason_to_break_glass"):
        take(adviser, number)
    take(adviser, number, reason="cover")
    open_case(later(adviser, days=2), number)


def test_req_8_a_colleague_who_is_a_patient_is_known_by_a_keyed_index_and_guarded(desk: Desk, desk_as: DeskAs) -> None:
    number, adviser, colleague = received(desk, 1), desk_as(Role.ADVISER), desk_as(Role.ADVISER)
    open_case(adviser, number)
    identify(desk, colleague.person.username, submission(1)["patient"]["identifier"]["value"])
    with pytest.raises(Refused, match="reason_to_break_glass"):
        open_case(adviser, number)
    with pytest.raises(Refused, match="reason_to_break_glass"):
        open_case(colleague, number)
    open_case(adviser, number, reason="cover")


def test_a_secretary_opens_and_changes_other_teams_cases_in_a_call_only(desk: Desk, desk_as: DeskAs) -> None:
    number = received(desk, 1, **about("maximum_waiting_time"))
    secretary = desk_as(Role.SECRETARY)
    with pytest.raises(Refused, match="only_in_a_call"):
        open_case(secretary, number, reason="cover")
    open_case(secretary, number, reason="in_a_call")
    add_note(later(secretary, minutes=1), number, "hun ringede")


def test_a_role_that_may_not_is_not_helped_by_a_reason(desk: Desk, desk_as: DeskAs) -> None:
    number = received(desk, 1, **about("maximum_waiting_time"))
    with pytest.raises(Refused, match="not_allowed"):
        open_case(desk_as(Role.TEMPORARY, teams=("simple_only",)), number, reason="cover")

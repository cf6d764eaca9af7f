"""Reading the access log: own rows for most, all for a reviewer, whether it is whole, and a citizen's list."""

from datetime import timedelta

import pytest

from pkui.base.errors import Refused
from pkui.domain.access_codes import AccessKind
from pkui.domain.codes import Role
from pkui.services import audit
from pkui.services.cases import open_case, take
from pkui.services.desk import Desk
from pkui.services.notes import add_note
from pkui.services.search import find_cases
from tests.conftest import DeskAs
from tests.services.steps import later, received, stored

SECRET = "Kræftpatient ringede"


def test_req_1_every_look_up_search_and_change_leaves_one_row(desk: Desk, desk_as: DeskAs) -> None:
    number, adviser = received(desk, 1), desk_as(Role.ADVISER)
    open_case(adviser, number)
    find_cases(adviser, "ingen hedder sådan")
    take(adviser, number)
    add_note(adviser, number, SECRET)
    rows = [(row.kind, row.what, row.place, row.hits) for row in reversed(audit.own_rows(adviser))]
    assert rows == [
        (AccessKind.LOOK_UP, "case", adviser.place, None),
        (AccessKind.SEARCH, "case", adviser.place, 0),
        (AccessKind.CHANGE, "assigned", adviser.place, None),
        (AccessKind.CHANGE, "note_added", adviser.place, None),
    ]
    assert SECRET not in str(stored(desk.store, "SELECT * FROM access_log"))
    assert "ingen hedder" not in str(stored(desk.store, "SELECT * FROM access_log"))
    assert audit.own_rows(adviser)[0].what == "own_access_log", "reading the log is logged"


def test_req_7_most_see_their_own_rows_and_a_reviewer_everybodys(desk: Desk, desk_as: DeskAs) -> None:
    number, adviser, colleague = received(desk, 1), desk_as(Role.ADVISER), desk_as(Role.ADVISER)
    open_case(adviser, number)
    open_case(colleague, number)
    assert {row.username for row in audit.own_rows(adviser)} == {adviser.person.username}
    for role in (Role.ADVISER, Role.SUPERVISOR, Role.SYSTEM_ADMINISTRATOR):
        with pytest.raises(Refused, match="not_allowed"):
            audit.all_rows(desk_as(role))
    reviewer = desk_as(Role.LOG_REVIEWER)
    of_patient = audit.all_rows(reviewer, patient=str(number))
    assert {row.username for row in of_patient if row.kind is AccessKind.LOOK_UP} == {
        adviser.person.username,
        colleague.person.username,
    }
    assert [row.username for row in audit.all_rows(reviewer, username=colleague.person.username)] == [
        colleague.person.username
    ]
    tomorrow = (desk.clock.now() + timedelta(days=1)).date()
    assert audit.all_rows(reviewer, first=tomorrow) == []


def test_req_6_a_citizens_list_has_dates_purposes_and_units_and_no_names(desk: Desk, desk_as: DeskAs) -> None:
    number = received(desk, 1)
    adviser = desk_as(Role.ADVISER, teams=("health_record",))
    open_case(adviser, number, reason="cover")
    open_case(later(adviser, minutes=5), number)
    other = received(desk, 2)
    open_case(adviser, other, reason="letter")
    reviewer = desk_as(Role.LOG_REVIEWER)
    patient = audit.all_rows(reviewer, patient=str(number))[0].patient_id
    for asked in (str(number), f"2026-{number:06d}", str(patient)):
        rows = audit.extract(later(reviewer, hours=1), asked)
        assert [(row.kind, row.purpose, row.unit, row.name) for row in rows] == [
            (AccessKind.CREATE, None, "general", None),
            (AccessKind.LOOK_UP, "cover", "health_record", None),
            (AccessKind.LOOK_UP, "cover", "health_record", None),
        ]
    named = audit.extract(reviewer, str(number), names=True)
    assert [row.name for row in named][1:] == [adviser.person.name] * 2
    assert stored(desk.store, "SELECT count(*) FROM access_log WHERE what = 'access_log_extract'") == [4]
    with pytest.raises(Refused, match="not_allowed"):
        audit.extract(adviser, str(number))
    with pytest.raises(Refused, match="no_case"):
        audit.extract(reviewer, "9999")


def test_req_2_the_check_is_for_reviewer_and_supervisor_and_names_the_person(desk: Desk, desk_as: DeskAs) -> None:
    number, adviser = received(desk, 1), desk_as(Role.ADVISER)
    open_case(adviser, number)
    supervisor = desk_as(Role.SUPERVISOR)
    assert audit.verify_log(supervisor).ok
    with desk.store.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER access_log_no_update")
        connection.exec_driver_sql("UPDATE access_log SET what = 'other' WHERE what = 'case' AND kind = 'look_up'")
    found = audit.verify_log(supervisor)
    assert (found.ok, found.username, found.number, found.why) == (False, adviser.person.username, 1, "changed")
    with pytest.raises(Refused, match="not_allowed"):
        audit.verify_log(adviser)


def test_req_4_rows_are_deleted_when_the_office_keeps_them_no_longer(desk: Desk, desk_as: DeskAs) -> None:
    number, adviser = received(desk, 1), desk_as(Role.ADVISER)
    open_case(adviser, number)
    operator = desk_as(Role.SYSTEM_ADMINISTRATOR)
    assert audit.delete_old(later(operator, days=729)) == 0
    assert audit.delete_old(later(operator, days=765)) == 2
    assert audit.verify_log(later(desk_as(Role.SUPERVISOR), days=766)).ok

"""Dated settings, the import of people and the checks of a database, on both engines."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from pkui.base.errors import BadInput, PkuiError, Refused
from pkui.domain.codes import Role
from pkui.services import database
from pkui.services.desk import Desk
from pkui.services.office import list_settings, set_setting
from pkui.services.staff import import_staff
from storage.tables.staff import Absence, Shift
from tests.conftest import DeskAs

PEOPLE: dict[str, Any] = {
    "schema": "pk-staff/1",
    "teams": [{"code": "child_psychiatry", "name": "Børnegruppen", "from": "2026-10-01", "to": "2026-12-31"}],
    "people": [
        {
            "username": "Abe",
            "name": "Anna Berg",
            "from": "2020-01-01",
            "roles": [{"role": "adviser"}],
            "teams": [{"team": "general"}, {"team": "child_psychiatry", "from": "2026-10-01", "to": "2026-12-31"}],
            "shifts": [
                {"day": "2026-11-23", "from": "08:00", "to": "12:00"},
                {"day": "2026-11-23", "from": "12:30", "to": "16:00"},
            ],
            "absences": [{"kind": "course", "from": "2026-11-24T08:00+01:00", "to": "2026-11-24T16:00+01:00"}],
        }
    ],
}


def people(**changes: Any) -> bytes:
    """The file with its one person changed."""
    return json.dumps({**PEOPLE, "people": [{**PEOPLE["people"][0], **changes}]}).encode()


def counted(desk: Desk, table: type[Shift] | type[Absence]) -> int:
    with desk.store.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_json_and_twice_the_same(desk: Desk) -> None:
    first = import_staff(desk, people())
    again = import_staff(desk, people())
    assert [(one.username, one.roles, one.teams) for one in again] == [
        ("abe", frozenset({Role.ADVISER}), frozenset({"general", "child_psychiatry"}))
    ]
    assert first == again
    assert (counted(desk, Shift), counted(desk, Absence)) == (2, 1)


def test_a_days_shifts_are_replaced_and_an_absence_gets_its_end(desk: Desk) -> None:
    open_ended = [{"kind": "illness", "from": "2026-11-23T08:00+01:00"}]
    assert import_staff(desk, people(absences=open_ended))[0].absent
    closed = [{**open_ended[0], "to": "2026-11-23T08:30+01:00"}]
    back = import_staff(desk, people(absences=closed, shifts=[{"day": "2026-11-23", "from": "09:00", "to": "15:00"}]))
    assert not back[0].absent
    with desk.store.reading() as session:
        shifts = session.scalars(sa.select(Shift).order_by(col(Shift.starts))).all()
    assert [shift.starts.hour for shift in shifts] == [9]


@pytest.mark.parametrize(
    ("changes", "code", "row"),
    [
        ({"username": "system"}, "bad_username", "/people/0"),
        ({"username": "anna berg"}, "bad_username", "/people/0"),
        ({"name": ""}, "bad_staff_row", "/people/0"),
        ({"from": "2026-02-30"}, "bad_staff_date", "/people/0"),
        ({"roles": [{"role": "system"}]}, "bad_role", "/people/0/roles/0"),
        ({"roles": [{"role": "adviser", "form": "x"}]}, "bad_staff_row", "/people/0/roles/0"),
        ({"teams": [{"team": "none_such"}]}, "bad_team", "/people/0/teams/0"),
        ({"shifts": [{"day": "2026-11-23", "from": "12:00", "to": "08:00"}]}, "bad_shift", "/people/0/shifts/0"),
        ({"absences": [{"kind": "illness", "from": "2026-11-23T08:00"}]}, "bad_absence", "/people/0/absences/0"),
        ({"shifts": "all"}, "bad_staff_row", "/people/0/shifts"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(desk: Desk, changes: dict[str, Any], code: str, row: str) -> None:
    with pytest.raises(BadInput) as refused:
        import_staff(desk, people(**changes))
    assert (refused.value.code, refused.value.details) == (code, {"row": row})
    assert counted(desk, Shift) == 0


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"{}", b"[1]", b'{"schema": "pk-staff/2"}', b"a,b\n1,2\n"])
def test_another_file_is_refused(desk: Desk, data: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        import_staff(desk, data)
    assert refused.value.code == "bad_staff_file"


def test_shifts_that_overlap_are_refused(desk: Desk) -> None:
    shifts = [
        {"day": "2026-11-23", "from": "08:00", "to": "12:00"},
        {"day": "2026-11-23", "from": "11:00", "to": "13:00"},
    ]
    with pytest.raises(BadInput) as refused:
        import_staff(desk, people(shifts=shifts))
    assert refused.value.code == "shifts_overlap"


def test_only_those_who_may_change_people_and_settings(desk_as: DeskAs) -> None:
    for role, may in ((Role.ADVISER, False), (Role.SYSTEM_ADMINISTRATOR, True), (Role.SUPERVISOR, True)):
        desk = desk_as(role)
        for change in (
            lambda at: import_staff(at, people()),
            lambda at: set_setting(at, "attempts", "4", valid_from=date(2026, 12, 1)),
        ):
            if may:
                change(desk)
            else:
                with pytest.raises(Refused, match="not_allowed"):
                    change(desk)


def test_a_setting_of_today_holds_at_once_and_the_later_of_one_day_wins(desk: Desk) -> None:
    set_setting(desk, "closed_days", "2026-12-24, 2026-12-31", valid_from=date(2026, 11, 23))
    set_setting(desk, "attempts", "5", valid_from=date(2026, 11, 23))
    set_setting(desk, "attempts", "2", valid_from=date(2026, 11, 23))
    held = {one.key: one.value for one in list_settings(desk) if one.to is None}
    assert (held["closed_days"], held["attempts"]) == (["2026-12-24", "2026-12-31"], 2)


def test_a_database_is_checked(empty_url: str, tmp_path: Path) -> None:
    key = tmp_path / "made.key"
    with pytest.raises(PkuiError) as missing:
        database.check(empty_url, key_file=key)
        database.info(empty_url)
    assert missing.value.code == "no_database"
    assert not database.is_filled(empty_url)
    database.init(empty_url, training=True, key_file=key, now=None)
    assert database.check(empty_url, key_file=key).ok
    assert not database.is_filled(empty_url)
    other = tmp_path / "other.key"
    other.write_text("13" * 32)
    wrong = database.check(empty_url, key_file=other)
    assert [check.name for check in wrong.checks if not check.ok] == ["key", "log"]

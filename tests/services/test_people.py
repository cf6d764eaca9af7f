"""Who sits at the desk: picked on a training database, nobody anywhere else."""

from dataclasses import replace

import pytest

from pkui.base.errors import BadInput, Refused
from pkui.domain.codes import DatabaseKind, Role
from pkui.services.desk import Desk
from pkui.services.people import list_staff, people_to_pick, sign_in
from storage.store import Store
from tests.conftest import DeskAs


def test_a_login_that_is_no_staff_is_the_system_person_and_stands_in_no_list(desk: Desk, desk_as: DeskAs) -> None:
    desk_as(Role.ADVISER)
    assert desk.person.roles == {Role.SYSTEM}
    assert [one.username for one in list_staff(desk)] == ["adviser1"]
    assert [one.username for one in people_to_pick(desk.store, desk.clock.now())] == ["adviser1"]


def test_a_person_is_found_by_her_username_whatever_its_case(store: Store, desk_as: DeskAs) -> None:
    desk = desk_as(Role.TEMPORARY, teams=("simple_only",))
    again = sign_in(store, " TEMPORARY1 ", desk.clock.now())
    assert again == desk.person
    assert again.teams == {"simple_only"}
    with pytest.raises(BadInput, match="no_such_person"):
        sign_in(store, "nobody", desk.clock.now())


def test_nobody_signs_in_on_a_database_that_is_not_for_training(desk: Desk) -> None:
    production = replace(desk.store, kind=DatabaseKind.PRODUCTION)
    with pytest.raises(Refused, match="not_signed_in"):
        sign_in(production, "system", desk.clock.now(), strict=False)
    with pytest.raises(Refused, match="not_signed_in"):
        people_to_pick(production, desk.clock.now())

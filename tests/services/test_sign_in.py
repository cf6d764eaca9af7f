"""Signing in: a password of one's own, tries that are counted, tokens that end, and everything in the log."""

from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from pkui.base.clock import TRAINING_START, FrozenClock
from pkui.base.errors import BadInput, Refused
from pkui.domain.codes import DatabaseKind, Role
from pkui.services import people, sign_in
from pkui.services.desk import Desk
from storage.store import Store, create_store
from tests.conftest import hire
from tests.services.steps import later, stored

PASSWORD, OTHER = "fire små gule ord", "otte store blå heste"


@pytest.fixture
def office(empty_url: str, key_file: Path) -> Iterator[Store]:
    """A database for real people, with nobody in it."""
    store = create_store(
        empty_url,
        kind=DatabaseKind.PRODUCTION,
        made_at=TRAINING_START.astimezone(UTC),
        clock_shift=timedelta(0),
        key_file=key_file,
    )
    yield store
    store.close()


@pytest.fixture
def door(office: Store) -> Desk:
    """Nobody yet, before an empty installation."""
    return sign_in.at_the_door(office, FrozenClock(TRAINING_START), "test")


@pytest.fixture
def supervisor(door: Desk) -> Desk:
    """The first supervisor at her desk."""
    sign_in.set_up_first(door, "Lis", "Lisbeth Rosendal", PASSWORD)
    return Desk(door.store, door.clock, sign_in.enter(door, "lis", PASSWORD).person, "test")


def logged(store: Store) -> list[str]:
    return stored(store, "SELECT what FROM access_log WHERE kind = 'sign_in' ORDER BY id")


def test_req_9_the_first_supervisor_sets_herself_up_once(door: Desk) -> None:
    assert sign_in.may_set_up(door.store)
    with pytest.raises(BadInput, match="password_too_short"):
        sign_in.set_up_first(door, "lis", "Lisbeth Rosendal", "kort")
    sign_in.set_up_first(door, "lis", "Lisbeth Rosendal", PASSWORD)
    assert not sign_in.may_set_up(door.store)
    with pytest.raises(Refused, match="set_up_already"):
        sign_in.set_up_first(door, "eve", "Eve Indbrud", PASSWORD)
    entered = sign_in.enter(door, " LIS ", PASSWORD)
    assert (entered.person.roles, entered.must_change) == (frozenset({Role.SUPERVISOR}), False)
    assert PASSWORD not in str(stored(door.store, "SELECT * FROM credentials"))
    assert stored(door.store, "SELECT password_hash FROM credentials")[0].startswith("$argon2id$")


def test_req_9_three_wrong_tries_lock_for_a_growing_time_and_are_logged(door: Desk, supervisor: Desk) -> None:
    def refused(at: Desk, password: str) -> str:
        with pytest.raises(Refused) as told:
            sign_in.enter(at, "lis", password)
        return told.value.code

    assert [refused(door, OTHER) for _ in range(3)] == ["sign_in_refused"] * 3
    assert refused(door, PASSWORD) == "locked_out"
    soon, then = later(door, seconds=61), later(door, seconds=61 + 119)
    assert refused(soon, OTHER) == "sign_in_refused"
    assert refused(then, PASSWORD) == "locked_out"
    assert sign_in.enter(later(door, seconds=61 + 121), "lis", PASSWORD).person.username == "lis"
    assert refused(later(door, minutes=4), OTHER) == "sign_in_refused"
    assert sign_in.enter(later(door, minutes=4), "lis", PASSWORD)
    told = logged(door.store)
    assert (told.count("locked_out"), told.count("signed_in")) == (2, 3)


def test_req_9_a_name_nobody_has_is_refused_alike_and_logged_as_a_keyed_hash(door: Desk, supervisor: Desk) -> None:
    for username in ("findes-ikke", "system", ""):
        with pytest.raises(Refused, match="sign_in_refused"):
            sign_in.enter(door, username, PASSWORD)
    rows = stored(door.store, "SELECT staff_id, criterion_hash FROM access_log WHERE what = 'unknown'")
    assert [row[0] for row in rows] == [None] * 3
    assert "findes" not in str(stored(door.store, "SELECT * FROM access_log"))


def test_req_9_a_password_somebody_else_set_must_be_changed(door: Desk, supervisor: Desk) -> None:
    hire(door.store, "bo", (Role.ADVISER,), ("general",))
    with pytest.raises(Refused, match="sign_in_refused"):
        sign_in.enter(door, "bo", OTHER)
    sign_in.set_password(supervisor, "bo", OTHER)
    entered = sign_in.enter(door, "bo", OTHER)
    assert entered.must_change
    own = Desk(door.store, door.clock, entered.person, "test")
    for fault, password in (
        ("short", "kort"),
        ("long", "x y" * 100),
        ("easy", "aaaaaaaaaaaa"),
        ("easy", "bo bo bo bo bo"),
    ):
        with pytest.raises(BadInput, match=f"password_too_{fault}"):
            sign_in.change_password(own, password)
    sign_in.change_password(own, PASSWORD)
    assert not sign_in.enter(door, "bo", PASSWORD).must_change
    with pytest.raises(Refused, match="not_allowed"):
        sign_in.set_password(own, "lis", OTHER)
    with pytest.raises(BadInput, match="own_password"):
        sign_in.set_password(supervisor, "lis", OTHER)


def test_req_9_a_demo_person_signs_in_to_a_training_database_only(desk: Desk, office: Store) -> None:
    with pytest.raises(Refused, match="training_needs_no_password"):
        sign_in.enter(desk, "anna", PASSWORD)
    with pytest.raises(Refused, match="not_signed_in"):
        people.sign_in(office, "anna", TRAINING_START)
    with pytest.raises(Refused, match="not_signed_in"):
        people.people_to_pick(office, TRAINING_START)


def test_commands_act_as_the_person_until_the_token_ends(door: Desk, supervisor: Desk) -> None:
    token, ends_at = sign_in.begin_commands(supervisor)
    now = door.clock.now()
    assert token not in str(stored(door.store, "SELECT * FROM command_sign_ins"))
    assert sign_in.resume(door.store, token, now) == supervisor.person
    for wrong in (None, "", "another"):
        with pytest.raises(Refused, match="not_signed_in"):
            sign_in.resume(door.store, wrong, now)
    with pytest.raises(Refused, match="not_signed_in"):
        sign_in.resume(door.store, token, ends_at)
    sign_in.end_commands(supervisor)
    with pytest.raises(Refused, match="not_signed_in"):
        sign_in.resume(door.store, token, now)


def test_a_person_who_has_left_is_nobody(door: Desk, supervisor: Desk) -> None:
    token, _ends_at = sign_in.begin_commands(supervisor)
    with door.store.engine.begin() as connection:
        connection.execute(sa.text("UPDATE staff SET active_to = '2026-11-22'"))
    with pytest.raises(Refused, match="not_signed_in"):
        sign_in.resume(door.store, token, door.clock.now())
    with pytest.raises(Refused, match="sign_in_refused"):
        sign_in.enter(door, "lis", PASSWORD)


def test_where_the_database_decides_the_connections_user_is_the_person(door: Desk, supervisor: Desk) -> None:
    if door.store.engine.dialect.name == "sqlite":
        with pytest.raises(BadInput, match="bad_setting"):
            sign_in.database_user(door)
        return
    with pytest.raises(Refused, match="not_signed_in"):
        sign_in.database_user(door)
    with door.store.engine.connect() as connection:
        user = connection.scalar(sa.text("SELECT session_user"))
    assert user
    hire(door.store, user.casefold(), (Role.ADVISER,), ())
    assert sign_in.database_user(door).roles == {Role.ADVISER}

"""The training database: the promised office and queue, the same from the same seed, true to the office's rules."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from pkui.base.clock import TRAINING_START, FrozenClock
from pkui.base.errors import BadInput, Refused, Unreachable
from pkui.domain.codes import (
    OUTCOMES,
    AbsenceKind,
    CaseState,
    DatabaseKind,
    EventKind,
    QueueView,
    ReceiptStatus,
    Role,
    Team,
    Topic,
)
from pkui.domain.identifiers import find_cprs
from pkui.domain.intake import Submission, parse_submission
from pkui.domain.permissions import may_work
from pkui.services.case_view import has_next_step
from pkui.services.cases import open_case
from pkui.services.demo import DemoResult, build_demo, reset_demo
from pkui.services.demo.tables import ACCEPTANCES, NOT_REREFERRED, OTHERS, REREFERRED, draw_matter
from pkui.services.desk import Desk, Work
from pkui.services.intake import import_bodies, parked
from pkui.services.people import people_to_pick, sign_in
from pkui.services.queue import snapshot, take_next
from pkui.services.standing import place_anew
from storage.intake import BODY
from storage.metadata import metadata
from storage.store import SYSTEM_USERNAME, Store, create_store, open_store
from storage.tables.cases import Case, CaseLink
from storage.tables.intake import IntakeReceipt
from storage.tables.office import Counter as CounterRow
from storage.tables.patients import Patient
from storage.tables.records import Event
from storage.tables.staff import Absence, Shift, Staff
from tests.conftest import KEY, made_once

OPEN, CLOSED_FACTOR = 240, 2
START = TRAINING_START.astimezone(UTC)
_SEALED = ("identifier_sealed", "body_sealed", "mac", "end_mac")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a key."""
    path = tmp_path_factory.mktemp("demo")
    (path / "pkui.key").write_text(KEY)
    return path


def make_demo(path: Path, key: Path) -> None:
    """Makes the demo of 240 open and 480 closed cases."""
    made = build_demo(f"sqlite:///{path}", cases=OPEN, closed_factor=CLOSED_FACTOR, seed=7, key_file=key)
    assert made == DemoResult(open=OPEN, closed=OPEN * CLOSED_FACTOR, staff=24, services=214)


@pytest.fixture(scope="module")
def demo(folder: Path, shared: Path) -> Iterator[Store]:
    """The demo, for looking at only."""
    made = made_once(shared, "demo.db", lambda path: make_demo(path, folder / "pkui.key"))
    shutil.copyfile(made, folder / "demo.db")
    store = open_store(f"sqlite:///{folder / 'demo.db'}", key_file=folder / "pkui.key")
    yield store
    store.close()


@pytest.fixture
def session(demo: Store) -> Iterator[Session]:
    """A look into the demo."""
    with demo.reading() as opened:
        yield opened


def desk_of(store: Store, username: str | None) -> Desk:
    """The desk of one of the demo's people at the demo's first instant."""
    return Desk(store, FrozenClock(START), sign_in(store, username, START, strict=username is not None))


def open_cases(session: Session) -> list[Case]:
    """Every open case by queue number."""
    return list(session.scalars(select(Case).where(col(Case.closed_at).is_(None)).order_by(col(Case.queue_number))))


def holders(session: Session) -> Counter[str]:
    """How many open cases each person holds."""
    rows = session.execute(
        sa.select(col(Staff.username), sa.func.count())
        .join(Case, col(Case.assignee_id) == col(Staff.id))
        .where(col(Case.closed_at).is_(None))
        .group_by(col(Staff.username))
    )
    return Counter({row[0]: row[1] for row in rows})


def test_both_engines_hold_the_demo_and_its_desks_work(empty_url: str, key_file: Path) -> None:
    told: list[tuple[int, int]] = []
    made = build_demo(
        empty_url, cases=60, closed_factor=1, key_file=key_file, progress=lambda done, of: told.append((done, of))
    )
    assert made == DemoResult(open=60, closed=60, staff=24, services=214)
    assert told == [(120, 120)]
    store = open_store(empty_url, key_file=key_file)
    try:
        assert store.training
        shown = snapshot(desk_of(store, "anna"), QueueView.ALL)
        assert len(shown.numbers) == shown.open_total == 60
        assert shown.parked == 5
        assert take_next(desk_of(store, "bo"), callable_only=False).record.topic is Topic.MAXIMUM_WAITING_TIME
    finally:
        store.close()
    with pytest.raises(Refused, match="holds_data"):
        build_demo(empty_url, cases=60, key_file=key_file)
    reset_demo(empty_url)
    assert build_demo(empty_url, cases=20, closed_factor=0, key_file=key_file).open == 20


def test_a_demo_that_is_broken_off_leaves_nothing_half_made(empty_url: str, key_file: Path) -> None:
    def interrupt(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_demo(empty_url, cases=20, closed_factor=0, key_file=key_file, progress=interrupt)
    assert build_demo(empty_url, cases=20, closed_factor=0, key_file=key_file).open == 20


def test_the_clock_starts_at_nine_on_monday(demo: Store) -> None:
    now = datetime.now(UTC) + demo.clock_shift
    assert START <= now < START + timedelta(minutes=10)


def test_queue_numbers_have_no_gap_and_follow_registration(session: Session) -> None:
    rows = session.execute(sa.select(col(Case.queue_number), col(Case.registered_at)).order_by(col(Case.queue_number)))
    numbers, registered = zip(*rows, strict=True)
    assert list(numbers) == list(range(1, OPEN * (CLOSED_FACTOR + 1) + 1))
    assert list(registered) == sorted(registered)
    assert session.get_one(CounterRow, "queue_number").value == numbers[-1]


def test_half_are_free_and_each_adviser_holds_five_to_twenty(demo: Store, session: Session) -> None:
    held = holders(session)
    roles = {one.username: one.roles for one in people_to_pick(demo, START)}
    assert sum(held.values()) <= OPEN // 2
    advisers = [name for name, given in roles.items() if Role.ADVISER in given]
    assert len(advisers) == 14
    assert all(5 <= held[name] <= 20 for name in advisers)
    workers = {Role.ADVISER, Role.TEMPORARY, Role.ADMINISTRATIVE}
    assert {role for name in held for role in roles[name]} == workers


def test_a_small_demo_keeps_half_of_its_cases_free(folder: Path) -> None:
    url = f"sqlite:///{folder / 'small.db'}"
    build_demo(url, cases=60, closed_factor=0, key_file=folder / "pkui.key")
    store = open_store(url, key_file=folder / "pkui.key")
    with store.reading() as session:
        assert 14 <= sum(holders(session).values()) <= 30
    store.close()


def test_the_office_has_its_people_teams_and_nobody_on_a_dated_duty(demo: Store) -> None:
    people = people_to_pick(demo, START)
    assert Counter(role for one in people for role in one.roles) == {
        Role.ADVISER: 14,
        Role.SECRETARY: 3,
        Role.ADMINISTRATIVE: 3,
        Role.SUPERVISOR: 1,
        Role.TEMPORARY: 1,
        Role.LOG_REVIEWER: 1,
        Role.SYSTEM_ADMINISTRATOR: 1,
    }
    teams = {team: [one for one in people if team in one.teams] for team in Team}
    assert {team: len(members) for team, members in teams.items()} == {
        Team.MAXIMUM_WAITING_TIME: 2,
        Team.HEALTH_RECORD: 4,
        Team.GENERAL: 14,
        Team.SIMPLE_ONLY: 1,
    }
    assert [one.username for one in people if one.absent] == ["inge", "karen"]


def test_shifts_reach_ten_days_back_and_twenty_ahead_with_lunch_between(session: Session) -> None:
    shifts = list(session.scalars(select(Shift)))
    assert min(shift.day for shift in shifts).isoformat() == "2026-11-09"
    assert max(shift.day for shift in shifts).isoformat() == "2026-12-21"
    by_day: dict[Any, list[Shift]] = {}
    for shift in shifts:
        by_day.setdefault((shift.staff_id, shift.day), []).append(shift)
    for parts in by_day.values():
        morning, afternoon = sorted(parts, key=lambda part: part.starts)
        assert time(8) <= morning.starts < morning.ends < afternoon.starts < afternoon.ends <= time(16)
    kinds = Counter(session.scalars(sa.select(col(Absence.kind))))
    assert kinds == {AbsenceKind.ILLNESS: 2, AbsenceKind.HOLIDAY: 1, AbsenceKind.COURSE: 1}


def test_the_same_seed_gives_the_same_data_and_another_seed_does_not(folder: Path) -> None:
    contents = []
    for name, seed in (("one", 3), ("two", 3), ("three", 4)):
        url = f"sqlite:///{folder / name}.db"
        build_demo(url, cases=20, closed_factor=1, seed=seed, key_file=folder / "pkui.key")
        contents.append(readable(folder / f"{name}.db"))
    assert contents[0] == contents[1]
    assert contents[0]["cases"] != contents[2]["cases"]


def readable(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but what is drawn anew by design.

    That is: the installation's instant, the system person, sealed or signed bytes, keys of parked receipts and writes.
    """
    with sqlite3.connect(path) as database:
        found = {}
        for table in metadata.sorted_tables:
            names = [column.name for column in table.columns if column.name not in _SEALED]
            if table.name == "intake_receipts":
                names.remove("id")
            rows = database.execute(f"SELECT {', '.join(names)} FROM {table.name}").fetchall()  # table names are ours
            found[table.name] = sorted(rows, key=repr)
        system = database.execute("SELECT id FROM staff WHERE username = ?", [SYSTEM_USERNAME]).fetchone()[0]
    del found["installation"], found["write_keys"]
    return {table: [row for row in rows if system not in row] for table, rows in found.items()}


def test_topics_and_outcomes_keep_the_proportions_of_2024() -> None:
    chance, draws = Random(5), 40_000
    counted: Counter[str] = Counter()
    for _ in range(draws):
        topic, outcome = draw_matter(chance)
        if outcome in ("duplicate", "opened_in_error"):
            continue
        row = "acceptance" if topic is Topic.ACCEPTANCE_REQUEST else topic.value if topic in OTHERS else outcome
        counted[row] += 1
    expected = {"acceptance": ACCEPTANCES, "waiting_time": NOT_REREFERRED, **REREFERRED}
    expected |= {topic.value: weight for topic, weight in OTHERS.items()}
    total, printed = sum(counted.values()), sum(expected.values())
    assert printed == 49_627
    for row, weight in expected.items():
        share = weight / printed
        assert abs(counted[row] / total - share) <= 5 * (share / total) ** 0.5, row


def test_every_outcome_of_a_closed_case_is_one_of_ours_and_comes_after_its_answer(session: Session) -> None:
    closed = list(session.scalars(select(Case).where(col(Case.closed_at).is_not(None))))
    assert len(closed) == OPEN * CLOSED_FACTOR
    for case in closed:
        assert case.outcome in OUTCOMES
        assert case.cause is not None
        assert case.closed_at and case.answered_at
        assert case.received_at <= case.registered_at <= case.answered_at <= case.closed_at <= START
        assert (case.topic is Topic.ACCEPTANCE_REQUEST) == case.outcome.startswith("acceptance") or case.outcome in (
            "duplicate",
            "opened_in_error",
        )
    assert min(case.registered_at for case in closed) < START - timedelta(days=330)


def test_recomputing_the_place_of_an_open_case_changes_nothing(demo: Store) -> None:
    desk = desk_of(demo, None)
    with demo.reading() as session:
        work = Work(session, desk, START)
        for case in open_cases(session):
            stored = case.priority_class, case.due_at, [list(reason) for reason in case.why]
            place_anew(work, case)
            assert (case.priority_class, case.due_at, case.why) == stored, case.queue_number


def test_every_open_case_has_a_next_step_or_the_mark(session: Session) -> None:
    marked = [case for case in open_cases(session) if not has_next_step(case)]
    assert len(marked) <= OPEN // 50
    for case in marked:
        assert case.why[-1][0] == "no_next_step"


def test_events_tell_how_every_case_came_to_its_state(session: Session) -> None:
    told: dict[Any, list[Event]] = {}
    for event in session.scalars(select(Event).order_by(col(Event.id))):
        told.setdefault(event.case_id, []).append(event)
    last = {
        CaseState.CLOSED: EventKind.CLOSED,
        CaseState.REOPENED: EventKind.REOPENED,
        CaseState.WAITING: EventKind.WAITING,
    }
    for case in session.scalars(select(Case)):
        events = told[case.id]
        assert events[0].kind is EventKind.RECEIVED
        assert [event.at for event in events] == sorted(event.at for event in events)
        assert case.registered_at <= events[-1].at <= START
        kinds = [event.kind for event in events if event.kind not in (EventKind.LINKED, EventKind.FACT_RECORDED)]
        assert kinds[-1] is last.get(case.state, kinds[-1])
        held = kinds.count(EventKind.ASSIGNED) - kinds.count(EventKind.PUT_BACK)
        assert held == (case.assignee_id is not None)


def test_whoever_holds_a_case_may_work_it(demo: Store, session: Session) -> None:
    people = {one.id: one for one in people_to_pick(demo, START)}
    held = [case for case in open_cases(session) if case.assignee_id is not None]
    for case in held:
        assert case.assignee_id
        assert may_work(people[case.assignee_id].roles, case.topic, case.complexity)


def test_cases_of_one_person_are_linked_both_ways(session: Session) -> None:
    links = {(link.case_id, link.other_id) for link in session.scalars(select(CaseLink))}
    assert links
    assert {(two, one) for one, two in links} == links
    by_id = {case.id: case for case in session.scalars(select(Case))}
    for one, two in links:
        assert by_id[one].patient_id == by_id[two].patient_id
    together: dict[Any, list[Case]] = {}
    for case in open_cases(session):
        together.setdefault(case.patient_id, []).append(case)
    for cases in together.values():
        assert all((one.id, two.id) in links for one in cases for two in cases if one is not two)


def test_a_body_sent_again_is_recognised(folder: Path, demo_template: Path) -> None:
    shutil.copyfile(demo_template, folder / "replay.db")
    store = open_store(f"sqlite:///{folder / 'replay.db'}", key_file=folder / "pkui.key")
    with store.reading() as session:
        receipts = list(session.scalars(select(IntakeReceipt).where(col(IntakeReceipt.case_id).is_not(None))))
        numbers = {case.id: case.queue_number for case in open_cases(session)}
    answers = import_bodies(
        desk_of(store, "pia"), [store.cipher.open(BODY, receipt.body_sealed) for receipt in receipts]
    )
    assert {answer.status for answer in answers} == {ReceiptStatus.REPLAYED}
    assert [answer.queue_number for answer in answers] == [numbers[one.case_id] for one in receipts if one.case_id]
    store.close()


def test_every_body_reads_as_the_case_it_became(demo: Store, session: Session) -> None:
    cases = {case.id: case for case in open_cases(session)}
    for receipt in session.scalars(select(IntakeReceipt).where(col(IntakeReceipt.case_id).is_not(None))):
        assert receipt.case_id
        read, case = parse_submission(demo.cipher.open(BODY, receipt.body_sealed), START), cases[receipt.case_id]
        assert isinstance(read, Submission)
        assert (read.matter.topic, read.matter.free_text) == (case.topic, case.free_text)
        assert (read.received_at, read.contact.phone) == (case.received_at, case.phone)


def test_nobody_in_it_is_real(demo: Store, session: Session) -> None:
    patients = list(session.scalars(select(Patient)))
    numbers = [demo.cipher.open_text("patients.identifier", one.identifier_sealed or b"") for one in patients]
    assert len(set(numbers)) == len(numbers)
    assert all(int(number[:2]) > 60 for number in numbers)
    assert all(" Test " in (one.name or "") for one in patients)
    phones = set(session.scalars(sa.select(col(Case.phone))))
    assert all(phone and phone.startswith(("+4583", "+4584", "+4585")) for phone in phones)
    everything = "\n".join(
        str(value)
        for table in metadata.sorted_tables
        for row in session.execute(sa.select(table))
        for value in row
        if isinstance(value, str | list | dict)
    )
    assert find_cprs(everything) == []


def test_what_cannot_be_understood_is_parked_with_its_reason(demo: Store) -> None:
    waiting = parked(desk_of(demo, "pia"))
    assert {record.problems[0][0] for record in waiting} == {
        "/matter/topic",
        "/patient/birth_date",
        "/contact/phone",
        "/referral/appointment_date",
        "/source/channel",
    }


def test_a_case_of_every_state_opens(demo: Store, session: Session) -> None:
    first = {case.state: case.queue_number for case in reversed(open_cases(session))}
    assert set(first) == set(CaseState) - {CaseState.CLOSED}
    desk = desk_of(demo, "lisbeth")
    views = {state: open_case(desk, number) for state, number in first.items()}
    assert views[CaseState.WAITING].waiting_text
    assert all(view.patient.name and view.free_text for view in views.values())


@pytest.mark.parametrize("now", ["2026-11-23T08:00:00+01:00", "2026-11-21T12:00:00+01:00", "2027-03-29T23:30:00+02:00"])
def test_a_frozen_clock_moves_everything(folder: Path, now: str) -> None:
    start = datetime.fromisoformat(now)
    url = f"sqlite:///{folder / str(start.timestamp())}.db"
    build_demo(url, cases=40, closed_factor=1, key_file=folder / "pkui.key", now=start)
    store = open_store(url, key_file=folder / "pkui.key")
    with store.reading() as session:
        newest = session.scalar(sa.select(sa.func.max(col(Event.at))))
        assert newest and newest <= start
        assert max(case.registered_at for case in open_cases(session)) > start - timedelta(hours=2)
    store.close()


def test_a_database_of_another_kind_is_left_alone(empty_url: str, key_file: Path) -> None:
    create_store(
        empty_url,
        kind=DatabaseKind.PRODUCTION,
        made_at=START,
        clock_shift=timedelta(0),
        key_file=key_file,
    ).close()
    with pytest.raises(Refused, match="not_training"):
        build_demo(empty_url, cases=1, key_file=key_file)
    with pytest.raises(Refused, match="not_training"):
        reset_demo(empty_url)
    open_store(empty_url, key_file=key_file).close()


def test_another_programs_tables_are_left_alone(tmp_path: Path, key_file: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE theirs (id INTEGER)")
    url = f"sqlite:///{path}"
    for attempt in (lambda: build_demo(url, cases=1, key_file=key_file), lambda: reset_demo(url)):
        with pytest.raises(Refused, match="not_ours"):
            attempt()
    path.write_bytes(b"no database at all, just text that is long enough to be read as a page of one" * 20)
    with pytest.raises(Unreachable, match="not_a_database"):
        reset_demo(f"sqlite:///{path}")


def test_resetting_where_there_is_nothing_does_nothing(tmp_path: Path) -> None:
    reset_demo(f"sqlite:///{tmp_path / 'none.db'}")
    assert list(tmp_path.iterdir()) == []


def test_no_cases_at_all_is_bad_input(tmp_path: Path, key_file: Path) -> None:
    with pytest.raises(BadInput, match="bad_number_of_cases"):
        build_demo(f"sqlite:///{tmp_path / 'none.db'}", cases=0, key_file=key_file)

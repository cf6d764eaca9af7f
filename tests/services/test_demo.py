"""The training database: the promised office and queue, the same from the same seed, true to the office's rules."""

import shutil
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
from pkui.domain.codes import (
    OUTCOMES,
    AbsenceKind,
    CaseState,
    EventKind,
    Role,
    Team,
    Topic,
)
from pkui.domain.identifiers import find_cprs
from pkui.domain.intake import Submission, parse_submission
from pkui.domain.permissions import may_work
from pkui.services.case_view import has_next_step
from pkui.services.cases import open_case
from pkui.services.demo import DemoResult, build_demo
from pkui.services.demo.tables import ACCEPTANCES, NOT_REREFERRED, OTHERS, REREFERRED, draw_matter
from pkui.services.desk import Desk, Work
from pkui.services.intake import parked
from pkui.services.people import people_to_pick, sign_in
from pkui.services.standing import place_anew
from storage.intake import BODY
from storage.metadata import metadata
from storage.store import Store, open_store
from storage.tables.cases import Case, CaseLink
from storage.tables.intake import IntakeReceipt
from storage.tables.office import Counter as CounterRow
from storage.tables.patients import Patient
from storage.tables.records import Event
from storage.tables.staff import Absence, Shift, Staff
from tests.conftest import KEY, made_once

OPEN, CLOSED_FACTOR = 240, 2
START = TRAINING_START.astimezone(UTC)


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
        work = Work(session.connection(), desk, START, writes=False)
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

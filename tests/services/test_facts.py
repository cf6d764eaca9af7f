"""Facts, core data, windows, topic and notes: appended, merged or replaced, and the place follows."""

from datetime import date, datetime, time

import pytest

from pkui.base.errors import BadInput
from pkui.domain.codes import EventKind, FactSource, Role, Topic
from pkui.domain.office import COPENHAGEN
from pkui.domain.windows import CallWindow
from pkui.services.case_view import CaseView
from pkui.services.cases import open_case
from pkui.services.desk import Desk
from pkui.services.facts import change_core_data, change_windows, record_fact
from pkui.services.notes import add_note
from pkui.services.routing import change_topic
from tests.conftest import DeskAs
from tests.services.steps import later, received, stored


@pytest.fixture
def number(desk: Desk) -> int:
    return received(desk, 1)


@pytest.fixture
def adviser(desk_as: DeskAs) -> Desk:
    return desk_as(Role.ADVISER)


def fact(view: CaseView, name: str) -> object:
    return next((fact.value for fact in view.facts if fact.name == name), None)


def test_the_newest_fact_holds_and_the_older_stay(number: int, adviser: Desk) -> None:
    record_fact(adviser, number, "letter_hospital", "Horsens", source=FactSource.LETTER)
    view = record_fact(later(adviser, hours=1), number, "letter_hospital", "Randers", source=FactSource.RECORD)
    (held,) = [fact for fact in view.facts if fact.name == "letter_hospital"]
    assert (held.value, held.source, held.by) == ("Randers", FactSource.RECORD, "Adviser1")
    assert stored(adviser.store, "SELECT count(*) FROM facts WHERE name = 'letter_hospital'") == [3]


def test_facts_recorded_at_the_same_instant_keep_their_order(number: int, adviser: Desk) -> None:
    for hospital in ("Horsens", "Randers", "Herning", "Gødstrup", "Skejby"):
        view = record_fact(adviser, number, "letter_hospital", hospital, source=FactSource.LETTER)
        assert fact(view, "letter_hospital") == hospital


TYPED = (
    ("offered_date", "27/11", "2026-11-27"), ("offered_date", "+3", "2026-11-26"), ("max_distance_km", "60,5", 60.5),
    ("appointment_changed_by_hospital", "ja", True), ("free_choice_already_used", "nej", False),
    ("letter_hospital", " Horsens ", "Horsens"),
)  # fmt: skip
NO_FACTS = (
    ("offered_date", "31/2", "bad_fact"), ("max_distance_km", "langt", "bad_fact"),
    ("shoe_size", "42", "unknown_fact"), ("free_choice_already_used", "måske", "bad_fact"),
    ("letter_hospital", " ", "bad_fact"),
)  # fmt: skip
ODD_TEXTS = ("[bold]fed[/bold]", "'; DROP TABLE notes; --", "../../etc/passwd", "🦴 æøå \u200f.", "{x}%s")


def test_a_fact_is_read_as_people_type_it(number: int, adviser: Desk) -> None:
    for name, typed, kept in TYPED:
        assert fact(record_fact(adviser, number, name, typed, source=FactSource.PATIENT), name) == kept


def test_what_is_no_fact_is_refused(number: int, adviser: Desk) -> None:
    for name, typed, code in NO_FACTS:
        with pytest.raises(BadInput, match=code):
            record_fact(adviser, number, name, typed, source=FactSource.LETTER)


def test_a_near_appointment_moves_the_case_forward_and_a_far_one_back(number: int, adviser: Desk) -> None:
    near = record_fact(adviser, number, "offered_date", "26/11", source=FactSource.LETTER).row.record
    assert (near.priority_class, near.why[0]) == (2, ["appointment_near", {"on": "2026-11-26"}])
    assert near.due_at == datetime(2026, 11, 23, 16, tzinfo=COPENHAGEN)
    far = record_fact(later(adviser, minutes=1), number, "offered_date", "27/11", source=FactSource.LETTER).row.record
    assert (far.priority_class, far.why[0][0]) == (3, "target")


def test_an_operation_changed_by_the_hospital_is_class_2(number: int, adviser: Desk) -> None:
    name = "appointment_changed_by_hospital"
    assert record_fact(adviser, number, name, "ja", source=FactSource.PATIENT).row.record.priority_class == 2
    then = later(adviser, minutes=1)
    assert record_fact(then, number, name, "nej", source=FactSource.HOSPITAL).row.record.priority_class == 3


def test_another_topic_moves_the_case(number: int, adviser: Desk) -> None:
    with pytest.raises(BadInput, match="reason_needed"):
        change_topic(adviser, number, Topic.HEARING_AID, reason=" ")
    view = change_topic(adviser, number, Topic.MAXIMUM_WAITING_TIME, reason="Det er kræft")
    assert (view.row.record.priority_class, view.row.record.topic) == (1, Topic.MAXIMUM_WAITING_TIME)
    assert view.row.record.team == "maximum_waiting_time"
    (told,) = [one for one in view.events if one.kind is EventKind.SORTED]
    assert told.details == {"before": "faster_treatment", "topic": "maximum_waiting_time"}
    back = change_topic(adviser, number, Topic.FASTER_TREATMENT, reason="Det var det ikke", version=view.version)
    assert (back.row.record.priority_class, back.row.record.team) == (3, "general")
    same = change_topic(adviser, number, Topic.FASTER_TREATMENT, reason="igen", version=back.version)
    assert same.version == back.version, "the topic it has already: nothing is written"
    with pytest.raises(BadInput, match="unknown_topic"):
        change_topic(adviser, number, Topic.CORONA_RIGHTS, reason="x")


def test_core_data_are_changed_one_by_one_and_cleared_by_an_empty_text(number: int, adviser: Desk) -> None:
    before = open_case(adviser, number)
    view = change_core_data(adviser, number, phone="20 30 40 50", interpreter_language="arabisk")
    assert (view.reach.phone, view.reach.interpreter_language) == ("+4520304050", "arabisk")
    assert (view.patient, view.reach.email) == (before.patient, before.reach.email)
    assert view.events[-1].details == {"fields": ["phone", "interpreter_language"]}
    assert change_core_data(adviser, number, interpreter_language="", city="").patient.city is None
    assert open_case(adviser, number).reach.interpreter_language is None
    with pytest.raises(BadInput, match="bad_phone"):
        change_core_data(adviser, number, phone="ring til min datter")
    assert change_core_data(adviser, number, protected=True).patient.protected


def test_changing_nothing_writes_nothing(number: int, adviser: Desk) -> None:
    view = change_core_data(adviser, number, phone="20000001")
    assert change_core_data(adviser, number, phone="20 00 00 01", city="Viborg").version == view.version
    assert stored(adviser.store, "SELECT count(*) FROM events WHERE kind = 'core_data_changed'") == [0]


def test_changed_core_data_are_logged(number: int, adviser: Desk) -> None:
    change_core_data(adviser, number, city="Skive")
    assert stored(adviser.store, "SELECT kind, what FROM access_log WHERE kind = 'change'") == [("change", "core_data")]


def test_windows_are_replaced_and_merged(number: int, adviser: Desk) -> None:
    windows = [CallWindow(2, time(9), time(11)), CallWindow(2, time(10), time(12)), CallWindow(5, time(9), time(10))]
    assert change_windows(adviser, number, windows).row.record.windows == (
        CallWindow(2, time(9), time(12)),
        CallWindow(5, time(9), time(10)),
    )
    assert change_windows(adviser, number, ()).row.record.windows == ()


def test_a_note_stays_and_a_correction_names_it(number: int, adviser: Desk) -> None:
    first = add_note(adviser, number, "  Ringet til afdelingen\nde vender tilbage ").notes[0]
    assert (first.text, first.by) == ("Ringet til afdelingen\nde vender tilbage", "Adviser1")
    view = add_note(later(adviser, minutes=1), number, "Det var torsdag", corrects=first.id)
    assert [(note.text, note.corrects_id) for note in view.notes] == [
        (first.text, None),
        ("Det var torsdag", first.id),
    ]
    for empty in ("", "  \n "):
        with pytest.raises(BadInput, match="text_needed"):
            add_note(adviser, number, empty)


def test_text_is_text(number: int, adviser: Desk) -> None:
    for text in ODD_TEXTS:
        assert add_note(adviser, number, text).notes[-1].text == text
        assert change_core_data(adviser, number, name=text).patient.name == text


def test_the_sum_behind_the_date_is_told_day_by_day(number: int, adviser: Desk) -> None:
    rows = open_case(adviser, number).count
    assert [(row.day, row.kind.value, row.number) for row in rows] == [
        (date(2026, 11, 20), "working_day", 0), (date(2026, 11, 21), "weekend", 0), (date(2026, 11, 22), "weekend", 0),
        (date(2026, 11, 23), "working_day", 1), (date(2026, 11, 24), "working_day", 2),
    ]  # fmt: skip

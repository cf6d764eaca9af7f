"""Cases whose time is over lose their person and keep what counts; what is held stays; a backup brings nobody back."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from pkui.base.errors import Refused
from pkui.domain.codes import ConsentMode, ConsentType, ContactResult, FactSource, Party, Role, SparringWith
from pkui.services import backup, retention
from pkui.services.cases import close, open_case, take
from pkui.services.consents import record_consent
from pkui.services.contacts import log_contact
from pkui.services.desk import Desk
from pkui.services.facts import record_fact
from pkui.services.notes import add_note
from pkui.services.queue import page
from pkui.services.reminders import remind
from pkui.services.retention import Over, anonymise_over, over
from pkui.services.sparring import ask
from storage import retention as policy
from storage.engine import for_writing
from storage.metadata import metadata
from storage.queue import QueueFilter
from storage.store import Store
from storage.tables.cases import Case
from tests.conftest import DeskAs
from tests.data.submissions import submission
from tests.services.steps import about, later, received, send, stored

PLANTED = "Planteret Tekst"
LONG = {"days": 3 * 366}


@pytest.fixture
def adviser(desk_as: DeskAs) -> Desk:
    return desk_as(Role.ADVISER)


@pytest.fixture
def supervisor(desk_as: DeskAs, adviser: Desk) -> Desk:
    return desk_as(Role.SUPERVISOR)


def lived(desk: Desk, adviser: Desk, number: int, topic: str = "faster_treatment") -> int:
    """A closed case in which the planted words stand wherever words can stand."""
    matter = {"topic": topic, "free_text": PLANTED, "max_waiting_time_case": False}
    case = received(desk, number, matter=matter)
    take(adviser, case, reason=PLANTED)
    add_note(adviser, case, PLANTED)
    log_contact(adviser, case, party=Party.PATIENT, result=ContactResult.REACHED, text=PLANTED)
    record_fact(adviser, case, "letter_department", PLANTED, source=FactSource.LETTER)
    record_consent(adviser, case, ConsentType.HEALTH_INFORMATION, ConsentMode.SPOKEN, scope=PLANTED)
    remind(adviser, case, adviser.clock.now() + timedelta(hours=2), text=PLANTED)
    ask(adviser, case, PLANTED, asked_of=SparringWith.LAWYER)
    retention.hold(adviser, case, reason=PLANTED)
    retention.lift(adviser, case, reason=PLANTED)
    close(adviser, case, outcome="advised")
    return case


def numbers(found: list[Over]) -> list[int]:
    return [one.queue_number for one in found]


def every_text(store: Store) -> str:
    """Everything that is stored, but for the access log's keys, as one text."""
    parts = []
    with store.engine.connect() as connection:
        for name in sorted(metadata.tables):
            for row in connection.execute(sa.text(f"SELECT * FROM {name}")):
                parts.append(" ".join(bytes(v).hex() if isinstance(v, bytes | memoryview) else str(v) for v in row))
    return "\n".join(parts)


def test_req_14_nothing_goes_before_its_time(desk: Desk, adviser: Desk, supervisor: Desk) -> None:
    case = lived(desk, adviser, 1)
    assert over(supervisor) == []
    assert over(later(supervisor, days=729)) == []
    assert numbers(over(later(supervisor, days=732))) == [case]


def test_req_15_the_person_goes_and_what_counts_stays(
    desk: Desk, store: Store, adviser: Desk, supervisor: Desk
) -> None:
    case = lived(desk, adviser, 1)
    before = stored(store, "SELECT topic, outcome, channel, received_at, closed_at, case_number FROM cases")
    name = open_case(supervisor, case).patient.name
    assert name is not None
    assert PLANTED in every_text(store)
    late = later(supervisor, **LONG)
    assert numbers(anonymise_over(late)) == [case]
    assert anonymise_over(late) == []
    left = every_text(store)
    assert PLANTED not in left
    assert name not in left
    assert stored(store, "SELECT topic, outcome, channel, received_at, closed_at, case_number FROM cases") == before
    assert stored(store, "SELECT word FROM patient_names") == []
    assert stored(store, "SELECT identifier_type, name, birth_date, address_line FROM patients") == [
        ("none", None, None, None)
    ]
    assert stored(store, "SELECT count(*) FROM events WHERE kind = 'anonymised'") == [1]
    assert stored(store, "SELECT count(*) FROM access_log WHERE kind = 'delete'") == [1]
    assert page(late, QueueFilter(), limit=10).total == 0
    view = open_case(late, case, reason="eftersyn")
    assert view.patient.name is None
    assert view.notes == ()


def test_req_15_the_same_form_again_is_still_known(desk: Desk, adviser: Desk, supervisor: Desk) -> None:
    matter = {"topic": "faster_treatment", "free_text": PLANTED, "max_waiting_time_case": False}
    lived(desk, adviser, 1)
    anonymise_over(later(supervisor, **LONG))
    (answer,) = send(desk, submission(1, matter=matter))
    assert answer.status.value == "replayed"


def test_req_14_a_complaint_is_kept_longer(desk: Desk, adviser: Desk, supervisor: Desk) -> None:
    case = lived(desk, adviser, 1, "authority_complaint")
    assert over(later(supervisor, days=4 * 366)) == []
    assert numbers(over(later(supervisor, days=5 * 366))) == [case]


def test_req_14_a_hold_keeps_a_case(desk: Desk, adviser: Desk, supervisor: Desk) -> None:
    case = lived(desk, adviser, 1)
    retention.hold(supervisor, case, reason="Erstatningssag")
    with pytest.raises(Refused, match="held_already"):
        retention.hold(supervisor, case, reason="igen")
    late = later(supervisor, **LONG)
    assert [one.held for one in over(late)] == [True]
    assert anonymise_over(late) == []
    retention.lift(late, case, reason="Afgjort")
    with pytest.raises(Refused, match="not_held"):
        retention.lift(late, case, reason="igen")
    assert numbers(anonymise_over(late)) == [case]


def test_req_14_an_open_complaint_of_the_same_person_keeps_it(desk: Desk, adviser: Desk, supervisor: Desk) -> None:
    case = lived(desk, adviser, 1)
    complaint = received(desk, 2, **about("service_complaint"), **_same_person(1))
    late = later(supervisor, **LONG)
    assert [(one.queue_number, one.held) for one in over(late)] == [(case, True)]
    take(adviser, complaint, reason="r")
    close(adviser, complaint, outcome="advised")
    assert numbers(anonymise_over(late)) == [case]


def _same_person(number: int) -> dict[str, Any]:
    return {"patient": submission(number)["patient"]}


def test_a_backup_brings_nobody_back(
    desk: Desk, store: Store, adviser: Desk, supervisor: Desk, key_file: Path, tmp_path: Path
) -> None:
    lived(desk, adviser, 1)
    with Session(for_writing(store.engine)) as session:
        case = session.exec(select(Case)).one()
        case.closed_at = adviser.clock.now() - timedelta(**LONG)
        session.commit()
    file = tmp_path / "old.pkui"
    backup.backup(store.url, file, key_file=key_file)
    report = backup.restore(store.url, file, key_file=key_file, replace=True)
    assert report.anonymised == 1
    assert PLANTED not in every_text(store)


def test_only_who_keeps_the_settings_anonymises(adviser: Desk) -> None:
    for call in (over, anonymise_over):
        with pytest.raises(Refused, match="not_allowed"):
            call(adviser)


def test_every_table_of_a_case_is_in_the_policy() -> None:
    known = {*policy.DELETED, *policy.BLANKED, *policy.KEPT, "case_merges"}
    hanging = {
        table.name
        for table in metadata.tables.values()
        if any(key.column.table.name in ("cases", "outbox_drafts") for key in table.foreign_keys)
    }
    assert hanging - known == set()
    for name, values in policy.BLANKED.items():
        assert set(values) <= set(metadata.tables[name].c.keys())


def test_no_word_of_a_case_is_forgotten_by_the_policy() -> None:
    """Every column of text or sealed bytes in a table that stays is blanked, or is a code."""
    codes_kept = {
        "contacts": set(), "case_segments": {"area", "kind", "provider_id", "provider_name", "agreement_id"},
        "events": set(), "intake_receipts": {"source_system", "form_id", "body_hash"}, "rights_overrulings": {"limb"},
        "case_merges": set(), "case_openings": {"purpose"}, "approvals": set(), "moves": set(), "legal_holds": set(),
    }  # fmt: skip
    for name, values in policy.BLANKED.items():
        loose = {
            column.name
            for column in metadata.tables[name].c
            if isinstance(column.type, sa.String | sa.LargeBinary | sa.JSON) and not isinstance(column.type, sa.Enum)
        }
        assert loose - set(values) - codes_kept[name] == set(), name

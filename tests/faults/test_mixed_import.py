"""An import of good, repeated, changed and bad submissions, killed and begun again, loses none of them."""

import random
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from pkui.domain.codes import ReceiptStatus
from pkui.services import parked
from pkui.services.desk import Desk
from pkui.services.intake import import_all
from storage.store import Store
from tests.data.submissions import changed, encoded, submission
from tests.faults.test_storage import importer
from tests.services.steps import stored

BATCH = 20
BAD: tuple[tuple[str, Any], ...] = (
    ("/matter/topic", "no_such_topic"),
    ("/call_windows", [{"weekday": 1, "from": "22:00", "to": "02:00"}]),
    ("/referral/appointment_date", "2026-02-30"),
    ("/attachments/0/id", "../../etc/passwd"),
    ("/received_at", "2026-11-20T13:09:02"),
    ("/contact", [1, 2]),
    ("/patient/identifier/value", "99"),
    ("/submission_id", "none"),
)
NO_OBJECT = (b'"text"', b"[1]", b"{", b"null", b"42")


@dataclass
class Sent:
    """What a sender's file holds, and what must have become of each line in the end."""

    lines: list[bytes] = field(default_factory=list)
    fates: Counter[str] = field(default_factory=Counter)


def mixed(count: int) -> Sent:
    """About so many lines in an order of chance, the same on every run."""
    chance, sent, objects = random.Random(11), Sent(), list[bytes]()

    def add(fate: str, *bodies: bytes) -> None:
        sent.fates[fate] += 1
        sent.lines.extend(bodies)
        objects.extend(body for body in bodies if fate not in ("rejected", "replayed"))

    for number in range(count):
        good = submission(number)
        match chance.choices(("created", "replayed", "changed", "parked", "rejected"), (66, 12, 8, 10, 4))[0]:
            case "replayed" if objects:
                add("replayed", chance.choice(objects))
            case "changed":
                add("changed", encoded(good), encoded(changed(good, "/matter/free_text", f"Rettet {number}")))
                sent.fates["created"] += 1
            case "parked":
                add("parked", encoded(changed(good, *chance.choice(BAD))))
            case "rejected":
                add("rejected", chance.choice(NO_OBJECT))
            case _:
                add("created", encoded(good))
    return sent


def kill_and_go_on(store: Store, key_file: Path, file: Path, kills: int, longest: float) -> int:
    """Kills the import at instants of chance, then lets it end; how many kills met it under way."""
    chance, met = random.Random(3), 0
    for _kill in range(kills):
        with importer(store, key_file, file, BATCH) as process:
            assert process.stdout and process.stdout.readline() == "begun\n"
            time.sleep(chance.uniform(0.0, longest))
            process.send_signal(signal.SIGKILL)
        met += process.returncode == -signal.SIGKILL
    with importer(store, key_file, file, BATCH) as process:
        assert process.stdout and process.stdout.read().startswith("begun")
        assert process.wait() == 0
    return met


def every_fate_is_as_it_should_be(desk: Desk, sent: Sent) -> None:
    """Every good submission once, every bad one parked or refused, nothing besides, and all of it known again."""
    store, fates = desk.store, sent.fates
    receipts = dict(stored(store, "SELECT status, count(*) FROM intake_receipts GROUP BY status"))
    assert receipts == {fate: fates[fate] for fate in ("created", "changed", "parked")}
    assert stored(store, "SELECT count(*) FROM cases") == [fates["created"]]
    first = "SELECT count(DISTINCT submission_id) FROM intake_receipts WHERE status = 'created'"
    assert stored(store, first) == [fates["created"]]
    assert stored(store, "SELECT max(queue_number) FROM cases") == [fates["created"]], "no number is skipped"
    assert len(parked.waiting(desk)) == fates["parked"]
    again = Counter(answer.status for answer in import_all(desk, iter(sent.lines)))
    refused = {ReceiptStatus.REJECTED: fates["rejected"]} if fates["rejected"] else {}
    assert again == {ReceiptStatus.REPLAYED: len(sent.lines) - fates["rejected"], **refused}


def test_a_mixed_import_survives_being_killed(desk: Desk, key_file: Path, tmp_path: Path) -> None:
    sent, file = mixed(240), tmp_path / "mixed.jsonl"
    file.write_bytes(b"\n".join(sent.lines))
    assert min(sent.fates[fate] for fate in ReceiptStatus) > 0
    kill_and_go_on(desk.store, key_file, file, 2, 0.4)
    every_fate_is_as_it_should_be(desk, sent)


@pytest.mark.soak
def test_ten_thousand_mixed_submissions_survive_thirty_kills(desk: Desk, key_file: Path, tmp_path: Path) -> None:
    sent, file = mixed(10_000), tmp_path / "mixed.jsonl"
    file.write_bytes(b"\n".join(sent.lines))
    assert kill_and_go_on(desk.store, key_file, file, 30, 3.0) >= 15
    every_fate_is_as_it_should_be(desk, sent)

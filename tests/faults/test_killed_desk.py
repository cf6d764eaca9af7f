"""A desk is killed at any instant: every case is whole, every number told is there, and the others go on."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pkui.services.company import HOLD_LASTS, hold
from pkui.services.desk import Desk
from pkui.services.intake import import_all
from pkui.services.queue import take_next
from storage.store import Store
from tests.data.submissions import encoded, submission
from tests.services.steps import ALWAYS, later, stored

WORKER = """
import sys
from pathlib import Path
from pkui.base.clock import TRAINING_START, FrozenClock
from pkui.domain.codes import ContactResult, Party
from pkui.services.cases import close
from pkui.services.company import come_in, hold
from pkui.services.contacts import log_contact
from pkui.services.desk import Desk
from pkui.services.notes import add_note
from pkui.services.people import sign_in
from pkui.services.queue import take_next
from storage.store import open_store
store, clock = open_store(sys.argv[1], key_file=Path(sys.argv[2])), FrozenClock(TRAINING_START)
desk = Desk(store, clock, sign_in(store, None, clock.now(), strict=False))
print("begun", flush=True)
while True:
    number = take_next(desk).record.queue_number
    come_in(desk, number)
    hold(desk, number)
    add_note(desk, number, "et notat")
    log_contact(desk, number, party=Party.PATIENT, result=ContactResult.REACHED)
    close(desk, number, outcome="advised")
    print(number, flush=True)
"""
AS_MANY_AS = {
    "note_added": "SELECT count(*) FROM notes",
    "contact_logged": "SELECT count(*) FROM contacts",
    "closed": "SELECT count(*) FROM cases WHERE closed_at IS NOT NULL",
    "assigned": "SELECT count(*) FROM cases WHERE assignee_id IS NOT NULL",
    "received": "SELECT count(*) FROM cases",
}
MORE_TOLD_THAN_DONE = """
SELECT queue_number FROM cases c WHERE version < (SELECT count(*) FROM events e WHERE e.case_id = c.id)
"""


def whole(store: Store) -> None:
    """Asserts that what happened and what stands there are the same in number.

    Each is one statement: the server may still be committing what the killed desk sent last.
    """
    for kind, query in AS_MANY_AS.items():
        rows, events = stored(store, f"SELECT ({query}), (SELECT count(*) FROM events WHERE kind = :k)", k=kind)[0]
        assert rows == events, kind
    assert stored(store, MORE_TOLD_THAN_DONE) == [], "each event is at least one step of the case's version"


def kill_at_work(desk: Desk, key_file: Path, cases: int, kills: int) -> None:
    bodies = (encoded(submission(one, call_windows=ALWAYS)) for one in range(cases))
    assert len(list(import_all(desk, bodies))) == cases
    chance, told = random.Random(11), 0
    for _ in range(kills):
        command = [sys.executable, "-c", WORKER, desk.store.url, str(key_file)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            assert process.stdout and process.stdout.readline() == "begun\n"
            time.sleep(chance.uniform(0.02, 0.4))
            process.send_signal(signal.SIGKILL)
            told += len(process.stdout.read().split("\n")) - 1
        whole(desk.store)
        assert stored(desk.store, "SELECT count(*) FROM cases WHERE closed_at IS NOT NULL")[0] >= told
    number = take_next(desk).record.queue_number
    assert hold(later(desk, seconds=HOLD_LASTS.total_seconds() + 1), number).hold is not None


def test_a_desk_that_dies_leaves_no_half_written_case(desk: Desk, key_file: Path) -> None:
    kill_at_work(desk, key_file, 120, 2)


@pytest.mark.soak
def test_fifty_desks_that_die_leave_no_half_written_case(desk: Desk, key_file: Path) -> None:
    kill_at_work(desk, key_file, 3_000, 50)

"""What several processes do at once to one database: make it, migrate it, send it enquiries."""

from datetime import UTC, timedelta
from pathlib import Path

from pkui.base.clock import TRAINING_START, FrozenClock
from pkui.domain.codes import DatabaseKind
from pkui.services.desk import Desk
from pkui.services.intake import import_bodies
from pkui.services.people import sign_in
from storage import schema
from storage.store import create_store, open_store
from tests.at_once import together
from tests.data.submissions import encoded, submission


def make(url: str, key_file: str) -> str:
    """Makes the training database, and its key where there is none; the key's fingerprint."""
    made_at = TRAINING_START.astimezone(UTC)
    together()
    store = create_store(
        url, kind=DatabaseKind.TRAINING, made_at=made_at, clock_shift=timedelta(0), key_file=Path(key_file)
    )
    store.close()
    return store.cipher.fingerprint


def migrate(url: str) -> str:
    """Brings the schema to its newest revision, which is answered."""
    together()
    return schema.upgrade(url)


def send(url: str, key_file: str, numbers: list[int]) -> list[int | None]:
    """Sends these submissions one by one; the queue numbers they got."""
    store, clock = open_store(url, key_file=Path(key_file)), FrozenClock(TRAINING_START)
    desk = Desk(store, clock, sign_in(store, None, clock.now(), strict=False))
    together()
    answers = [import_bodies(desk, [encoded(submission(number))])[0].queue_number for number in numbers]
    store.close()
    return answers

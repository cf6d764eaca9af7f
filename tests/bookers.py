"""Processes that book a call at the same time: started together, each tells whether it won or who was first."""

from datetime import datetime
from pathlib import Path

from pkui.base.clock import TRAINING_START, FrozenClock
from pkui.base.errors import Refused
from pkui.services.callbacks import book, booking_of
from pkui.services.desk import Desk
from pkui.services.people import sign_in
from storage.store import open_store
from tests import at_once

Answer = tuple[str, str | None]


def run(url: str, key_file: Path, adviser: str, times: list[datetime], numbers: list[int]) -> list[Answer]:
    """Lets one process a case, as `desk0`, `desk1` ..., book the adviser at its time, all at once.

    Each answers 'won' or the code of the refusal, and who was first.
    """
    wanted = enumerate(zip(numbers, times, strict=True))
    calls = [[url, str(key_file), adviser, f"desk{desk}", number, at.isoformat()] for desk, (number, at) in wanted]
    return [(code, by) for code, by in at_once.run("tests.bookers:book_one", calls)]


def book_one(url: str, key_file: str, adviser: str, username: str, number: int, at: str) -> Answer:
    """One process: opens the database, reads, waits for the others, and books."""
    store, clock = open_store(url, key_file=Path(key_file)), FrozenClock(TRAINING_START)
    desk = Desk(store, clock, sign_in(store, username, clock.now()))
    booking_of(desk, number)
    at_once.together()
    try:
        book(desk, number, at=datetime.fromisoformat(at), adviser=adviser)
    except Refused as refusal:
        return refusal.code, str(refusal.details.get("by"))
    finally:
        store.close()
    return "won", username

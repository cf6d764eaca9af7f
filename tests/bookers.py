"""Processes that book a call at the same time: started together, each tells whether it won or who was first."""

import json
import subprocess
import sys
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

from pkui.base.clock import TRAINING_START, FrozenClock
from pkui.base.errors import Refused
from pkui.services.callbacks import book, booking_of
from pkui.services.desk import Desk
from pkui.services.people import sign_in
from storage.store import open_store

Answer = tuple[str, str | None]


def run(url: str, key_file: Path, adviser: str, times: list[datetime], numbers: list[int]) -> list[Answer]:
    """Lets one process a case, as `desk0`, `desk1` ..., book the adviser at its time, all at once.

    Each answers 'won' or the code of the refusal, and who was first.
    """
    texts = [f"{number}@{at.isoformat()}" for number, at in zip(numbers, times, strict=True)]
    command = [sys.executable, "-m", "tests.bookers", url, str(key_file), adviser, *texts]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return [(code, by) for code, by in json.loads(done.stdout)]


def book_one(url: str, key_file: str, adviser: str, desk_number: int, text: str) -> Answer:
    """One process: opens the database, reads, waits for the others, and books."""
    store, clock = open_store(url, key_file=Path(key_file)), FrozenClock(TRAINING_START)
    desk = Desk(store, clock, sign_in(store, f"desk{desk_number}", clock.now()))
    number, at = text.split("@")
    booking_of(desk, int(number))
    _everybody.wait()
    try:
        book(desk, int(number), at=datetime.fromisoformat(at), adviser=adviser)
    except Refused as refusal:
        return refusal.code, str(refusal.details.get("by"))
    finally:
        store.close()
    return "won", f"desk{desk_number}"


def main(url: str, key_file: str, adviser: str, *texts: str) -> None:
    """Forks a process a case once everything is imported, and prints what each was told."""
    global _everybody
    fork = get_context("fork")
    _everybody = fork.Barrier(len(texts))
    with fork.Pool(len(texts)) as pool:
        found = pool.starmap(book_one, [(url, key_file, adviser, n, text) for n, text in enumerate(texts)], 1)
    print(json.dumps(found))


_everybody: Barrier

if __name__ == "__main__":
    main(*sys.argv[1:])

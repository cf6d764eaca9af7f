"""Processes that take the next case at the same time: started together, each tells what it got and how long it took."""

import random
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pkui.base.clock import TRAINING_START, FrozenClock
from pkui.base.errors import Refused, Unreachable
from pkui.services.desk import Desk
from pkui.services.people import sign_in
from pkui.services.queue import take_next
from storage.store import Store, open_store
from tests import at_once

TRIES = 4


@dataclass(frozen=True)
class Claims:
    """What one process got, in order, with how long each took and how long it worked, in seconds."""

    numbers: list[int]
    seconds: list[float]
    lasted: float


def run(url: str, key_file: Path, usernames: list[str], *, most: int = 10**9, pause: float = 0.0) -> list[Claims]:
    """Lets one process a username take cases until none is left or it has `most`, a pause (seconds) between two."""
    calls = [[url, str(key_file), most, pause, name] for name in usernames]
    return [Claims(*one) for one in at_once.run("tests.claims:take_all", calls)]


def take_all(url: str, key_file: str, most: int, pause: float, username: str) -> tuple[list[int], list[float], float]:
    """One process: opens the database, takes one case untimed, waits for the others, and takes on."""
    store, clock = _opened(url, Path(key_file)), FrozenClock(TRAINING_START)
    desk = Desk(store, clock, sign_in(store, username, clock.now()))
    numbers = [take_next(desk).record.queue_number]
    seconds: list[float] = []
    at_once.together()
    time.sleep(random.uniform(0, pause))
    begun = time.perf_counter()
    while len(numbers) < most:
        start = time.perf_counter()
        try:
            numbers.append(take_next(desk).record.queue_number)
        except Refused as refusal:
            if refusal.code != "queue_empty":
                raise
            break
        seconds.append(time.perf_counter() - start)
        time.sleep(pause)
    lasted = time.perf_counter() - begun
    store.close()
    return numbers, seconds, lasted


def _opened(url: str, key_file: Path) -> Store:
    """The database; fifty processes that start at once may keep each other waiting for longer than a desk waits."""
    for _try in range(TRIES):
        with suppress(Unreachable):
            return open_store(url, key_file=key_file)
    return open_store(url, key_file=key_file)

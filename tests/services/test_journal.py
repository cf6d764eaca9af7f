"""The local journal: whatever order threads run in, the newest text is the one that is kept."""

from itertools import permutations
from pathlib import Path

import pytest

from pkui.base.keys import new_key
from pkui.services.desk import Desk
from pkui.services.journal import Journal

TEXTS = ("Ringede", "Ringede til", "Ringede til afdelingen")


@pytest.fixture
def journal(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Journal:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return Journal(desk.store)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_however_late_a_thread_runs_the_newest_text_stays(desk: Desk, journal: Journal, order: tuple[int, ...]) -> None:
    key = new_key(desk.clock.now())
    writing = [journal.keeping(key, text) for text in TEXTS]
    for one in order:
        writing[one]()
        assert journal.kept(key) == TEXTS[-1]
    assert journal.unfinished() == [key]


def test_what_is_stored_does_not_come_back_as_unfinished(desk: Desk, journal: Journal) -> None:
    key = new_key(desk.clock.now())
    late = journal.keeping(key, TEXTS[0])
    journal.forget(key)
    late()
    assert journal.kept(key) is None and journal.unfinished() == []

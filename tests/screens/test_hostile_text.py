"""Text from outside is text: it crashes nothing, loses no word, steers no terminal, can never be clicked, and leaves
every screen usable."""

import re

import pytest
import sqlalchemy as sa

from pkui.services.cases import take
from pkui.services.desk import Desk
from storage.store import Store
from tests.drivers.tour import Tour, usable, walk
from tests.drivers.workbench import WorkbenchDriver
from tests.screens.conftest import OpenWorkbench
from tests.services.steps import ALWAYS, received

TYPED = "[haster] [/] [@click=app.quit]klik[/] [b"
STORED = f"{TYPED} \x1b[31m\x07\u202eole\u2066\u200b a\tb"
LOST = re.compile(r"(?<![\[\w│])haster|(?<![\]\w│])klik")
"""A marker word without the bracket before it: something has read the bracket as markup."""
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
COLUMNS = {
    "patients": ("name", "address_line", "city", "postcode"),
    "cases": ("free_text", "email", "interpreter_language", "entered_by", "flagged_words"),
    "case_segments": ("referring_hospital", "referring_department"),
    "representatives": ("name", "relation"),
    "attachments": ("filename", "media_type"),
    "facts": ("value",),
    "staff": ("name",),
    "teams": ("name",),
}
WHERE = {"staff": "WHERE username <> 'system'", "facts": "WHERE name LIKE 'letter_%' AND name <> 'letter_date'"}


def spoil(store: Store) -> None:
    """Puts hostile text into every column that holds somebody's words."""
    with store.engine.begin() as connection:
        for table, columns in COLUMNS.items():
            for column in columns:
                text = {"facts": f'"{TYPED}"', "cases": STORED}.get(table, STORED)
                if column == "flagged_words":
                    text = f'["{TYPED}"]'
                where = WHERE.get(table, "")
                connection.execute(sa.text(f"UPDATE {table} SET {column} = :text {where}"), {"text": text[:64]})


@pytest.mark.parametrize("size", [(80, 24), pytest.param((120, 40), marks=pytest.mark.soak)])
async def test_hostile_text_goes_through_every_screen(
    size: tuple[int, int], store: Store, desk: Desk, adviser: Desk, colleague: Desk, workbench: OpenWorkbench
) -> None:
    representative = {"name": "Ida", "phone": "+4521222324", "relation": "datter", "basis": "spoken_consent"}
    number = received(desk, 1, call_windows=ALWAYS, representative=representative)
    received(desk, 2, call_windows=ALWAYS)
    take(adviser, number)
    spoil(store)
    seen: list[str] = []
    async with workbench(adviser, size=size) as screen:
        tour = Tour(screen, number, adviser, colleague, words=TYPED)

        def look(stop: str) -> None:
            harmless(screen, stop)
            usable(screen, stop)
            seen.append(screen.text)

        names = await walk(tour, look)
    shown = dict(zip(names, seen, strict=True))
    for stop in ("queue l", "case", "dialog o", "sign-in", "put back in queue", "stale", "note saved"):
        assert "[haster] [/]" in shown[stop], f"{stop}\n{shown[stop]}"
    assert "[@click=app.quit]klik[/]" in shown["stale"]


def harmless(screen: WorkbenchDriver, stop: str) -> None:
    """Nothing vanished, nothing steers, nothing can be clicked."""
    assert screen.app.is_running
    assert screen.clickable == [], stop
    assert not STEERING.search(screen.text), f"{stop}\n{screen.text!r}"
    lost = [line for line in screen.lines if LOST.search(line.lstrip(" │▌"))]
    assert not [line for line in lost if not line.lstrip(" │▌").startswith(("haster", "klik"))], (
        f"{stop}\n{screen.text}"
    )

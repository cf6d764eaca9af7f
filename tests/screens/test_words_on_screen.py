"""In Danish no English word stands on any screen, neither ours nor the library's; and help tells of every key."""

import re
from importlib.resources import files

import pytest
from babel.messages.pofile import read_po

from pkui.base.commands import Scope, in_scope, spoken_key
from pkui.base.words import use_language
from pkui.services.desk import Desk
from tests.screens.conftest import OpenWorkbench
from tests.services.steps import ALWAYS, received

LIBRARY = frozenset(
    ("search", "commands", "matches", "palette", "select", "copy", "paste", "cursor", "press", "screenshot", "maximize",
     "minimize", "undo", "redo", "focus", "theme", "quit", "invalid", "must", "keys", "close", "loading", "error")
)  # fmt: skip
"""Words that the screen library shows by itself where nobody took them away."""
WORD = re.compile(r"\w+")
PAGES = 12
"""More than any help or menu has."""


def words_of(texts: list[str]) -> set[str]:
    """The words in these texts, folded, of four letters or more."""
    return {word.casefold() for text in texts for word in WORD.findall(text) if word.isalpha() and len(word) > 3}


def english_only() -> set[str]:
    """Words that occur in our English texts and in none of our Danish ones, and the library's own."""
    with files("pkui").joinpath("locale/da/LC_MESSAGES/pkui.po").open("rb") as file:
        catalogue = read_po(file)
    english: list[str] = []
    danish: list[str] = []
    for message in catalogue:
        if message.id:
            english += [message.id] if isinstance(message.id, str) else [*message.id]
            danish += [message.string] if isinstance(message.string, str) else [*(message.string or ())]
    return (words_of(_spoken(english)) | LIBRARY) - words_of(_spoken(danish))


def _spoken(texts: list[str]) -> list[str]:
    """The texts without names of values and of commands."""
    return [re.sub(r"%\(\w+\)s|\{\w*\}|`[^`]*`", " ", text) for text in texts]


def test_the_scan_knows_english_from_danish() -> None:
    found = english_only()
    assert {"queue", "enquiry", "palette", "search"} <= found
    assert not {"team", "menu", "test", "patienten"} & found


@pytest.mark.parametrize("scope", [Scope.QUEUE, Scope.CASE])
async def test_help_and_menu_tell_of_every_command(
    scope: Scope, desk: Desk, adviser: Desk, workbench: OpenWorkbench
) -> None:
    number = received(desk, 1, call_windows=ALWAYS)
    async with workbench(adviser) as screen:
        if scope is Scope.CASE:
            await screen.press("enter")
            await screen.on_case(number)
        for key in ("f1", "f2"):
            await screen.press(key)
            shown = {line.strip(" │▌") for line in screen.lines}
            for _page in range(PAGES):
                await screen.press("pagedown")
                shown |= {line.strip(" │▌") for line in screen.lines}
            text = "\n".join(shown)
            missing = [one.id for one in in_scope(scope) if one.label() not in text and one.id != "menu"]
            assert not [id for id in missing if key == "f2" or in_help(id)]
            if key == "f1":
                assert all(spoken_key(k) in text for one in in_scope(scope) for k in one.keys)
            await screen.press("escape")


def in_help(id: str) -> bool:
    """Whether a command has a key that help can tell of."""
    return any(one.id == id and one.keys for scope in (Scope.QUEUE, Scope.CASE) for one in in_scope(scope))


async def test_english_is_complete(
    desk: Desk, adviser: Desk, workbench: OpenWorkbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = received(desk, 1, call_windows=ALWAYS)
    use_language("en")
    try:
        async with workbench(adviser, ready=" of ") as screen:
            assert screen.sees("Queue", "Ring now", "1 of 1", "Answer by", "F1 Help")
            await screen.press("enter")
            await screen.expect(f"queue no. {number}", "Timeline", "Enquiry")
    finally:
        use_language("da")

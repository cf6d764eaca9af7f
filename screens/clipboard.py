"""The clipboard: a person number stands in it for a minute and is then taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pkui.base.surroundings import terminal_of_another

if TYPE_CHECKING:
    from textual.app import App

    from screens.bench import Bench

CLEAR_AFTER_SECONDS = 60.0


def lend(app: App[Any], bench: Bench, text: str) -> bool:
    """Copies for a minute; False where the terminal is another user's, whose clipboard it would be."""
    if terminal_of_another():
        return False
    app.copy_to_clipboard(text)
    bench.lent = text
    app.set_timer(CLEAR_AFTER_SECONDS, lambda: take_back(app, bench, text))
    return True


def take_back(app: App[Any], bench: Bench, text: str | None = None) -> None:
    """Empties the clipboard where what was lent still stands in it; `text` is the loan whose time is over, else any."""
    if bench.lent is None or text not in (None, bench.lent):
        return
    if app.clipboard == bench.lent:
        app.copy_to_clipboard("")
    bench.lent = None

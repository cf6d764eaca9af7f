"""The door: a few fields on an otherwise blank screen, for signing in, setting up, and unlocking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from pkui.base.errors import PkuiError
from pkui.base.words.errors import message
from screens.widgets.cells import plain


@dataclass(frozen=True)
class Ask:
    """One field: its name, its label, whether what is typed stays hidden, and what stands in it."""

    name: str
    label: str
    secret: bool = False
    value: str = ""


class Door(Screen[Any]):
    """Nothing of the work shows. `enter` is given the fields, in a thread; its answer is the screen's."""

    CSS = """
    Door { align: center middle; background: $background; }
    Door #door { width: 64; height: auto; }
    Door Static { width: 1fr; height: auto; }
    Door .row { height: 1; margin-top: 1; }
    Door .row Static { width: 22; color: $text-muted; }
    Door .row Input { width: 1fr; }
    Door #said { margin-top: 1; color: $text-warning; min-height: 2; }
    Door #keys { color: $text-muted; }
    """
    BINDINGS = [
        Binding("ctrl+q", "app.quit", "", show=False),
        Binding("enter", "done", "", show=False),
        Binding("f2", "other", "", show=False),
        Binding("escape", "back", "", show=False),
    ]

    class Answered(Message):
        """What came of it: a value, or a refusal."""

        def __init__(self, value: object, error: PkuiError | None) -> None:
            super().__init__()
            self.value, self.error = value, error

    def __init__(
        self,
        title: str,
        asks: Sequence[Ask],
        enter: Callable[[dict[str, str]], object],
        *,
        keys: str,
        other: Callable[[], None] | None = None,
        may_leave: bool = False,
    ) -> None:
        """`other` is what F2 does; `may_leave`: Esc goes back to what is under it."""
        super().__init__()
        self._may_leave = may_leave
        self._title, self._asks, self._enter, self._keys, self._other = title, asks, enter, keys, other
        self._busy = False

    def compose(self) -> ComposeResult:
        """What this is, the fields, what was said, the keys."""
        with Vertical(id="door"):
            yield Static(plain(self._title), markup=False)
            for ask in self._asks:
                with Horizontal(classes="row"):
                    yield Static(plain(ask.label), markup=False)
                    yield Input(plain(ask.value), password=ask.secret, id=f"ask-{ask.name}", compact=True)
            yield Static("", id="said", markup=False)
            yield Static(self._keys, id="keys", markup=False)

    def on_mount(self) -> None:
        """The first empty field has the focus."""
        fields = list(self.query(Input))
        empty = next((field for field in fields if not field.value), None)
        if empty is not None or fields:
            (empty or fields[0]).focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        fields = list(self.query(Input))
        after = fields.index(event.input) + 1
        if after < len(fields) and not fields[after].value:
            fields[after].focus()
        else:
            self.action_done()

    def action_done(self) -> None:
        """Enter: knocks."""
        if self._busy:
            return
        self._busy = True
        typed = {ask.name: self.query_one(f"#ask-{ask.name}", Input).value for ask in self._asks}

        def knock() -> None:
            """In a thread: enters, and posts the answer."""
            try:
                self.post_message(self.Answered(self._enter(typed), None))
            except PkuiError as error:
                self.post_message(self.Answered(None, error))

        self.run_worker(knock, thread=True, group="door", exit_on_error=False)

    def on_worker_state_changed(self, event: Any) -> None:
        """An unexpected failure is told by the program; the door stays shut."""
        from screens.work_screen import Failed

        if event.worker.error is not None:
            self._busy = False
            self.app.post_message(Failed(event.worker.error))

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        self._busy = False
        if event.error is None:
            self.dismiss(event.value)
            return
        self.query_one("#said", Static).update(message(event.error))
        secret = [ask for ask in self._asks if ask.secret]
        for ask in secret:
            self.query_one(f"#ask-{ask.name}", Input).value = ""
        if secret:
            self.query_one(f"#ask-{secret[0].name}", Input).focus()

    def action_back(self) -> None:
        """Esc."""
        if self._may_leave:
            self.dismiss(None)

    def action_other(self) -> None:
        """F2."""
        if self._other is not None:
            self._other()

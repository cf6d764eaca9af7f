"""The ground of every screen: services asked in threads, commands from the table, and saying what is so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from textual import on
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from pkui.base.clock import local, local_date
from pkui.base.commands import Command, Scope, in_scope, spoken_key
from pkui.base.errors import PkuiError
from pkui.base.words import _
from pkui.base.words.dates import clock_time, long_date
from screens.bench import Bench
from screens.places import PLACES, place
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyHint, SaidLine

T = TypeVar("T")


class Answer(Message):
    """A service has answered; `number` tells a late answer from the one that is waited for."""

    def __init__(self, group: str, number: int, then: Callable[[Any], None], value: Any) -> None:
        super().__init__()
        self.group, self.number, self.then, self.value = group, number, then, value


class WorkScreen(Screen[str]):
    """A screen whose keys come from the command table and whose data comes from services in threads."""

    SCOPE: ClassVar[Scope] = Scope.EVERYWHERE
    TITLE: ClassVar[str] = ""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self._asked: dict[str, int] = {}
        for command in in_scope(self.SCOPE, bench.commands):
            for key in command.keys:
                # An F-key means the same while one writes: fields have F-keys of their own.
                first = key[0] == "f" and key[1:].isdigit()
                binding = Binding(key, f"run_command('{command.id}')", "", show=False, id=command.id, priority=first)
                self._bindings._add_binding(binding)

    # -- asking services ---------------------------------------------------------------------------------

    def ask(
        self,
        call: Callable[[], T],
        then: Callable[[T], None],
        *,
        group: str,
        failed: Callable[[PkuiError], None] | None = None,
    ) -> None:
        """Runs `call` in a thread and `then` with its answer here; of one group only the newest answer counts."""
        number = self._asked[group] = self._asked.get(group, 0) + 1

        def work() -> None:
            """In the thread: the answer, or the refusal, as a message."""
            try:
                value, done = call(), then
            except PkuiError as error:
                value, done = error, failed or self.refused  # type: ignore[assignment]
            if not get_current_worker().is_cancelled:
                self.post_message(Answer(group, number, done, value))

        self.run_worker(work, thread=True, group=group, exit_on_error=False, name=group)

    def forget_answers(self) -> None:
        """Nothing that was asked so far is waited for any more."""
        self._asked = {group: number + 1 for group, number in self._asked.items()}

    @on(Answer)
    def _answered(self, answer: Answer) -> None:
        answer.stop()
        if answer.number == self._asked.get(answer.group) and self.is_attached:
            answer.then(answer.value)

    def on_worker_state_changed(self, event: Any) -> None:
        """An unexpected failure is told, never swallowed; its trace goes to the program's own log."""
        error = event.worker.error
        if error is not None and not isinstance(error, PkuiError):
            self.app.post_message(Failed(error))

    # -- commands ----------------------------------------------------------------------------------------

    def command(self, id: str) -> Command:
        """A command of the table in force."""
        return next(command for command in self.bench.commands if command.id == id)

    def action_run_command(self, id: str) -> None:
        """Does a command, or says why it cannot be done now."""
        reason = self.why_not(id)
        if reason is not None:
            self.say(reason, warning=True)
            return
        self.do(id)

    def do(self, id: str) -> None:
        """Does a command of the table: goes to a place, or does the screen's own `do_...`, else the program's."""
        if id in PLACES:
            self.app.push_screen(place(id, self.bench), self.came_back)
            return
        name = f"do_{id.replace('.', '_')}"
        (getattr(self, name, None) or getattr(self.app, name))()

    def came_back(self, after: str | None) -> None:
        """A screen one went to has been left, saying what is wanted next."""

    def why_not(self, id: str) -> str | None:
        """Why a command cannot be done now, in a sentence; None when it can."""
        return None

    def commands_here(self) -> list[tuple[Command, str | None]]:
        """Every command of this screen, each with the reason why it cannot be done now."""
        return [(command, self.why_not(command.id)) for command in in_scope(self.SCOPE, self.bench.commands)]

    @on(KeyHint.Pressed)
    def _hint_pressed(self, event: KeyHint.Pressed) -> None:
        event.stop()
        self.action_run_command(event.command.id)

    def do_help(self) -> None:
        """F1."""
        from screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.bench, self.SCOPE))

    def do_menu(self) -> None:
        """F2."""
        from screens.dialogs.menu import Menu

        self.app.push_screen(Menu(self.commands_here()), self._picked_in_menu)

    def _picked_in_menu(self, id: str | None) -> None:
        if id:
            self.action_run_command(id)

    def leave(self, after: str | None = None) -> None:
        """Goes back to the screen before, telling it what is wanted next."""
        self.dismiss(after)

    # -- saying what is so -------------------------------------------------------------------------------

    def say(self, text: str, *, warning: bool = False) -> None:
        """A short message on the last line; everything in it is text."""
        self.query_one(SaidLine).say(text, warning=warning)

    def refused(self, error: PkuiError) -> None:
        """Says which rule refused, and the next step."""
        from pkui.base.words.errors import message

        self.say(message(error), warning=True)

    def key_of(self, id: str) -> str:
        """A command's key as people say it."""
        return spoken_key(self.command(id).key)

    def on_screen_resume(self) -> None:
        """The head line is right again when one comes back."""
        self.tick()

    def on_mount(self) -> None:
        """The head line's time moves once a minute."""
        self.set_interval(15, self.tick)
        self.tick()

    def tick(self) -> None:
        """Brings the head line up to date."""
        for line in self.query(HeadLine):
            line.say(right=self.head_right())

    def head_right(self) -> str:
        """DEMO, day, time and person, as far as they are known and fit."""
        desk = self.bench.desk
        if desk is None:
            return ""
        now = local(desk.clock.now())
        parts = [_("DEMO")] if self.bench.training else []
        wide = self.size.width >= 100
        day = long_date(local_date(now)) if wide or self.SCOPE is Scope.QUEUE else ""
        parts += [f"{day} {clock_time(now)}".strip(), desk.person.name]
        return " · ".join(parts)


class Ready(Message):
    """The first thing a person can use is on the screen."""


class Failed(Message):
    """Something unexpected went wrong in a thread."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error

"""The workbench: its frame at once, the database opened beside it, who sits here, and then the screens."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding

from pkui.base import log
from pkui.base.clock import Clock, FrozenClock, RunningClock
from pkui.base.commands import keymap_problems, with_keymap
from pkui.base.errors import BadInput, PkuiError
from pkui.base.settings import ProgramSettings
from pkui.base.words import _
from pkui.domain.codes import Role
from pkui.domain.permissions import Grant, Permission
from screens.bench import Bench
from screens.clipboard import take_back
from screens.door import Door
from screens.entrance import PLACE, Entrance
from screens.places import place
from screens.queue import QueueScreen
from screens.themes import THEMES
from screens.work_screen import Failed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.screen import Screen

    from pkui.services.desk import Person
    from storage.store import Store
OVER_ANYTHING = frozenset({"enquiry", "incoming"})
"""Commands of the telephone, which rings also while a question stands over the work."""
BEGINS = {Role.SUPERVISOR: "day_sheet", Role.ADVISER: "day", Role.TEMPORARY: "day"}
"""What a role meets first when she signs in; Esc leads to the queue, where everybody else begins."""


class WorkbenchApp(App[int]):
    """One desk. Everything a person does goes through a screen to a service."""

    TITLE = "pkui"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [
        Binding("ctrl+q", "quit", "", show=False, priority=True),
        Binding("ctrl+l", "lock", "", show=False, priority=True),
    ]

    def __init__(
        self, settings: ProgramSettings, *, url: str, role: Role | None = None, username: str | None = None
    ) -> None:
        super().__init__()
        self._settings, self._url, self._role, self._username = settings, url, role, username
        self._store: Store | None = None
        self.bench = Bench(commands=with_keymap(settings.keymap), settings=settings)
        self._entrance = Entrance(self, settings, seated=self._seated, emptied=self._emptied, locked=self._locked)
        self.failure: PkuiError | None = None
        self.broken: Exception | None = None
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.animation_level = "none"
        for command in self.bench.commands:
            if command.id in OVER_ANYTHING:
                self._bindings.bind(",".join(command.keys), f"over_anything('{command.id}')", show=False, priority=True)

    def on_mount(self) -> None:
        """The queue's frame first; the database opens in a thread meanwhile."""
        self._queue = QueueScreen(self.bench)
        self.push_screen(self._queue)
        self.call_after_refresh(self._open_later)

    def _open_later(self) -> None:
        self.run_worker(self._open, thread=True, group="open", exit_on_error=False)

    def _open(self) -> None:
        """Opens the database and finds out who may sit here; runs in a thread."""
        try:
            from storage.store import open_store

            self._store = open_store(self._url, key_file=self._settings.key_file)
            if self._settings.now is not None and not self._store.training:
                raise BadInput("now_on_real_database")
            self._entrance.open(self._store, self._clock(), self._username, self._role)
        except PkuiError as error:
            self.call_from_thread(self._give_up, error)

    def _clock(self) -> Clock:
        if self._settings.now is not None:
            return FrozenClock(self._settings.now)
        return RunningClock(self._store.clock_shift) if self._store else RunningClock()

    def _seated(self, person: Person, by_the_door: bool) -> None:
        """Who came by the door begins where her day begins; who was named to the program is on the queue."""
        self._sit(person)
        begin = self._begin_of(person, by_the_door)
        if begin is not None:
            self.push_screen(place(begin, self.bench))

    def _begin_of(self, person: Person, by_the_door: bool) -> str | None:
        """The place a person begins at, where it is not the queue; who may see no case never begins there."""
        if person.grant(Permission.READ_QUEUE) is Grant.NO:
            return "log" if person.grant(Permission.ALL_ACCESS_LOG) is not Grant.NO else "people"
        if not by_the_door:
            return "workload" if self._role is Role.SUPERVISOR else None
        return next((begin for role, begin in BEGINS.items() if role in person.roles), None)

    def _sit(self, person: Person) -> None:
        from pkui.services.desk import Desk
        from pkui.services.journal import Journal

        if self._store is None:
            return
        self.bench.desk = Desk(self._store, self._clock(), person, PLACE)
        self.bench.journal = Journal(self._store)
        self.bench.training = self._store.training
        self._queue.start()

    def on_ready(self) -> None:
        """What start-up made lives as long as the program: the collector never looks at it, also not at a key press."""
        gc.freeze()
        gc.enable()

    def _give_up(self, error: PkuiError) -> None:
        self.failure = error
        self.exit(error.exit_code)

    def close_store(self) -> None:
        """Gives the database back."""
        if self._store is not None:
            self._store.close()

    # -- commands of everywhere --------------------------------------------------------------------------

    def action_over_anything(self, id: str) -> None:
        """The telephone rings: over a screen its own command, over a question the place itself."""
        from screens.places import place
        from screens.work_screen import WorkScreen

        if self.bench.desk is None or isinstance(self.screen, Door):
            return
        if isinstance(self.screen, WorkScreen):
            self.screen.action_run_command(id)
        else:
            self.push_screen(place(id, self.bench))

    def do_theme(self) -> None:
        """The next of the themes."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    def do_sign_out(self) -> None:
        """Leaves the desk to a colleague."""
        if self.bench.desk is not None:
            self._entrance.leave()

    def _emptied(self) -> None:
        """Every screen but the queue's frame is gone, and nothing of anyone is left on it."""
        while self.screen is not self._queue:
            self.pop_screen()
        take_back(self, self.bench)
        self.bench.desk = None
        self._queue.empty()

    def _locked(self) -> None:
        """The desk is locked: a person number is not left in the clipboard of whoever comes by."""
        take_back(self, self.bench)

    def do_password(self) -> None:
        """A new password of one's own."""
        changed = _("Your password is changed.")
        if not self._entrance.ask_new_password(lambda: self.notify(changed, markup=False)):
            self.notify(_("Nobody has a password of pkui's here."), markup=False)

    def do_lock(self) -> None:
        """Blanks the screen until the person is back."""
        self._entrance.lock()

    def action_lock(self) -> None:
        """Ctrl+L, also from within a question."""
        self.do_lock()

    async def on_event(self, event: events.Event) -> None:
        """Keys and the mouse keep the desk awake."""
        if isinstance(event, events.Key | events.MouseEvent | events.Paste):
            self._entrance.touched()
        await super().on_event(event)

    def do_quit(self) -> None:
        """Ends the program; unsaved notes are in the journal already."""
        take_back(self, self.bench)
        self.exit(0)

    async def action_quit(self) -> None:
        """Ctrl+Q."""
        self.do_quit()

    def on_failed(self, event: Failed) -> None:
        """Something unexpected: the trace goes to the log, the screen stays usable and says where to look."""
        reference = log.unexpected(event.error)
        text = _("Something went wrong in the program; nothing was changed. Reference: {reference}")
        self.notify(text.format(reference=reference), severity="error", markup=False, timeout=15)

    def _handle_exception(self, error: Exception) -> None:
        """A failure of a screen ends the program; what was typed is in the journal."""
        self.broken = self.broken or error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """No trace with the values of a case on the terminal: the command line says what to quote."""
        self._close_messages_no_wait()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """None of the library's own: the menu is drawn from our table."""
        return ()


def run_workbench(settings: ProgramSettings, *, url: str, role: Role | None = None, username: str | None = None) -> int:
    """Runs the workbench until it is left. Returns the exit code; raises the PkuiError that kept it from starting."""
    problems = keymap_problems(settings.keymap)
    if problems:
        code, what = problems[0]
        raise BadInput("bad_keymap", problem=code, what=what)
    gc.disable()
    app = WorkbenchApp(settings, url=url, role=role, username=username)
    try:
        result = app.run()
    finally:
        gc.enable()
        app.close_store()
    if app.failure is not None:
        raise app.failure
    if app.broken is not None:
        raise app.broken
    return result or 0

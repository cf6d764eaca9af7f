"""How one comes to sit at the desk and leaves it: picking a person or signing in, locking, unlocking, signing out."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from pkui.base.errors import BadInput
from pkui.base.words import _
from screens.door import Ask, Door
from screens.work_screen import Ready

if TYPE_CHECKING:
    from textual.app import App

    from pkui.base.clock import Clock
    from pkui.base.settings import ProgramSettings
    from pkui.domain.codes import Role
    from pkui.services.desk import Desk, Person
    from pkui.services.sign_in import Entered, Store

PLACE = "workbench"
LOOK_SECONDS = 5.0
"""How often it is looked whether the desk stands idle."""


class Entrance:
    """Decides who sits here. `seated` is told who; what needs the database runs in threads of the program."""

    def __init__(
        self,
        app: App[int],
        settings: ProgramSettings,
        *,
        seated: Callable[[Person, bool], None],
        emptied: Callable[[], None],
        locked: Callable[[], None],
    ) -> None:
        """`seated` is told who, and whether she came by the door.

        `emptied` takes everything of the person who leaves off the screens; `locked` what leads past the lock.
        """
        self._tell_locked, self._locked = locked, False
        self._app, self._settings, self._seated, self._emptied = app, settings, seated, emptied
        self._store: Store | None = None
        self._clock: Clock | None = None
        self._desk: Desk | None = None
        self._lock_after: float | None = None
        self._touched = time.monotonic()
        self._watching = False

    # -- coming in ---------------------------------------------------------------------------------------

    def open(self, store: Store, clock: Clock, username: str | None, role: Role | None) -> None:
        """Finds out who may sit here; runs in a thread. Raises what keeps everybody out."""
        from pkui.services.people import first_with_role, sign_in
        from pkui.services.sign_in import database_user, may_set_up

        self._store, self._clock = store, clock
        if store.training:
            username = username or (first_with_role(store, role, clock.now()) if role else None)
            if username is not None:
                self._app.call_from_thread(self._sit, sign_in(store, username, clock.now()), by_the_door=False)
            else:
                self._app.call_from_thread(self.ask_who)
        elif may_set_up(store):
            self._app.call_from_thread(self._set_up)
        elif self._settings.auth == "database":
            self._app.call_from_thread(self._sit, database_user(self._door_desk()))
        else:
            self._app.call_from_thread(self.ask_who)

    def ask_who(self) -> None:
        """Asks who is here: a person of the training database, or username and password."""
        store, clock = self._open_store
        if store.training:
            from pkui.services.people import people_to_pick
            from screens.sign_in import SignInScreen

            self._app.push_screen(SignInScreen(people_to_pick(store, clock.now())), self._picked)
        elif self._settings.auth == "database":
            self._app.exit(0)
        else:
            asks = [
                Ask("username", _("Username"), value=self._settings.user or ""),
                Ask("password", _("Password"), True),
            ]
            self._app.push_screen(
                Door(_("Sign in to pkui"), asks, self._enter, keys=_("Enter: sign in · Ctrl+Q: quit")), self._entered
            )
        self._app.post_message(Ready())

    def _picked(self, username: str | None) -> None:
        from pkui.services.people import sign_in

        store, clock = self._open_store
        if username is not None:
            self._sit(sign_in(store, username, clock.now()))

    def _enter(self, typed: dict[str, str]) -> Entered:
        from pkui.services.sign_in import enter

        return enter(self._door_desk(), typed["username"], typed["password"])

    def _entered(self, entered: Entered | None) -> None:
        if entered is None:
            return
        if not entered.must_change:
            self._sit(entered.person)
            return

        def change(typed: dict[str, str]) -> Person:
            """Changes the password; the person is the one who entered."""
            self._change(entered.person, typed)
            return entered.person

        title = _("Somebody else set your password. Choose one of your own.")
        self._app.push_screen(Door(title, _new_password(), change, keys=_("Enter: done · Ctrl+Q: quit")), self._sit)

    def _change(self, person: Person, typed: dict[str, str]) -> None:
        from pkui.services.desk import Desk
        from pkui.services.sign_in import change_password

        _same_twice(typed)
        store, clock = self._open_store
        change_password(Desk(store, clock, person, PLACE), typed["new"])

    def _set_up(self) -> None:
        """The first start of an installation: the first supervisor makes herself known."""
        from pkui.services.sign_in import database_user, set_up_first

        by_database = self._settings.auth == "database"

        def make(typed: dict[str, str]) -> Person:
            """Makes the first supervisor and lets her in."""
            if not by_database:
                _same_twice(typed)
            set_up_first(self._door_desk(), typed["username"], typed["name"], typed.get("new"))
            if by_database:
                return database_user(self._door_desk())
            return self._enter({"username": typed["username"], "password": typed["new"]}).person

        asks = [Ask("username", _("Username")), Ask("name", _("Name"))]
        asks += [] if by_database else _new_password()
        title = _("Nobody is known here yet. The first to be set up is a supervisor; she adds the others.")
        self._app.push_screen(Door(title, asks, make, keys=_("Enter: done · Ctrl+Q: quit")), self._sit)
        self._app.post_message(Ready())

    def _sit(self, person: Person | None, *, by_the_door: bool = True) -> None:
        if person is None:
            return
        from pkui.services.desk import Desk

        store, clock = self._open_store
        self._desk = Desk(store, clock, person, PLACE)
        self._seated(person, by_the_door)
        self._touched = time.monotonic()
        self._in_thread(self._took_seat)
        if not self._watching:
            self._watching = True
            self._app.set_interval(LOOK_SECONDS, self._look)

    def _took_seat(self) -> None:
        from pkui.services.sign_in import log_screen, took_seat

        if self._desk is not None:
            store, _clock = self._open_store
            minutes = took_seat(self._desk) if store.training else log_screen(self._desk, "seated")
            self._lock_after = minutes * 60.0 or None

    # -- locking -----------------------------------------------------------------------------------------

    def touched(self) -> None:
        """Somebody pressed a key or moved the mouse."""
        self._touched = time.monotonic()

    def _look(self) -> None:
        if self._lock_after is not None and time.monotonic() - self._touched > self._lock_after:
            self.lock()

    def lock(self) -> None:
        """Blanks the screen, whatever is open on it; everything under it stays as it is."""
        if self._desk is None or self._locked:
            return
        self._locked = True
        self._tell_locked()
        store, _clock = self._open_store
        asks = [] if store.training or self._settings.auth == "database" else [Ask("password", _("Password"), True)]
        title = _("Locked by %(name)s. What was typed is kept.") % {"name": self._desk.person.name}
        keys = _("Enter: unlock · F2: sign out, so that a colleague can sit here")
        self._app.push_screen(Door(title, asks, self._unlock, keys=keys, other=self._hand_over), self._unlocked)
        self._log("locked")

    def _unlock(self, typed: dict[str, str]) -> bool:
        """Opens for the person who locked; runs in a thread."""
        from pkui.services.sign_in import database_user, log_screen

        store, _clock = self._open_store
        desk = self._seat
        if self._settings.auth == "database" and not store.training:
            if database_user(self._door_desk()).id != desk.person.id:
                raise BadInput("sign_in_refused")
        elif not store.training:
            self._enter({"username": desk.person.username, "password": typed["password"]})
        log_screen(desk, "unlocked")
        return True

    def _unlocked(self, _opened: object) -> None:
        self._locked = False
        self.touched()

    def _hand_over(self) -> None:
        """F2 on the locked screen."""
        self.leave()

    # -- her own password --------------------------------------------------------------------------------

    def ask_new_password(self, changed: Callable[[], None]) -> bool:
        """Asks for a new password of her own, after the old one. False where nobody has a password here."""
        store, _clock = self._open_store
        if store.training or self._settings.auth == "database":
            return False

        def change(typed: dict[str, str]) -> bool:
            """Tries the old password, then sets the new one."""
            person = self._seat.person
            _same_twice(typed)
            self._enter({"username": person.username, "password": typed["old"]})
            self._change(person, typed)
            return True

        asks = [Ask("old", _("Password until now"), True), *_new_password()]
        door = Door(_("A new password of your own"), asks, change, keys=_("Enter: done · Esc: back"), may_leave=True)
        self._app.push_screen(door, lambda done: changed() if done else None)
        return True

    # -- going out ---------------------------------------------------------------------------------------

    def leave(self) -> None:
        """Leaves the desk to a colleague; the program empties its screens."""
        self._log("signed_out")
        self._desk, self._lock_after, self._locked = None, None, False
        self._emptied()
        self.ask_who()

    def _log(self, what: str) -> None:
        desk = self._seat

        def write() -> None:
            """Logs the screen."""
            from pkui.services.sign_in import log_screen

            log_screen(desk, what)

        self._in_thread(write)

    def _in_thread(self, call: Callable[[], None]) -> None:
        self._app.run_worker(call, thread=True, group="entrance", exit_on_error=False)

    @property
    def _seat(self) -> Desk:
        if self._desk is None:
            raise RuntimeError("nobody sits here")
        return self._desk

    @property
    def _open_store(self) -> tuple[Store, Clock]:
        if self._store is None or self._clock is None:
            raise RuntimeError("the database is not open")
        return self._store, self._clock

    def _door_desk(self) -> Desk:
        from pkui.services.sign_in import at_the_door

        return at_the_door(*self._open_store, PLACE)


def _new_password() -> list[Ask]:
    return [Ask("new", _("New password"), True), Ask("again", _("The same again"), True)]


def _same_twice(typed: dict[str, str]) -> None:
    if typed["new"] != typed["again"]:
        raise BadInput("passwords_differ")

"""What a command starts from: the settings of the run, how it prints, and a desk at a database."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from pkui.base.clock import Clock, FrozenClock, RunningClock
from pkui.base.errors import BadInput
from pkui.base.settings import ProgramSettings
from pkui.cli.output import Output

if TYPE_CHECKING:
    from pkui.services.desk import Desk, Person
    from storage.store import Store


class Program:
    """One run: its settings (once the global options are read) and its output."""

    def __init__(self) -> None:
        self.settings = ProgramSettings()
        self.output = Output()

    @property
    def as_json(self) -> bool:
        """Whether standard output is JSON and nothing else."""
        return self.output.as_json

    @contextmanager
    def desk(self, context: click.Context, *, stores: bool) -> Iterator[Desk]:
        """A desk at the database of the settings, as the person of the settings; `stores` when anything is written."""
        from pkui.services.desk import Desk
        from storage.store import open_store

        store = open_store(self.settings.url, key_file=self.settings.key_file)
        try:
            clock = clock_for(store, self.settings, stores=stores)
            yield Desk(store, clock, self._person(store, clock), place=context.command_path.removeprefix("pkui "))
        finally:
            store.close()

    def _person(self, store: Store, clock: Clock) -> Person:
        from pkui.services.people import sign_in

        if not store.training:
            return self._signed_in(store, clock)
        if self.settings.user is not None:
            return sign_in(store, self.settings.user, clock.now())
        return sign_in(store, _login(), clock.now(), strict=False)

    def _signed_in(self, store: Store, clock: Clock) -> Person:
        """The person signed in for commands; `--as` names nobody else. Raises Refused('not_signed_in')."""
        from pkui.base.errors import Refused
        from pkui.cli.tokens import kept_token
        from pkui.services.sign_in import at_the_door, database_user, resume

        if self.settings.auth == "database":
            person = database_user(at_the_door(store, clock, "command"))
        else:
            person = resume(store, kept_token(store.cipher.fingerprint), clock.now())
        if self.settings.user not in (None, person.username):
            raise Refused("not_signed_in")
        return person


def clock_for(store: Store, settings: ProgramSettings, *, stores: bool) -> Clock:
    """The clock of a database. Raises BadInput when PKUI_NOW would put a made-up time into real data."""
    if settings.now is None:
        return RunningClock(store.clock_shift)
    if stores and not store.training:
        raise BadInput("now_on_real_database")
    return FrozenClock(settings.now)


pass_program = click.make_pass_decorator(Program)


def _login() -> str | None:
    """The name the operating system knows the user by, where it knows one."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return None

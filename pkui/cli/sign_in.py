"""`pkui sign-in` and `sign-out`: commands act as the person until the token ends. No password is an argument."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from pkui.base.errors import BadInput, Refused
from pkui.base.words import _
from pkui.cli.opening import Program, clock_for, pass_program
from pkui.cli.output import instant
from pkui.cli.tokens import forget_token, keep_token, kept_token

if TYPE_CHECKING:
    from pkui.services.desk import Desk


@click.command("sign-in", help=_("Sign in for commands; the password is asked for, or read from standard input."))
@click.argument("username", required=False)
@click.option("--first", is_flag=True, help=_("Make the first supervisor of a new installation."))
@click.option("--name", metavar="NAME", help=_("Her name, with --first."))
@pass_program
def sign_in(program: Program, username: str | None, first: bool, name: str | None) -> None:
    """Signs in and keeps a token on this machine."""
    from pkui.services import sign_in as service
    from pkui.services.desk import Desk
    from storage.store import open_store

    store = open_store(program.settings.url, key_file=program.settings.key_file)
    try:
        clock = clock_for(store, program.settings, stores=True)
        door = service.at_the_door(store, clock, "sign-in")
        if program.settings.auth == "database":
            if first:
                service.set_up_first(door, _required(username), name or "", None)
            person = service.database_user(door)
        else:
            if store.training:
                raise Refused("training_needs_no_password")
            who, password = _required(username or program.settings.user), read_password(_("Password: "))
            if first:
                service.set_up_first(door, who, name or "", password)
            entered = service.enter(door, who, password)
            if entered.must_change:
                raise Refused("password_must_change")
            person = entered.person
        desk = Desk(store, clock, person, "sign-in")
        token, ends_at = service.begin_commands(desk)
        keep_token(store.cipher.fingerprint, token)
    finally:
        store.close()
    if program.as_json:
        program.output.data({"username": person.username, "ends_at": instant(ends_at)})
    else:
        program.output.lines([_("Signed in as %(name)s.") % {"name": person.name}])


@click.command("sign-out", help=_("End the sign-ins of commands, on every machine."))
@pass_program
@click.pass_context
def sign_out(context: click.Context, program: Program) -> None:
    """Ends them and removes the token."""
    from pkui.services import sign_in as service

    with program.desk(context, stores=True) as desk:
        if desk.store.training:
            raise Refused("training_needs_no_password")
        service.end_commands(desk)
        forget_token(desk.store.cipher.fingerprint)
    if program.as_json:
        program.output.data({"ok": True})
    else:
        program.output.lines([_("Signed out.")])


@click.command(help=_("Set a colleague's password, or without USERNAME your own (old line, new line)."))
@click.argument("username", required=False)
@pass_program
@click.pass_context
def password(context: click.Context, program: Program, username: str | None) -> None:
    """Reads the password from the terminal or standard input and sets it."""
    from pkui.services import sign_in as service

    if username is not None and username != (program.settings.user or ""):
        with program.desk(context, stores=True) as desk:
            service.set_password(desk, username, read_password(_("New password: ")))
    else:
        _own(program)
    if program.as_json:
        program.output.data({"ok": True})
    else:
        program.output.lines([_("The password is set.")])


def _own(program: Program) -> None:
    """Also somebody who must change her password, and so cannot sign in yet, may do that."""
    from pkui.services import sign_in as service
    from pkui.services.desk import Desk
    from storage.store import open_store

    store = open_store(program.settings.url, key_file=program.settings.key_file)
    try:
        clock = clock_for(store, program.settings, stores=True)
        door: Desk = service.at_the_door(store, clock, "staff password")
        token = kept_token(store.cipher.fingerprint)
        who = program.settings.user or service.resume(store, token, clock.now()).username
        entered = service.enter(door, who, read_password(_("Password: ")))
        desk = Desk(store, clock, entered.person, "staff password")
        service.change_password(desk, read_password(_("New password: ")))
    finally:
        store.close()


def read_password(prompt: str) -> str:
    """A password from the terminal without showing it, else one line of standard input."""
    if sys.stdin.isatty():
        import getpass

        return getpass.getpass(prompt)
    line = sys.stdin.readline()
    if not line:
        raise BadInput("password_needed")
    return line.rstrip("\r\n")


def _required(username: str | None) -> str:
    if not username:
        raise BadInput("missing_parameter", command="pkui sign-in", parameter="USERNAME")
    return username

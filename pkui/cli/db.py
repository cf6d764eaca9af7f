"""`pkui db`: makes, upgrades, checks and describes the database. Needs no person, only file or database role."""

from collections.abc import Mapping
from typing import Any

import click

from pkui.base.errors import BadInput
from pkui.base.words import N_, _
from pkui.cli import db_backup, db_move
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import as_json
from pkui.services import database
from pkui.services.database import Report

_NAMES = {
    "revision": N_("Schema"),
    "before": N_("Schema before"),
    "integrity": N_("The file is whole"),
    "foreign_keys": N_("Every reference leads somewhere"),
    "key": N_("The key is the right one"),
    "queue_numbers": N_("Queue numbers have no gap"),
    "log": N_("The access log is as it was written"),
    "engine": N_("Engine"),
    "kind": N_("Kind"),
    "made_at": N_("Made"),
    "open": N_("Open cases"),
    "closed": N_("Closed cases"),
}


@click.group(help=_("Make, upgrade and check the database."))
def db() -> None:
    """Groups the commands of the database."""


db.add_command(db_backup.backup)
db.add_command(db_backup.restore)
db.add_command(db_move.copy)
db.add_command(db_move.grants)


@db.command(help=_("Make the database and its key, where they are missing."))
@click.option("--training", is_flag=True, help=_("For made-up people: anyone may act as anyone, the clock is its own."))
@pass_program
def init(program: Program, training: bool) -> None:
    """Makes the database."""
    chosen = program.settings
    _show(program, database.init(chosen.url, training=training, key_file=chosen.key_file, now=chosen.now))


@db.command(help=_("Move the database to this program's schema."))
@pass_program
def upgrade(program: Program) -> None:
    """Upgrades the database."""
    _show(program, database.upgrade(program.settings.url))


@db.command(help=_("Check the file, references, schema, key and queue numbers. Exit code 1 when something is wrong."))
@pass_program
@click.pass_context
def check(context: click.Context, program: Program) -> None:
    """Checks the database."""
    report = database.check(program.settings.url, key_file=program.settings.key_file)
    _show(program, report)
    if any(one.name == "key" and not one.ok for one in report.checks):
        raise BadInput("wrong_key")
    if not report.ok:
        context.exit(1)


@db.command(help=_("What the database is, and how many cases it holds."))
@pass_program
def info(program: Program) -> None:
    """Describes the database."""
    report = database.info(program.settings.url)
    if program.as_json:
        _show(program, report)
    else:
        program.output.pairs({_(_NAMES[one.name]): _found(one.found) for one in report.checks})


def _show(program: Program, report: Report) -> None:
    if program.as_json:
        checks = as_json(list(report.checks))
        program.output.data({"ok": report.ok, "revision": report.revision, "checks": checks})
        return
    words = {True: _("OK"), False: _("WRONG")}
    rows = [(_(_NAMES[one.name]), words[one.ok], _found(one.found)) for one in report.checks]
    program.output.table((_("What"), _("State"), _("Found")), rows)


def _found(value: Any) -> str:
    """What a check found, on one line."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {one}" for name, one in value.items())
    return "" if value is None else str(as_json(value))

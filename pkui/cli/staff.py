"""`pkui staff`: brings in people from a file, and lists them."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from pkui.base.words import _, codes
from pkui.base.words.dates import near_instant
from pkui.cli import staff_day, staff_terms
from pkui.cli.files import read_bytes
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import instant_or_none
from pkui.cli.sign_in import password
from pkui.services.people import list_staff, main_role
from pkui.services.staff import import_staff
from storage.staff import StaffRecord

_FORMAT = """
\b
CSV (UTF-8):
  kind,username,name,value,from,to
\b
  team,,Børnegruppen,child_psychiatry,2026-10-01,2026-12-31
  person,abe,Anna Berg,,2020-01-01,
  role,abe,,adviser,2020-01-01,
  member,abe,,general,2020-01-01,
  shift,abe,,2026-11-23,08:00,12:00
  absence,abe,,illness,2026-11-23T09:30+01:00,
\b
JSON:
  {"schema": "pk-staff/1",
   "teams": [{"code", "name", "from", "to"}],
   "people": [{"username", "name", "from", "to",
     "roles": [{"role", "from", "to"}],
     "teams": [{"team", "from", "to"}],
     "shifts": [{"day", "from", "to"}],
     "absences": [{"kind", "from", "to"}]}]}
"""


@click.group(help=_("People, roles, teams, shifts and absences."))
def staff() -> None:
    """Groups the commands of people."""


@staff.command(
    "import",
    help=_("Bring in people from a CSV or JSON file: all of it or nothing. The same file twice changes nothing.")
    + "\n"
    + _FORMAT,
)
@click.argument("file", metavar="FILE|-")
@pass_program
@click.pass_context
def import_(context: click.Context, program: Program, file: str) -> None:
    """Imports a file and prints the people."""
    data = read_bytes(Path(file)) if file != "-" else sys.stdin.buffer.read()
    with program.desk(context, stores=True) as desk:
        _show(program, import_staff(desk, data), desk.clock.now())


@staff.command("list", help=_("Everyone who works here today."))
@pass_program
@click.pass_context
def list_(context: click.Context, program: Program) -> None:
    """Prints the people."""
    with program.desk(context, stores=False) as desk:
        _show(program, list_staff(desk), desk.clock.now())


for _command in (*staff_day.COMMANDS, *staff_terms.COMMANDS):
    staff.add_command(_command)


def _show(program: Program, people: list[StaffRecord], now: datetime) -> None:
    if program.as_json:
        program.output.data([_object(one) for one in people])
        return
    program.output.table(
        (_("Username"), _("Name"), _("Role"), _("Teams"), _("Away")),
        [
            (
                one.username,
                one.name,
                codes.role(main_role(one)) if one.roles else "",
                ", ".join(codes.team(team) for team in sorted(one.teams)),
                _away(one, now),
            )
            for one in people
        ],
    )


staff.add_command(password)


@staff.command(help=_("Guard a colleague's own case: her person number is read from standard input and not kept."))
@click.argument("username")
@pass_program
@click.pass_context
def identify(context: click.Context, program: Program, username: str) -> None:
    """Keeps a keyed index of the number."""
    from pkui.services.staff import identify as keep

    with program.desk(context, stores=True) as desk:
        keep(desk, username, sys.stdin.readline())
    if program.as_json:
        program.output.data({"ok": True})


def _object(one: StaffRecord) -> dict[str, Any]:
    return {
        "username": one.username,
        "name": one.name,
        "role": main_role(one).value if one.roles else None,
        "roles": sorted(role.value for role in one.roles),
        "teams": sorted(one.teams),
        "absent": one.absent,
        "absent_until": instant_or_none(one.absent_until),
    }


def _away(one: StaffRecord, now: datetime) -> str:
    if not one.absent:
        return ""
    return near_instant(one.absent_until, now) if one.absent_until else _("until further notice")

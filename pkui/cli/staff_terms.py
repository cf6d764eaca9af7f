"""`pkui staff role|team|hours|history`: what a person is, when she works, and what was changed about it."""

from datetime import date, datetime, time
from typing import Any

import click

from pkui.base.errors import BadInput
from pkui.base.words import _, people
from pkui.base.words.dates import stamp
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import instant_or_none
from pkui.domain.codes import Role
from pkui.domain.typed import Unreadable, typed_time
from pkui.services import employment
from pkui.services.employment import Term, Terms

_day = click.DateTime(["%Y-%m-%d"])
_FIRST = click.option("--from", "first", type=_day, help=_("The first day; without one, today."))
_LAST = click.option("--until", "last", type=_day, help=_("The last day."))
_ENDS = click.option("--end", "ends", type=_day, help=_("It ends after this day; yesterday ends it at once."))


def _date(value: datetime | None) -> date | None:
    return value.date() if value else None


@click.command(help=_("Give somebody a role from a day on, or end it."))
@click.argument("username", metavar="USERNAME")
@click.argument("role", type=click.Choice([one.value for one in employment.GIVEN]))
@_FIRST
@_LAST
@_ENDS
@pass_program
@click.pass_context
def role(
    context: click.Context,
    program: Program,
    username: str,
    role: str,
    first: datetime | None,
    last: datetime | None,
    ends: datetime | None,
) -> None:
    """Gives or ends a role."""
    with program.desk(context, stores=True) as desk:
        if ends is not None:
            done = employment.end_role(desk, username, Role(role), last=ends.date())
        else:
            done = employment.give_role(desk, username, Role(role), first=_date(first), last=_date(last))
        _show(program, done, desk.clock.now().date())


@click.command(help=_("Put somebody in a team from a day on, or take her out of it."))
@click.argument("username", metavar="USERNAME")
@click.argument("team", metavar="TEAM")
@_FIRST
@_LAST
@_ENDS
@pass_program
@click.pass_context
def team(
    context: click.Context,
    program: Program,
    username: str,
    team: str,
    first: datetime | None,
    last: datetime | None,
    ends: datetime | None,
) -> None:
    """Gives or ends a place in a team."""
    with program.desk(context, stores=True) as desk:
        if ends is not None:
            done = employment.end_team(desk, username, team, last=ends.date())
        else:
            done = employment.give_team(desk, username, team, first=_date(first), last=_date(last))
        _show(program, done, desk.clock.now().date())


@click.command(help=_("Give somebody other hours on the working days from a day to another; no hours is a day off."))
@click.argument("username", metavar="USERNAME")
@click.argument("stretches", metavar="HH:MM-HH:MM", nargs=-1)
@_FIRST
@_LAST
@pass_program
@click.pass_context
def hours(
    context: click.Context,
    program: Program,
    username: str,
    stretches: tuple[str, ...],
    first: datetime | None,
    last: datetime | None,
) -> None:
    """Sets hours and prints on how many days, and which booked calls lie outside them."""
    given = [_stretch(one) for one in stretches]
    with program.desk(context, stores=True) as desk:
        done = employment.set_hours(desk, username, given, first=_date(first), last=_date(last))
    if program.as_json:
        program.output.data({"username": username.strip().casefold(), "days": done.days, "calls": list(done.calls)})
        return
    lines = [_("Days: {n}").format(n=done.days)]
    if done.calls:
        lines.append(_("Booked calls outside the hours: {numbers}").format(numbers=", ".join(map(str, done.calls))))
    program.output.lines(lines)


@click.command(help=_("What was changed about somebody's roles, teams, hours and stand-ins, and by whom."))
@click.argument("username", metavar="USERNAME")
@pass_program
@click.pass_context
def history(context: click.Context, program: Program, username: str) -> None:
    """Prints the changes, the newest first."""
    with program.desk(context, stores=False) as desk:
        found = employment.changes(desk, username)
    if program.as_json:
        program.output.data(
            [{"at": instant_or_none(one.at), "by": one.by, "what": one.what, "details": one.details} for one in found]
        )
        return
    head = (_("When"), _("Who"), _("What"))
    program.output.table(head, [(stamp(one.at), one.by, people.change(one.what, one.details)) for one in found])


COMMANDS: tuple[click.Command, ...] = (role, team, hours, history)


def _stretch(text: str) -> tuple[time, time]:
    start, _dash, end = text.partition("-")
    try:
        return typed_time(start), typed_time(end)
    except Unreadable as error:
        raise BadInput("unreadable_hours") from error


def _show(program: Program, done: Terms, today: date) -> None:
    if program.as_json:
        program.output.data(
            {
                "username": done.record.username,
                "roles": [_object("role", one) for one in done.roles],
                "teams": [_object("team", one) for one in done.teams],
            }
        )
        return
    lines = [people.term(one.code, one.first, one.last, today) for one in done.roles]
    lines += [people.term(one.code, one.first, one.last, today, team=one.code) for one in done.teams]
    program.output.lines(lines)


def _object(kind: str, one: Term) -> dict[str, Any]:
    return {kind: one.code, "from": one.first.isoformat(), "to": one.last.isoformat() if one.last else None}

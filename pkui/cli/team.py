"""`pkui team`: teams and working groups opened and closed by date."""

from datetime import datetime
from typing import Any

import click

from pkui.base.words import _, codes
from pkui.cli.opening import Program, pass_program
from pkui.domain.codes import Topic
from pkui.services import roster
from pkui.services.roster import TeamView

_day = click.DateTime(["%Y-%m-%d"])


@click.group(help=_("Teams and working groups, opened and closed by date."))
def team() -> None:
    """Groups the commands of teams."""


@team.command("list", help=_("Every team, its days, and who is in it today."))
@pass_program
@click.pass_context
def list_(context: click.Context, program: Program) -> None:
    """Prints the teams."""
    with program.desk(context, stores=False) as desk:
        _show(program, roster.teams(desk), as_list=True)


@team.command("open", help=_("Open a working group: who is in it, and which topics or words bring a case to it."))
@click.argument("code", metavar="CODE")
@click.option("--name", required=True, help=_("Its name."))
@click.option("--from", "first", type=_day, help=_("The first day; without one, today."))
@click.option("--until", "last", type=_day, help=_("The last day."))
@click.option("--topic", "topics", multiple=True, type=click.Choice([one.value for one in Topic]), help=_("A topic."))
@click.option("--word", "words", multiple=True, help=_("A word in the course; * stands for any letters."))
@click.option("--member", "members", metavar="USERNAME", multiple=True, help=_("Who is in it."))
@pass_program
@click.pass_context
def open_(
    context: click.Context,
    program: Program,
    code: str,
    name: str,
    first: datetime | None,
    last: datetime | None,
    topics: tuple[str, ...],
    words: tuple[str, ...],
    members: tuple[str, ...],
) -> None:
    """Opens a group and prints it."""
    with program.desk(context, stores=True) as desk:
        opened = roster.open_team(
            desk,
            code,
            name,
            first=first.date() if first else None,
            last=last.date() if last else None,
            topics=topics,
            words=words,
            members=members,
        )
    _show(program, [opened], as_list=False)


@team.command("close", help=_("Close a working group after its last day; its cases are then dealt to everybody."))
@click.argument("code", metavar="CODE")
@click.option("--on", "last", type=_day, help=_("Its last day; without one, today."))
@pass_program
@click.pass_context
def close(context: click.Context, program: Program, code: str, last: datetime | None) -> None:
    """Closes a group and prints it."""
    with program.desk(context, stores=True) as desk:
        closed = roster.close_team(desk, code, last=last.date() if last else None)
    _show(program, [closed], as_list=False)


def _show(program: Program, found: list[TeamView], *, as_list: bool) -> None:
    objects = [_object(one) for one in found]
    if program.as_json:
        program.output.data(objects if as_list else objects[0])
        return
    head = (_("Team"), _("Name"), _("From"), _("To"), _("People"))
    rows = [
        (one.code, one.name or codes.team(one.code), one.opened_on.isoformat(),
         one.closed_on.isoformat() if one.closed_on else "-", ", ".join(one.members))
        for one in found
    ]  # fmt: skip
    program.output.table(head, rows)


def _object(one: TeamView) -> dict[str, Any]:
    return {
        "team": one.code,
        "name": one.name,
        "from": one.opened_on.isoformat(),
        "to": one.closed_on.isoformat() if one.closed_on else None,
        "topics": list(one.topics),
        "words": list(one.words),
        "members": list(one.members),
    }

"""`pkui workload`: who carries what, a proposal to move cases, and taking it back."""

from datetime import datetime
from typing import Any

import click

from pkui.base.errors import BadInput
from pkui.base.words import _, pgettext
from pkui.base.words import workload as words
from pkui.base.words.codes import team as team_word
from pkui.base.words.day_sheet import line
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import as_json, instant
from pkui.domain.workload.balance import MOST_MOVES
from pkui.domain.workload.outlook import Outlook
from pkui.services.day_sheet import day_sheet
from pkui.services.moving import Moved, undo_moves
from pkui.services.rebalance import Goal, Rebalancing, Wish, apply
from pkui.services.rebalance import rebalance as propose
from pkui.services.workload import Workload
from pkui.services.workload import workload as read_workload


@click.group(help=_("Who carries what, a proposal to move cases, and taking it back."))
def workload() -> None:
    """Groups the workload's commands."""


@workload.command("show", help=_("Everyone's open cases and minutes, and what every team has waiting."))
@pass_program
@click.pass_context
def show(context: click.Context, program: Program) -> None:
    """Prints the load."""
    with program.desk(context, stores=False) as desk:
        found = read_workload(desk)
    if program.as_json:
        program.output.data(document(found))
        return
    program.output.table(
        (
            _("Who"), pgettext("cases", "Open"), _("Hours"), "", _("Overdue"), _("Today"), _("Left today"),
            _("Left in all"),
        ),
        (
            (
                one.name, str(one.open), words.hours(one.minutes),
                _("away") if one.absent else words.fullness(one.minutes, one.capacity_week_minutes),
                str(one.overdue), str(one.due_today), words.hours(one.capacity_minutes),
                words.hours(one.capacity_week_minutes),
            )
            for one in found.people
        ),
    )  # fmt: skip
    program.output.lines([""] if not program.output.plain else [])
    program.output.table(
        (_("Team"), pgettext("cases", "Open"), _("Free"), _("Overdue"), _("Came, 7 days"), _("Closed")),
        (
            (
                one.name or team_word(one.team), str(one.open), str(one.unassigned), str(one.overdue),
                str(sum(one.came)), str(sum(one.went)),
            )
            for one in found.teams
        ),
    )  # fmt: skip


def document(found: Workload) -> dict[str, Any]:
    """The load as JSON."""
    return {
        "as_of": instant(found.as_of),
        "people": [as_json(one) for one in found.people],
        "teams": [as_json(one) for one in found.teams],
        "orphans": len(found.orphans),
    }


@workload.command("sheet", help=_("The day's sheet: who is here, what must happen today, what came in."))
@pass_program
@click.pass_context
def sheet(context: click.Context, program: Program) -> None:
    """Prints the sheet."""
    with program.desk(context, stores=False) as desk:
        found = day_sheet(desk)
    if program.as_json:
        program.output.data(
            {
                "as_of": instant(found.as_of),
                "since": instant(found.since),
                "here": [one.username for one in found.here],
                "away": [one.username for one in found.away],
                "coordinators": list(found.coordinators),
                "lines": [as_json(one) for one in found.lines],
            }
        )
        return
    program.output.pairs({line(one.line.value): str(one.count) for one in found.lines})


@workload.command("rebalance", help=_("Proposes who should take which cases; --apply moves them."))
@click.option("--absent", metavar="USERNAME", help=_("What if that person is away until --until?"))
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help=_("The last day away."))
@click.option("--team", metavar="TEAM", help=_("Deals out what that team has waiting."))
@click.option("--about", metavar="WORDS", default="", help=_("Deals out what is waiting about that department."))
@click.option("--most", type=click.IntRange(1, 1000), default=MOST_MOVES, show_default=True, help=_("Moves at most."))
@click.option("--apply", "applying", is_flag=True, help=_("Moves the cases, all at once."))
@pass_program
@click.pass_context
def rebalance(
    context: click.Context,
    program: Program,
    absent: str | None,
    until: datetime | None,
    team: str | None,
    about: str,
    most: int,
    applying: bool,
) -> None:
    """Prints a proposal; without a wish it evens the load out."""
    if (absent is None) != (until is None):
        raise BadInput("bad_days")
    goal = Goal.ABSENT if absent else Goal.BACKLOG if team or about else Goal.EVEN
    wish = Wish(goal, absent, until.date() if until else None, team, about, most)
    with program.desk(context, stores=applying) as desk:
        found = propose(desk, wish)
        done = apply(desk, found.moves) if applying and found.moves else None
    if program.as_json:
        program.output.data(proposal(found) | {"applied": as_json(done)})
        return
    program.output.table(
        (_("Queue no."), _("From"), _("To"), _("Why")),
        (
            (str(one.queue_number), name(found, one.holder), name(found, one.to),
             words.why(one.why, name(found, one.holder), name(found, one.to)))
            for one in found.moves
        ),
    )  # fmt: skip
    program.output.lines(words.effect(found.before, found.after, team_word))
    if done is not None:
        program.output.lines([words.moved(done.done, done.skipped)])


def name(found: Rebalancing, username: str | None) -> str:
    """A person's name, or nobody."""
    return found.names.get(username, username) if username else _("nobody")


def proposal(found: Rebalancing) -> dict[str, Any]:
    """A proposal as JSON."""
    return {
        "moves": [
            {
                "case_number": one.case_number,
                "queue_number": one.queue_number,
                "from": one.holder,
                "to": one.to,
                "why": [as_json(reason) for reason in one.why],
            }
            for one in found.moves
        ],
        "days": [day.isoformat() for day in found.days],
        "before": outlook(found.before),
        "after": outlook(found.after),
    }


def outlook(view: Outlook) -> dict[str, Any]:
    """The load of some days as JSON."""
    return {
        "late": view.late_in_all,
        "late_by_class": {str(rank): count for rank, count in view.late.items()},
        "late_by_team": view.lanes,
        "spread": view.spread,
        "people": [as_json(one) | {"share": one.share} for one in view.people],
    }


@workload.command("undo", help=_("Takes back the cases moved last today; those that have moved on are named."))
@pass_program
@click.pass_context
def undo(context: click.Context, program: Program) -> None:
    """Prints what is back."""
    with program.desk(context, stores=True) as desk:
        done: Moved = undo_moves(desk)
    if program.as_json:
        program.output.data(as_json(done))
        return
    program.output.lines([words.taken_back(done.done, done.skipped)])

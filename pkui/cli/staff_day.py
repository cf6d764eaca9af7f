"""`pkui staff absent|back|cover|duty`: who is away, who stands in, who coordinates the day."""

from datetime import date, datetime
from typing import Any

import click

from pkui.base.words import _, people
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import instant_or_none
from pkui.domain.absences import Half
from pkui.domain.codes import AbsenceKind
from pkui.services import absences, roster
from pkui.services.absences import Reported

_day = click.DateTime(["%Y-%m-%d"])


def _date(value: datetime | None) -> date | None:
    return value.date() if value else None


@click.command(
    help=_("Report somebody away; what cannot wait goes to cover at once. --undo takes today's report back.")
)
@click.argument("username", metavar="USERNAME")
@click.option("--kind", type=click.Choice([one.value for one in AbsenceKind]), default="illness", help=_("Why."))
@click.option("--from", "first", type=_day, help=_("The first day; without one, from now on."))
@click.option("--until", "last", type=_day, help=_("The last day; without one, the first day alone."))
@click.option("--open", "open_ended", is_flag=True, help=_("Until further notice."))
@click.option("--half", type=click.Choice([one.value for one in Half]), default="day", help=_("Half a day."))
@click.option("--preview", "only", is_flag=True, help=_("Say what would go to whom; store nothing."))
@click.option("--undo", "taken_back", is_flag=True, help=_("Take today's report back."))
@pass_program
@click.pass_context
def absent(
    context: click.Context,
    program: Program,
    username: str,
    kind: str,
    first: datetime | None,
    last: datetime | None,
    open_ended: bool,
    half: str,
    only: bool,
    taken_back: bool,
) -> None:
    """Reports an absence, shows what it would do, or takes it back."""
    if taken_back:
        with program.desk(context, stores=True) as desk:
            done = absences.undo(desk, username)
        shown = {"username": done.username, "done": done.done, "moved_on": list(done.moved_on)}
        _print(program, shown, [_("Cases that went back: {n}").format(n=done.done)])
        return
    with program.desk(context, stores=not only) as desk:
        if only:
            told = absences.preview(desk, username)
        else:
            told = absences.report(
                desk,
                username,
                kind=AbsenceKind(kind),
                first=_date(first),
                last=_date(last),
                half=Half(half),
                open_ended=open_ended,
            )
    _print(program, _reported(told), _lines(told))


@click.command(help=_("Somebody is back: the absence that holds now ends."))
@click.argument("username", metavar="USERNAME")
@pass_program
@click.pass_context
def back(context: click.Context, program: Program, username: str) -> None:
    """Ends an absence."""
    with program.desk(context, stores=True) as desk:
        one = absences.back(desk, username)
    _print(program, {"username": one.username, "absent": one.absent}, [one.name])


@click.command(
    help=_("Give to cover what cannot wait for those whose absence has begun; open screens do it by themselves.")
)
@pass_program
@click.pass_context
def begin(context: click.Context, program: Program) -> None:
    """Moves what cannot wait, for whoever is away from now on."""
    with program.desk(context, stores=True) as desk:
        begun = absences.begin(desk)
    _print(program, [_reported(one) for one in begun], [line for one in begun for line in (one.name, *_lines(one))])


@click.command(help=_("Say who stands in for somebody, in order; nobody named ends it."))
@click.argument("username", metavar="USERNAME")
@click.option("--by", "substitutes", metavar="USERNAME", multiple=True, help=_("Who, once for each, in order."))
@click.option("--from", "first", type=_day, help=_("The first day; without one, today."))
@click.option("--until", "last", type=_day, help=_("The last day."))
@pass_program
@click.pass_context
def cover(
    context: click.Context,
    program: Program,
    username: str,
    substitutes: tuple[str, ...],
    first: datetime | None,
    last: datetime | None,
) -> None:
    """Sets who stands in."""
    with program.desk(context, stores=True) as desk:
        chain = roster.set_cover(desk, username, substitutes, first=_date(first), last=_date(last))
    _print(program, {"username": username.strip().casefold(), "chain": chain}, chain)


@click.command(help=_("Give somebody the duty of day coordinator for one day."))
@click.argument("username", metavar="USERNAME")
@click.option("--on", "day", type=_day, required=True, help=_("The day."))
@pass_program
@click.pass_context
def duty(context: click.Context, program: Program, username: str, day: datetime) -> None:
    """Gives the duty."""
    with program.desk(context, stores=True) as desk:
        one = roster.set_duty(desk, username, day.date())
    _print(program, {"username": one.username, "role": "day_coordinator", "on": day.date().isoformat()}, [one.name])


COMMANDS: tuple[click.Command, ...] = (absent, back, begin, cover, duty)


def _print(program: Program, shown: dict[str, Any] | list[dict[str, Any]], lines: list[str]) -> None:
    if program.as_json:
        program.output.data(shown)
    else:
        program.output.lines(lines)


def _reported(told: Reported) -> dict[str, Any]:
    return {
        "username": told.username,
        "from": instant_or_none(told.starts_at),
        "to": instant_or_none(told.ends_at),
        "moved": [
            {
                "case_number": one.case_number,
                "queue_number": one.queue_number,
                "why": one.why.value,
                "to": one.to,
                "call_at": instant_or_none(one.call_at),
                "call_kept": one.call_kept if one.call_at else None,
            }
            for one in told.moved
        ],
        "left": told.left,
        "lane_gaps": [{"day": gap.day.isoformat(), "could_take_it": list(gap.names)} for gap in told.gaps],
    }


def _lines(told: Reported) -> list[str]:
    lines = [
        " · ".join(
            part
            for part in (
                one.case_number,
                people.cannot_wait(one.why),
                one.to_name or _("back to the queue"),
                people.call(one.call_at, kept=one.call_kept),
            )
            if part
        )
        for one in told.moved
    ]
    lines.append(_("Cases that stay: {n}").format(n=told.left))
    return lines

"""`pkui day`: Min dag, the check at the end of it, and follow-ups by recipient."""

from datetime import datetime
from typing import Any

import click

from pkui.base.words import _
from pkui.base.words import day as words
from pkui.base.words.dates import stamp
from pkui.cli.callbacks_office import booking_object
from pkui.cli.one_case import spoken
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import as_json, instant
from pkui.cli.rows import queue_cells, queue_head, queue_row
from pkui.domain.codes import ContactResult
from pkui.services import cases
from pkui.services.day import DayLine, Evening, evening, my_day
from pkui.services.followups import Recipient, contact_about, recipients
from pkui.services.journal import Journal


@click.group(help=_("Your day: what wants your attention, and the check before you go home."))
def day() -> None:
    """Groups the commands of the day."""


@day.command(help=_("Everything that wants your attention today, each case once with its reasons."))
@pass_program
@click.pass_context
def show(context: click.Context, program: Program) -> None:
    """Prints the day."""
    with program.desk(context, stores=False) as desk:
        found = my_day(desk)
    if program.as_json:
        lines = [_line(line, found.at) for line in found.lines]
        program.output.data({"as_of": instant(found.at), "cases": lines, "short_answers": found.short_answers})
        return
    head = ("", *queue_head(), _("Why"))
    program.output.table(
        head,
        [
            (words.part(line.part), *queue_cells(line.row, found.at), words.why(line.why, found.at))
            for line in found.lines
        ],
    )


@day.command(help=_("What is left before you go home: no next step, unfinished notes, tomorrow's calls."))
@pass_program
@click.pass_context
def check(context: click.Context, program: Program) -> None:
    """Prints the check at the end of the day."""
    with program.desk(context, stores=False) as desk:
        found = evening(desk, Journal(desk.store).unfinished())
    if program.as_json:
        program.output.data(_evening(found))
        return
    program.output.table(
        (*queue_head(), _("Why")),
        [(*queue_cells(line.row, found.at), words.why(line.why, found.at)) for line in found.undone],
    )
    numbers = [one.record.queue_number for one in found.unfinished]
    notes = [_("Unfinished note: queue no. {number}").format(number=number) for number in numbers]
    calls = [
        _("Tomorrow {when}: queue no. {number}").format(when=stamp(one.starts_at), number=one.queue_number)
        for one in found.tomorrow
    ]
    program.output.lines([*notes, *calls, *([_("Everything has a next step.")] if found.done else [])])


@day.command(help=_("Whom your cases and your teams' wait for: one call may answer several."))
@pass_program
@click.pass_context
def followups(context: click.Context, program: Program) -> None:
    """Prints the recipients."""
    with program.desk(context, stores=False) as desk:
        found = recipients(desk)
        now = desk.clock.now()
    if program.as_json:
        program.output.data([_recipient(one, now) for one in found])
        return
    program.output.table(
        (_("Recipient"), _("Cases"), _("First"), _("Queue no.")),
        [
            (
                words.recipient(one.party, one.name),
                str(len(one.cases)),
                one.first.isoformat(),
                ", ".join(str(case.row.record.queue_number) for case in one.cases),
            )
            for one in found
        ],
    )


@day.command(help=_("Log one contact on several cases that wait for the same recipient, all or none."))
@click.argument("numbers", metavar="N...", nargs=-1, required=True)
@click.option(
    "--result", type=click.Choice([one.value for one in ContactResult]), required=True, help=_("How it ended.")
)
@click.option("--text", metavar="TEXT|-", help=_("What was said; - reads it from standard input."))
@click.option("--name", help=_("Who it was, in words."))
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help=_("The next follow-up date of the cases you hold."))
@pass_program
@click.pass_context
def contact(
    context: click.Context,
    program: Program,
    numbers: tuple[str, ...],
    result: str,
    text: str | None,
    name: str | None,
    until: datetime | None,
) -> None:
    """Logs one contact on several cases."""
    said = spoken(text) if text is not None else None
    with program.desk(context, stores=True) as desk:
        found = sorted({cases.find_number(desk, number) for number in numbers})
        contact_about(
            desk,
            [(number, None) for number in found],
            result=ContactResult(result),
            text=said,
            name=name,
            until=until.date() if until else None,
        )
    if program.as_json:
        program.output.data({"cases": found})
    else:
        program.output.lines([_("Logged on {count} cases.").format(count=len(found))])


def _line(line: DayLine, now: datetime) -> dict[str, Any]:
    reasons = [words.reason_words(one, now) for one in line.why]
    return {**queue_row(line.row, now), "part": line.part.value, "reasons": reasons}


def _evening(found: Evening) -> dict[str, Any]:
    return {
        "as_of": instant(found.at),
        "done": found.done,
        "undone": [_line(line, found.at) for line in found.undone],
        "unfinished": [one.record.queue_number for one in found.unfinished],
        "next_day": found.next_day.isoformat(),
        "tomorrow": [booking_object(one) for one in found.tomorrow],
    }


def _recipient(one: Recipient, now: datetime) -> dict[str, Any]:
    return {
        "party": one.party.value,
        "name": one.name,
        "first": one.first.isoformat(),
        "cases": [
            {
                **queue_row(case.row, now),
                "asked": case.text,
                "follow_up_on": as_json(case.follow_up_on),
                "mine": case.mine,
            }
            for case in one.cases
        ],
    }

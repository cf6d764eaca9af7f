"""`pkui intake`, what a person does: register, complete, put where it belongs, look at grave words, short answers."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

import click

from pkui.base.errors import BadInput
from pkui.base.words import _, codes, help_line, ngettext
from pkui.base.words.dates import stamp
from pkui.base.words.intake import field_name
from pkui.cli.files import read_input
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import instant
from pkui.domain.intake.receipt import Registered
from pkui.services import cases, parked
from pkui.services import help_line as service


@click.command(help=_("Register an enquiry typed for a caller, as pk-intake/1; - reads standard input. Twice is once."))
@click.argument("file", metavar="FILE|-")
@pass_program
@click.pass_context
def register(context: click.Context, program: Program, file: str) -> None:
    """Prints the receipt."""
    with program.desk(context, stores=True) as desk:
        _receipt(program, service.register(desk, _object(file)), desk.clock.now())


@click.command(help=_("Complete a parked submission with a JSON merge patch of pk-intake/1."))
@click.argument("id", metavar="ID", type=click.UUID)
@click.argument("file", metavar="FILE|-")
@pass_program
@click.pass_context
def complete(context: click.Context, program: Program, id: UUID, file: str) -> None:
    """Prints the receipt of the case it became."""
    with program.desk(context, stores=True) as desk:
        _receipt(program, parked.complete(desk, id, _object(file)), desk.clock.now())


@click.command(help=_("Put a parked submission on the case it belongs to."))
@click.argument("id", metavar="ID", type=click.UUID)
@click.argument("number", metavar="N")
@pass_program
@click.pass_context
def attach(context: click.Context, program: Program, id: UUID, number: str) -> None:
    """Prints the case's receipt."""
    with program.desk(context, stores=True) as desk:
        _receipt(program, parked.attach(desk, id, cases.find_number(desk, number)), desk.clock.now())


@click.command(help=_("Ordinary enquiries with grave words that nobody has looked at yet."))
@pass_program
@click.pass_context
def flagged(context: click.Context, program: Program) -> None:
    """Prints them, the most pressing first."""
    with program.desk(context, stores=False) as desk:
        found = parked.flagged(desk)
    if program.as_json:
        program.output.data([_flagged_object(one) for one in found])
    elif found:
        rows = [
            (
                str(one.row.record.queue_number),
                codes.topic(one.row.record.topic),
                ", ".join(one.words),
                stamp(one.look_by),
            )
            for one in found
        ]
        program.output.table((_("Queue no."), _("Topic"), _("Words"), _("Look by")), rows)


@click.command(help=_("Say that the grave words of a case have been looked at."))
@click.argument("number", metavar="N")
@click.option("--urgent", is_flag=True, help=_("It is a case of maximum waiting times."))
@pass_program
@click.pass_context
def looked(context: click.Context, program: Program, number: str, urgent: bool) -> None:
    """Prints the case as it stands then."""
    from pkui.cli.rows import case_lines, case_object

    with program.desk(context, stores=True) as desk:
        view = parked.check_flags(desk, cases.find_number(desk, number), urgent=urgent)
        now = desk.clock.now()
    if program.as_json:
        program.output.data(case_object(view, now))
    else:
        program.output.lines(case_lines(view, now))


@click.command("short-answer", help=_("Count a short answer on the telephone, which is no enquiry."))
@click.option("--count", "only_count", is_flag=True, help=_("Only tell how many there are today."))
@pass_program
@click.pass_context
def short_answer(context: click.Context, program: Program, only_count: bool) -> None:
    """Prints today's count."""
    with program.desk(context, stores=not only_count) as desk:
        today = service.short_answers_today(desk) if only_count else service.short_answer(desk)
    if program.as_json:
        program.output.data({"today": today})
    else:
        text = ngettext("{count} short answer today", "{count} short answers today", today)
        program.output.lines([text.format(count=today)])


COMMANDS = (register, complete, attach, flagged, looked, short_answer)


def _object(file: str) -> dict[str, Any]:
    """The JSON object of a file or of standard input. Raises BadInput without repeating any of it."""
    try:
        found = json.loads(read_input(file).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadInput("not_text") from error
    except (ValueError, RecursionError) as error:
        raise BadInput("not_an_object") from error
    if not isinstance(found, dict):
        raise BadInput("not_an_object")
    return found


def _receipt(program: Program, done: Registered, now: datetime) -> None:
    if program.as_json:
        program.output.data(
            {
                "status": done.status.value,
                "case_number": done.case_number,
                "queue_number": done.queue_number,
                "due_at": instant(done.due_at),
                "topic": done.topic.value,
                "priority_class": done.priority_class,
                "linked_to": list(done.linked_to),
                "flagged_words": list(done.flagged_words),
                "left_out": list(done.left_out),
            }
        )
        return
    lines = [f"{done.queue_number}  {done.case_number}", *help_line.to_say(done, now)]
    if done.left_out:
        fields = ", ".join(dict.fromkeys(field_name(pointer) for pointer in done.left_out))
        lines.append(_("left out: %(fields)s") % {"fields": fields})
    program.output.lines(lines)


def _flagged_object(one: parked.Flagged) -> dict[str, Any]:
    record = one.row.record
    return {
        "case_number": record.case_number,
        "queue_number": record.queue_number,
        "topic": record.topic.value,
        "flagged_words": list(one.words),
        "look_by": instant(one.look_by),
    }

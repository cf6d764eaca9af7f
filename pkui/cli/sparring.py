"""`pkui sparring`: the questions about cases that wait for an answer."""

from typing import Any

import click

from pkui.base.words import _, codes
from pkui.base.words.dates import stamp
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import instant
from pkui.services.sparring import QuestionRecord, open_questions


@click.group(help=_("Questions to colleagues, the lawyer and the fortnightly meeting."))
def sparring() -> None:
    """Groups the commands of sparring."""


@sparring.command("list", help=_("What waits for an answer, your own first."))
@pass_program
@click.pass_context
def list_(context: click.Context, program: Program) -> None:
    """Prints the open questions."""
    with program.desk(context, stores=False) as desk:
        found = open_questions(desk)
    if program.as_json:
        program.output.data([_object(one) for one in found])
        return
    head = (_("Queue no."), _("Asked"), _("By"), _("Of"), _("Question"))
    program.output.table(head, [_cells(one) for one in found])


def _object(one: QuestionRecord) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "queue_number": one.queue_number,
        "case_number": one.case_number,
        "patient": {"name": None if one.protected else one.patient_name, "protected": one.protected},
        "asked_of": one.asked_of.value,
        "colleague": one.colleague,
        "asked_by": one.asked_by,
        "asked_at": instant(one.asked_at),
        "text": one.text,
    }


def _cells(one: QuestionRecord) -> tuple[str, ...]:
    of = one.colleague_name or codes.sparring_with(one.asked_of)
    return str(one.queue_number), stamp(one.asked_at), one.asked_by_name, of, one.text

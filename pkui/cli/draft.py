"""`pkui draft`: the outbox; every part of the program only adds to it."""

import sys
from typing import Any
from uuid import UUID

import click

from pkui.base.errors import BadInput
from pkui.base.words import _, codes
from pkui.base.words.dates import stamp
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import as_json
from pkui.cli.rows import without_name
from pkui.domain.access_codes import AccessKind
from pkui.domain.codes import DraftKind, DraftState
from pkui.services import outbox
from pkui.services.outbox import DraftRecord, DraftView
from pkui.services.printing import print_text

ID = click.argument("id", metavar="ID")
VERSION = click.option("--version", type=int, help=_("The version this is based on; refused when it has moved on."))


@click.group(help=_("Drafts: letters and messages that are not yet sent."))
def draft() -> None:
    """Groups the commands of the outbox."""


@draft.command("list", help=_("Drafts, the oldest first."))
@click.option("--state", type=click.Choice([one.value for one in DraftState]), default="draft", help=_("Which ones."))
@click.option("--mine", is_flag=True, help=_("Only what I wrote, and what is about cases I hold."))
@pass_program
@click.pass_context
def list_(context: click.Context, program: Program, state: str, mine: bool) -> None:
    """Prints the drafts without their texts."""
    with program.desk(context, stores=False) as desk:
        found = outbox.drafts(desk, states=[DraftState(state)], mine=mine)
    if program.as_json:
        program.output.data([draft_row(one) for one in found])
        return
    head = (_("Draft"), _("Case"), _("Made"), _("To"), _("How"), _("Subject"))
    program.output.table(head, [_cells(one) for one in found])


@draft.command(help=_("One draft in full; the look-up is logged."))
@ID
@pass_program
@click.pass_context
def show(context: click.Context, program: Program, id: str) -> None:
    """Prints one draft."""
    with program.desk(context, stores=True) as desk:
        _show(program, outbox.read_draft(desk, draft_id(id)))


@draft.command(help=_("Write the text anew; - reads it from standard input."))
@ID
@click.argument("text", metavar="TEXT|-")
@VERSION
@pass_program
@click.pass_context
def correct(context: click.Context, program: Program, id: str, text: str, version: int | None) -> None:
    """Corrects a draft."""
    if text == "-":
        text = sys.stdin.read()
    with program.desk(context, stores=True) as desk:
        _show(program, outbox.correct_draft(desk, draft_id(id), text, version=version))


@draft.command(help=_("Mark a draft as sent: how and to whom."))
@ID
@click.option("--how", type=click.Choice([one.value for one in DraftKind]), required=True, help=_("How it was sent."))
@click.option("--to", "sent_to", required=True, metavar="NAME", help=_("To whom."))
@VERSION
@pass_program
@click.pass_context
def send(context: click.Context, program: Program, id: str, how: str, sent_to: str, version: int | None) -> None:
    """Marks a draft as sent."""
    with program.desk(context, stores=True) as desk:
        _show(program, outbox.send_draft(desk, draft_id(id), way=DraftKind(how), sent_to=sent_to, version=version))


@draft.command(help=_("Take a draft out of the list; it can be brought back."))
@ID
@VERSION
@pass_program
@click.pass_context
def discard(context: click.Context, program: Program, id: str, version: int | None) -> None:
    """Discards a draft."""
    with program.desk(context, stores=True) as desk:
        _show(program, outbox.discard_draft(desk, draft_id(id), version=version))


@draft.command(help=_("Take back the last change: sent, discarded or corrected."))
@ID
@VERSION
@pass_program
@click.pass_context
def undo(context: click.Context, program: Program, id: str, version: int | None) -> None:
    """Undoes the last change of a draft."""
    with program.desk(context, stores=True) as desk:
        _show(program, outbox.undo_draft(desk, draft_id(id), version=version))


@draft.command("print", help=_("Print a draft as print_to says; logged."))
@ID
@pass_program
@click.pass_context
def print_(context: click.Context, program: Program, id: str) -> None:
    """Prints a draft on paper or to a file."""
    with program.desk(context, stores=True) as desk:
        view = outbox.read_draft(desk, draft_id(id))
        print_text(program.settings.print_to, view.record)
        _show(program, outbox.take_out(desk, view.record.id, AccessKind.PRINT))


def draft_id(text: str) -> UUID:
    """The draft meant. Raises BadInput for what is no id."""
    try:
        return UUID(text)
    except ValueError as error:
        raise BadInput("no_draft") from error


def draft_row(one: DraftRecord) -> dict[str, Any]:
    """A draft in a list, without its text; the name is null for a protected person, as in every list."""
    return {
        "id": str(one.id),
        "version": one.version,
        "queue_number": one.queue_number,
        "case_number": one.case_number,
        "state": one.state.value,
        "kind": one.kind.value,
        "recipient": one.recipient.value,
        "recipient_name": one.recipient_name,
        "subject": one.subject,
        "made_by": one.made_by,
        "made_at": as_json(one.made_at),
        "patient": {"name": None if one.protected else one.patient_name, "protected": one.protected},
    }


def _cells(one: DraftRecord) -> list[str]:
    to = one.recipient_name or codes.party(one.recipient)
    return [str(one.id), one.case_number, stamp(one.made_at), to, codes.draft_kind(one.kind), one.subject or ""]


def _show(program: Program, view: DraftView) -> None:
    """A protected person's letter is read in the workbench, and printed; a command leaves her name out of it."""
    record = view.record
    text = without_name(record.text, record.patient_name) if record.protected else record.text
    if program.as_json:
        steps = [_step(as_json(one), record) for one in view.steps]
        program.output.data({**draft_row(view.record), "text": text, "gap": view.gap, "steps": steps})
        return
    program.output.lines(["\t".join(_cells(view.record)), "", *text.splitlines()])


def _step(shown: dict[str, Any], record: DraftRecord) -> dict[str, Any]:
    """Whom a letter was sent to is often the patient by name."""
    hides = record.protected and shown["sent_to"]
    return shown | {"sent_to": without_name(shown["sent_to"], record.patient_name)} if hides else shown

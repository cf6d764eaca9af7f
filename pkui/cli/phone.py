"""`pkui phone`: the phone book."""

from pathlib import Path
from typing import Any
from uuid import UUID

import click

from pkui.base.errors import BadInput
from pkui.base.words import _
from pkui.base.words.phone_book import phone_kind
from pkui.cli.files import read_bytes
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import as_json
from pkui.domain import phones
from pkui.domain.phone_book import PhoneChanges, PhoneKind, PhoneRow
from pkui.services import phone_book
from pkui.services.cases import find_number
from pkui.services.phone_book import EntryRecord


@click.group(help=_("The phone book: departments, private hospitals, transport, interpreters."))
def phone() -> None:
    """Groups the commands of the phone book."""


@phone.command(help=_("Entries that the words find, also misspelt; with a case those it needs first."))
@click.argument("text", metavar="TEXT", default="")
@click.option("--case", "case", metavar="N", help=_("For this case."))
@click.option("--limit", type=click.IntRange(1, 5_000), help=_("Rows at most."))
@pass_program
@click.pass_context
def find(context: click.Context, program: Program, text: str, case: str | None, limit: int | None) -> None:
    """Prints the entries."""
    with program.desk(context, stores=False) as desk:
        number = find_number(desk, case) if case else None
        found = phone_book.phone_book(desk, text, queue_number=number)[:limit]
    if program.as_json:
        program.output.data([_object(one) for one in found])
        return
    head = (_("Kind"), _("Name"), _("Place"), _("Telephone"), _("Answered when"))
    rows = [(phone_kind(one.row.kind), *_texts(one.row)) for one in found]
    program.output.table(head, rows)


@phone.command("import", help=_("Take in a CSV or JSON file: kind, name, place, phone, hours, note."))
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--preview", is_flag=True, help=_("Only show what would change."))
@pass_program
@click.pass_context
def import_(context: click.Context, program: Program, file: Path, preview: bool) -> None:
    """Shows or makes the change, all of it or nothing."""
    rows = phone_book.parse_phone_file(read_bytes(file))
    with program.desk(context, stores=not preview) as desk:
        if preview:
            found = phone_book.preview_phones(desk, rows)
        else:
            found = phone_book.import_phones(desk, rows, source=_("file"))
    _changes(program, found, written=not preview)


@phone.command("set", help=_("Write an entry; with --id it is corrected."))
@click.option("--id", "id", metavar="ID", help=_("The entry to correct."))
@click.option("--kind", type=click.Choice([one.value for one in PhoneKind]), required=True, help=_("Whom one reaches."))
@click.option("--name", required=True, help=_("Name"))
@click.option("--place", default="", help=_("Hospital or town."))
@click.option("--phone", "number", required=True, help=_("Telephone"))
@click.option("--hours", default="", help=_("When it is answered."))
@click.option("--note", default="", help=_("Note"))
@click.option("--source", required=True, help=_("Where it is written."))
@pass_program
@click.pass_context
def set(
    context: click.Context,
    program: Program,
    id: str | None,
    kind: str,
    name: str,
    place: str,
    number: str,
    hours: str,
    note: str,
    source: str,
) -> None:
    """Writes one entry and prints its id."""
    given = {"kind": kind, "name": name, "place": place, "phone": number, "hours": hours, "note": note}
    with program.desk(context, stores=True) as desk:
        written = phone_book.edit_phone(desk, given, source=source, id=_id(id) if id else None)
    if program.as_json:
        program.output.data({"id": str(written)})
    else:
        program.output.lines([str(written)])


@phone.command(help=_("Take an entry out of the book from today on; its history stays."))
@click.argument("id", metavar="ID")
@click.option("--source", required=True, help=_("Where it is written."))
@pass_program
@click.pass_context
def end(context: click.Context, program: Program, id: str, source: str) -> None:
    """Ends one entry."""
    with program.desk(context, stores=True) as desk:
        phone_book.end_phone(desk, _id(id), source=source)
    if program.as_json:
        program.output.data({"id": id})


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise BadInput("no_phone_entry") from error


def _object(one: EntryRecord) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "version": one.version,
        **as_json(one.row),
        "source": one.source,
        "by_hand": one.by_hand,
        "by": one.edited_by,
        "at": as_json(one.edited_at),
    }


def _texts(row: PhoneRow) -> tuple[str, str, str, str]:
    return (row.name, row.place, phones.display(row.phone), row.hours)


def _changes(program: Program, found: PhoneChanges, *, written: bool) -> None:
    listed = {"added": list(found.added), "changed": [after for _b, after in found.changed], "ended": list(found.ended)}
    if program.as_json:
        counts = {name: len(rows) for name, rows in listed.items()}
        program.output.data(
            {"written": written, "counts": counts, **{name: as_json(one) for name, one in listed.items()}}
        )
        return
    words = {"added": _("added"), "changed": _("changed"), "ended": _("ended")}
    lines = [(words[name], phone_kind(row.kind), *_texts(row)) for name, rows in listed.items() for row in rows]
    head = (_("What"), _("Kind"), _("Name"), _("Place"), _("Telephone"), _("Answered when"))
    program.output.table(head, lines)

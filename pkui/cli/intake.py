"""`pkui intake`: brings in enquiries as they come, and shows what waits for a person."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import click

from pkui.base.errors import BadInput
from pkui.base.words import N_, _, ngettext
from pkui.base.words.intake import problem_line
from pkui.cli.files import files_in, read_bytes
from pkui.cli.intake_desk import COMMANDS
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import instant
from pkui.cli.progress import Progress
from pkui.domain.intake import BadMapping, Problem, parse_os2forms, read_mapping, split_documents
from pkui.services.intake import IntakeAnswer, Reader, as_it_is, import_all
from pkui.services.parked import Waiting, waiting

FORMATS = ("pk-intake", "os2forms")
STANDARD_INPUT = "-"
_STATUS = {
    "created": N_("registered"),
    "replayed": N_("known already"),
    "changed": N_("sent again with other content"),
    "parked": N_("waiting for a person"),
    "rejected": N_("refused, not stored"),
}


@click.group(help=_("Bring in enquiries, and see what could not be understood."))
def intake() -> None:
    """Groups the commands of intake."""


@intake.command(
    "import",
    help=_(
        "Bring in enquiries from files, JSON Lines files, folders or - (standard input); each is answered in order."
    ),
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--format", "format_", type=click.Choice(FORMATS), default=FORMATS[0], help=_("How they are written."))
@click.option("--mapping", metavar="FILE", help=_("Which field of the form is which, as TOML; for os2forms."))
@pass_program
@click.pass_context
def import_(
    context: click.Context, program: Program, paths: tuple[str, ...], format_: str, mapping: str | None
) -> None:
    """Imports and prints one answer a submission, as each batch is stored."""
    reader = _reader(format_, mapping)
    sources = [source for path in paths for source in _sources(path)]
    total = sum(source.stat().st_size for source in sources if source is not None)
    counts: dict[str, int] = {}
    with program.desk(context, stores=True) as desk, Progress(_("Bringing in enquiries"), total) as progress:
        for answer in import_all(desk, _bodies(sources, progress), reader=reader):
            counts[answer.status.value] = counts.get(answer.status.value, 0) + 1
            progress.clear()
            _show(program, answer)
    if not program.as_json and not program.output.plain:
        told = ((count, _(_STATUS[status])) for status, count in counts.items())
        program.output.lines([", ".join(f"{count} {status}" for count, status in told)])


@intake.command("parked", help=_("What could not be understood and waits for a person, and why."))
@pass_program
@click.pass_context
def parked_(context: click.Context, program: Program) -> None:
    """Prints what is parked, that with grave words first."""
    with program.desk(context, stores=False) as desk:
        found = waiting(desk)
    if program.as_json:
        program.output.data([_parked_object(one) for one in found])
        return
    if not program.output.plain:
        text = ngettext("{count} submission waits for a person", "{count} submissions wait for a person", len(found))
        program.output.lines([text.format(count=len(found))])
    rows = [
        (
            str(one.id),
            instant(one.registered_at),
            one.source_system or "-",
            one.form_id or "-",
            problem_line(problem.pointer, problem.code.value),
        )
        for one in found
        for problem in one.problems
    ]
    if rows:
        program.output.table((_("Id"), _("Received"), _("Sender"), _("Form"), _("Problem")), rows)


for _command in COMMANDS:
    intake.add_command(_command)


def _reader(format_: str, mapping: str | None) -> Reader:
    """Reads bodies of that format. Raises BadInput where the mapping file is missing or wrong."""
    if format_ == FORMATS[0]:
        return as_it_is
    if mapping is None:
        raise BadInput("mapping_needed")
    try:
        form = read_mapping(read_bytes(Path(mapping)).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadInput("not_text") from error
    except BadMapping as error:
        raise BadInput("bad_mapping", place=error.place) from error
    return lambda raw, now: parse_os2forms(raw, form, now)


def _sources(path: str) -> list[Path | None]:
    """The files behind one argument; None stands for standard input."""
    return [None] if path == STANDARD_INPUT else list(files_in(Path(path)))


def _bodies(sources: list[Path | None], progress: Progress) -> Iterator[bytes]:
    for source in sources:
        if source is None:
            yield from _counted(sys.stdin.buffer, progress)
            continue
        try:
            stream = source.open("rb")
        except OSError as error:
            raise BadInput("no_file") from error
        with stream:
            yield from _counted(stream, progress)


def _counted(stream: BinaryIO, progress: Progress) -> Iterator[bytes]:
    for body in split_documents(stream):
        yield body
        progress.advance(len(body))


def _show(program: Program, answer: IntakeAnswer) -> None:
    if program.as_json:
        program.output.data(
            {
                "submission_id": answer.submission_id,
                "status": answer.status.value,
                "case_number": answer.case_number,
                "queue_number": answer.queue_number,
                "linked_to": list(answer.linked_to),
                "errors": _problems(answer.errors),
            }
        )
        return
    why = "; ".join(problem_line(one.pointer, one.code.value) for one in answer.errors)
    words = (answer.submission_id or "-", _(_STATUS[answer.status.value]), answer.case_number or "-", why)
    program.output.lines(["\t".join(words).rstrip()])


def _problems(problems: tuple[Problem, ...]) -> list[dict[str, str]]:
    return [{"pointer": one.pointer, "code": one.code.value} for one in problems]


def _parked_object(one: Waiting) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "source_system": one.source_system,
        "form_id": one.form_id,
        "submission_id": str(one.submission_id) if one.submission_id else None,
        "registered_at": instant(one.registered_at),
        "errors": _problems(one.problems),
        "flagged_words": list(one.flagged_words),
        "look_by": instant(one.look_by) if one.look_by else None,
        "queue_number": one.queue_number,
    }

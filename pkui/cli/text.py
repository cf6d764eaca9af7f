"""`pkui text`: the office's templates, and filling one for a case."""

import sys
from dataclasses import replace
from datetime import datetime
from typing import Any

import click

from pkui.base.clock import local_date
from pkui.base.errors import BadInput
from pkui.base.words import _
from pkui.base.words.dates import plain_date
from pkui.base.words.texts import field_label, sms_words, text_kind
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import as_json
from pkui.cli.rows import without_name
from pkui.domain.advised import Advised
from pkui.domain.texts import TemplateVersion, TextKind, fields_for
from pkui.services import texts
from pkui.services.cases import find_number
from pkui.services.note_draft import note_draft
from pkui.services.texts import FilledText

KIND = click.argument("kind", metavar="KIND", type=click.Choice([one.value for one in TextKind]))
DAY = click.DateTime(["%Y-%m-%d"])


@click.group(help=_("Templates of letters and messages."))
def text() -> None:
    """Groups the commands of templates."""


@text.command("list", help=_("Every template as it holds today, and the merge fields it may use."))
@click.option("--on", type=DAY, help=_("As it holds on that day."))
@pass_program
@click.pass_context
def list_(context: click.Context, program: Program, on: datetime | None) -> None:
    """Prints the templates."""
    with program.desk(context, stores=False) as desk:
        _versions(program, texts.templates(desk, on=on.date() if on else None))


@text.command(help=_("Every wording of a template, the newest first."))
@KIND
@pass_program
@click.pass_context
def history(context: click.Context, program: Program, kind: str) -> None:
    """Prints a template's wordings."""
    with program.desk(context, stores=False) as desk:
        _versions(program, texts.template_history(desk, TextKind(kind)))


@text.command(help=_("Give a template another wording from a day on; - reads it from standard input."))
@KIND
@click.argument("wording", metavar="TEXT|-")
@click.option("--from", "valid_from", type=DAY, required=True, help=_("Its first day."))
@click.option("--to", "valid_to", type=DAY, help=_("Its last day."))
@click.option("--subject", required=True, help=_("The subject of the letter."))
@click.option("--preview", is_flag=True, help=_("Only show it, filled with a made-up case."))
@pass_program
@click.pass_context
def set(
    context: click.Context,
    program: Program,
    kind: str,
    wording: str,
    valid_from: datetime,
    valid_to: datetime | None,
    subject: str,
    preview: bool,
) -> None:
    """Sets or previews a wording."""
    if wording == "-":
        wording = sys.stdin.read()
    with program.desk(context, stores=not preview) as desk:
        if preview:
            filled = texts.preview(TextKind(kind), wording, subject=subject, today=local_date(desk.clock.now()))
            if program.as_json:
                program.output.data({"kind": kind, "text": filled.text})
            else:
                program.output.lines(filled.text.splitlines())
            return
        last = valid_to.date() if valid_to else None
        found = texts.set_template(
            desk, TextKind(kind), wording, subject=subject, valid_from=valid_from.date(), valid_to=last
        )
    _versions(program, [found])


@text.command(help=_("Fill a template from a case; what is missing is named. --draft puts it in the outbox."))
@click.argument("number", metavar="N")
@KIND
@click.option("--field", "fields", multiple=True, metavar="NAME=VALUE", help=_("A value the case does not have."))
@click.option("--draft", is_flag=True, help=_("Save it as a draft."))
@pass_program
@click.pass_context
def fill(
    context: click.Context, program: Program, number: str, kind: str, fields: tuple[str, ...], draft: bool
) -> None:
    """Prints the filled template, or drafts it."""
    given = dict(_pair(one) for one in fields)
    with program.desk(context, stores=True) as desk:
        queue_number = find_number(desk, number)
        use = texts.draft_text if draft else texts.fill_text
        _filled(program, use(desk, queue_number, TextKind(kind), given))


@text.command(help=_("A draft note of a case: background, what was advised on, agreed, follow-up. Nothing is saved."))
@click.argument("number", metavar="N")
@click.option("--about", multiple=True, type=click.Choice([one.value for one in Advised]), help=_("Advised on."))
@pass_program
@click.pass_context
def note(context: click.Context, program: Program, number: str, about: tuple[str, ...]) -> None:
    """Prints the note that writes itself."""
    with program.desk(context, stores=True) as desk:
        found = note_draft(desk, find_number(desk, number), [Advised(one) for one in about])
    if program.as_json:
        program.output.data({"text": found})
    else:
        program.output.lines(found.splitlines())


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise BadInput("bad_field_pair")
    return name, value


def _filled(program: Program, filled: FilledText) -> None:
    if filled.withheld:
        filled = replace(filled, text=without_name(filled.text, filled.withheld))
    if program.as_json:
        shown = as_json(filled)
        program.output.data({name: value for name, value in shown.items() if name != "withheld"})
        return
    lines = [filled.subject, "", *filled.text.splitlines()]
    if filled.missing:
        lines += ["", _("Missing: %(fields)s") % {"fields": ", ".join(field_label(one) for one in filled.missing)}]
    if filled.sms:
        lines += ["", sms_words(filled.sms)]
    program.output.lines(lines)


def _versions(program: Program, found: list[TemplateVersion]) -> None:
    if program.as_json:
        program.output.data([_object(one) for one in found])
        return
    head = (_("Template"), _("Subject"), _("From"), _("To"), _("By"))
    program.output.table(
        head,
        [
            (
                text_kind(one.kind),
                one.subject,
                plain_date(one.valid_from) if one.set_by else "-",
                plain_date(one.valid_to) if one.valid_to else "-",
                one.set_by or "-",
            )
            for one in found
        ],
    )


def _object(one: TemplateVersion) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "subject": one.subject,
        "text": one.text,
        "from": as_json(one.valid_from) if one.set_by else None,
        "to": as_json(one.valid_to),
        "by": one.set_by,
        "fields": list(fields_for(one.kind)),
    }

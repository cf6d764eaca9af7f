"""`pkui case merge, split, ask, answer, remind`: what joins a case to others, to colleagues and to a later hour."""

from datetime import datetime
from uuid import UUID

import click

from pkui.base.words import _
from pkui.cli.one_case import based_on, change, number, spoken
from pkui.cli.opening import Program, pass_program
from pkui.domain.codes import SparringWith
from pkui.services import cases, merges, reminders, sparring


@click.command(help=_("Make two open cases of a person one; the first number stays. A split gives both back."))
@number
@click.argument("other", metavar="M")
@click.option("--reason", required=True, help=_("Why."))
@based_on
@pass_program
@click.pass_context
def merge(context: click.Context, program: Program, number: str, other: str, reason: str, version: int | None) -> None:
    """Merges two cases and prints the one that stays."""
    change(
        context,
        program,
        number,
        lambda desk, found: merges.merge(desk, found, cases.find_number(desk, other), reason=reason, version=version),
    )


@click.command(help=_("Part a merged case from the first again."))
@number
@based_on
@pass_program
@click.pass_context
def split(context: click.Context, program: Program, number: str, version: int | None) -> None:
    """Splits a case."""
    change(context, program, number, lambda desk, found: merges.split(desk, found, version=version))


@click.command(help=_("Ask a colleague, the lawyer or the fortnightly meeting about a case."))
@number
@click.option(
    "--to", "asked_of", type=click.Choice([one.value for one in SparringWith]), required=True, help=_("Whom to ask.")
)
@click.option("--colleague", metavar="USERNAME", help=_("Which colleague; without it anyone who knows."))
@click.option("--text", metavar="TEXT|-", required=True, help=_("The question; - reads it from standard input."))
@based_on
@pass_program
@click.pass_context
def ask(
    context: click.Context,
    program: Program,
    number: str,
    asked_of: str,
    colleague: str | None,
    text: str,
    version: int | None,
) -> None:
    """Asks about a case."""
    question = spoken(text)
    change(
        context,
        program,
        number,
        lambda desk, found: sparring.ask(
            desk, found, question, asked_of=SparringWith(asked_of), colleague=colleague, version=version
        ),
    )


@click.command(help=_("Put the answer to a question on its case."))
@number
@click.option("--text", metavar="TEXT|-", required=True, help=_("The answer; - reads it from standard input."))
@click.option("--question", type=click.UUID, help=_("Which question, where several wait."))
@based_on
@pass_program
@click.pass_context
def answer(
    context: click.Context, program: Program, number: str, text: str, question: UUID | None, version: int | None
) -> None:
    """Answers a question."""
    said = spoken(text)
    change(
        context,
        program,
        number,
        lambda desk, found: sparring.answer(desk, found, said, question=question, version=version),
    )


@click.command(help=_("Be reminded of a case at a time; your own reminder, and one a case."))
@number
@click.option("--at", "when", type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]), help=_("Local time."))
@click.option("--text", metavar="TEXT|-", help=_("Of what; - reads it from standard input."))
@click.option("--clear", is_flag=True, help=_("Take the reminder away."))
@pass_program
@click.pass_context
def remind(
    context: click.Context, program: Program, number: str, when: datetime | None, text: str | None, clear: bool
) -> None:
    """Sets or takes away one's own reminder."""
    what = spoken(text) if text is not None else None
    if when is None and not clear:
        raise click.MissingParameter(param_hint="--at", param_type="option")
    change(
        context,
        program,
        number,
        lambda desk, found: (
            reminders.forget(desk, found) if clear or when is None else reminders.remind(desk, found, when, text=what)
        ),
    )


COMMANDS = (merge, split, ask, answer, remind)
"""What the group of a case takes in."""

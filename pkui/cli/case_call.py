"""`pkui case`, what changes while somebody rings: call times, contact details, an enquiry taken back."""

import click

from pkui.base.errors import BadInput
from pkui.base.words import _
from pkui.cli.one_case import based_on, change, number, spoken
from pkui.cli.opening import Program, pass_program
from pkui.domain.typed import Unreadable, typed_windows
from pkui.services import facts, incoming


@click.command(help=_("Close a case because the patient takes the enquiry back."))
@number
@click.option("--reason", required=True, help=_("What the patient said."))
@based_on
@pass_program
@click.pass_context
def withdraw(context: click.Context, program: Program, number: str, reason: str, version: int | None) -> None:
    """Withdraws an enquiry."""
    change(context, program, number, lambda desk, one: incoming.withdraw(desk, one, reason=reason, version=version))


@click.command(help=_("Give a case other weekly call times, such as 'ma 9-11.30, to 13-15'."))
@number
@click.argument("times", metavar="TIMES")
@based_on
@pass_program
@click.pass_context
def windows(context: click.Context, program: Program, number: str, times: str, version: int | None) -> None:
    """Changes the call times."""
    try:
        read = typed_windows(times)
    except Unreadable as error:
        raise BadInput("bad_call_times") from error
    change(context, program, number, lambda desk, one: facts.change_windows(desk, one, read, version=version))


@click.command("contact-details", help=_("Change how the patient is reached; an empty text clears."))
@number
@click.option("--phone", metavar="TEXT|-", help=_("The patient's telephone; - reads it from standard input."))
@click.option("--other-phone", help=_("Another telephone."))
@click.option("--email", help=_("E-mail."))
@click.option("--interpreter", help=_("The interpreter's language."))
@based_on
@pass_program
@click.pass_context
def contact_details(
    context: click.Context,
    program: Program,
    number: str,
    phone: str | None,
    other_phone: str | None,
    email: str | None,
    interpreter: str | None,
    version: int | None,
) -> None:
    """Changes the contact details."""
    said = spoken(phone).strip() if phone is not None else None
    change(
        context,
        program,
        number,
        lambda desk, one: facts.change_core_data(
            desk,
            one,
            phone=said,
            alternative_phone=other_phone,
            email=email,
            interpreter_language=interpreter,
            version=version,
        ),
    )


COMMANDS = (withdraw, windows, contact_details)

"""`pkui case approve, return`: a colleague looks at what a temporary colleague is about to send."""

import click

from pkui.base.words import _
from pkui.cli.one_case import based_on, change, number, spoken
from pkui.cli.opening import Program, pass_program
from pkui.services import approvals

_course = click.option(
    "--segment", "course", type=click.IntRange(min=1), metavar="K", help=_("Which course, where several wait.")
)


@click.command(help=_("Approve a temporary colleague's course, so that it can be sent."))
@number
@_course
@based_on
@pass_program
@click.pass_context
def approve(context: click.Context, program: Program, number: str, course: int | None, version: int | None) -> None:
    """Approves a course."""
    change(context, program, number, lambda desk, n: approvals.approve(desk, n, course=course, version=version))


@click.command("return", help=_("Return a temporary colleague's course with what is to be mended."))
@number
@click.option("--reason", metavar="TEXT|-", required=True, help=_("What is to be mended; - reads standard input."))
@_course
@based_on
@pass_program
@click.pass_context
def send_back(
    context: click.Context, program: Program, number: str, reason: str, course: int | None, version: int | None
) -> None:
    """Returns a course."""
    said = spoken(reason)
    change(
        context,
        program,
        number,
        lambda desk, n: approvals.send_back(desk, n, reason=said, course=course, version=version),
    )


COMMANDS = (approve, send_back)

"""`pkui case at-work`: says that one works on a case, or takes the work over from a colleague."""

import click

from pkui.base.words import _
from pkui.cli.one_case import number
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import as_json
from pkui.services import cases, company


@click.command("at-work", help=_("Hold a case for some minutes while you work on it; take it over with a reason."))
@number
@click.option("--reason", help=_("Why you take it over."))
@pass_program
@click.pass_context
def at_work(context: click.Context, program: Program, number: str, reason: str | None) -> None:
    """Holds a case and prints who is in it."""
    with program.desk(context, stores=True) as desk:
        found = cases.find_number(desk, number)
        here = company.take_over(desk, found, reason=reason) if reason else company.hold(desk, found)
    if program.as_json:
        program.output.data(as_json(here))
    elif here.hold is not None:
        program.output.pairs({_("At work"): here.hold.name, _("Also here"): ", ".join(here.others)})


COMMANDS = (at_work,)

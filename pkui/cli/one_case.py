"""What the commands of one case share: its number, the version a change is based on, texts, and the printing."""

import sys
from collections.abc import Callable

import click

from pkui.base.errors import BadInput
from pkui.base.words import _
from pkui.cli.opening import Program
from pkui.cli.rows import case_lines, case_object
from pkui.services import cases
from pkui.services.case_view import CaseView
from pkui.services.desk import Desk

Change = Callable[[Desk, int], CaseView]

based_on = click.option(
    "--version", type=click.IntRange(min=1), help=_("Refuse when the case has moved on since this version.")
)
number = click.argument("number", metavar="N")


def change(context: click.Context, program: Program, number: str, change: Change, *, reveal: bool = False) -> None:
    """Runs one use case on the case of that number and prints the case as it stands then."""
    with program.desk(context, stores=True) as desk:
        view = change(desk, cases.find_number(desk, number))
        now = desk.clock.now()
    if program.as_json:
        program.output.data(case_object(view, now, reveal=reveal))
    else:
        program.output.lines(case_lines(view, now, reveal=reveal))


def spoken(text: str) -> str:
    """A text as it was given, or from standard input for '-': what is personal need not stand on a command line."""
    if text != "-":
        return text
    try:
        read = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("not_text") from error
    if "\0" in read:
        raise BadInput("not_text")
    return read

"""`pkui case consent, withdraw-consent, correct, hold, lift`: what a patient agreed to, and what stays as it was."""

from datetime import datetime

import click

from pkui.base.errors import BadInput
from pkui.base.words import _
from pkui.cli.one_case import based_on, change, number, spoken
from pkui.cli.opening import Program, pass_program
from pkui.domain.codes import ConsentMode, ConsentType
from pkui.services import cases, consents, notes, retention
from pkui.services.case_view import CaseView
from pkui.services.desk import Desk

_TYPES = click.Choice([one.value for one in ConsentType])
_why = click.option("--reason", required=True, help=_("Why."))


@click.command(help=_("Write down what the patient agreed to, or refused."))
@number
@click.option("--type", "type_", type=_TYPES, default=ConsentType.HEALTH_INFORMATION.value, help=_("To what."))
@click.option("--mode", type=click.Choice([one.value for one in ConsentMode]), required=True, help=_("How."))
@click.option("--refused", is_flag=True, help=_("She refused."))
@click.option("--by", "given_by", default="", metavar="NAME|-", help=_("Who said so, where it was not the patient."))
@click.option("--scope", default="", metavar="TEXT|-", help=_("How far; - reads it from standard input."))
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help=_("The last day on which it holds."))
@based_on
@pass_program
@click.pass_context
def consent(
    context: click.Context,
    program: Program,
    number: str,
    type_: str,
    mode: str,
    refused: bool,
    given_by: str,
    scope: str,
    until: datetime | None,
    version: int | None,
) -> None:
    """Records a consent."""
    told, who = spoken(scope), spoken(given_by)

    def record(desk: Desk, found: int) -> CaseView:
        """The consent as it was given or refused."""
        return consents.record_consent(
            desk,
            found,
            ConsentType(type_),
            ConsentMode(mode),
            given=not refused,
            given_by=who,
            scope=told,
            ends_on=until.date() if until else None,
            version=version,
        )

    change(context, program, number, record)


@click.command("withdraw-consent", help=_("The patient takes her newest consent of a kind back."))
@number
@click.option("--type", "type_", type=_TYPES, default=ConsentType.HEALTH_INFORMATION.value, help=_("To what."))
@based_on
@pass_program
@click.pass_context
def withdraw_consent(context: click.Context, program: Program, number: str, type_: str, version: int | None) -> None:
    """Withdraws a consent."""

    def withdraw(desk: Desk, found: int) -> CaseView:
        """Withdraws the newest consent of that kind."""
        of_kind = [one for one in cases.open_case(desk, found).consents if one.type == type_]
        if not of_kind:
            raise BadInput("no_such_consent")
        return consents.withdraw_consent(desk, found, of_kind[-1].id, version=version)

    change(context, program, number, withdraw)


@click.command(help=_("Correct a note by a new one; both stay. K counts the case's notes from 1, the oldest first."))
@number
@click.argument("which", metavar="K", type=click.IntRange(min=1))
@click.argument("text", metavar="TEXT|-")
@based_on
@pass_program
@click.pass_context
def correct(context: click.Context, program: Program, number: str, which: int, text: str, version: int | None) -> None:
    """Adds a correction."""
    told = spoken(text)

    def add(desk: Desk, found: int) -> CaseView:
        """A new note that corrects the one of that number, the oldest being 1."""
        written = sorted(cases.open_case(desk, found).notes, key=lambda one: (one.at, one.id))
        if which > len(written):
            raise BadInput("no_such_note")
        return notes.add_note(desk, found, told, corrects=written[which - 1].id, version=version)

    change(context, program, number, add)


@click.command(help=_("Keep a case beyond its time, while a complaint or compensation case is open."))
@number
@_why
@based_on
@pass_program
@click.pass_context
def hold(context: click.Context, program: Program, number: str, reason: str, version: int | None) -> None:
    """Sets a hold."""
    change(context, program, number, lambda desk, n: retention.hold(desk, n, reason=reason, version=version))


@click.command(help=_("Let a kept case's time run again."))
@number
@_why
@based_on
@pass_program
@click.pass_context
def lift(context: click.Context, program: Program, number: str, reason: str, version: int | None) -> None:
    """Lifts a hold."""
    change(context, program, number, lambda desk, n: retention.lift(desk, n, reason=reason, version=version))


COMMANDS = (consent, withdraw_consent, correct, hold, lift)

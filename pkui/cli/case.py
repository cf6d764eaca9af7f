"""`pkui case`: show, find and work one case, on the same use cases as the case screen."""

from datetime import datetime

import click

from pkui.base.words import _
from pkui.cli import case_approval, case_call, case_company, case_privacy, case_together
from pkui.cli.one_case import based_on as _based_on
from pkui.cli.one_case import change as _change
from pkui.cli.one_case import number as _number
from pkui.cli.one_case import spoken as _spoken
from pkui.cli.opening import Program, pass_program
from pkui.cli.rows import queue_cells, queue_head, queue_row
from pkui.domain.codes import HISTORICAL_TOPICS, OUTCOMES, Cause, Complexity, ContactResult, Party, Topic
from pkui.services import cases
from pkui.services.case_view import CaseView
from pkui.services.contacts import log_contact
from pkui.services.desk import Desk
from pkui.services.notes import add_note
from pkui.services.search import find_cases


@click.group(help=_("Show, find and work a case. N is a queue number or a case number."))
def case() -> None:
    """Groups the commands of a case."""


@case.command(help=_("Everything of a case. The look-up is logged."))
@_number
@click.option("--reason", help=_("Why you open a case of another team."))
@click.option(
    "--reveal", is_flag=True, help=_("Also a protected person's name, telephone and address; asks for --reason.")
)
@pass_program
@click.pass_context
def show(context: click.Context, program: Program, number: str, reason: str | None, reveal: bool) -> None:
    """Prints a case; a protected person's name only where that is deliberately chosen."""
    opened = cases.hand_out if reveal else cases.open_case
    _change(context, program, number, lambda desk, found: opened(desk, found, reason=reason), reveal=reveal)


@case.command("rights", help=_("The hints of a case, with the office's own values of the law. The look-up is logged."))
@_number
@click.option("--reason", help=_("Why you open a case of another team."))
@pass_program
@click.pass_context
def case_rights(context: click.Context, program: Program, number: str, reason: str | None) -> None:
    """Prints a case's hints."""
    from pkui.cli.rights import document, lines

    with program.desk(context, stores=True) as desk:
        view = cases.open_case(desk, cases.find_number(desk, number), reason=reason).rights
    if program.as_json:
        program.output.data(document(list(view.hints), view.on, view.law))
    else:
        program.output.lines(lines(list(view.hints)))


@case.command(
    help=_("Cases by person number, name, phone, case or queue number; - reads the text from standard input.")
)
@click.argument("text", metavar="TEXT|-")
@pass_program
@click.pass_context
def find(context: click.Context, program: Program, text: str) -> None:
    """Prints the newest cases found."""
    with program.desk(context, stores=True) as desk:
        rows = find_cases(desk, _spoken(text))
        now = desk.clock.now()
    if program.as_json:
        program.output.data([queue_row(row, now) for row in rows])
    elif rows:
        program.output.table(queue_head(), [queue_cells(row, now) for row in rows])
    elif not program.output.plain:
        program.output.lines([_("No case matches.")])


@case.command(help=_("Take a case yourself, or give it to a colleague."))
@_number
@click.argument("user", metavar="USERNAME")
@click.option("--reason", help=_("Why, where one is asked for."))
@_based_on
@pass_program
@click.pass_context
def assign(
    context: click.Context, program: Program, number: str, user: str, reason: str | None, version: int | None
) -> None:
    """Assigns a case."""

    def change(desk: Desk, found: int) -> CaseView:
        """Takes the case oneself; for anybody else it is assigned."""
        if user.strip().casefold() == desk.person.username:
            return cases.take(desk, found, reason=reason, version=version)
        return cases.assign(desk, found, user.strip().casefold(), reason=reason, version=version)

    _change(context, program, number, change)


@case.command(help=_("Put a case back where it stood in the queue."))
@_number
@click.option("--reason", required=True, help=_("Why."))
@_based_on
@pass_program
@click.pass_context
def release(context: click.Context, program: Program, number: str, reason: str, version: int | None) -> None:
    """Puts a case back."""
    _change(context, program, number, lambda desk, found: cases.put_back(desk, found, reason=reason, version=version))


@case.command(help=_("Write a note on a case; - reads it from standard input."))
@_number
@click.argument("text", metavar="TEXT|-")
@_based_on
@pass_program
@click.pass_context
def note(context: click.Context, program: Program, number: str, text: str, version: int | None) -> None:
    """Adds a note."""
    written = _spoken(text)
    _change(context, program, number, lambda desk, found: add_note(desk, found, written, version=version))


@case.command(help=_("Log a contact or an attempt at one."))
@_number
@click.option("--with", "party", type=click.Choice([one.value for one in Party]), required=True, help=_("With whom."))
@click.option(
    "--result", type=click.Choice([one.value for one in ContactResult]), required=True, help=_("How it ended.")
)
@click.option("--text", metavar="TEXT|-", help=_("What was said; - reads it from standard input."))
@click.option("--name", help=_("Who it was, in words."))
@click.option("--still-waits", is_flag=True, help=_("The patient rang us and got no answer yet: the target stays."))
@click.option("--answer-by", type=click.DateTime(["%Y-%m-%d"]), help=_("When an answer was promised at the latest."))
@_based_on
@pass_program
@click.pass_context
def contact(
    context: click.Context,
    program: Program,
    number: str,
    party: str,
    result: str,
    text: str | None,
    name: str | None,
    still_waits: bool,
    answer_by: datetime | None,
    version: int | None,
) -> None:
    """Logs a contact."""
    said = _spoken(text) if text is not None else None
    _change(
        context,
        program,
        number,
        lambda desk, found: log_contact(
            desk,
            found,
            party=Party(party),
            result=ContactResult(result),
            text=said,
            party_name=name,
            answer_promised_on=answer_by.date() if answer_by else None,
            still_waits=still_waits,
            version=version,
        ),
    )


@case.command(help=_("Wait for somebody until a day; the case comes back by itself."))
@_number
@click.option("--for", "party", type=click.Choice([one.value for one in Party]), required=True, help=_("For whom."))
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), required=True, help=_("The follow-up date, a working day."))
@click.option("--text", metavar="TEXT|-", required=True, help=_("What was asked; - reads it from standard input."))
@_based_on
@pass_program
@click.pass_context
def wait(
    context: click.Context, program: Program, number: str, party: str, until: datetime, text: str, version: int | None
) -> None:
    """Lets a case wait."""
    asked, day = _spoken(text), until.date()
    _change(
        context,
        program,
        number,
        lambda desk, found: cases.wait(desk, found, party=Party(party), until=day, text=asked, version=version),
    )


@case.command(help=_("Hand your case over to a colleague with a message."))
@_number
@click.argument("user", metavar="USERNAME")
@click.option("--text", metavar="TEXT|-", required=True, help=_("The message; - reads it from standard input."))
@_based_on
@pass_program
@click.pass_context
def handover(context: click.Context, program: Program, number: str, user: str, text: str, version: int | None) -> None:
    """Hands a case over."""
    said = _spoken(text)
    _change(
        context, program, number, lambda desk, found: cases.hand_over(desk, found, user, text=said, version=version)
    )


@case.command(help=_("Close a case with its outcome and why the patient had to come."))
@_number
@click.option("--outcome", type=click.Choice(OUTCOMES), required=True, help=_("How it ended."))
@click.option("--cause", type=click.Choice([one.value for one in Cause]), help=_("Why the patient had to come."))
@click.option("--forwarded-to", help=_("To whom, where the outcome is forwarded."))
@_based_on
@pass_program
@click.pass_context
def close(
    context: click.Context,
    program: Program,
    number: str,
    outcome: str,
    cause: str | None,
    forwarded_to: str | None,
    version: int | None,
) -> None:
    """Closes a case."""
    why = Cause(cause) if cause else None
    _change(
        context,
        program,
        number,
        lambda desk, found: cases.close(
            desk, found, outcome=outcome, cause=why, forwarded_to=forwarded_to, version=version
        ),
    )


@case.command(help=_("Open a closed case again, for yourself."))
@_number
@click.option("--reason", required=True, help=_("Why."))
@_based_on
@pass_program
@click.pass_context
def reopen(context: click.Context, program: Program, number: str, reason: str, version: int | None) -> None:
    """Reopens a case."""
    _change(context, program, number, lambda desk, found: cases.reopen(desk, found, reason=reason, version=version))


@case.command(help=_("Give a case another team or complexity, with a reason; the rules leave it at that."))
@_number
@click.option("--team", help=_("The team's code."))
@click.option("--complexity", type=click.Choice([one.value for one in Complexity]), help=_("How hard it is."))
@click.option("--reason", required=True, help=_("Why."))
@_based_on
@pass_program
@click.pass_context
def route(
    context: click.Context,
    program: Program,
    number: str,
    team: str | None,
    complexity: str | None,
    reason: str,
    version: int | None,
) -> None:
    """Routes a case by hand."""
    from pkui.services.routing import set_routing

    level = Complexity(complexity) if complexity else None
    _change(
        context,
        program,
        number,
        lambda desk, found: set_routing(desk, found, team=team, complexity=level, reason=reason, version=version),
    )


@case.command(help=_("Give a case another topic, with a reason; its place, team and hints follow."))
@_number
@click.argument("topic", type=click.Choice([one.value for one in Topic if one not in HISTORICAL_TOPICS]))
@click.option("--reason", required=True, help=_("Why."))
@_based_on
@pass_program
@click.pass_context
def topic(context: click.Context, program: Program, number: str, topic: str, reason: str, version: int | None) -> None:
    """Changes the topic."""
    from pkui.services.routing import change_topic

    _change(
        context,
        program,
        number,
        lambda desk, found: change_topic(desk, found, Topic(topic), reason=reason, version=version),
    )


_PARTS = (case_call, case_company, case_together, case_privacy, case_approval)
for _command in (command for part in _PARTS for command in part.COMMANDS):
    case.add_command(_command)

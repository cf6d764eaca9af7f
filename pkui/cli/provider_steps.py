"""`pkui providers`, what the screen does with one place: choose, say how far, read out, correct, note, follow up.

The services are loaded by the command that needs them.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import click

from pkui.base.errors import BadInput
from pkui.base.words import _
from pkui.base.words import catalogue as words
from pkui.base.words.dates import stamp
from pkui.base.words.providers import change as changed
from pkui.cli.one_case import based_on, change, spoken
from pkui.cli.one_case import number as number_of_case
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import as_json
from pkui.cli.provider_rows import ending_lines, ending_object
from pkui.domain.codes import ConsentMode, SegmentState
from pkui.domain.providers.catalogue import LISTS, Row, plain

DAY = click.DateTime(formats=["%Y-%m-%d"])
KEPT = "kept"
_written = click.option("--written", required=True, metavar="WORDS", help=_("Where it is written."))


@click.command("choose", help=_("Choose a service for a case; the requests are put in the outbox as drafts."))
@number_of_case
@click.argument("service", metavar="SERVICE_ID")
@click.option("--consent", type=click.Choice([one.value for one in ConsentMode]), help=_("Consent given just now."))
@click.option("--reason", metavar="WORDS", help=_("Why, where the place is closed."))
@click.option(
    "--present",
    type=click.Choice([KEPT, "department", "patient", "office"]),
    help=_("The present date: kept, or who cancels it."),
)
@click.option("--part-of-assessment", is_flag=True, help=_("The examination is part of an assessment."))
@click.option("--segment", type=click.IntRange(min=1), metavar="K", help=_("Which course; else the main one."))
@click.option("--further", is_flag=True, help=_("A further course beside those the case has."))
@based_on
@pass_program
@click.pass_context
def choose_(
    context: click.Context,
    program: Program,
    number: str,
    service: str,
    consent: str | None,
    reason: str | None,
    present: str | None,
    part_of_assessment: bool,
    segment: int | None,
    further: bool,
    version: int | None,
) -> None:
    """Chooses a place."""
    from pkui.services.providers_choose import Choice, choose

    choice = Choice(
        service,
        consent=ConsentMode(consent) if consent else None,
        reason=reason,
        present_kept=None if present is None else present == KEPT,
        cancelled_by=None if present in (None, KEPT) else present,
        part_of_assessment=part_of_assessment,
        segment=segment,
        further=further,
    )
    change(context, program, number, lambda desk, found: choose(desk, found, choice, version=version))


@click.command("course", help=_("Say how far a case's course has come."))
@number_of_case
@click.argument("state", type=click.Choice([one.value for one in SegmentState if one is not SegmentState.CHOSEN]))
@click.option("--on", "on", type=DAY, help=_("The day it happened; else today."))
@click.option("--date", "confirmed", type=DAY, help=_("The date at the new place, once it is confirmed."))
@click.option("--segment", type=click.IntRange(min=1), default=1, metavar="K", help=_("Which course."))
@based_on
@pass_program
@click.pass_context
def course(
    context: click.Context,
    program: Program,
    number: str,
    state: str,
    on: datetime | None,
    confirmed: datetime | None,
    segment: int,
    version: int | None,
) -> None:
    """Moves a course one step."""
    from pkui.services.providers_choose import set_segment_state

    change(
        context,
        program,
        number,
        lambda desk, found: set_segment_state(
            desk, found, segment, SegmentState(state), on=_day(on), confirmed_date=_day(confirmed), version=version
        ),
    )


@click.command("aloud", help=_("The present date of a case against one or two services, in words for the patient."))
@number_of_case
@click.argument("services", metavar="SERVICE_ID...", nargs=-1)
@click.option("--draft", is_flag=True, help=_("Put it in the outbox as a draft to the patient."))
@pass_program
@click.pass_context
def aloud_(context: click.Context, program: Program, number: str, services: tuple[str, ...], draft: bool) -> None:
    """Prints the text."""
    from pkui.base.clock import local_date
    from pkui.services.cases import find_number
    from pkui.services.postcodes import load_postcodes
    from pkui.services.providers import open_book
    from pkui.services.providers_aloud import aloud, draft_aloud
    from pkui.services.providers_search import Wanted, patient_context, search

    with program.desk(context, stores=True) as desk:
        today, case = local_date(desk.clock.now()), find_number(desk, number)
        patient, book = patient_context(desk, case), open_book(desk)
        areas = {one.service.id: one.service.area for one in book.entries}
        if missing := [one for one in services if one not in areas]:
            raise BadInput("no_service", ids=", ".join(missing))
        area = areas[services[0]] if services else patient.area
        if area is None:
            raise BadInput("area_needed")
        wanted = Wanted(area=area, patient=patient, postcodes=load_postcodes(program.settings.postcodes))
        rows = search(book, wanted, today)
        named = [row for id in services for row in rows if row.entry.service.id == id]
        text = aloud(patient, named, rows, today)
        if draft:
            draft_aloud(desk, case, text)
    if program.as_json:
        program.output.data({"text": text, "draft": draft})
    else:
        program.output.lines(text.splitlines())


@click.command("slip", help=_("Note what a clinic said on the phone; it shows to everybody and expires by itself."))
@click.argument("service", metavar="SERVICE_ID")
@click.option("--told-by", required=True, metavar="NAME", help=_("Who at the clinic said it."))
@click.option("--weeks", type=click.IntRange(0, 520), help=_("Weeks; 0 is under a week."))
@click.option("--first-free", type=DAY, help=_("The first free date."))
@click.option("--text", default="", metavar="TEXT|-", help=_("In their words; - reads it from standard input."))
@click.option("--until", type=DAY, help=_("The last day it counts; else three working days."))
@pass_program
@click.pass_context
def slip(
    context: click.Context,
    program: Program,
    service: str,
    told_by: str,
    weeks: int | None,
    first_free: datetime | None,
    text: str,
    until: datetime | None,
) -> None:
    """Writes a slip."""
    from pkui.services.providers_edit import add_slip

    with program.desk(context, stores=True) as desk:
        add_slip(
            desk,
            service,
            told_by=told_by,
            weeks=weeks,
            first_free=_day(first_free),
            text=spoken(text),
            until=_day(until),
        )
    _said(program, {"service_id": service}, _("Noted for everybody."))


@click.command("wait", help=_("Correct a service's waiting times; what is left out is not stated, 0 is under a week."))
@click.argument("service", metavar="SERVICE_ID")
@click.option("--examination", type=click.IntRange(0, 520), metavar="WEEKS", help=_("Weeks, examination"))
@click.option("--outpatient", type=click.IntRange(0, 520), metavar="WEEKS", help=_("Weeks, out-patient"))
@click.option("--inpatient", type=click.IntRange(0, 520), metavar="WEEKS", help=_("Weeks, in-patient"))
@click.option("--reported-on", type=DAY, help=_("The day of the report; else today."))
@click.option("--source", type=click.Choice(["phone", "venteinfo", "agreement"]), default="phone", help=_("Told by"))
@_written
@pass_program
@click.pass_context
def wait(
    context: click.Context,
    program: Program,
    service: str,
    examination: int | None,
    outpatient: int | None,
    inpatient: int | None,
    reported_on: datetime | None,
    source: str,
    written: str,
) -> None:
    """Writes the waiting times."""
    from pkui.services.providers_edit import edit_waiting_time

    weeks = {"weeks_examination": examination, "weeks_outpatient": outpatient, "weeks_inpatient": inpatient}
    typed = {name: "" if value is None else str(value) for name, value in weeks.items()} | {"source": source}
    day = _day(reported_on)
    with program.desk(context, stores=True) as desk:
        if day is not None:
            typed["reported_on"] = day.isoformat()
        row = edit_waiting_time(desk, service, typed, source=written)
    _row(program, row)


@click.command("agreement", help=_("Correct an agreement, or write a new one of a place."))
@click.argument("id", metavar="[AGREEMENT_ID]", required=False)
@click.option("--place", metavar="ID", help=_("The place, for a new agreement."))
@click.option(
    "--set", "given", multiple=True, metavar="FIELD=VALUE", help=_("A field of pk-catalogue/1; a list is a;b.")
)
@_written
@pass_program
@click.pass_context
def agreement(
    context: click.Context, program: Program, id: str | None, place: str | None, given: tuple[str, ...], written: str
) -> None:
    """Writes an agreement."""
    from pkui.services.providers_edit import edit_agreement

    values = dict(one.partition("=")[::2] for one in given)
    known = {name for name in LISTS["agreements"].__dataclass_fields__ if name not in ("id", "source")}
    if unknown := sorted(set(values) - known):
        raise BadInput("unknown_fields", fields=", ".join(unknown))
    if place is not None:
        values["organization_id"] = place
    with program.desk(context, stores=True) as desk:
        row = edit_agreement(desk, values, source=written, key=id)
    _row(program, row)


@click.command("agreements", help=_("Every agreement of a place, past and coming ones too."))
@click.argument("id", metavar="PLACE_ID")
@pass_program
@click.pass_context
def agreements(context: click.Context, program: Program, id: str) -> None:
    """Lists agreements."""
    from pkui.services.providers_edit import agreements_of

    with program.desk(context, stores=False) as desk:
        found = agreements_of(desk, id)
    if program.as_json:
        program.output.data([plain(one) for one in found])
    else:
        program.output.lines([f"{one.id}: {'; '.join(words.lines(None, one))}" for one in found])


@click.command("history", help=_("Who changed a row of the catalogue, when, and where that is written."))
@click.argument("list_name", metavar="LIST", type=click.Choice(list(LISTS)))
@click.argument("key", metavar="ID")
@pass_program
@click.pass_context
def history_(context: click.Context, program: Program, list_name: str, key: str) -> None:
    """Lists changes, the newest first."""
    from pkui.services.providers_edit import history

    with program.desk(context, stores=False) as desk:
        found = history(desk, list_name, key)
    if program.as_json:
        names = ("at", "by", "kind", "source", "before", "after")
        program.output.data([{name: as_json(getattr(one, name)) for name in names} for one in found])
        return
    for one in found:
        who = one.by or _("the system")
        head = f"{stamp(one.at)} {who}: {changed(one.kind)} ({words.change_source(one.source)})"
        program.output.lines([head, *(f"  {line}" for line in words.lines(one.before, one.after))])


@click.command("endings", help=_("Ended agreements with every course they touch."))
@pass_program
@click.pass_context
def endings_(context: click.Context, program: Program) -> None:
    """Lists what has ended."""
    from pkui.services.providers_ending import endings

    with program.desk(context, stores=False) as desk:
        found = endings(desk)
    if program.as_json:
        program.output.data([ending_object(one) for one in found])
    else:
        program.output.lines([line for one in found for line in ending_lines(one)])


@click.command("tick", help=_("Tick what was done for one family after an agreement ended."))
@click.argument("id", metavar="PLACE_ID")
@click.argument("segment", metavar="SEGMENT_ID", type=click.UUID)
@click.argument("what", type=click.Choice(["advised", "complaint", "moved_back"]))
@click.option("--undo", is_flag=True, help=_("Take the tick away."))
@pass_program
@click.pass_context
def tick(context: click.Context, program: Program, id: str, segment: UUID, what: str, undo: bool) -> None:
    """Ticks one step."""
    from pkui.services.providers_ending import check_family

    with program.desk(context, stores=True) as desk:
        check_family(desk, id, segment, what, done=not undo)
    _said(program, {"provider_id": id, "segment_id": str(segment), what: not undo}, _("Noted."))


STEPS = (choose_, course, aloud_, slip, wait, agreement, agreements, history_, endings_, tick)
"""The commands, in the order in which help lists them."""


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


def _row(program: Program, row: Row) -> None:
    if program.as_json:
        program.output.data(plain(row))
    else:
        program.output.lines(words.lines(None, row))


def _said(program: Program, found: dict[str, Any], text: str) -> None:
    if program.as_json:
        program.output.data(found)
    else:
        program.output.lines([text])

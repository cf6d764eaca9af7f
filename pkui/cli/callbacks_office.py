"""`pkui callbacks` on the office's database: plan, undo, free times, book, cancel and log the planned call.

The services are loaded by the command that needs them: `solve` stands beside these and opens no database.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from pkui.base.errors import BadInput
from pkui.base.words import _, ngettext, office_calls
from pkui.base.words import bookings as words
from pkui.base.words.callbacks import unplaced
from pkui.base.words.dates import stamp
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import instant, instant_or_none
from pkui.cli.progress import Progress
from pkui.domain.bookings import BEST, MOST_DAYS, SECONDS, USUAL_DAYS
from pkui.domain.codes import ContactResult, Party
from pkui.domain.office import COPENHAGEN

if TYPE_CHECKING:
    from pkui.domain.bookings import Slot
    from pkui.services.callbacks import BookedRecord, FreeTime
    from pkui.services.callbacks_proposal import Applied, PlannedCall, Proposal

SCHEMA = "pk-callbacks-plan/1"
_number = click.argument("number", metavar="N")
_based_on = click.option(
    "--version", type=click.IntRange(min=1), help=_("Refuse when the case has moved on since this version.")
)


@click.command("free", help=_("The best free times for a case's next call; N is a queue or case number."))
@_number
@click.option("--limit", type=click.IntRange(1, 100), default=BEST, help=_("How many at most."))
@pass_program
@click.pass_context
def free_times(context: click.Context, program: Program, number: str, limit: int) -> None:
    """Prints the times, or why there is none."""
    from pkui.services.callbacks import free
    from pkui.services.cases import find_number

    with program.desk(context, stores=True) as desk:
        found = free(desk, find_number(desk, number), limit=limit)
    if program.as_json:
        program.output.data([_free_object(one) for one in found.times])
        return
    rows = [(stamp(one.start), one.adviser_name, _late(one.days_late)) for one in found.times]
    if rows:
        program.output.table((_("Time"), _("Adviser"), _("Due")), rows)
    if found.few and not program.output.plain:
        program.output.lines([words.few()])
    if found.why_none:
        program.output.lines([words.no_time(found.why_none.value)])


@click.command("book", help=_("Book a case's next call; a time that a rule refuses is told with the rule."))
@_number
@click.option("--at", "when", required=True, metavar="T", help=_("When: 2026-11-24T13:00, with or without an offset."))
@click.option("--adviser", metavar="USERNAME", help=_("Who rings; if not given the holder, you, or whoever is free."))
@click.option("--agreed", is_flag=True, help=_("The patient agrees: binds, also outside her call times."))
@click.option("--move", is_flag=True, help=_("Give up the time the case has."))
@_based_on
@pass_program
@click.pass_context
def book_time(
    context: click.Context,
    program: Program,
    number: str,
    when: str,
    adviser: str | None,
    agreed: bool,
    move: bool,
    version: int | None,
) -> None:
    """Books and prints the booking."""
    from pkui.services.callbacks import book
    from pkui.services.cases import find_number

    at = _moment(when)
    with program.desk(context, stores=True) as desk:
        found = find_number(desk, number)
        booked = book(desk, found, at=at, adviser=adviser, agreed=agreed, move=move, version=version)
    _show(program, booked)


@click.command("cancel", help=_("Cancel the call a case has."))
@_number
@click.option("--reason", help=_("Why."))
@_based_on
@pass_program
@click.pass_context
def cancel_booking(
    context: click.Context, program: Program, number: str, reason: str | None, version: int | None
) -> None:
    """Cancels and prints the booking."""
    from pkui.services.callbacks import cancel
    from pkui.services.cases import find_number

    with program.desk(context, stores=True) as desk:
        booked = cancel(desk, find_number(desk, number), reason=reason, version=version)
    _show(program, booked)


@click.command("attempt", help=_("Log how the planned call to the patient ended."))
@_number
@click.argument("result", type=click.Choice([one.value for one in ContactResult]))
@click.option("--reason", help=_("Why you rang outside the patient's call times."))
@_based_on
@pass_program
@click.pass_context
def attempt(
    context: click.Context, program: Program, number: str, result: str, reason: str | None, version: int | None
) -> None:
    """Logs the contact and prints the booking it was made for."""
    from pkui.services.callbacks import booking_of, booking_with
    from pkui.services.cases import find_number
    from pkui.services.contacts import log_contact

    with program.desk(context, stores=True) as desk:
        found = find_number(desk, number)
        before = booking_of(desk, found)
        view = log_contact(
            desk,
            found,
            party=Party.PATIENT,
            result=ContactResult(result),
            outside_window_reason=reason,
            version=version,
        )
        booked = booking_with(desk, before.id) if before else None
        following = booking_of(desk, found)
    if program.as_json:
        record = view.row.record
        about = {"case_number": record.case_number, "queue_number": record.queue_number}
        found_booking = booking_object(booked) if booked else dict.fromkeys(_KEYS)
        rest = {"result": result, "attempts": record.attempts, "retry_from": instant_or_none(record.retry_from)}
        rest["next"] = booking_object(following) if following else None
        program.output.data(found_booking | about | rest)
    else:
        attempts = view.row.record.attempts
        text = ngettext("{count} attempt so far.", "{count} attempts so far.", attempts).format(count=attempts)
        program.output.lines([*([_line(booked)] if booked else []), text, *([_line(following)] if following else [])])


@click.command("plan", help=_("Plan every waiting case's next call; shows what changes, --apply books it."))
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help=_("The first day; today if not given."))
@click.option("--days", type=click.IntRange(1, MOST_DAYS), default=USUAL_DAYS, help=_("How many working days."))
@click.option("--apply", "applies", is_flag=True, help=_("Book what the plan says."))
@click.option("--seconds", type=click.FloatRange(0.1, 600), default=SECONDS, help=_("How long to search at most."))
@pass_program
@click.pass_context
def plan_office(
    context: click.Context, program: Program, first: datetime | None, days: int, applies: bool, seconds: float
) -> None:
    """Prints the plan as a difference; applied, what it booked."""
    from pkui.services import callbacks_apply, callbacks_plan

    start: date | None = first.date() if first else None
    with program.desk(context, stores=applies) as desk, Progress(_("Planning")):
        proposal = callbacks_plan.plan(desk, start, days, seconds=seconds)
        applied = callbacks_apply.apply(desk, proposal) if applies else None
    if program.as_json:
        program.output.data(plan_object(proposal, applied))
    else:
        print_proposal(program, proposal, applied)


@click.command("undo", help=_("Take back the plan applied last; calls agreed with patients stay."))
@pass_program
@click.pass_context
def undo_plan(context: click.Context, program: Program) -> None:
    """Takes a plan back."""
    from pkui.services import callbacks_apply

    with program.desk(context, stores=True) as desk:
        undone = callbacks_apply.undo(desk)
    if program.as_json:
        program.output.data({"plan": str(undone.plan_id), "cancelled": undone.done, "skipped": list(undone.skipped)})
    else:
        text = ngettext("{count} call taken back.", "{count} calls taken back.", undone.done)
        program.output.lines([text.format(count=undone.done)])


def _moment(text: str) -> datetime:
    """An instant as a person writes it; without an offset it is the office's wall time. Raises BadInput."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput("bad_parameter", parameter="--at", command="pkui callbacks book") from error
    return found if found.tzinfo else found.replace(tzinfo=COPENHAGEN)


_KEYS = (
    "id", "case_number", "queue_number", "state", "attempt", "adviser", "start", "end", "preparation_minutes",
    "after_minutes", "window", "plan",
)  # fmt: skip


def booking_object(one: BookedRecord) -> dict[str, Any]:
    """A booking as commands give it: no name of the patient."""
    window = {"from": f"{one.window_from:%H:%M}", "to": f"{one.window_to:%H:%M}"} if one.window_from else None
    return {
        "id": str(one.id),
        "case_number": one.case_number,
        "queue_number": one.queue_number,
        "state": one.state.value,
        "attempt": one.attempt,
        "adviser": one.adviser,
        "start": instant(one.starts_at),
        "end": instant(one.ends_at),
        "preparation_minutes": one.preparation_minutes,
        "after_minutes": one.after_minutes,
        "window": window,
        "plan": str(one.plan_id) if one.plan_id else None,
    }


def _show(program: Program, booked: BookedRecord) -> None:
    if program.as_json:
        program.output.data(booking_object(booked))
    else:
        program.output.lines([_line(booked)])


def _line(one: BookedRecord) -> str:
    return f"{one.case_number} · {stamp(one.starts_at)} · {one.adviser_name} · {words.state(one.state.value)}"


def _free_object(one: FreeTime) -> dict[str, Any]:
    return {
        "start": instant(one.start),
        "end": instant(one.end),
        "adviser": one.adviser,
        "own_adviser": one.own_adviser,
        "days_late": one.days_late,
        "preparation_minutes": one.preparation_minutes,
        "after_minutes": one.after_minutes,
    }


def _late(days: int) -> str:
    if not days:
        return _("in time")
    return ngettext("{count} working day late", "{count} working days late", days).format(count=days)


def plan_object(proposal: Proposal, applied: Applied | None) -> dict[str, Any]:
    """A proposal as commands give it, with what came of applying it."""
    return {
        "schema": SCHEMA,
        "from": proposal.days[0].isoformat(),
        "days": [day.isoformat() for day in proposal.days],
        "waiting": proposal.waiting,
        "offered": proposal.offered,
        "placed": [_change_object(one) for one in proposal.calls],
        "unplaced": [
            {"queue_number": number, "case_number": case, "why": why} for number, case, why in proposal.unplaced
        ],
        "objective": proposal.objective,
        "bound": proposal.bound,
        "stands": proposal.stands,
        "seconds": proposal.seconds,
        "applied": str(applied.plan_id) if applied else None,
        "skipped": list(applied.skipped) if applied else [],
    }


def _change_object(one: PlannedCall) -> dict[str, Any]:
    after = one.after
    return {
        "queue_number": one.queue_number,
        "case_number": one.case_number,
        "change": one.change.value,
        "adviser": after.adviser if after else None,
        "start": instant(after.start) if after else None,
        "before": {"adviser": one.before.adviser, "start": instant(one.before.start)} if one.before else None,
        "reason": one.reason.value if one.reason else None,
        "makes_way_for": one.by,
        "patient_to_be_told": one.to_be_told,
    }


def print_proposal(program: Program, proposal: Proposal, applied: Applied | None) -> None:
    """The proposal in words, a line a call that changes."""
    placed = sum(one.after is not None for one in proposal.calls)
    lines = [ngettext("{count} call has a time.", "{count} calls have a time.", placed).format(count=placed)]
    if proposal.stands:
        lines.append(office_calls.stands())
    if proposal.objective and proposal.bound:
        lines.append(office_calls.worth(proposal.objective, proposal.bound))
    told = sum(one.to_be_told for one in proposal.calls)
    if told:
        lines.append(office_calls.to_be_told(told))
    if not proposal.offered:
        lines.append(_("So few wait that ringing those whose call time is open does as well as a plan."))
    for number, _case, why in proposal.unplaced:
        lines.append(f"{number}: {unplaced(why)}")
    if applied:
        text = ngettext("{count} call was booked or moved.", "{count} calls were booked or moved.", applied.done)
        lines.append(text.format(count=applied.done))
    program.output.lines(lines)
    head = (_("Time"), _("Adviser"), _("Case"), _("Change"), _("Before"))
    rows = [
        (_slot(one.after), one.after.adviser if one.after else "", one.case_number, words.change(one.change.value),
         _slot(one.before))
        for one in proposal.calls
    ]  # fmt: skip
    program.output.table(head, rows)


def _slot(slot: Slot | None) -> str:
    return stamp(slot.start) if slot else ""


OFFICE_COMMANDS: tuple[click.Command, ...] = (free_times, book_time, attempt, cancel_booking, plan_office, undo_plan)
"""What the group `callbacks` has besides `solve`."""

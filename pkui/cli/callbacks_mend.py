"""`pkui callbacks` on the office's day: the calendar over everybody, its repair, and the alarm."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from pkui.base.errors import BadInput
from pkui.base.words import _
from pkui.base.words import office_calls as words
from pkui.base.words.dates import stamp
from pkui.cli.callbacks_office import booking_object, plan_object, print_proposal
from pkui.cli.opening import Program, pass_program
from pkui.cli.output import instant
from pkui.domain.office import COPENHAGEN

if TYPE_CHECKING:
    from pkui.domain.bookings import Slot
    from pkui.services.callbacks_alarm import Missed
    from pkui.services.callbacks_day import OfficeDay


@click.command(
    "repair", help=_("Give calls that lost their adviser another time; shows what changes, --apply books it.")
)
@click.option("--absent", metavar="USERNAME", help=_("Somebody who is away, or busy, from now on."))
@click.option("--until", metavar="T", help=_("How long; as far as is planned if not given."))
@click.option("--other-day", metavar="N", help=_("A case whose patient asks for another day."))
@click.option("--apply", "applies", is_flag=True, help=_("Book what the proposal says."))
@pass_program
@click.pass_context
def repair_calls(
    context: click.Context,
    program: Program,
    absent: str | None,
    until: str | None,
    other_day: str | None,
    applies: bool,
) -> None:
    """Prints the proposal as a difference; applied, what it booked."""
    from pkui.services import callbacks_apply, callbacks_repair
    from pkui.services.cases import find_number

    end = _moment(until) if until else None
    with program.desk(context, stores=applies) as desk:
        number = find_number(desk, other_day) if other_day else None
        who = absent.strip().casefold() if absent else None
        proposal = callbacks_repair.repair(desk, callbacks_repair.Trouble(who, end, number))
        applied = callbacks_apply.apply(desk, proposal) if applies else None
    if program.as_json:
        program.output.data(plan_object(proposal, applied))
        return
    if not proposal.calls:
        program.output.lines([words.nothing_to_mend()])
        return
    print_proposal(program, proposal, applied)


@click.command("alarm", help=_("Whose last call time before the due date will be missed today, and what saves each."))
@pass_program
@click.pass_context
def alarm_list(context: click.Context, program: Program) -> None:
    """Prints the list, class 1 first."""
    from pkui.services.callbacks_alarm import alarm

    with program.desk(context, stores=False) as desk:
        found = alarm(desk)
        now = desk.clock.now()
    if program.as_json:
        program.output.data([_alarm_object(one) for one in found])
        return
    program.output.lines([words.missed(len(found))])
    rows = [(str(one.record.queue_number), _saving(one, now)) for one in found]
    program.output.table((_("Queue no."), _("What saves it")), rows)


@click.command("day", help=_("A day's calls over everybody at work."))
@click.option("--on", "on", type=click.DateTime(["%Y-%m-%d"]), help=_("The day; today if not given."))
@pass_program
@click.pass_context
def day_grid(context: click.Context, program: Program, on: datetime | None) -> None:
    """Prints the day, one person after another."""
    from pkui.services.callbacks_day import office_day

    day: date | None = on.date() if on else None
    with program.desk(context, stores=False) as desk:
        found = office_day(desk, day)
    if program.as_json:
        program.output.data(_day_object(found))
        return
    line = words.day_line(
        found.day, found.closed, calls=found.calls, free_minutes=found.free_minutes, clock_change=found.clock_change
    )
    program.output.lines([line])
    rows = [
        (one.name, stamp(call.starts_at), call.case_number, words.state(call.state.value))
        for one in found.people
        for call in one.booked
    ]
    program.output.table((_("Adviser"), _("Time"), _("Case"), _("State")), rows)


def _moment(text: str) -> datetime:
    """An instant as a person writes it; without an offset it is the office's wall time. Raises BadInput."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput("bad_parameter", parameter="--until", command="pkui callbacks repair") from error
    return found if found.tzinfo else found.replace(tzinfo=COPENHAGEN)


def _saving(one: Missed, now: datetime) -> str:
    return words.saving(one.saving, one.time, other=one.other, other_time=one.other_time, minutes=one.minutes, now=now)


def _alarm_object(one: Missed) -> dict[str, Any]:
    return {
        "queue_number": one.record.queue_number,
        "case_number": one.record.case_number,
        "priority_class": one.record.priority_class,
        "due_at": instant(one.record.due_at),
        "saving": one.saving.value,
        **_slot_object(one.time),
        "minutes": one.minutes or None,
        "moves": {"queue_number": one.other, **_slot_object(one.other_time)} if one.other is not None else None,
    }


def _slot_object(slot: Slot | None) -> dict[str, Any]:
    return {"adviser": slot.adviser if slot else None, "start": instant(slot.start) if slot else None}


def _day_object(day: OfficeDay) -> dict[str, Any]:
    return {
        "day": day.day.isoformat(),
        "working_day": day.closed is None,
        "closed": day.closed.value if day.closed else None,
        "clock_change": day.clock_change.isoformat() if day.clock_change else None,
        "people": [
            {
                "username": one.username,
                "work": [{"from": f"{a:%H:%M}", "to": f"{b:%H:%M}"} for a, b in one.work],
                "away": [{"from": instant(a), "to": instant(b)} for a, b in one.away],
                "free_minutes": one.free_minutes,
                "calls": [booking_object(call) for call in one.booked],
            }
            for one in day.people
        ],
    }


MEND_COMMANDS: tuple[click.Command, ...] = (repair_calls, alarm_list, day_grid)
"""What the group `callbacks` has for the office's day."""

"""How one case looks in the queue: cells of plain text, and the lines under the list that explain it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pkui.base.clock import local_date
from pkui.base.words import _, bookings, calls, codes, pgettext, queue
from pkui.base.words.dates import near_day, near_instant
from pkui.domain.codes import BookingState, CaseState, Complexity, PriorityClass, ReplyChannel, Topic
from pkui.domain.priority import reasons_of
from screens.widgets.cells import PROTECTED, Cell, Column, RowCells

if TYPE_CHECKING:
    from pkui.services.queue import QueueRow


def columns() -> tuple[Column, ...]:
    """The columns at 80 cells, and the ones that join them on a wider screen."""
    return (
        Column("mark", "", 1),
        Column("number", pgettext("column", "No."), 6, align="right"),
        Column("who", _("Who"), 21, grow=3),
        Column("topic", _("Topic"), 18, grow=1),
        Column("due", _("Answer by"), 13),
        Column("window", _("Call time"), 13, grow=1),
        Column("assignee", _("With"), 14, min_terminal_width=110),
        Column("received", _("Received"), 11, min_terminal_width=110),
    )


def cells(row: QueueRow, now: datetime) -> RowCells:
    """One row; protected people show their name here with the word, never their address."""
    record = row.record
    urgent = record.priority_class <= PriorityClass.LEGAL_DEADLINE
    return (
        Cell(queue.mark(record.priority_class), "snapshot-list--warning" if urgent else "snapshot-list--muted"),
        Cell(str(record.queue_number)),
        Cell(who(record.patient_name, protected=record.protected), "snapshot-list--strong" if urgent else ""),
        Cell(codes.topic_short(record.topic)),
        Cell(
            queue.due(record.due_at, now, overdue=row.overdue),
            "snapshot-list--alarm" if row.overdue else "",
        ),
        Cell(
            call_time(row, now),
            "snapshot-list--alarm"
            if no_next_step(row)
            else "snapshot-list--info"
            if row.window_open
            else "snapshot-list--muted",
        ),
        Cell(record.assignee_name or _("free"), "" if record.assignee_name else "snapshot-list--muted"),
        Cell(near_instant(record.received_at, now), "snapshot-list--muted"),
    )


def call_time(row: QueueRow, now: datetime) -> str:
    """The booked call where there is one, else when the patient can be rung; a case without a next step says so."""
    if no_next_step(row):
        return _("next step?")
    if row.booked is not None:
        return bookings.cell(row.booked.starts_at, now, agreed=row.booked.state is BookingState.AGREED)
    when = queue.window(row.window, now, wants_call=wants_call(row))
    return when if row.usable else f"? {when}"


def no_next_step(row: QueueRow) -> bool:
    """Whether an open case has been answered and has neither a call nor a follow-up date: nobody would come to it."""
    record = row.record
    answered = record.closed_at is None and record.answered_at is not None
    return answered and record.follow_up_on is None and row.booked is None


def booked_line(row: QueueRow, now: datetime) -> str:
    """The booked call in a sentence; empty where there is none."""
    one = row.booked
    if one is None:
        return ""
    return bookings.booked(one.starts_at, now, agreed=one.state is BookingState.AGREED, adviser=one.adviser_name)


def who(name: str | None, *, protected: bool) -> str:
    """The patient's name, with the word where it is protected."""
    shown = name or _("unnamed")
    return f"{shown} {PROTECTED}" if protected else shown


def wants_call(row: QueueRow) -> bool:
    """Whether the patient wants to be rung at all."""
    return row.record.reply_channel is ReplyChannel.PHONE and row.record.topic is not Topic.ACCEPTANCE_REQUEST


def explained(row: QueueRow, now: datetime, *, attempts_allowed: int) -> tuple[str, str]:
    """What stands under the list, three lines of 78 cells: what sort of case it is, and why it stands where it does."""
    record = row.record
    sort = [codes.priority_class(record.priority_class)]
    if record.complexity is Complexity.SIMPLE:
        sort.append(codes.complexity(record.complexity))
    sort.append(_("Team: %(team)s") % {"team": codes.team(record.team)})
    sort.append(record.assignee_name or _("free"))
    if record.interpreter_language:
        sort.append(_("interpreter: %(language)s") % {"language": record.interpreter_language})
    if record.state is CaseState.WAITING and record.follow_up_on:
        sort.append(_("waits until %(day)s") % {"day": near_day(record.follow_up_on, local_date(now))})
    reasons = reasons_of(record.why)
    said = [
        queue.ended(booked_line(row, now)) if row.booked else "",
        "" if row.usable or row.booked else calls.no_usable_time_short(),
        queue.why([one for one in reasons if one.code != "counts_from"], now),
        queue.received(record.received_at, reasons, now),
    ]
    text = " ".join(part for part in said if part)
    if record.answered_at:
        text += " · " + _("answered")
    elif wants_call(row) and (record.attempts or record.one_attempt_only):
        allowed = 1 if record.one_attempt_only else attempts_allowed
        text += " · " + _("attempt %(made)s of %(allowed)s") % {"made": record.attempts, "allowed": allowed}
    return " · ".join(sort), text

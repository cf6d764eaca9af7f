"""Cases as commands give them: a queue row, and everything of a case. No number, phone or address in lists."""

import re
from datetime import datetime
from typing import Any

from pkui.base.words import _, codes, timeline
from pkui.base.words import queue as queue_words
from pkui.base.words.dates import stamp
from pkui.cli.output import as_json, instant, instant_or_none
from pkui.domain.codes import ReplyChannel
from pkui.domain.facts import ALL_FACT_KINDS, FACT_KINDS, LIST_FACTS
from pkui.domain.identifiers import Identifier, masked
from pkui.domain.priority import reasons_of
from pkui.services.case_view import CaseView, PatientView
from pkui.services.queue import QueueRow

_HIDDEN = ("name", "address_line", "postcode", "city")
_HIDDEN_REACH = ("phone", "alternative_phone", "email")
"""What a command does not give away of a person with protected name and address."""


def queue_row(row: QueueRow, now: datetime) -> dict[str, Any]:
    """One case of a list; the name is null when the person is protected, for a command is an export."""
    record, window = row.record, row.window
    return {
        "case_number": record.case_number,
        "queue_number": record.queue_number,
        "priority_class": record.priority_class,
        "due_at": instant(record.due_at),
        "overdue": row.overdue,
        "why": [queue_words.why([reason], now) for reason in reasons_of(record.why)],
        "topic": record.topic.value,
        "complexity": record.complexity.value,
        "team": record.team,
        "state": record.state.value,
        "assignee": record.assignee,
        "received_at": instant(record.received_at),
        "answered_at": instant_or_none(record.answered_at),
        "call_window": window
        and {"from": instant(window.start), "to": instant(window.end), "open_now": row.window_open},
        "attempts": record.attempts,
        "patient": {"name": None if record.protected else record.patient_name, "protected": record.protected},
        "version": record.version,
    }


def queue_head() -> tuple[str, ...]:
    """The head of the queue's columns."""
    return _("Queue no."), "", _("Who"), _("Topic"), _("Due"), _("Call window"), _("Holder")


def queue_cells(row: QueueRow, now: datetime) -> tuple[str, ...]:
    """One case as text."""
    record = row.record
    wants_call = record.reply_channel is ReplyChannel.PHONE
    return (
        str(record.queue_number),
        queue_words.mark(record.priority_class),
        _("PROTECTED") if record.protected else record.patient_name or "",
        codes.topic(record.topic),
        codes.state(record.state) if record.closed_at else queue_words.due(record.due_at, now, overdue=row.overdue),
        "" if record.closed_at else queue_words.window(row.window, now, wants_call=wants_call),
        record.assignee_name or "",
    )


def case_object(view: CaseView, now: datetime, *, reveal: bool = False) -> dict[str, Any]:
    """Everything of a case: the queue row's keys, and the rest by the names of the case screen.

    `reveal`: a protected person's name, telephone and address too, which somebody has deliberately chosen.
    """
    hides = view.patient.protected and not reveal
    rest = {name: as_json(getattr(view, name)) for name in view.__dataclass_fields__ if name not in ("row", "patient")}
    record = view.row.record
    return {
        **queue_row(view.row, now),
        **rest,
        "patient": _patient(view.patient, hides=hides),
        "representatives": [one | {"phone": None} if hides else one for one in rest["representatives"]],
        "reach": rest["reach"] | dict.fromkeys(_HIDDEN_REACH) if hides else rest["reach"],
        "closed_at": instant_or_none(record.closed_at),
        "follow_up_on": as_json(record.follow_up_on),
        "waiting_for": record.waiting_for,
        "retry_from": instant_or_none(record.retry_from),
        "reply_channel": record.reply_channel.value,
        "call_windows": [
            {"weekday": one.weekday, "from": as_json(one.start), "to": as_json(one.end)} for one in record.windows
        ],
        "unavailable": [{"from": as_json(one.first), "to": as_json(one.last)} for one in record.unavailable],
    }


def case_lines(view: CaseView, now: datetime, *, reveal: bool = False) -> list[str]:
    """A case as text: who and how to reach, where it stands, the enquiry's words, facts, and the timeline."""
    record, patient, reach = view.row.record, view.patient, view.reach
    hides = patient.protected and not reveal
    who = _("PROTECTED") if hides else patient.name or _("name not known")
    if patient.protected and reveal:
        address = " ".join(one for one in (patient.address_line, patient.postcode, patient.city) if one)
        who = ", ".join(one for one in (who, address, _("PROTECTED")) if one)
    state = codes.state(record.state)
    lines = [
        _("Case {case} · queue no. {queue}").format(case=record.case_number, queue=record.queue_number),
        f"{who} · {codes.topic(record.topic)} · {codes.team(record.team)} · {state} · {record.assignee_name or '-'}",
    ]
    if record.closed_at is None:
        due = queue_words.due(record.due_at, now, overdue=view.row.overdue)
        lines.append(_("Answer at the latest: {due}").format(due=due))
        lines.append(queue_words.why(reasons_of(record.why), now))
    elif view.outcome:
        lines.append(codes.outcome(view.outcome))
    numbers = () if hides else (reach.phone, reach.alternative_phone)
    phones = ", ".join(one for one in numbers if one)
    lines.append(_("Phone: {phones}").format(phones=phones or "-"))
    if view.waiting_text:
        lines.append(_("Waiting for: {text}").format(text=view.waiting_text))
    if view.free_text:
        lines += ["", *view.free_text.splitlines()]
    if view.facts:
        lines += ["", *_facts(view)]
    return [*lines, "", *_history(view)]


def _facts(view: CaseView) -> list[str]:
    """The facts in the order in which the office reads them."""
    order = [*FACT_KINDS, *ALL_FACT_KINDS, *LIST_FACTS]
    known = sorted(view.facts, key=lambda one: order.index(one.name))
    return [f"{timeline.fact_name(one.name)}: {timeline.fact_value(one.value, one.name)}" for one in known]


def _history(view: CaseView) -> list[str]:
    lines = []
    for one in view.events:
        lines.append(f"{stamp(one.at)} {timeline.event(one.kind, one.details, by=one.by, names=view.colleagues)}")
        if one.reason:
            lines.append(f"    {one.reason}")
    head = _("Note")
    lines += [f"{stamp(note.at)} {head}: {note.text}" for note in view.notes]
    return lines


def _patient(patient: PatientView, *, hides: bool) -> dict[str, Any]:
    shown: dict[str, Any] = as_json(patient)
    number = Identifier(patient.identifier_type, patient.identifier) if patient.identifier else None
    shown["identifier"] = masked(number) if number else None
    return shown | dict.fromkeys(_HIDDEN) if hides else shown


def without_name(text: str, name: str | None) -> str:
    """A text as a command gives it, of a protected person: her name, and each part of it, is left out."""
    parts = sorted({name or "", *(name or "").split()}, key=len, reverse=True)
    wanted = "|".join(re.escape(one) for one in parts if len(one) > 1)
    return re.sub(rf"\b(?:{wanted})\b", _("[PROTECTED]"), text, flags=re.IGNORECASE) if wanted else text

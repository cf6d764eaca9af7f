"""The note that writes itself: from what was advised on, the answers, the chosen place, and what is waited for."""

from collections.abc import Collection, Sequence
from datetime import date

from pkui.base.words import _, codes
from pkui.base.words.dates import plain_date, stamp
from pkui.base.words.note import advised_line, note_text
from pkui.domain.advised import RIGHTS, Advised
from pkui.domain.permissions import Permission
from pkui.services.case_view import CaseView, SegmentView, view_of
from pkui.services.desk import Work, use_case
from pkui.services.openings import open_to_read


@use_case(Permission.READ_QUEUE)
def note_draft(work: Work, queue_number: int, items: Collection[Advised]) -> str:
    """A draft note with Background, Advised, Agreed and Follow-up; she corrects and saves it. Logged."""
    view = view_of(work, open_to_read(work, queue_number, "note_draft"))
    return note_text(_background(view), _advised(view, items), _agreed(view), _follow_up(view))


def _background(view: CaseView) -> list[str]:
    facts = {fact.name: fact.value for fact in view.facts}
    where = ", ".join(str(facts[name]) for name in ("letter_hospital", "letter_department") if facts.get(name))
    lines = [codes.topic(view.row.record.topic)]
    if where:
        lines.append(_("Referred to {where}").format(where=where))
    if facts.get("letter_treatment"):
        lines.append(str(facts["letter_treatment"]))
    dates = [
        (_("referral received {day}"), _fact_day(view, "referral_received")),
        (_("letter of {day}"), _fact_day(view, "letter_date")),
        (_("offered {day}"), _fact_day(view, "offered_date")),
    ]
    told = ", ".join(words.format(day=day) for words, day in dates if day)
    return [*lines, told[:1].upper() + told[1:]] if told else lines


def _advised(view: CaseView, items: Collection[Advised]) -> list[str]:
    return [
        advised_line(
            item,
            [hint for hint in view.rights.hints if hint.right in RIGHTS[item]],
            _fact_day(view, "offered_date"),
        )
        for item in Advised
        if item in items
    ]


def _agreed(view: CaseView) -> list[str]:
    return [_chosen(one) for one in view.segments if one.provider_name]


def _chosen(segment: SegmentView) -> str:
    line = _("The patient chooses {place}").format(place=segment.provider_name)
    if segment.confirmed_date is not None:
        return line + ", " + _("confirmed date {day}").format(day=plain_date(segment.confirmed_date))
    return line + (f" ({codes.segment_state(segment.state)})" if segment.state else "")


def _follow_up(view: CaseView) -> list[str]:
    record, lines = view.row.record, []
    if record.follow_up_on is not None:
        party = codes.party(record.waiting_for) if record.waiting_for else ""
        day = plain_date(record.follow_up_on)
        lines.append(_("{day}: waiting for {party}. {text}").format(day=day, party=party, text=view.waiting_text or ""))
    lines += _latest_promises(view)
    if view.row.booked is not None:
        lines.append(_("Call {when}").format(when=stamp(view.row.booked.starts_at)))
    return [line.strip() for line in lines]


def _latest_promises(view: CaseView) -> Sequence[str]:
    """The last answer that was promised, where it is still to come."""
    promised = [(one, one.answer_promised_on) for one in view.contacts if one.answer_promised_on is not None]
    return tuple(
        _("{who} answers by {day}").format(who=one.party_name or codes.party(one.party), day=plain_date(day))
        for one, day in promised[-1:]
    )


def _fact_day(view: CaseView, name: str) -> str | None:
    value = next((fact.value for fact in view.facts if fact.name == name), None)
    try:
        return plain_date(date.fromisoformat(value)) if isinstance(value, str) else None
    except ValueError:
        return None

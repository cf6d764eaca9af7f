"""What the case screen says, as plain text made from a case's view."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from pkui.base.clock import local, local_date
from pkui.base.words import _, calls, codes, ngettext
from pkui.base.words import routing as routing_words
from pkui.base.words.dates import near_day, near_instant, plain_date, short_date, span, stamp, weekday_name
from pkui.base.words.queue import LATE, counted, why, window
from pkui.base.words.timeline import event as event_words
from pkui.base.words.timeline import fact_name, fact_value
from pkui.domain import phones
from pkui.domain.codes import EventKind
from pkui.domain.disclosure import May
from pkui.domain.priority import reasons_of
from screens.queue_cells import booked_line, wants_call, who
from screens.widgets.cells import plain

if TYPE_CHECKING:
    from pkui.services.case_view import CaseView, ConsentView, ContactView, FactView, QuestionView, RepresentativeView
    from pkui.services.courses import SegmentView

TOLD_BY_OTHER_ROWS = frozenset(
    {EventKind.CONTACT_LOGGED, EventKind.NOTE_ADDED, EventKind.QUESTION_ASKED, EventKind.QUESTION_ANSWERED}
)
"""Events whose contact, note or question stands in the timeline itself."""


def title(view: CaseView) -> str:
    """The head line: numbers only, no name."""
    record = view.row.record
    protected = " · BESK." if record.protected else ""
    return _("Case %(case)s · queue no. %(number)s%(protected)s") % {
        "case": record.case_number,
        "number": record.queue_number,
        "protected": protected,
    }


def person_line(view: CaseView) -> Content:
    """Who, how old, how to be reached, and by whom the case is held."""
    patient, record = view.patient, view.row.record
    parts = [Content.styled(plain(who(patient.name, protected=patient.protected)), "bold")]
    if patient.age is not None:
        parts.append(Content(ngettext("%(n)s year", "%(n)s years", patient.age) % {"n": patient.age}))
    if patient.identifier:
        parts.append(Content(f"{patient.identifier[:6]}-{patient.identifier[6:]}"))
    parts.append(Content(plain(record.assignee_name or _("free"))))
    if record.closed_at is not None:
        parts.append(Content.styled(_("CLOSED"), "bold"))
    return Content(" · ").join(parts)


def reach_line(view: CaseView, now: datetime) -> Content:
    """The numbers and whose they are, and the call time that is open or next."""
    parts = [Content.styled(phone_words(number, whose), "bold") for number, whose in numbers(view)]
    if not parts:
        parts = [Content(_("no telephone number"))]
    if wants_call(view.row):
        parts.append(Content(_("call time: %(when)s") % {"when": window(view.row.window, now, wants_call=True)}))
        if view.row.booked is not None:
            parts.append(Content.styled(plain(booked_line(view.row, now)), "bold"))
    else:
        parts.append(
            Content(
                _("wants an answer by: %(channel)s") % {"channel": codes.reply_channel(view.row.record.reply_channel)}
            )
        )
    if view.reach.interpreter_language:
        parts.append(Content(_("interpreter: %(language)s") % {"language": plain(view.reach.interpreter_language)}))
    return Content(" · ").join(parts)


def numbers(view: CaseView) -> list[tuple[str, str]]:
    """Telephone numbers with whose they are: the patient's first."""
    found = [(number, _("own")) for number in (view.reach.phone, view.reach.alternative_phone) if number]
    for one in view.representatives:
        if one.phone:
            found.append((one.phone, speaker(one)))
    return found


def speaker(one: RepresentativeView) -> str:
    """Who speaks for the patient: what she is to her, and that no consent stands where none does today."""
    if one.may is May.GENERAL_ONLY:
        return ", ".join(part for part in (plain(one.relation or ""), _("no consent")) if part)
    return plain(one.relation or (codes.basis(one.basis) if one.basis else ""))


def phone_words(number: str, whose: str) -> str:
    """A number as people read it aloud: 20 30 40 50 (own)."""
    return f"{phones.display(number)} ({whose})"


def standing_line(view: CaseView, now: datetime) -> Content:
    """What the case is about, its class, and when the answer is due or how it ended."""
    record = view.row.record
    parts = [Content.styled(codes.topic_short(record.topic), "bold")]
    if record.closed_at is not None:
        parts.append(Content(_("Closed %(when)s.") % {"when": near_instant(record.closed_at, now)}))
        parts.append(Content(codes.outcome(view.outcome or "")))
    else:
        due = _("Answer by %(when)s") % {"when": near_instant(record.due_at, now)}
        late = f" {LATE} " + _("late") if view.row.overdue else ""
        parts.append(Content.styled(due + late, "$text-warning" if view.row.overdue else ""))
        waits = [one for one in view.questions if one.answer is None]
        if waits:
            parts.append(Content.styled(_("asked: %(whom)s") % {"whom": asked_whom(waits[0])}, "bold"))
        else:
            parts.append(Content(codes.priority_class(record.priority_class)))
    return Content(" · ").join(parts)


def asked_whom(question: QuestionView) -> str:
    """Whom a question was put to: the colleague by name where one was named."""
    return plain(question.colleague_name or codes.sparring_with(question.asked_of))


def why_lines(view: CaseView, now: datetime) -> Content:
    """What most wants attention: flagged words, a missing next step, whom one waits for, why it stands here."""
    record = view.row.record
    if view.merged_into is not None:
        return Content.styled(
            _("Part of case %(case)s (queue no. %(number)s): write there.")
            % {"case": view.merged_into.case_number, "number": view.merged_into.queue_number},
            "bold $text-warning",
        )
    if view.flagged_words and record.answered_at is None:
        words = ", ".join(view.flagged_words)
        return Content.styled(_("Look at the words: %(words)s") % {"words": words}, "bold $text-warning")
    if not view.next_step:
        return Content.styled(_("No next step: give it one or close it."), "bold $text-warning")
    if record.follow_up_on and view.waiting_text is not None and record.waiting_for:
        values = {
            "party": codes.party(record.waiting_for),
            "day": short_date(record.follow_up_on, local_date(now)),
            "text": plain(view.waiting_text),
        }
        return Content(_("Waits for %(party)s until %(day)s: %(text)s") % values)
    if record.closed_at is not None:
        return Content("")
    if not view.row.usable and view.row.booked is None:
        return Content.styled(calls.no_usable_time(), "bold $text-warning")
    return Content(why(reasons_of(record.why), now))


def routing_line(view: CaseView) -> Content:
    """Complexity and team, and why."""
    record = view.row.record
    return Content(
        plain(
            routing_words.standing(
                record.complexity,
                record.team,
                view.routing,
                by_hand=(view.complexity_reason, view.team_reason),
                team_name=view.team_name,
            )
        )
    )


def week(view: CaseView, now: datetime) -> Content:
    """The call times of the next seven days, and the patient's weekly ones."""
    today = local_date(now)
    if not view.row.record.windows:
        return Content(_("No call times given."))
    lines = [
        Content.assemble(
            f"{near_day(one.day, today)} {span(local(one.start).time(), local(one.end).time())}",
            (" " + _("now"), "bold $text-accent") if one.is_open(now) else "",
        )
        for one in view.week
    ]
    if not lines:
        lines = [Content.styled(_("No usable time in the next seven days: ask for another."), "$text-warning")]
    weekly = ", ".join(f"{weekday_name(one.weekday)} {span(one.start, one.end)}" for one in view.row.record.windows)
    lines.append(Content.styled(_("Every week: %(times)s") % {"times": weekly}, "$text-muted"))
    for period in view.row.record.unavailable:
        days = f"{short_date(period.first, today)} - {short_date(period.last, today)}"
        lines.append(Content.styled(_("Not %(days)s") % {"days": days}, "$text-muted"))
    return Content("\n").join(lines)


def fact_line(fact: FactView) -> Content:
    """One fact and where it comes from."""
    return Content.assemble(
        (fact_name(fact.name) + ": ", "$text-muted"),
        plain(fact_value(fact.value, fact.name)),
        (f" ({codes.source(fact.source)})", "$text-muted"),
    )


def segments(view: CaseView, now: datetime) -> Content:
    """The courses of the case."""
    lines = [Content(course(one, now)) for one in view.segments]
    return Content("\n").join(lines) if lines else Content(_("No course yet."))


def course(one: SegmentView, now: datetime) -> str:
    """One course: where from, its date, where to and how far it has come."""
    parts = (one.referring_hospital, one.referring_department, one.area_name or one.area)
    where = " · ".join(plain(part) for part in parts if part)
    state = codes.segment_state(one.state) if one.state else _("nothing chosen")
    date = f" · {short_date(one.present_date, local_date(now))}" if one.present_date else ""
    came = _(" (queue no. %(number)s)") % {"number": one.queue_number} if one.queue_number else ""
    to = f" → {plain(one.provider_name)}" if one.provider_name else ""
    then = f" {short_date(one.confirmed_date, local_date(now))}" if one.confirmed_date else ""
    return f"{one.number}{came} {where}{date}{to} - {state}{then}"


def inquiry(view: CaseView) -> Content:
    """The enquiry in the patient's own words, and what came with it."""
    parts = [
        Content(f"“{_shown(view.free_text)}”")
        if view.free_text
        else Content.styled(_("Nothing written."), "$text-muted")
    ]
    for one in view.attachments:
        unfit = f" · {codes.unfit(one.unfit)}" if one.unfit else ""
        parts.append(Content.styled(_("Attached: %(name)s") % {"name": plain(one.filename)} + unfit, "$text-muted"))
    for consent in view.consents:
        parts.append(Content.styled(f"{codes.consent(consent.type)}: {plain(_agreed(consent))}", "$text-muted"))
    for merged in view.merged:
        heading = _("Same enquiry: case %(case)s") % {"case": merged.case_number}
        words = f"\n“{_shown(merged.free_text)}”" if merged.free_text else ""
        parts.append(Content.assemble((heading, "bold"), words))
    part_of_this = {one.queue_number for one in view.merged}
    for link in view.links:
        if link.queue_number in part_of_this:
            continue
        state = _("open") if link.open else _("closed")
        parts.append(
            Content.styled(
                _("Same person: case %(case)s, %(state)s") % {"case": link.case_number, "state": state}, "bold"
            )
        )
    return Content("\n").join(parts)


def timeline(view: CaseView, *, since: CaseView | None = None) -> Content:
    """Contacts, notes and events, the newest first; only what an earlier view did not hold, when one is given."""
    seen = {(at, str(text)) for at, text in _timeline(since)} if since else set()
    rows = [row for row in _timeline(view) if (row[0], str(row[1])) not in seen]
    rows.reverse()  # of the same second, what was written last comes first too
    rows.sort(key=lambda row: row[0], reverse=True)
    return Content("\n").join(Content.assemble((stamp(at) + " ", "$text-muted"), text) for at, text in rows)


def count(view: CaseView, now: datetime) -> Content:
    """The sum behind the answer's date, day by day."""
    today = local_date(now)
    return Content("\n").join(Content(counted(row, today)) for row in view.count)


def _timeline(view: CaseView) -> Iterator[tuple[datetime, Content]]:
    for event in view.events:
        itself = event.details.get("with_case") == view.row.record.queue_number  # the other side of a merge
        if event.kind not in TOLD_BY_OTHER_ROWS and not itself:
            words = event_words(event.kind, event.details, by=event.by, names=view.colleagues)
            yield event.at, Content(plain(f"{words}: {event.reason}" if event.reason else words))
    for contact in view.contacts:
        yield contact.at, Content(_contact(contact))
    for one in view.questions:
        asked = _("Question to %(whom)s") % {"whom": asked_whom(one)}
        yield one.asked_at, Content.assemble((f"{asked} ({plain(one.asked_by_name)}): ", "bold"), _shown(one.text))
        if one.answered_at is not None:
            answer = _("Answer from %(whom)s") % {"whom": asked_whom(one)}
            by = plain(one.answered_by_name or "")
            yield one.answered_at, Content.assemble((f"{answer} ({by}): ", "bold"), _shown(one.answer or ""))
    written = {note.id: note for note in view.notes}
    corrected = {note.corrects_id for note in view.notes}
    for note in view.notes:
        old = written.get(note.corrects_id) if note.corrects_id else None
        name = _("Correction of %(when)s") % {"when": stamp(old.at)} if old else _("Note")
        mark = " " + _("(corrected)") if note.id in corrected else ""
        yield note.at, Content.assemble((f"{name} {plain(note.by or '')}{mark}: ", "bold"), _shown(note.text))


def _agreed(consent: ConsentView) -> str:
    """How a consent stands: refused, given how, by whom, how far and until when, over or taken back."""
    parts = [_("given") if consent.given else _("refused"), codes.consent_mode(consent.mode)]
    parts.append(_day(consent.given_at))
    if consent.given_by:
        parts.append(_("by %(name)s") % {"name": consent.given_by})
    if consent.scope:
        parts.append(consent.scope)
    if consent.ends_on is not None:
        until = _("until %(day)s") if consent.holds or consent.withdrawn_at else _("over since %(day)s")
        parts.append(until % {"day": plain_date(consent.ends_on)})
    if consent.withdrawn_at is not None:
        parts.append(_("taken back %(day)s") % {"day": _day(consent.withdrawn_at)})
    return ", ".join(parts)


def _day(when: datetime) -> str:
    return plain_date(local_date(when))


def _contact(contact: ContactView) -> str:
    parts = [codes.contact(contact.party, contact.result)]
    if contact.party_name:
        parts.append(plain(contact.party_name))
    if contact.text:
        parts.append(plain(contact.text))
    if contact.answer_promised_on:
        parts.append(
            _("answer promised by %(day)s") % {"day": short_date(contact.answer_promised_on, local_date(contact.at))}
        )
    return " · ".join(parts) + (f" ({plain(contact.by)})" if contact.by else "")


def _shown(text: str) -> str:
    """Text of several lines, harmless on a screen."""
    return "\n".join(plain(line) for line in text.splitlines())

"""What became of an enquiry: who took it, the calls, the notes, the waiting, the end - as the use cases record it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any
from uuid import UUID

from pkui.base.clock import local
from pkui.base.keys import new_key
from pkui.domain.codes import (
    CaseState,
    Cause,
    ContactResult,
    Direction,
    EventKind,
    Party,
    ReplyChannel,
    SegmentState,
    Topic,
)
from pkui.domain.office import at
from pkui.services.demo import texts
from pkui.services.demo.enquiries import Enquiry
from pkui.services.demo.people import Colleague
from pkui.services.demo.tables import draw, draw_cause
from pkui.services.demo.timeline import HOUR, MINUTE, WorkingTime, moment
from pkui.services.demo.wording import note_text

WORKING_DAY = 7 * HOUR
"""The call hours of a day, in seconds."""
_FAILED = {ContactResult.NO_ANSWER: 60, ContactResult.VOICEMAIL: 30, ContactResult.BUSY: 10}
_WAITS_FOR = {
    Party.DEPARTMENT: 45,
    Party.PRIVATE_HOSPITAL: 30,
    Party.PATIENT: 17,
    Party.GP: 5,
    Party.PATHWAY_COORDINATOR: 3,
}
_LAGS = {Topic.MAXIMUM_WAITING_TIME: (600, 2 * HOUR), Topic.OPERATION_CHANGED: (1200, WORKING_DAY)}
_LAG = (1800, 2 * WORKING_DAY)
"""Working time to the first answer, as the office promises: same day for maximum waiting times, else 2-3 days."""


@dataclass
class Story:
    """What stands on the case and hangs on it; every list is in the order of time."""

    events: list[dict[str, Any]] = field(default_factory=list)
    contacts: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    state: CaseState = CaseState.NEW
    assignee_id: UUID | None = None
    answered_at: datetime | None = None
    reopened_at: datetime | None = None
    closed_at: datetime | None = None
    follow_up_on: date | None = None
    waiting_for: Party | None = None
    waiting_text: str | None = None
    attempts: int = 0
    retry_from: datetime | None = None
    outcome: str | None = None
    cause: Cause | None = None
    forwarded_to: str | None = None
    segment_state: SegmentState | None = None
    asked_on: date | None = None
    referral_received: date | None = None
    letter_due: bool = False


class Stories:
    """Tells what happened to enquiries, each step at an instant of working time after the one before."""

    def __init__(self, chance: Random, axis: WorkingTime) -> None:
        self._chance, self._axis = chance, axis

    def closed(self, enquiry: Enquiry, by: Colleague, outcome: str) -> Story:
        """A case answered in time and closed with that outcome."""
        chance, story = self._chance, Story()
        rings = _rings(enquiry)
        urgent = enquiry.topic is Topic.MAXIMUM_WAITING_TIME
        if outcome == "not_reached" and (urgent or not rings):
            outcome = "advised"
        failed = 3 if outcome == "not_reached" else 0 if urgent else draw(chance, {0: 78, 1: 16, 2: 6})
        lag = min(WORKING_DAY * 2, chance.randint(*_LAGS.get(enquiry.topic, _LAG)))
        gaps = [lag, *([WORKING_DAY] * failed if rings else []), chance.randint(4 * MINUTE, 25 * MINUTE)]
        waits = outcome.startswith("rereferral") and chance.random() < 0.5 and rings
        if waits:
            gaps.append(chance.randint(WORKING_DAY, 9 * WORKING_DAY))
        first, *steps = self._steps(enquiry.registered, gaps)
        self._assigned(story, by, first)
        if rings:
            for _ in range(failed):
                self._attempt(story, by, steps.pop(0))
            if outcome != "not_reached":
                self._reached(story, by, enquiry, steps[0])
        self._note(story, by, enquiry, steps[0])
        if waits:
            self._waits(story, by, steps[0], local(steps[-1]).date())
        self._close(story, by, enquiry.topic, outcome, steps[-1])
        return story

    def put_back(self, enquiry: Enquiry, by: Colleague) -> Story:
        """Somebody took it, did not get hold of the patient and put it back in its place."""
        story = Story()
        steps = self._steps(enquiry.registered, [HOUR, 10 * MINUTE, 20 * MINUTE])
        self._assigned(story, by, steps[0])
        if _rings(enquiry):
            self._attempt(story, by, steps[1])
        self._add(story, EventKind.PUT_BACK, by, steps[2], reason=self._chance.choice(texts.PUT_BACK_REASONS))
        story.state, story.assignee_id = CaseState.NEW, None
        return story

    def held(self, enquiry: Enquiry, by: Colleague) -> Story:
        """Somebody has taken it and not answered yet; she may have tried."""
        chance, story = self._chance, Story()
        room = self._axis.total - self._axis.position(enquiry.registered)
        taken = max(MINUTE, room - chance.randint(5 * MINUTE, min(room, 2 * HOUR)))
        steps = self._steps(enquiry.registered, [taken, 4 * MINUTE])
        self._assigned(story, by, steps[0])
        if _rings(enquiry) and chance.random() < 0.3:
            self._attempt(story, by, steps[1])
        return story

    def tried(self, enquiry: Enquiry, by: Colleague) -> Story:
        """Three attempts on three days; the letter lies ready as a draft."""
        story = Story()
        steps = self._steps(enquiry.registered, [2 * HOUR, HOUR, WORKING_DAY, WORKING_DAY])
        self._assigned(story, by, steps[0])
        for step in steps[1:]:
            self._attempt(story, by, step)
        story.letter_due = True
        return story

    def waiting(self, enquiry: Enquiry, by: Colleague) -> Story:
        """Answered, and waiting for somebody until a day around now."""
        chance, axis, story = self._chance, self._axis, Story()
        steps = self._steps(enquiry.registered, [chance.randint(*_LAGS.get(enquiry.topic, (HOUR, WORKING_DAY))), 900])
        self._assigned(story, by, steps[0])
        self._reached(story, by, enquiry, steps[1])
        self._note(story, by, enquiry, steps[1])
        asked = local(steps[1]).date()
        share = chance.random()
        if share < 0.1:
            until = max(asked, axis.back(chance.randint(1, 2)))
        elif share < 0.32:
            until = axis.calendar.on_or_after(axis.today)
        else:
            until = axis.calendar.add_working_days(axis.today, chance.randint(1, 10))
        self._waits(story, by, steps[1], until)
        if story.waiting_for is Party.DEPARTMENT and enquiry.blanks.course and chance.random() < 0.4:
            letter = enquiry.submission.referral and enquiry.submission.referral.referral_date_in_letter
            story.referral_received = letter or None
            if letter:
                details = {"name": "referral_received", "source": "hospital"}
                self._add(story, EventKind.FACT_RECORDED, by, steps[1], details=details)
        return story

    def forgotten(self, enquiry: Enquiry, by: Colleague) -> Story:
        """Answered, and left without a next step: what the mark in the list is for."""
        story = Story()
        steps = self._steps(enquiry.registered, [2 * HOUR, 900])
        self._assigned(story, by, steps[0])
        self._reached(story, by, enquiry, steps[1])
        return story

    def reopened(self, enquiry: Enquiry, by: Colleague) -> Story:
        """Closed once, and opened again in the last days."""
        chance, axis = self._chance, self._axis
        story = Story()
        room = axis.total - axis.position(enquiry.registered)
        again = chance.randint(20 * MINUTE, min(room, 2 * WORKING_DAY))
        steps = self._steps(enquiry.registered, [HOUR, 900, 600, room - HOUR - 1500 - again])
        self._assigned(story, by, steps[0])
        self._reached(story, by, enquiry, steps[1])
        self._close(story, by, enquiry.topic, "waiting_time" if enquiry.blanks.course else "advised", steps[2])
        self._add(story, EventKind.REOPENED, by, steps[3], reason=chance.choice(texts.REOPEN_REASONS))
        story.state, story.closed_at, story.outcome, story.cause = CaseState.REOPENED, None, None, None
        story.reopened_at, story.answered_at, story.attempts = steps[3], None, 0
        return story

    def _steps(self, registered: int, gaps: list[int]) -> list[datetime]:
        """Instants after these stretches of working time; pressed together where now comes first."""
        axis = self._axis
        position = axis.position(registered)
        room, wanted = axis.total - position, sum(gaps)
        scale = min(1.0, room / wanted)
        steps = []
        for gap in gaps:
            position += int(gap * scale)
            steps.append(moment(max(axis.instant(position), registered)))
        return steps

    def _add(
        self, story: Story, kind: EventKind, by: Colleague, when: datetime, reason: str | None = None, **more: Any
    ) -> None:
        story.events.append(
            {"at": when, "staff_id": by.id, "kind": kind, "details": more.get("details", {}), "reason": reason}
        )

    def _assigned(self, story: Story, by: Colleague, when: datetime) -> None:
        story.state, story.assignee_id = CaseState.ASSIGNED, by.id
        self._add(story, EventKind.ASSIGNED, by, when, details={"to": by.username})

    def _attempt(self, story: Story, by: Colleague, when: datetime) -> None:
        axis = self._axis
        story.attempts += 1
        next_day = axis.calendar.add_working_days(local(when).date(), 1)
        story.retry_from = at(next_day, axis.office.calls_from)
        self._contact(story, by, when, Party.PATIENT, draw(self._chance, _FAILED), None, attempt=True)

    def _reached(self, story: Story, by: Colleague, enquiry: Enquiry, when: datetime) -> None:
        """The first real answer: a call, or with an acceptance request the clinic's."""
        chance = self._chance
        story.retry_from, story.answered_at = None, when
        self._contact(story, by, when, Party.PATIENT, ContactResult.REACHED, chance.choice(texts.CALL_TEXTS))

    def _contact(
        self,
        story: Story,
        by: Colleague,
        when: datetime,
        party: Party,
        result: ContactResult,
        text: str | None,
        *,
        attempt: bool = False,
    ) -> None:
        direction = Direction.OUTGOING
        story.contacts.append(
            {
                "id": new_key(when, self._chance),
                "staff_id": by.id,
                "at": when,
                "direction": direction,
                "party": party,
                "party_name": None,
                "result": result,
                "counts_as_attempt": attempt,
                "outside_window_reason": None,
                "answer_promised_on": None,
                "text": text,
            }
        )
        details = {"party": party.value, "result": result.value, "direction": direction.value}
        self._add(story, EventKind.CONTACT_LOGGED, by, when, details=details)

    def _note(self, story: Story, by: Colleague, enquiry: Enquiry, when: datetime) -> None:
        id = new_key(when, self._chance)
        text = note_text(self._chance, enquiry.topic, enquiry.blanks)
        story.notes.append({"id": id, "author_id": by.id, "at": when, "text": text, "corrects_id": None})
        self._add(story, EventKind.NOTE_ADDED, by, when, details={"note": str(id)})

    def _waits(self, story: Story, by: Colleague, when: datetime, until: date) -> None:
        chance = self._chance
        party = draw(chance, _WAITS_FOR)
        text = chance.choice(texts.WAITING_TEXTS[party])
        if party in (Party.DEPARTMENT, Party.PRIVATE_HOSPITAL):
            self._contact(story, by, when, party, ContactResult.REACHED, chance.choice(texts.CHASING_TEXTS))
            asked = party is Party.DEPARTMENT
            story.segment_state = SegmentState.REQUESTED if asked else SegmentState.REFERRAL_SENT
        story.asked_on = local(when).date()
        story.state, story.waiting_for, story.waiting_text, story.follow_up_on = CaseState.WAITING, party, text, until
        details = {"party": party.value, "until": until.isoformat()}
        self._add(story, EventKind.WAITING, by, when, reason=text, details=details)

    def _close(self, story: Story, by: Colleague, topic: Topic, outcome: str, when: datetime) -> None:
        story.state, story.closed_at, story.outcome = CaseState.CLOSED, when, outcome
        story.cause = draw_cause(self._chance, topic)
        story.forwarded_to = self._chance.choice(texts.FORWARDED_TO) if outcome == "forwarded" else None
        story.answered_at = story.answered_at or when
        story.follow_up_on = story.waiting_for = story.waiting_text = story.retry_from = None
        if outcome.startswith("rereferral"):
            story.segment_state = SegmentState.CONFIRMED if self._chance.random() < 0.6 else SegmentState.REFERRAL_SENT
        details = {"outcome": outcome, "cause": story.cause.value}
        self._add(story, EventKind.CLOSED, by, when, details=details)


def _rings(enquiry: Enquiry) -> bool:
    """Whether the answer is a call to the patient."""
    return enquiry.submission.reply_channel is ReplyChannel.PHONE and enquiry.topic is not Topic.ACCEPTANCE_REQUEST

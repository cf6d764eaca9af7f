"""Min dag: what wants one's attention today, each case once and with its reasons; and the check at its end."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pkui.base.clock import local
from pkui.domain.codes import EventKind, PriorityClass, ReplyChannel, Topic
from pkui.domain.day import Known, News, Part, place_in_day, undone
from pkui.domain.office import at
from pkui.domain.permissions import Permission
from pkui.domain.reason import Reason
from pkui.services.desk import Work, use_case
from pkui.services.help_line import short_answers
from pkui.services.queue import QueueRow, deal_of, moment_of, row_of
from storage.callbacks import BookedRecord, read_standing, read_standing_of
from storage.changes import ChangeMark, read_change_mark
from storage.day import DoneRecord, read_done, read_looked, read_numbers, read_reminders
from storage.queue import QueueFilter, QueueRecord, read_ring_now, read_rows, read_snapshot
from storage.sparring import QuestionRecord, read_open_questions

MOST_FREE = 8
"""Free cases offered under Ring nu and under class 1: the queue holds the rest."""

_REPLIES = frozenset(
    {
        EventKind.CONTACT_LOGGED, EventKind.NOTE_ADDED, EventKind.SUBMISSION_CHANGED, EventKind.LINKED,
        EventKind.QUESTION_ANSWERED, EventKind.WINDOWS_CHANGED, EventKind.CORE_DATA_CHANGED,
        EventKind.FACT_RECORDED, EventKind.CALL_BOOKED, EventKind.CALL_CANCELLED,
    }
)  # fmt: skip
"""What others do with a case that its holder wants to see."""
_HANDED = frozenset({EventKind.ASSIGNED, EventKind.HANDED_OVER})


@dataclass(frozen=True)
class DayLine:
    """One case of the day, and why it stands there."""

    row: QueueRow
    part: Part
    why: tuple[Reason, ...]


@dataclass(frozen=True)
class Day:
    """The day as it stands now, in the order it is gone through; `short_answers` the office has given today."""

    at: datetime
    change: ChangeMark
    lines: tuple[DayLine, ...]
    short_answers: int


@dataclass(frozen=True)
class Evening:
    """What is left at the end of the day; `done` when every open case has a next step ahead and no note is half."""

    at: datetime
    next_day: date
    undone: tuple[DayLine, ...]
    unfinished: tuple[QueueRow, ...]
    tomorrow: tuple[BookedRecord, ...]

    @property
    def done(self) -> bool:
        """Whether one may go home."""
        return not self.undone and not self.unfinished


@use_case(Permission.WORK_CASES, writes=False)
def my_day(work: Work) -> Day:
    """Class 1, agreed calls, follow-ups due, replies, what was handed over, Ring nu, and the rest one holds."""
    known = _Mine(work)
    lines = []
    for record in known.records:
        part, why = place_in_day(known.of(record), work.now)
        if part is not Part.PARKED or record.assignee == work.person.username:
            lines.append(DayLine(known.row(record), part, why))
    lines.sort(key=_place)
    return Day(work.now, read_change_mark(work.session), tuple(lines), short_answers(work))


@use_case(Permission.WORK_CASES, writes=False)
def evening(work: Work, unfinished: Sequence[UUID] = ()) -> Evening:
    """The check at the end of the day; `unfinished` are the cases with a note begun on this computer."""
    known = _Mine(work)
    left = []
    for record in known.records:
        if record.assignee == work.person.username:
            reason = undone(known.of(record), work.now)
            if reason is not None:
                left.append(DayLine(known.row(record), Part.FOLLOW_UP, (reason,)))
    next_day = work.calendar.add_working_days(work.today, 1)
    start = at(next_day, work.office.opens.replace(hour=0, minute=0))
    end = start.replace(hour=23, minute=59)
    numbers = read_numbers(work.session, unfinished) if unfinished else []
    return Evening(
        at=work.now,
        next_day=next_day,
        undone=tuple(left),
        unfinished=tuple(row_of(work, record) for record in read_rows(work.session, numbers)),
        tomorrow=tuple(read_standing(work.session, start, end, adviser_id=work.person.id)),
    )


def _place(line: DayLine) -> tuple[int, bool, int, datetime]:
    """By part; one's own before the free ones, calls by their hour, Ring nu by class and the end of the window."""
    row, part = line.row, list(Part).index(line.part)
    if line.part is Part.AGREED and row.booked is not None:
        return part, False, 0, row.booked.starts_at
    last = row.window.end if line.part is Part.RING_NOW and row.window is not None else row.record.due_at
    return part, row.record.assignee is None, row.record.priority_class, last


class _Mine:
    """What is known of the cases of a person's day, read at once."""

    def __init__(self, work: Work) -> None:
        self._work, session, me = work, work.session, work.person
        held = read_snapshot(session, QueueFilter(assignee=me.id))
        self._reminders = read_reminders(session, me.id)
        self._asked = _by_number(one for one in read_open_questions(session) if one.colleague == me.username)
        booked = read_standing(session, *_today(work), adviser_id=me.id)
        due = [number for number, (when, _text) in self._reminders.items() if when <= _today(work)[1]]
        numbers = [*held, *(one.queue_number for one in booked), *due, *self._asked, *_free(work)]
        records = read_rows(session, list(dict.fromkeys(numbers)))
        self.records = [record for record in records if record.closed_at is None]
        self.records.sort(key=lambda record: (record.priority_class, record.due_at, record.queue_number))
        ids = [record.id for record in self.records]
        self._booked = read_standing_of(session, ids)
        mine = [record.id for record in self.records if record.assignee == me.username]
        self._done: dict[UUID, list[DoneRecord]] = defaultdict(list)
        for one in read_done(session, mine, me.id):
            self._done[one.case_id].append(one)
        self._looked = read_looked(session, mine, me.id)

    def row(self, record: QueueRecord) -> QueueRow:
        """The case as lists show it."""
        return row_of(self._work, record, self._booked.get(record.id))

    def of(self, record: QueueRecord) -> Known:
        """What decides where the case stands in the day."""
        call = self._booked.get(record.id)
        reminder, text = self._reminders.get(record.queue_number, (None, None))
        row = self.row(record)
        return Known(
            priority_class=record.priority_class,
            due_at=record.due_at,
            free=record.assignee is None,
            answered=record.answered_at is not None,
            follow_up_on=record.follow_up_on,
            call_at=call.starts_at if call else None,
            call_state=call.state if call else None,
            reminder_at=reminder,
            reminder=text,
            asked=[_question(one) for one in self._asked.get(record.queue_number, ())],
            replies=self._replies(record),
            handed=self._handed(record),
            may_be_rung=row.window_open and self._to_be_rung(record),
        )

    def _to_be_rung(self, record: QueueRecord) -> bool:
        gap = record.retry_from is not None and record.retry_from > self._work.now
        wants = record.reply_channel is ReplyChannel.PHONE and record.topic is not Topic.ACCEPTANCE_REQUEST
        return wants and not gap and record.answered_at is None and moment_of(self._work).calling

    def _replies(self, record: QueueRecord) -> list[News]:
        """What others did since one last acted on the case or looked at it: the newest of them."""
        since = self._since(record)
        news = [one for one in since if one.kind in _REPLIES and not one.mine]
        looked = self._looked.get(record.id)
        return [_event(one) for one in news if looked is None or one.at > looked][-1:]

    def _handed(self, record: QueueRecord) -> News | None:
        """Who gave one the case, until one has done something with it."""
        given = [one for one in self._since(record) if one.kind in _HANDED and not one.mine]
        return _event(given[-1], text=given[-1].reason) if given else None

    def _since(self, record: QueueRecord) -> list[DoneRecord]:
        done = self._done.get(record.id, [])
        own = max((index for index, one in enumerate(done) if one.mine), default=-1)
        given = max((index for index, one in enumerate(done) if one.kind in _HANDED), default=0)
        return done[max(own + 1, given) :]


def _free(work: Work) -> list[int]:
    """Free cases one may be dealt: those of class 1, and those that can be rung now."""
    free = QueueFilter(unassigned=True, deal=deal_of(work))
    first = read_snapshot(work.session, free, limit=MOST_FREE)
    urgent = [
        record.queue_number
        for record in read_rows(work.session, first)
        if record.priority_class == PriorityClass.MAXIMUM_WAITING_TIME
    ]
    return [*urgent, *read_ring_now(work.session, free, moment_of(work))[:MOST_FREE]]


def _today(work: Work) -> tuple[datetime, datetime]:
    start = at(work.today, local(work.now).time().min)
    return start, start.replace(hour=23, minute=59)


def _by_number(found: Iterable[QuestionRecord]) -> dict[int, list[QuestionRecord]]:
    asked: dict[int, list[QuestionRecord]] = defaultdict(list)
    for one in found:
        asked[one.queue_number].append(one)
    return asked


def _question(one: QuestionRecord) -> News:
    return News(EventKind.QUESTION_ASKED.value, {}, one.asked_by_name, one.asked_at, one.text)


def _event(one: DoneRecord, *, text: str | None = None) -> News:
    return News(one.kind.value, one.details, one.by, one.at, text)

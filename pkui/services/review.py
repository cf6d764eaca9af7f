"""Reviewing the access log: a week's look-ups drawn, seen, judged and noted; and how much of it was done.

A week is drawn once, when it is over, and what was drawn is recorded. Reading it is logged.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import SystemRandom
from uuid import UUID

from pkui.base.clock import local_date
from pkui.base.errors import BadInput, Refused
from pkui.base.keys import new_key
from pkui.domain.access_codes import AccessKind, ReviewDecision
from pkui.domain.office import at
from pkui.domain.permissions import Permission
from pkui.domain.review import draw, monday
from pkui.services.desk import Work, use_case
from storage import audit, review
from storage.audit import LogRow
from storage.openings import REASON
from storage.review import ReviewRow as ReviewRow
from storage.tables.access import LogReview, ReviewWeek

LONGEST_NOTE = 2_000
MOST_WEEKS = 26
NOTE = "log_reviews.note"
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class WeekFigures:
    """How much of a week was reviewed; `overdue` when something is undecided after the office's own time."""

    week: date
    pairs: int
    drawn: int
    decided: int
    overdue: bool


@dataclass(frozen=True)
class Opening:
    """One break-glass opening; `words` only where the reason was stated in words."""

    at: datetime
    name: str
    case_number: str
    purpose: str
    words: str | None


@dataclass(frozen=True)
class Figures:
    """What a supervisor sees: week by week how much was reviewed, and this and last week's break-glass openings."""

    weeks: tuple[WeekFigures, ...]
    openings: tuple[Opening, ...]

    @property
    def overdue(self) -> int:
        """How many weeks wait too long."""
        return sum(week.overdue for week in self.weeks)


@dataclass(frozen=True)
class Detail:
    """Everything of one pair: the rows of the log, the words given as reasons, and the reviewer's note."""

    row: ReviewRow
    log: tuple[LogRow, ...]
    words: tuple[tuple[datetime, str], ...]
    note: str | None


@use_case(Permission.ALL_ACCESS_LOG)
def to_review(work: Work) -> list[ReviewRow]:
    """What waits for a reviewer, after drawing the weeks that are over."""
    for week in _weeks_over(work)[-MOST_WEEKS:]:
        if work.session.get(ReviewWeek, week) is None:
            _draw(work, week)
    work.session.flush()
    work.log(AccessKind.LOOK_UP, "log_review")
    return review.read_reviews(work.session, undecided=True)


@use_case(Permission.ALL_ACCESS_LOG)
def look_into(work: Work, id: UUID) -> Detail:
    """One pair with its rows; the reading is logged as a look-up of the patient's part of the log."""
    found = _review(work, id)
    since, until = _instants(found.week)
    wanted = audit.Wanted(found.staff_id, found.patient_id, since, until)
    rows = audit.read_log(work.session, wanted)
    row = next(one for one in review.read_reviews(work.session, week=found.week) if one.id == id)
    words = [
        (when, work.cipher.open_text(REASON, bytes(sealed)))
        for when, sealed in review.read_reasons(work.session, found, since, until)
    ]
    work.log(AccessKind.LOOK_UP, "log_review", patient_id=found.patient_id, hits=len(rows))
    note = work.cipher.open_text(NOTE, bytes(found.note_sealed)) if found.note_sealed else None
    return Detail(row, tuple(rows), tuple(words), note)


@use_case(Permission.ALL_ACCESS_LOG)
def decide(work: Work, id: UUID, decision: ReviewDecision, *, note: str = "") -> None:
    """Records what was found; anything but 'in order' needs a note. Nobody judges her own look-ups."""
    found = _review(work, id)
    if found.staff_id == work.person.id:
        raise Refused("own_review")
    note = note.strip()
    if decision is not ReviewDecision.IN_ORDER and not note:
        raise Refused("note_needed")
    if len(note) > LONGEST_NOTE:
        raise BadInput("text_too_long", longest=LONGEST_NOTE)
    found.decision, found.decided_at, found.decided_by = decision, work.now, work.person.id
    found.note_sealed = work.cipher.seal(NOTE, note) if note else None
    work.log(AccessKind.CHANGE, "log_review", patient_id=found.patient_id)


@use_case(Permission.ACCESS_LOG_FIGURES)
def figures(work: Work) -> Figures:
    """How much was reviewed, the newest week first, and the break-glass openings of this and the last week."""
    openings = [
        Opening(
            one.at,
            one.name,
            one.case_number,
            one.purpose,
            work.cipher.open_text(REASON, bytes(one.reason_sealed)) if one.reason_sealed else None,
        )
        for one in _break_glass(work)
    ]
    work.log(AccessKind.LOOK_UP, "log_figures", hits=len(openings))
    return Figures(tuple(_weeks(work)), tuple(openings))


def waiting(work: Work) -> tuple[int, int]:
    """How many weeks wait too long for review, and the break-glass openings of this and the last week: counts alone."""
    return sum(one.overdue for one in _weeks(work)), len(_break_glass(work))


def _weeks(work: Work) -> list[WeekFigures]:
    """The newest week first."""
    known, found = review.read_weeks(work.session), []
    for week in reversed(_weeks_over(work)[-MOST_WEEKS:]):
        pairs, drawn, decided = known.get(week, (0, 0, 0))
        due = week + _WEEK + timedelta(days=work.office.review_within_days)
        overdue = work.today > due and (week not in known or decided < drawn)
        found.append(WeekFigures(week, pairs, drawn, decided, overdue))
    return found


def _break_glass(work: Work) -> list[review.OpeningRow]:
    since = at(monday(work.today) - _WEEK, time(0))
    return review.read_break_glass(work.session, since, work.now + timedelta(seconds=1))


def _weeks_over(work: Work) -> list[date]:
    """The Mondays of every week that is over and has look-ups before its end, the oldest first."""
    first = review.read_first_look_up(work.session)
    if first is None:
        return []
    week, now, found = monday(local_date(first)), monday(work.today), []
    while week < now:
        found.append(week)
        week += _WEEK
    return found


def _draw(work: Work, week: date) -> None:
    pairs = review.read_pairs(work.session, *_instants(week))
    drawn = draw(pairs, work.office.review_sample, SystemRandom())
    work.session.add(ReviewWeek(week=week, pairs=len(pairs), drawn=len(drawn), made_at=work.now))
    work.session.add_all(
        LogReview(
            id=new_key(work.now),
            week=week,
            staff_id=one.pair.staff_id,
            patient_id=one.pair.patient_id,
            marks=[mark.value for mark in one.marks],
            look_ups=len(one.pair.times),
            made_at=work.now,
        )
        for one in drawn
    )


def _review(work: Work, id: UUID) -> LogReview:
    found = work.session.get(LogReview, id)
    if found is None:
        raise Refused("no_such_review")
    return found


def _instants(week: date) -> tuple[datetime, datetime]:
    return at(week, time(0)), at(week + _WEEK, time(0))

"""What a rule answers: the right, the answer, the limit and its count, the facts relied on, and what is missing."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pkui.domain.reason import Reason as Reason


class Right(StrEnum):
    """A patient's right, in the order in which hints are given."""

    MAXIMUM_WAITING_TIME = "maximum_waiting_time"
    ASSESSMENT = "assessment_right"
    EXTENDED_FREE_CHOICE = "extended_free_choice"
    FREE_CHOICE = "free_choice"
    INFORMATION_DUTY = "information_duty"
    TRANSPORT = "patient_transport"
    CROSS_BORDER = "cross_border_care"
    COMPLAINT_TREATMENT = "complaint_treatment"
    COMPLAINT_RIGHTS = "complaint_rights"
    COMPENSATION = "compensation"


class Answer(StrEnum):
    """The seven answers."""

    YES = "yes"
    NO = "no"
    LIKELY = "likely"
    NOT_YET = "not_yet"
    UNDETERMINED = "undetermined"
    CLINICAL = "needs_clinical_judgement"
    REVIEW = "needs_review"


FIRM = frozenset({Answer.YES, Answer.NO})
OPPOSITE = {Answer.YES: Answer.NO, Answer.NO: Answer.YES}


@dataclass(frozen=True, slots=True)
class CountRow:
    """A row of a printed count: the day, its running number, and what it is."""

    day: date
    number: int
    note: Reason


@dataclass(frozen=True, slots=True)
class Relied:
    """A fact that the answer rests on."""

    fact: str
    value: Any


@dataclass(frozen=True, slots=True)
class Hint:
    """One right's answer on a day. `reasons` and `steps` are for the adviser; `kept`: the limit was met."""

    right: Right
    limb: str | None
    answer: Answer
    on: date
    deadline: date | None
    breached: bool | None
    citations: tuple[str, ...]
    because: tuple[Relied, ...]
    missing: tuple[str, ...]
    count: tuple[CountRow, ...]
    reasons: tuple[Reason, ...]
    steps: tuple[Reason, ...]
    provisional: bool = False
    kept: bool = False

    @property
    def days_left(self) -> int | None:
        """Calendar days to the last day of the limit; negative when it has passed."""
        return None if self.deadline is None else (self.deadline - self.on).days

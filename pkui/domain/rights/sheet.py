"""The sheet a rule fills in: what it looked at, what speaks against, what is missing; it gives the hint."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from pkui.domain.calendar import Calendar
from pkui.domain.rights.answers import Answer, CountRow, Hint, Reason, Relied, Right
from pkui.domain.rights.facts import RightsFacts, plain
from pkui.domain.rights.law import Law, Row


@dataclass(frozen=True, slots=True)
class Setting:
    """What every rule is given: the facts, the day they are judged on, the law and the calendar."""

    facts: RightsFacts
    on: date
    law: Law
    calendar: Calendar


class State(Enum):
    """Where a claim stands once the clock has been read."""

    MET = "met"
    OPEN = "open"
    KEPT = "kept"
    UNKNOWN = "unknown"


class Sheet:
    """Collects one hint. Facts read through `get` become the reasons of the answer."""

    def __init__(self, setting: Setting, right: Right, limb: str | None = None) -> None:
        self.setting, self.right, self.limb = setting, right, limb
        self.on, self.law, self.calendar = setting.on, setting.law, setting.calendar
        self.deadline: date | None = None
        self.breached: bool | None = None
        self.provisional = False
        self.bars: list[Reason] = []
        self.clinical: list[Reason] = []
        self.reviews: list[Reason] = []
        self.late_reviews: list[Reason] = []
        self.notes: list[Reason] = []
        self.steps: list[Reason] = []
        self.citations: list[str] = []
        self.count: list[CountRow] = []
        self._relied: dict[str, Any] = {}
        self._lacking: dict[str, None] = {}
        self._doubts: dict[str, None] = {}
        self._named: dict[str, None] = {}

    def get(self, name: str) -> Any:
        """A fact's value; a known one is noted as relied on."""
        value = getattr(self.setting.facts, name)
        if value is not None:
            self._relied[name] = value
        return value

    def lacks(self, *names: str) -> None:
        """Deciding facts that nobody knows."""
        for name in names:
            if getattr(self.setting.facts, name) is None:
                self._lacking[name] = None

    def doubts(self, *names: str) -> None:
        """Exceptions that nobody knows to be absent."""
        for name in names:
            if getattr(self.setting.facts, name) is None:
                self._doubts[name] = None

    def names(self, *names: str) -> None:
        """Facts the record must state: absent until it does, and named."""
        for name in names:
            if getattr(self.setting.facts, name) is None:
                self._named[name] = None

    def incomplete(self, name: str) -> None:
        """A known fact that does not say enough."""
        self._doubts[name] = None

    @property
    def lacking_apart_from_start(self) -> bool:
        """Whether a deciding fact other than the day of receipt, which a letter's date stands in for, is missing."""
        return bool(self._lacking.keys() - {"referral_received"})

    @property
    def suspension_unsure(self) -> bool:
        """Whether the right may have been suspended on its key date."""
        return any(one.code == "suspension_unsure" for one in self.reviews)

    def cites(self, *citations: str) -> None:
        """Law that the answer stands on."""
        self.citations += [one for one in citations if one not in self.citations]

    def review(self, code: str, **params: Any) -> None:
        """Something a person must look at, whatever the clock says."""
        self.reviews.append(Reason(code, params))

    def late_review(self, code: str, **params: Any) -> None:
        """Something a person must look at when the limit has been passed."""
        self.late_reviews.append(Reason(code, params))

    def clinical_reason(self, code: str, **params: Any) -> None:
        """A medical question that decides."""
        self.clinical.append(Reason(code, params))

    def bar(self, code: str, **params: Any) -> None:
        """A known fact that bars the right."""
        self.bars.append(Reason(code, params))

    def note(self, code: str, **params: Any) -> None:
        """A reason told beside the answer."""
        self.notes.append(Reason(code, params))

    def step(self, code: str, **params: Any) -> None:
        """Something for the adviser to do."""
        self.steps.append(Reason(code, params))

    def row_reviews(self, row: Row) -> None:
        """What a row of the law asks for: a suspension and a number of middling confidence are for a person."""
        if row.citation:
            self.cites(row.citation)
        if row.suspended and row.firm:
            self.bar("suspended", cause=row.suspended)
        elif row.suspended:
            self.review("suspension_unsure", cause=row.suspended)
        elif not row.firm:
            self.late_review("number_unsure", confidence=row.confidence)

    def person(self) -> None:
        """Another region, work across a border and no residence here are for a person (Sundhedsloven §§ 7-8)."""
        region = self.get("residence_region")
        if region is not None and region.strip().casefold() not in self.law.home_regions:
            self.review("other_region")
        if self.get("frontier_worker"):
            self.review("frontier_worker")
        if self.get("eu_person_without_residence"):
            self.review("no_residence")

    def answer(self, state: State) -> Answer:
        """The answer that follows from what has been noted."""
        if self.bars or state is State.KEPT:
            return Answer.NO
        if self.clinical:
            return Answer.CLINICAL
        if self.reviews:
            return Answer.REVIEW
        if state is State.UNKNOWN:
            return Answer.UNDETERMINED
        if state is State.OPEN:
            return Answer.NOT_YET
        if self.late_reviews:
            return Answer.REVIEW
        return Answer.LIKELY if self._doubts or self._lacking or self.provisional else Answer.YES

    def hint(self, state: State) -> Hint:
        """The hint, with every part of it."""
        answer = self.answer(state)
        kept = state is State.KEPT and not self.bars
        reasons = {
            Answer.NO: self.bars + self.notes,
            Answer.CLINICAL: self.clinical + self.reviews + self.notes,
            Answer.REVIEW: self.reviews + self.late_reviews + self.notes,
        }.get(answer, self.notes)
        missing = () if answer is Answer.NO else tuple({**self._lacking, **self._doubts, **self._named})
        relied = tuple(Relied(name, plain(value)) for name, value in self._relied.items())
        return Hint(
            right=self.right, limb=self.limb, answer=answer, on=self.on, deadline=self.deadline,
            breached=self.breached, citations=tuple(self.citations), because=relied, missing=missing,
            count=tuple(self.count), reasons=tuple(reasons), steps=tuple(self.steps),
            provisional=self.provisional, kept=kept,
        )  # fmt: skip

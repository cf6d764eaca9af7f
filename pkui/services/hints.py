"""The hints inside a unit of work, and as the case screen shows them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pkui.base.calendar import public_holidays
from pkui.domain.codes import FactSource, Topic
from pkui.domain.facts import ALL_FACT_KINDS, FactKind
from pkui.domain.rights.answers import Answer, Hint
from pkui.domain.rights.engine import check, questions
from pkui.domain.rights.facts import AskedOf, asked_of
from pkui.domain.rights.law import Law
from pkui.services.desk import Work
from pkui.services.standing import fact_rows, facts_of, facts_on, values_of
from storage.rights import Overruling as Overruling
from storage.rights import read_overrulings
from storage.tables.cases import Case
from storage.tables.records import Fact


@dataclass(frozen=True)
class RightsView:
    """The hints of one case on one day, in the order of the rights; what to ask whom; what advisers said instead."""

    on: date
    hints: tuple[Hint, ...]
    questions: dict[AskedOf, list[str]]
    overrulings: tuple[Overruling, ...]
    law: Law


def hints_of(work: Work, case: Case, on: date) -> Sequence[Hint]:
    """The hints from what is stored of a case."""
    rows = fact_rows(work, case)
    facts, printed = facts_on(work, case, values_of(rows), on), _only_printed(rows)
    return [_provisional(hint, printed) for hint in check(facts, on=on, law=work.law, calendar=public_holidays())]


def rights_view(work: Work, case: Case, on: date) -> RightsView:
    """The hints on a day, with what to ask next and what advisers said instead."""
    found = hints_of(work, case, on)
    return RightsView(
        on=on,
        hints=tuple(found),
        questions=_questions(work, case, found),
        overrulings=tuple(read_overrulings(work.session, case.id)),
        law=work.law,
    )


def _questions(work: Work, case: Case, found: Sequence[Hint]) -> dict[AskedOf, list[str]]:
    """What the hints lack; for maximum waiting times first whether it is cancer or heart."""
    asked = questions(found)
    if case.topic is Topic.MAXIMUM_WAITING_TIME and "case_kind" not in facts_of(work, case):
        others = [name for name in asked[AskedOf.PATIENT] if name != "case_kind"]
        asked[AskedOf.PATIENT] = ["case_kind", *others]
    return asked


def _only_printed(rows: Sequence[Fact]) -> frozenset[str]:
    """The days a department or the record must give, known so far from a letter alone; of a receipt the facts tell."""
    return frozenset(
        fact.name
        for fact in {row.name: row for row in rows}.values()
        if fact.source is FactSource.LETTER
        and fact.name != "referral_received"
        and ALL_FACT_KINDS.get(fact.name) is FactKind.DATE
        and asked_of(fact.name) is not AskedOf.PATIENT
    )


def _provisional(hint: Hint, printed: frozenset[str]) -> Hint:
    """The hint, no firmer than the letter it rests on: a limit counted from a printed day is provisional."""
    rests_on = tuple(one.fact for one in hint.because if one.fact in printed)
    if not rests_on:
        return hint
    missing = (*rests_on, *(name for name in hint.missing if name not in rests_on))
    answer = Answer.LIKELY if hint.answer is Answer.YES else hint.answer
    return replace(hint, answer=answer, provisional=True, missing=missing)

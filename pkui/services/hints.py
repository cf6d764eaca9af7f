"""The hints inside a unit of work, and as the case screen shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pkui.base.calendar import public_holidays
from pkui.domain.rights.answers import Hint
from pkui.domain.rights.engine import check, questions
from pkui.domain.rights.facts import AskedOf
from pkui.domain.rights.law import Law
from pkui.services.desk import Work
from pkui.services.standing import facts_on
from storage.cases import read_facts
from storage.rights import Overruling as Overruling
from storage.rights import read_overrulings
from storage.tables.cases import Case


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
    facts = {name: fact.value for name, fact in read_facts(work.session, case.id).items()}
    return check(facts_on(work, case, facts, on), on=on, law=work.law, calendar=public_holidays())


def rights_view(work: Work, case: Case, on: date) -> RightsView:
    """The hints on a day, with what to ask next and what advisers said instead."""
    found = hints_of(work, case, on)
    return RightsView(
        on=on,
        hints=tuple(found),
        questions=questions(found),
        overrulings=tuple(read_overrulings(work.session, case.id)),
        law=work.law,
    )

"""The numbers of the law as supervisors see them, and the ones the office has verified."""

from dataclasses import dataclass
from datetime import date

from pkui.base.errors import BadInput, Refused
from pkui.domain.permissions import Permission
from pkui.domain.rights.law import BadLaw, OfficeValue, Row, Rule
from pkui.services.cases import LONGEST_REASON
from pkui.services.desk import Work, use_case
from storage.rights import add_office_value
from storage.standing import mark_placed
from storage.tables.rights import LawValue

LARGEST = 100_000


@dataclass(frozen=True)
class OldValue:
    """A number that an office value took the place of."""

    start: date
    end: date | None
    value: int | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class LawRow:
    """One number of the law as it stands: from when, how sure, where it is written, and who verified it."""

    rule: str
    unit: str
    start: date
    end: date | None
    value: int | None
    suspended: str | None
    confidence: str
    citation: str
    sources: tuple[str, ...]
    switch: str | None
    office: bool
    set_by: str | None
    set_on: date | None
    before: tuple[OldValue, ...]


@use_case(Permission.READ_QUEUE, writes=False)
def law(work: Work) -> list[LawRow]:
    """Every number of the law in the order of rules and days, the office's own among them."""
    found = work.law
    verified = {(value.rule, value.start): value for value in found.office}
    return [
        _law_row(rule, row, verified.get((rule.id, row.start)), found.replaced.get(rule.id, ()))
        for rule in found.rules.values()
        for row in rule.rows
    ]


def _law_row(rule: Rule, row: Row, office: OfficeValue | None, replaced: tuple[Row, ...]) -> LawRow:
    before = replaced if office else ()
    return LawRow(
        rule=rule.id,
        unit=rule.unit.value,
        start=row.start,
        end=row.end,
        value=row.value,
        suspended=row.suspended,
        confidence=row.confidence,
        citation=row.citation or "; ".join(rule.citations),
        sources=row.sources,
        switch=rule.switch,
        office=office is not None,
        set_by=office.set_by if office else None,
        set_on=office.set_on if office else None,
        before=tuple(OldValue(one.start, one.end, one.value, one.sources) for one in before),
    )


@use_case(Permission.LAW)
def set_law_value(work: Work, rule: str, value: int, *, valid_from: date, source: str) -> None:
    """Sets the office's verified value of a number from a day, with where it is written; the old one stays.

    Deadlines may move, so the queue is placed anew at the next look at it.
    """
    if not source.strip():
        raise Refused("source_needed")
    if len(source) > LONGEST_REASON:
        raise BadInput("text_too_long", longest=LONGEST_REASON)
    if not 0 <= value <= LARGEST:
        raise BadInput("bad_law_value")
    given = OfficeValue(rule, valid_from, value, source.strip(), work.person.name, work.today)
    try:
        work.law.with_office([given])
    except BadLaw as error:
        raise BadInput("bad_law_value") from error
    add_office_value(
        work.session,
        LawValue(
            rule=rule,
            value=value,
            valid_from=valid_from,
            source=source.strip(),
            set_by=work.person.id,
            set_at=work.now,
        ),
    )
    mark_placed(work.session, date.min)

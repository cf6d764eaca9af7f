"""The numbers of the law as supervisors see them, and the ones the office has verified."""

from dataclasses import dataclass
from datetime import date

from pkui.base.errors import BadInput, Refused
from pkui.domain.permissions import Permission
from pkui.domain.rights.law import BadLaw, OfficeValue
from pkui.services.desk import Work, use_case
from storage.rights import add_office_value
from storage.tables.rights import LawValue


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


@use_case(Permission.READ_QUEUE, writes=False)
def law(work: Work) -> list[LawRow]:
    """Every number of the law in the order of rules and days, the office's own among them."""
    found = work.law
    verified = {(value.rule, value.start) for value in found.office}
    return [
        LawRow(
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
            office=(rule.id, row.start) in verified,
        )
        for rule in found.rules.values()
        for row in rule.rows
    ]


@use_case(Permission.LAW)
def set_law_value(work: Work, rule: str, value: int, *, valid_from: date, source: str) -> None:
    """Sets the office's verified value of a number from a day, with where it is written; the old one stays."""
    if not source.strip():
        raise Refused("source_needed")
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

"""The hints of a case: which rights, by which date, why, and what to ask next; and what people say of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pkui.base.calendar import public_holidays
from pkui.base.clock import local_date
from pkui.base.errors import BadInput, Refused
from pkui.base.keys import new_key
from pkui.base.law import packaged_law
from pkui.base.words.rights import summary_for_patient
from pkui.domain.case_rights import rights_facts
from pkui.domain.codes import AccessKind, DraftKind, EventKind, Party
from pkui.domain.permissions import Permission
from pkui.domain.rights.answers import Answer, Hint, Right
from pkui.domain.rights.engine import check, questions, worst_first
from pkui.domain.rights.facts import AskedOf
from pkui.domain.rights.law import BadLaw, Law, OfficeValue
from pkui.services.cases import LONGEST_REASON, open_for_change
from pkui.services.desk import Work, use_case
from storage.cases import case_by_number, patient_of, read_facts
from storage.rights import (
    Overruling,
    add_office_value,
    add_overruling,
    read_office_values,
    read_overrulings,
)
from storage.tables.cases import Case
from storage.tables.outbox import Draft
from storage.tables.rights import LawValue


@dataclass(frozen=True)
class RightsView:
    """The hints of one case on one day, worst first; what to ask whom; and what advisers said instead."""

    on: date
    hints: tuple[Hint, ...]
    questions: dict[AskedOf, list[str]]
    overrulings: tuple[Overruling, ...]
    law_version: str
    office_values: bool


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
def hints(work: Work, queue_number: int, *, on: date | None = None) -> RightsView:
    """The hints as of today, or as the law and the facts' dates stood on an earlier day."""
    case = case_by_number(work.session, queue_number)
    law = law_in_force(work)
    found = hints_of(work, case, law, on or work.today)
    return RightsView(
        on=on or work.today,
        hints=tuple(worst_first(found)),
        questions=questions(found),
        overrulings=tuple(read_overrulings(work.session, case.id)),
        law_version=law.version,
        office_values=bool(law.office),
    )


@use_case(Permission.WORK_CASES)
def overrule(
    work: Work,
    queue_number: int,
    right: Right,
    limb: str | None,
    *,
    answer: Answer,
    reason: str,
    version: int | None = None,
) -> None:
    """Records an adviser's other answer to a hint, with the reason; both are shown from then on."""
    case = open_for_change(work, queue_number, version)
    reason = reason.strip()
    if not reason:
        raise Refused("reason_needed")
    if len(reason) > LONGEST_REASON:
        raise BadInput("text_too_long", longest=LONGEST_REASON)
    found = hints_of(work, case, law_in_force(work), work.today)
    hint = next((one for one in found if (one.right, one.limb) == (right, limb)), None)
    if hint is None:
        raise BadInput("no_such_hint")
    add_overruling(
        work.session,
        case.id,
        right,
        limb,
        hint=hint.answer,
        answer=answer,
        reason=reason,
        by=work.person.id,
        at=work.now,
    )
    work.event(case, EventKind.HINT_OVERRULED, reason=reason, right=right.value, limb=limb, answer=answer.value)


@use_case(Permission.SETTINGS, writes=False)
def overrulings(work: Work) -> list[Overruling]:
    """Every overruling, the newest first: where advisers and rules disagree."""
    return read_overrulings(work.session)


@use_case(Permission.WORK_CASES)
def draft_summary(work: Work, queue_number: int, *, version: int | None = None) -> str:
    """Puts the summary for the patient in the outbox as a draft and returns it; nothing internal is in it."""
    case = open_for_change(work, queue_number, version)
    text = summary_for_patient(worst_first(hints_of(work, case, law_in_force(work), work.today)))
    work.session.add(
        Draft(
            id=new_key(work.now),
            case_id=case.id,
            kind=DraftKind.DIGITAL_POST,
            recipient=Party.PATIENT,
            text=text,
            made_by=work.person.id,
            made_at=work.now,
        )
    )
    work.log(AccessKind.EXPORT, "summary", patient_id=case.patient_id, case_id=case.id)
    work.event(case, EventKind.DRAFT_MADE, what="summary")
    return text


@use_case(Permission.READ_QUEUE, writes=False)
def law(work: Work) -> list[LawRow]:
    """Every number of the law in the order of rules and days, the office's own among them."""
    found = law_in_force(work)
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
        law_in_force(work).with_office([given])
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


def law_in_force(work: Work) -> Law:
    """The law with the office's own values laid over it."""
    return packaged_law().with_office(read_office_values(work.session))


def hints_of(work: Work, case: Case, law: Law, on: date) -> Sequence[Hint]:
    """The hints from what is stored of a case."""
    patient = patient_of(work.session, case)
    facts = rights_facts(
        case.topic,
        {name: fact.value for name, fact in read_facts(work.session, case.id).items()},
        birth_date=patient.birth_date,
        region=patient.region_of_residence,
        received_on=local_date(case.received_at),
        on=on,
    )
    return check(facts, on=on, law=law, calendar=public_holidays())

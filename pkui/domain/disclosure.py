"""What may be said to whom about a case: consent, age, and protected name and address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pkui.domain.codes import ConsentType, ParentalCustody, RepresentativeBasis
from pkui.domain.intake.form import OWN_CONSENT_FROM


class May(StrEnum):
    """How much may be said."""

    OWN_CASE = "own_case"
    OWN_CASE_NO_RECORDS = "own_case_no_records"
    CHILD = "child"
    SPEAKS = "speaks"
    CUSTODY = "custody"
    CUSTODY_SETTLED = "custody_settled"
    CUSTODY_UNCLEAR = "custody_unclear"
    GENERAL_ONLY = "general_only"
    OTHERS = "others"
    PROTECTED = "protected"


@dataclass(frozen=True, slots=True)
class Agreed:
    """A consent as it stands: what for, whether it was given, and until when."""

    type: ConsentType
    given: bool
    ends_on: date | None
    withdrawn: bool

    def holds(self, today: date) -> bool:
        """Whether it is given and not over."""
        return self.given and not self.withdrawn and (self.ends_on is None or self.ends_on >= today)


@dataclass(frozen=True, slots=True)
class Said:
    """One line: about the patient herself (no name), or about somebody who speaks for her."""

    may: May
    representative: int | None = None


def may_be_said(
    bases: Sequence[RepresentativeBasis | None],
    consents: Sequence[Agreed],
    *,
    age: int | None,
    custody: ParentalCustody | None,
    protected: bool,
    today: date,
) -> tuple[Said, ...]:
    """What may be said to the patient, to each representative (by their order) and to anybody else.

    Health information takes consent (Sundhedsloven § 51, stk. 4); the newest consent of a kind holds. Under 15 those
    with custody decide, together where both have it; from 15 the young person herself (§ 17). Nobody else is told
    whether there is a case.
    """
    newest = {one.type: one for one in consents}
    records = newest.get(ConsentType.HEALTH_INFORMATION)
    relative = newest.get(ConsentType.TALK_TO_RELATIVE)
    child = age is not None and age < OWN_CONSENT_FROM
    own = May.OWN_CASE if records is not None and records.holds(today) else May.OWN_CASE_NO_RECORDS
    said = [Said(May.CHILD if child else own)]
    for number, basis in enumerate(bases):
        allowed = _to(basis, relative, child, today)
        said.append(Said(_by_custody(allowed, custody) if child else allowed, number))
    said.append(Said(May.OTHERS))
    if protected:
        said.append(Said(May.PROTECTED))
    return tuple(said)


def _to(basis: RepresentativeBasis | None, relative: Agreed | None, child: bool, today: date) -> May:
    if basis is None or (relative is not None and not relative.holds(today)):
        return May.GENERAL_ONLY
    if basis is RepresentativeBasis.PARENT:
        return May.CUSTODY if child else May.GENERAL_ONLY
    return May.SPEAKS


def _by_custody(may: May, custody: ParentalCustody | None) -> May:
    """What custody makes of it for a child under 15."""
    if may is not May.GENERAL_ONLY and custody is ParentalCustody.UNCLEAR:
        return May.CUSTODY_UNCLEAR
    return May.CUSTODY_SETTLED if may is May.CUSTODY and custody is not None else may

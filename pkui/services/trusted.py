"""What the patient agreed to, and who speaks for her with how much each may be told today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from pkui.domain.codes import ConsentMode, ConsentType, ParentalCustody, RepresentativeBasis
from pkui.domain.disclosure import Agreed, May, may_be_said
from pkui.domain.facts import CUSTODY
from pkui.domain.identifiers import age_on
from pkui.services.desk import Work
from storage import cases as stored
from storage.tables.cases import Case


@dataclass(frozen=True)
class RepresentativeView:
    """Somebody who speaks for the patient."""

    name: str | None
    phone: str | None
    relation: str | None
    basis: RepresentativeBasis | None
    may: May
    """How much she may be told today."""


@dataclass(frozen=True)
class ConsentView:
    """One consent, given or refused; `holds`: given and not over today. `by` wrote it down."""

    id: UUID
    type: ConsentType
    mode: ConsentMode
    scope: str | None
    given: bool
    given_by: str | None
    given_at: datetime
    ends_on: date | None
    withdrawn_at: datetime | None
    holds: bool
    by: str | None


@dataclass(frozen=True)
class Trusted:
    """The two together: what may be said to a relative follows from what was agreed to."""

    representatives: tuple[RepresentativeView, ...]
    consents: tuple[ConsentView, ...]


class Told(Protocol):
    """A fact as its name and value tell it."""

    @property
    def name(self) -> str:
        """Which fact."""

    @property
    def value(self) -> Any:
        """What it says."""


def custody_of(facts: Iterable[Told]) -> ParentalCustody | None:
    """Who decides for a child, as far as the case's facts tell."""
    return next((ParentalCustody(one.value) for one in facts if one.name == CUSTODY), None)


def trusted_with(work: Work, case: Case, family: Sequence[UUID], custody: ParentalCustody | None) -> Trusted:
    """What stands on the case and on those merged into it, as it holds today."""
    session, today = work.session, work.today
    patient, people = stored.patient_of(session, case), stored.read_representatives(session, family)
    given = stored.read_consents(session, family)
    agreed = [Agreed(one.type, one.given, one.ends_on, one.withdrawn_at is not None) for one in given]
    age = age_on(patient.birth_date, today) if patient.birth_date else None
    bases = [one.basis for one in people]
    said = may_be_said(bases, agreed, age=age, custody=custody, protected=patient.protected, today=today)
    may = {one.representative: one.may for one in said}
    names = stored.read_staff_names(session, {one.recorded_by for one in given if one.recorded_by is not None})
    return Trusted(
        tuple(
            RepresentativeView(one.name, one.phone, one.relation, one.basis, may[at]) for at, one in enumerate(people)
        ),
        tuple(
            ConsentView(
                id=one.id,
                type=one.type,
                mode=one.mode,
                scope=one.scope,
                given=one.given,
                given_by=one.given_by,
                given_at=one.given_at,
                ends_on=one.ends_on,
                withdrawn_at=one.withdrawn_at,
                holds=what.holds(today),
                by=names.get(one.recorded_by) if one.recorded_by else None,
            )
            for one, what in zip(given, agreed, strict=True)
        ),
    )

"""The catalogue `pk-catalogue/1` as values: six lists whose rows refer to each other by id."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, TypeAlias

SCHEMA = "pk-catalogue/1"
RADIOLOGY = "394914008"
"""The specialty of imaging (SNOMED CT, diagnostisk radiologi)."""
PSYCHIATRY = frozenset({"394587001", "394588006"})
"""Psychiatry, and that of children and adolescents (SNOMED CT)."""


class Ownership(StrEnum):
    """Who owns an organization."""

    PUBLIC = "public"
    PRIVATE = "private"
    ASSOCIATION = "association"


class AgreementKind(StrEnum):
    """What an agreement makes of a provider; a friklinik counts as public."""

    PARTNER = "partner"
    AGREEMENT = "agreement"
    TIED = "tied"
    FRIKLINIK = "friklinik"


class WaitSource(StrEnum):
    """Where a waiting time was read."""

    VENTEINFO = "venteinfo"
    AGREEMENT = "agreement"
    PHONE = "phone"
    ILLUSTRATIVE = "illustrative"


@dataclass(frozen=True, slots=True)
class Organization:
    """A hospital, a department or a clinic."""

    KEY: ClassVar[str] = "id"
    id: str
    name: str
    ownership: Ownership
    sor_id: str | None = None
    shak: str | None = None
    cvr: str | None = None
    alias: tuple[str, ...] = ()
    owner: str | None = None
    owner_region: str | None = None
    part_of: str | None = None
    special: bool = False
    active: bool = True
    confidence: str | None = None
    source: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """An address of an organization; latitude and longitude in WGS84 degrees."""

    KEY: ClassVar[str] = "id"
    id: str
    organization_id: str
    sor_id: str | None = None
    line: str | None = None
    postcode: str | None = None
    city: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """What patients are referred for."""

    KEY: ClassVar[str] = "code"
    code: str
    name_da: str
    specialty_code: str | None = None
    specialty_da: str | None = None
    sks_prefixes: tuple[str, ...] = ()

    @property
    def imaging(self) -> bool:
        """Whether it is diagnostic imaging."""
        return self.specialty_code == RADIOLOGY

    @property
    def psychiatric(self) -> bool:
        """Whether it is psychiatry, which has limits of its own."""
        return self.specialty_code in PSYCHIATRY


@dataclass(frozen=True, slots=True)
class Service:
    """One area at one location; `patient_limits` (age, BMI, ASA) is the provider's own text."""

    KEY: ClassVar[str] = "id"
    id: str
    location_id: str
    area: str
    patient_limits: str | None = None
    accepts_other_regions: bool | None = None
    referral_method: str | None = None
    active: bool = True
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was agreed with an organization for some areas, a region or a cluster of it, and a period (days inclusive).

    `region_scope` is a region's name, with a cluster in brackets where it holds for that alone, or `DK` or `all`.
    """

    KEY: ClassVar[str] = "id"
    id: str
    organization_id: str
    kind: AgreementKind
    areas: tuple[str, ...]
    region_scope: str
    type: str | None = None
    cluster: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    capacity_per_month: int | None = None
    direct_referral: bool | None = None
    notes: str | None = None
    source: str | None = None

    def in_force(self, on: date) -> bool:
        """Whether the day lies in the agreement's period; an open end holds."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class WaitingTime:
    """Weeks to the next free time for an uncomplicated patient: None is not stated, 0 is under a week."""

    KEY: ClassVar[str] = "service_id"
    service_id: str
    reported_on: date
    source: WaitSource
    illustrative: bool = False
    weeks_examination: int | None = None
    weeks_outpatient: int | None = None
    weeks_inpatient: int | None = None
    note: str | None = None


Row: TypeAlias = Organization | Location | Area | Service | Agreement | WaitingTime

LISTS: Mapping[str, type[Row]] = {
    "organizations": Organization,
    "locations": Location,
    "areas": Area,
    "services": Service,
    "agreements": Agreement,
    "waiting_times": WaitingTime,
}
"""The lists in the order in which their rows can refer to each other."""


@dataclass(frozen=True)
class Catalogue:
    """Every list by its name, its rows by key; `as_of` is the day the file speaks of."""

    as_of: date | None
    lists: Mapping[str, Mapping[str, Row]]

    def count(self) -> int:
        """Rows in all."""
        return sum(len(rows) for rows in self.lists.values())


def key_of(row: Row) -> str:
    """What identifies a row in its list."""
    return str(getattr(row, type(row).KEY))


def plain(row: Row) -> dict[str, Any]:
    """A row as JSON holds it, by the names of the format."""
    return {field.name: _plain(getattr(row, field.name)) for field in fields(row)}


def _plain(value: Any) -> Any:
    match value:
        case StrEnum():
            return value.value
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
    return value

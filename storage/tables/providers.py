"""The catalogue of places of treatment, its history, what clinics said on the phone, and agreements that ended.

Rows of the catalogue end and are never deleted: a course keeps the agreement it was made under.
"""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pkui.domain.providers.catalogue import AgreementKind, Ownership, WaitSource
from storage.base import Base
from storage.types import code_column, identity_column, instant_column, key_column

IMPORT_SOURCES = ("file", "feed", "demo")
CHANGE_KINDS = ("added", "changed", "ended")


class OrganizationRow(Base, table=True):
    """A hospital, a department or a clinic; `ended_on` is the day it left the catalogue."""

    __tablename__ = "organizations"

    id: str = Field(primary_key=True, max_length=80)
    name: str = Field(max_length=200)
    ownership: Ownership = Field(sa_column=code_column(Ownership, "ownership"))
    sor_id: str | None = Field(default=None, max_length=80)
    shak: str | None = Field(default=None, max_length=80)
    cvr: str | None = Field(default=None, max_length=80)
    alias: list[Any] = Field(default_factory=list, sa_type=sa.JSON)
    owner: str | None = Field(default=None, max_length=200)
    owner_region: str | None = Field(default=None, max_length=80)
    part_of: str | None = Field(default=None, foreign_key="organizations.id", max_length=80)
    special: bool = False
    active: bool = True
    confidence: str | None = Field(default=None, max_length=80)
    source: str | None = Field(default=None, max_length=2000)
    note: str | None = Field(default=None, max_length=2000)
    by_hand: bool = False
    ended_on: date | None = None


class LocationRow(Base, table=True):
    """An address of an organization."""

    __tablename__ = "locations"

    id: str = Field(primary_key=True, max_length=80)
    organization_id: str = Field(foreign_key="organizations.id", max_length=80)
    sor_id: str | None = Field(default=None, max_length=80)
    line: str | None = Field(default=None, max_length=2000)
    postcode: str | None = Field(default=None, max_length=80)
    city: str | None = Field(default=None, max_length=200)
    latitude: float | None = None
    longitude: float | None = None
    phone: str | None = Field(default=None, max_length=80)
    by_hand: bool = False
    ended_on: date | None = None


class AreaRow(Base, table=True):
    """What patients are referred for."""

    __tablename__ = "areas"

    code: str = Field(primary_key=True, max_length=80)
    name_da: str = Field(max_length=200)
    specialty_code: str | None = Field(default=None, max_length=80)
    specialty_da: str | None = Field(default=None, max_length=200)
    sks_prefixes: list[Any] = Field(default_factory=list, sa_type=sa.JSON)
    by_hand: bool = False
    ended_on: date | None = None


class ServiceRow(Base, table=True):
    """One area at one location; the area may be one no list knows, which an import warns of."""

    __tablename__ = "services"

    id: str = Field(primary_key=True, max_length=80)
    location_id: str = Field(foreign_key="locations.id", max_length=80)
    area: str = Field(max_length=80)
    patient_limits: str | None = Field(default=None, max_length=2000)
    accepts_other_regions: bool | None = None
    referral_method: str | None = Field(default=None, max_length=2000)
    active: bool = True
    basis: str | None = Field(default=None, max_length=200)
    by_hand: bool = False
    ended_on: date | None = None


class AgreementRow(Base, table=True):
    """What was agreed with an organization for areas, a region and a period."""

    __tablename__ = "agreements"

    id: str = Field(primary_key=True, max_length=80)
    organization_id: str = Field(foreign_key="organizations.id", max_length=80, index=True)
    kind: AgreementKind = Field(sa_column=code_column(AgreementKind, "kind"))
    areas: list[Any] = Field(default_factory=list, sa_type=sa.JSON)
    region_scope: str = Field(max_length=200)
    type: str | None = Field(default=None, max_length=200)
    cluster: str | None = Field(default=None, max_length=200)
    valid_from: date | None = None
    valid_to: date | None = None
    capacity_per_month: int | None = None
    direct_referral: bool | None = None
    notes: str | None = Field(default=None, max_length=2000)
    source: str | None = Field(default=None, max_length=2000)
    by_hand: bool = False
    ended_on: date | None = None


class WaitingTimeRow(Base, table=True):
    """Weeks to a free time at a service; null is not stated, 0 is under a week."""

    __tablename__ = "waiting_times"

    service_id: str = Field(primary_key=True, foreign_key="services.id", max_length=80)
    reported_on: date
    source: WaitSource = Field(sa_column=code_column(WaitSource, "source"))
    illustrative: bool = False
    weeks_examination: int | None = None
    weeks_outpatient: int | None = None
    weeks_inpatient: int | None = None
    note: str | None = Field(default=None, max_length=2000)
    by_hand: bool = False
    ended_on: date | None = None


class CatalogueImport(Base, table=True):
    """One catalogue taken in: from where, the day it speaks of, its SHA-256 and how many rows it changed."""

    __tablename__ = "catalogue_imports"

    id: UUID = Field(sa_column=key_column(primary=True))
    at: datetime = Field(sa_column=instant_column("at"))
    staff_id: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))
    source: str = Field(sa_column=code_column(IMPORT_SOURCES, "source"))
    as_of: date | None = None
    digest: str = Field(max_length=64)
    counts: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)


class CatalogueChange(Base, table=True):
    """Who changed which row of the catalogue when, from what to what, and where that is written. Only added to."""

    __tablename__ = "catalogue_changes"
    __table_args__: ClassVar[tuple[Any, ...]] = (sa.Index("ix_catalogue_changes_row", "list_name", "row_key"),)

    id: int | None = Field(default=None, sa_column=identity_column())
    at: datetime = Field(sa_column=instant_column("at"))
    staff_id: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))
    import_id: UUID | None = Field(default=None, sa_column=key_column(references="catalogue_imports.id", nullable=True))
    list_name: str = Field(max_length=40)
    row_key: str = Field(max_length=80)
    kind: str = Field(sa_column=code_column(CHANGE_KINDS, "kind"))
    before: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON(none_as_null=True))
    after: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON(none_as_null=True))
    source: str | None = Field(default=None, max_length=2000)


class CatalogueFeed(Base, table=True):
    """What the feed said last: one row. `fetched_at` is the last time a whole catalogue came or was still the same."""

    __tablename__ = "catalogue_feed"
    __table_args__: ClassVar[tuple[Any, ...]] = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True)
    address: str = Field(max_length=500)
    etag: str | None = Field(default=None, max_length=500)
    last_modified: str | None = Field(default=None, max_length=100)
    size: int | None = None
    fetched_at: datetime | None = Field(default=None, sa_column=instant_column("fetched_at", nullable=True))
    checked_at: datetime = Field(sa_column=instant_column("checked_at"))
    failure: str | None = Field(default=None, max_length=60)


class WaitingSlip(Base, table=True):
    """What a clinic said on the phone (ventetidslap): shown to everybody until it expires."""

    __tablename__ = "waiting_slips"

    id: UUID = Field(sa_column=key_column(primary=True))
    service_id: str = Field(foreign_key="services.id", max_length=80, index=True)
    staff_id: UUID = Field(sa_column=key_column(references="staff.id"))
    at: datetime = Field(sa_column=instant_column("at"))
    expires_at: datetime = Field(sa_column=instant_column("expires_at"))
    weeks: int | None = None
    first_free: date | None = None
    told_by: str = Field(max_length=200)
    text: str | None = Field(default=None, max_length=500)


class AgreementEnding(Base, table=True):
    """A provider whose agreement ended: from which day nothing new goes there, and the group that finds families."""

    __tablename__ = "agreement_endings"
    __table_args__: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("organization_id", "ends_on"),)

    id: UUID = Field(sa_column=key_column(primary=True))
    organization_id: str = Field(foreign_key="organizations.id", max_length=80)
    agreement_id: str | None = Field(default=None, foreign_key="agreements.id", max_length=80)
    ends_on: date
    team: str = Field(foreign_key="teams.code", max_length=40)
    at: datetime = Field(sa_column=instant_column("at"))
    staff_id: UUID = Field(sa_column=key_column(references="staff.id"))


class EndingCheck(Base, table=True):
    """What was done for one family after an agreement ended, each with its day."""

    __tablename__ = "ending_checks"

    ending_id: UUID = Field(sa_column=key_column(primary=True, references="agreement_endings.id"))
    segment_id: UUID = Field(sa_column=key_column(primary=True, references="case_segments.id"))
    advised_on: date | None = None
    complaint_on: date | None = None
    moved_back_on: date | None = None

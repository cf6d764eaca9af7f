"""The SQLModel tables, one file a topic; importing this package makes the metadata complete."""

from storage.base import Base
from storage.tables import (
    access,
    callbacks,
    cases,
    contacts,
    intake,
    office,
    outbox,
    patients,
    providers,
    records,
    rights,
    staff,
)

metadata = Base.metadata

__all__ = [
    "access",
    "callbacks",
    "cases",
    "contacts",
    "intake",
    "metadata",
    "office",
    "outbox",
    "patients",
    "providers",
    "records",
    "rights",
    "staff",
]

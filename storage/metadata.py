"""Every table at once, with what only making or comparing a schema needs; no desk loads this to show a queue."""

import sqlalchemy as sa

from storage.base import Base
from storage.tables import (
    access,
    callbacks,
    calls,
    cases,
    contacts,
    intake,
    merges,
    moves,
    office,
    outbox,
    patients,
    phone_book,
    providers,
    records,
    reminders,
    retention,
    rights,
    sharing,
    sign_in,
    sparring,
    staff,
    texts,
)

TABLES = (
    access,
    callbacks,
    calls,
    cases,
    contacts,
    intake,
    merges,
    moves,
    office,
    outbox,
    patients,
    phone_book,
    providers,
    records,
    reminders,
    retention,
    rights,
    sign_in,
    sparring,
    sharing,
    staff,
    texts,
)
metadata = Base.metadata

for _table in metadata.tables.values():
    for _index in _table.indexes:
        if "where" in _index.info:
            _index.dialect_options["postgresql"]["where"] = sa.text(_index.info["where"])

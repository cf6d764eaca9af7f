"""Every table at once, with what only making or comparing a schema needs; no desk loads this to show a queue."""

from importlib import import_module
from pkgutil import iter_modules

import sqlalchemy as sa

from storage import tables
from storage.base import Base

for _module in iter_modules(tables.__path__, f"{tables.__name__}."):
    import_module(_module.name)
metadata = Base.metadata

for _table in metadata.tables.values():
    for _index in _table.indexes:
        if "where" in _index.info:
            _index.dialect_options["postgresql"]["where"] = sa.text(_index.info["where"])

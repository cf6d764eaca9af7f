"""Reads and writes the office's dated settings.

They are only added to, so that how many there are tells which edition of them somebody has read.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.domain.office import OfficeSettings, settings_from
from storage.tables.office import OfficeSetting
from storage.tables.staff import Staff


@dataclass(frozen=True)
class SettingRow:
    """One value of one setting with its days and who set it."""

    key: str
    value: Any
    valid_from: date
    valid_to: date | None
    set_by: str | None


_SETTING = sa.inspect(OfficeSetting).local_table
_ON: sa.BindParameter[date] = sa.bindparam("on")
_IN_FORCE = (
    sa.select(_SETTING.c.key, _SETTING.c.value)
    .where(_SETTING.c.valid_from <= _ON, sa.or_(_SETTING.c.valid_to.is_(None), _SETTING.c.valid_to >= _ON))
    .order_by(_SETTING.c.valid_from, _SETTING.c.set_at)
)
"""Built once: every use case that looks at the office's settings asks it."""


@dataclass
class SettingsSeen:
    """What a desk last read of the settings: for which day, of which edition."""

    _last: tuple[date, int, OfficeSettings] | None = field(default=None, repr=False)

    def on(self, connection: sa.Connection, day: date, edition: int | None) -> OfficeSettings:
        """Those in force on a day; read only where the edition is another one than last time, or not known."""
        last = self._last
        if last is not None and last[:2] == (day, edition):
            return last[2]
        found = settings_from(read_settings(connection, day))
        if edition is not None:
            self._last = day, edition, found
        return found


def read_settings(connection: sa.Connection, on: date) -> dict[str, Any]:
    """The values in force on a day, by key; of two that hold, the one with the later first day, then the later set."""
    rows = connection.execute(_IN_FORCE, {"on": on}).all()
    return {row[0]: row[1] for row in rows}


def read_setting_history(session: Session) -> list[SettingRow]:
    """Every value ever set, by key and first day."""
    setting = (OfficeSetting.key, OfficeSetting.value, OfficeSetting.valid_from, OfficeSetting.valid_to)
    rows = session.execute(
        sa.select(*(col(column) for column in setting), col(Staff.username))
        .join(Staff, col(Staff.id) == OfficeSetting.set_by, isouter=True)
        .order_by(col(OfficeSetting.key), col(OfficeSetting.valid_from), col(OfficeSetting.set_at))
    ).all()
    return [SettingRow(*row) for row in rows]


def add_setting(
    session: Session, key: str, value: Any, *, valid_from: date, set_by: UUID | None, at: datetime, id: UUID
) -> None:
    """Adds a value from its first day; the earlier ones stay."""
    session.add(OfficeSetting(id=id, key=key, value=value, valid_from=valid_from, set_by=set_by, set_at=at))

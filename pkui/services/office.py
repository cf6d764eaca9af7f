"""The office's dated settings: what holds when, and giving a setting another value from a day on."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, time, timedelta
from itertools import groupby
from typing import Any

from pkui.base.errors import BadInput, Refused
from pkui.base.keys import new_key
from pkui.domain.office import CHOICES, BadSetting, OfficeSettings, parse_setting, problem_of, settings_from
from pkui.domain.permissions import Permission
from pkui.services.desk import Work, use_case
from storage.office import SettingRow, add_setting, read_setting_history, read_settings

_KINDS = {time: "time", int: "number", frozenset: "dates", tuple: "words"}
"""What a setting takes, by the type of its built-in value."""


@dataclass(frozen=True)
class DatedSetting:
    """One value with its first and last day; `from_` is None for the built-in value, `to` None while it holds."""

    key: str
    value: Any
    from_: date | None
    to: date | None
    by: str | None


@use_case(None, writes=False)
def list_settings(work: Work) -> list[DatedSetting]:
    """Every setting in the order of its kind: the built-in value, then each one set, with the days it holds."""
    stored = {key: list(rows) for key, rows in groupby(read_setting_history(work.session), key=lambda row: row.key)}
    defaults = OfficeSettings()
    return [
        one
        for field in fields(OfficeSettings)
        for one in _dated(field.name, getattr(defaults, field.name), stored.get(field.name, []))
    ]


@use_case(Permission.SETTINGS)
def set_setting(work: Work, key: str, text: str, *, valid_from: date) -> DatedSetting:
    """Gives a setting another value from a day on, today or later; earlier values stay for the days they held."""
    default = getattr(OfficeSettings(), key, None) if key in {one.name for one in fields(OfficeSettings)} else None
    if default is None:
        raise BadInput("unknown_office_setting")
    if valid_from < work.today:
        raise Refused("setting_in_the_past", on=valid_from.isoformat())
    value = _stored(default, text.strip())
    try:
        parse_setting(key, value)
    except BadSetting as error:
        kind = "codes" if key in CHOICES else _KINDS[type(default)]
        raise BadInput("bad_office_setting", key=key, kind=kind) from error
    _require_whole(work, key, value, valid_from)
    add_setting(
        work.session,
        key,
        value,
        valid_from=valid_from,
        set_by=work.person.id,
        at=work.now,
        id=new_key(work.now),
    )
    return DatedSetting(key, value, valid_from, None, work.person.username)


def _require_whole(work: Work, key: str, value: Any, day: date) -> None:
    """The settings of the first day must go together, such as opening before closing."""
    values = read_settings(work.connection, day) | {key: value}
    problem = problem_of(settings_from(values))
    if problem is not None:
        raise Refused("setting_against_others", key=problem)


def _dated(key: str, default: Any, rows: list[SettingRow]) -> Iterator[DatedSetting]:
    """The built-in value and those set, each ending the day before the next; one replaced the same day is gone."""
    held = [DatedSetting(key, _plain(default), None, None, None)]
    for row in rows:
        if held[-1].from_ == row.valid_from:
            held.pop()
        elif held[-1].to is None:
            held[-1] = replace(held[-1], to=row.valid_from - timedelta(days=1))
        held.append(DatedSetting(key, row.value, row.valid_from, row.valid_to, row.set_by))
    yield from held


def _plain(value: Any) -> Any:
    """A built-in value as it is stored and typed."""
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, tuple):
        return list(value)
    return sorted(day.isoformat() for day in value) if isinstance(value, frozenset) else value


def _stored(default: Any, text: str) -> Any:
    """What was typed, as it is stored; a value of the wrong kind stays text and is refused by its kind."""
    if isinstance(default, frozenset | tuple):
        return [day.strip() for day in text.split(",") if day.strip()]
    if isinstance(default, int):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text

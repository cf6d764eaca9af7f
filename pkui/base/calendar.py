"""Reads the public holidays that the domain's calendar is made of."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

from pkui.domain.calendar import Calendar


@cache
def public_holidays() -> Calendar:
    """Denmark's public holidays (pkui/domain/public_holidays.toml), with no closed days of the office's own."""
    data = tomllib.loads(files("pkui.domain").joinpath("public_holidays.toml").read_text("utf-8"))
    days = {date.fromisoformat(day): name for day, name in data["holidays"].items()}
    return Calendar(days, data["first_year"], data["last_year"])

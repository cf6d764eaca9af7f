"""Writes Denmark's public holidays, as the `holidays` library knows them, into the domain's data file."""

import sys
from datetime import date
from pathlib import Path

import holidays

FIRST_YEAR, LAST_YEAR = 1990, 2099

NAMES = {
    "New Year's Day": "new_years_day",
    "Maundy Thursday": "maundy_thursday",
    "Good Friday": "good_friday",
    "Easter Sunday": "easter_sunday",
    "Easter Monday": "easter_monday",
    "Great Prayer Day": "great_prayer_day",
    "Ascension Day": "ascension_day",
    "Pentecost": "whit_sunday",
    "Pentecost Monday": "whit_monday",
    "Christmas Day": "christmas_day",
    "Second Day of Christmas": "second_christmas_day",
}


def from_library() -> dict[date, str]:
    """Every public holiday of the years the data file covers, with its code; two on one day are joined by '+'."""
    known = holidays.country_holidays("DK", years=range(FIRST_YEAR, LAST_YEAR + 1), language="en_US")
    return {day: "+".join(NAMES[name] for name in known[day].split("; ")) for day in sorted(known)}


def render(days: dict[date, str]) -> str:
    """The data file's text."""
    head = (
        "# Denmark's public holidays (helligdage). Great Prayer Day (store bededag) ended with 2023.\n"
        "# Written by `make holidays` from the `holidays` library; a test compares the two.\n"
        f"first_year = {FIRST_YEAR}\nlast_year = {LAST_YEAR}\n\n[holidays]\n"
    )
    return head + "".join(f'"{day}" = "{name}"\n' for day, name in days.items())


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(render(from_library()), encoding="utf-8")

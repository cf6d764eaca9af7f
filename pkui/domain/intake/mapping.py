"""The mapping file of one OS2forms form: which of its fields is which part of `pk-intake/1`, as TOML."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

SCHEMA = "pk-os2forms/1"
_SPAN = re.compile(r"([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2})")
_WINDOW_KEYS = ("weekday", "from", "to")
_PERIOD_KEYS = ("from", "to")


class Kind(StrEnum):
    """How a form's value is read for a part of the contract."""

    TEXT = "text"
    PERSONAL = "personal"
    IDENTIFIER = "identifier"
    DAY = "day"
    FLAG = "flag"
    NUMBER = "number"
    LIST = "list"


PRESENT = "representative.present"
"""The question whether somebody writes for another; a no leaves the representative out."""

TARGETS: dict[str, Kind] = {
    "language": Kind.TEXT,
    "patient.identifier": Kind.IDENTIFIER,
    "patient.name": Kind.PERSONAL,
    "patient.birth_date": Kind.DAY,
    "patient.address.line": Kind.PERSONAL,
    "patient.address.postcode": Kind.PERSONAL,
    "patient.address.city": Kind.PERSONAL,
    "patient.address.municipality_code": Kind.PERSONAL,
    "patient.address_protected": Kind.FLAG,
    "patient.region_of_residence": Kind.TEXT,
    PRESENT: Kind.FLAG,
    "representative.name": Kind.PERSONAL,
    "representative.phone": Kind.TEXT,
    "representative.relation": Kind.TEXT,
    "representative.basis": Kind.TEXT,
    "representative.custody": Kind.TEXT,
    "representative.identifier": Kind.IDENTIFIER,
    "contact.phone": Kind.TEXT,
    "contact.alternative_phone": Kind.TEXT,
    "contact.email": Kind.TEXT,
    "contact.digital_post": Kind.TEXT,
    "contact.sms_allowed": Kind.FLAG,
    "contact.interpreter_language": Kind.TEXT,
    "matter.topic": Kind.TEXT,
    "matter.free_text": Kind.TEXT,
    "matter.max_waiting_time_case": Kind.FLAG,
    "referral.hospital_text": Kind.TEXT,
    "referral.department_text": Kind.TEXT,
    "referral.treatment_text": Kind.TEXT,
    "referral.treatment_code": Kind.TEXT,
    "referral.referral_date_in_letter": Kind.DAY,
    "referral.letter_date": Kind.DAY,
    "referral.appointment_date": Kind.DAY,
    "referral.appointment_changed_by_hospital": Kind.FLAG,
    "referral.preferred_providers": Kind.LIST,
    "referral.max_distance_km": Kind.NUMBER,
    "referral.free_choice_already_used": Kind.FLAG,
    "reply_channel": Kind.TEXT,
}
"""Every part of the contract that a form's field can fill, and how it is read."""


class BadMapping(ValueError):
    """The mapping file cannot be used; `place` names the key in it."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


@dataclass(frozen=True, slots=True)
class FormMapping:
    """One form. Weekly windows come as a list of entries, as a field of choices a weekday, or as both."""

    form_id: str
    fields: dict[str, str]
    constants: dict[str, str]
    words: dict[str, dict[str, str]]
    window_list: dict[str, str]
    window_days: dict[str, int]
    window_choices: dict[str, tuple[str, str]]
    periods: dict[str, str]
    consents: dict[str, str]
    files: tuple[str, ...]


def read_mapping(text: str) -> FormMapping:
    """The mapping in a TOML text. Raises BadMapping with the place of what is wrong."""
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadMapping("") from error
    known = {"schema", "form_id", "fields", "constants", "values", "call_windows", "unavailable", "consents", "files"}
    for key in values:
        if key not in known:
            raise BadMapping(key)
    if values.get("schema") != SCHEMA:
        raise BadMapping("schema")
    form_id = values.get("form_id")
    if not isinstance(form_id, str) or not form_id:
        raise BadMapping("form_id")
    windows = _table(values, "call_windows")
    choices = {label: _span(label, one) for label, one in _texts(windows, "choices", "call_windows.choices").items()}
    return FormMapping(
        form_id=form_id,
        fields=_targets(values, "fields", of_keys=False),
        constants=_targets(values, "constants", of_keys=True),
        words={target: _texts(_table(values, "values"), target, "values") for target in _table(values, "values")},
        window_list=_entry(windows, _WINDOW_KEYS, "call_windows"),
        window_days=_days(windows),
        window_choices=choices,
        periods=_entry(_table(values, "unavailable"), _PERIOD_KEYS, "unavailable"),
        consents=_texts(values, "consents", "consents"),
        files=_names(values.get("files", [])),
    )


def _table(values: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = values.get(key, {})
    if not isinstance(found, dict):
        raise BadMapping(key)
    return found


def _texts(values: Mapping[str, Any], key: str, place: str) -> dict[str, str]:
    """A table of texts by name."""
    found = values.get(key, {})
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise BadMapping(place)
    return found


def _targets(values: Mapping[str, Any], key: str, *, of_keys: bool) -> dict[str, str]:
    """A table one side of which names parts of the contract."""
    found = _texts(values, key, key)
    for name, text in found.items():
        if (name if of_keys else text) not in TARGETS:
            raise BadMapping(f"{key}.{name}")
    return found


def _entry(values: Mapping[str, Any], keys: tuple[str, ...], place: str) -> dict[str, str]:
    """The list field of entries and the names of an entry's parts; empty where the form has none."""
    if "list" not in values:
        return {}
    wanted = ("list", *keys)
    if not all(isinstance(values.get(key), str) for key in wanted):
        raise BadMapping(place)
    return {key: values[key] for key in wanted}


def _days(windows: Mapping[str, Any]) -> dict[str, int]:
    """A field a weekday (ISO 1-7)."""
    days = _table(windows, "days")
    for field, day in days.items():
        if not isinstance(day, int) or isinstance(day, bool) or not 1 <= day <= 7:
            raise BadMapping(f"call_windows.days.{field}")
    return days


def _span(label: str, text: str) -> tuple[str, str]:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise BadMapping(f"call_windows.choices.{label}")
    return found[1], found[2]


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadMapping("files")
    return tuple(value)

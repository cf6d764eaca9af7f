"""Narrowing the places: by kind, by the patient's age and BMI, by distance, by who takes other regions' patients."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pkui.base.words import _
from pkui.domain.typed import Unreadable, typed_yes_no
from pkui.services.providers_search import KINDS
from screens.dialogs.fields import Field

if TYPE_CHECKING:
    from pkui.services.providers_search import PatientContext, Wanted

ALL_KINDS = "all"
_POSTCODE = re.compile(r"[0-9]{3,4}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,3}(?:[.,][0-9])?", re.ASCII)


def kinds() -> list[tuple[str, str]]:
    """The kinds of places with their words."""
    words = (_("All kinds"), _("Public and special"), _("Partner"), _("Agreement"))
    return list(zip((ALL_KINDS, *KINDS), words, strict=True))


def limit_fields(wanted: Wanted, patient: PatientContext | None) -> list[Field]:
    """What can be limited, with what holds now; the patient's own age stands where none was typed."""
    age = wanted.age if wanted.age is not None else patient.age if patient else None
    postcode = wanted.postcode or (patient.postcode if patient else None)
    return [
        Field("age", _("Age"), _shown(age)),
        Field("bmi", _("BMI"), _shown(wanted.bmi)),
        Field("max_km", _("At most km"), _shown(wanted.max_km)),
        Field("postcode", _("From postcode"), postcode or ""),
        Field("other", _("Takes other regions"), _("y") if wanted.accepts_other_regions else _("n")),
    ]


def typed_limits(values: Mapping[str, str]) -> dict[str, Any]:
    """What was typed, as the search takes it. Raises Unreadable."""
    typed = {name: value.strip() for name, value in values.items()}
    if typed["postcode"] and not _POSTCODE.fullmatch(typed["postcode"]):
        raise Unreadable
    age = _number(typed["age"])
    return {
        "age": None if age is None else int(age),
        "bmi": _number(typed["bmi"]),
        "max_km": _number(typed["max_km"]),
        "postcode": typed["postcode"] or None,
        "accepts_other_regions": typed_yes_no(typed["other"] or "n"),
    }


def wrong_limits(values: Mapping[str, str]) -> str | None:
    """What cannot be read in what was typed."""
    try:
        typed_limits(values)
    except Unreadable:
        return _("Write numbers, a postcode of four digits, and j or n.")
    return None


def narrowed(wanted: Wanted, kind: str) -> str:
    """What the list is narrowed by just now; empty where by nothing but words."""
    parts = []
    if kind:
        parts.append(dict(kinds())[kind])
    if wanted.age is not None and (wanted.patient is None or wanted.age != wanted.patient.age):
        parts.append(_("age %(n)s") % {"n": wanted.age})
    if wanted.bmi is not None:
        parts.append(_("BMI %(n)s") % {"n": _shown(wanted.bmi)})
    if wanted.max_km is not None:
        parts.append(_("at most %(n)s km") % {"n": _shown(wanted.max_km)})
    if wanted.accepts_other_regions:
        parts.append(_("takes other regions"))
    return _("Narrowed: %(what)s") % {"what": " · ".join(parts)} if parts else ""


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:g}".replace(".", ",")


def _number(text: str) -> float | None:
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise Unreadable
    return float(text.replace(",", "."))

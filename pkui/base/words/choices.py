"""The words for facts that are one of a few codes, and for the parts of facts that are several entries."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pkui.base.words import N_, _
from pkui.base.words.rights_facts import in_figures

_WORDS = {
    "case_kind": {
        "assessment": N_("assessment"),
        "treatment": N_("treatment"),
        "diagnostic": N_("examination for one's own doctor"),
        "max_wait_cancer": N_("maximum waiting time, cancer"),
        "max_wait_heart": N_("maximum waiting time, heart"),
        "transport": N_("transport"),
        "eu": N_("treatment in another EU/EEA country"),
        "complaint": N_("complaint"),
    },
    "returned_reason": {
        "unclear": N_("unclear"),
        "not_indicated": N_("not indicated"),
        "wrong_place": N_("wrong place"),
    },
    "specialty_level": {
        "hovedfunktion": N_("main function"),
        "regionsfunktion": N_("regional function"),
        "hojt_specialiseret": N_("highly specialised"),
        "unknown": N_("unknown"),
    },
    "excluded_treatment": {
        "none": N_("none of these"),
        "organ_transplant": N_("organ transplant"),
        "sterilisation": N_("sterilisation"),
        "fertility": N_("fertility treatment"),
        "refertilisation": N_("refertilisation"),
        "hearing_aid": N_("hearing aid"),
        "cosmetic": N_("cosmetic treatment"),
        "gender_modifying_surgery": N_("gender-modifying surgery"),
        "recreation_rehab": N_("recreation or rehabilitation stay"),
        "research": N_("research"),
        "experimental": N_("experimental treatment"),
        "alternative": N_("alternative treatment"),
    },
    "custodial_status": {
        "none": N_("not in custody"),
        "prison_probation": N_("prison or probation institution"),
        "forensic_sentence": N_("forensic sentence"),
        "secure_institution": N_("secure institution"),
        "immigration_detention": N_("immigration detention"),
    },
    "offered_by": {
        "own": N_("own hospital"),
        "other_region": N_("another region"),
        "partner": N_("partner hospital"),
        "agreement": N_("agreement hospital"),
    },
    "changed_at": {
        "regional": N_("regional hospital"),
        "partner": N_("partner hospital"),
        "private": N_("private hospital"),
    },
    "cause": {
        "hospital": N_("the hospital's own reasons"),
        "patient_wish": N_("the patient's wish"),
        "health": N_("the patient's health"),
        "no_show": N_("the patient did not come"),
    },
    "heart_condition": {
        "left_main_by_angiography": N_("left main disease, by angiography"),
        "documented_unstable_angina": N_("documented unstable angina"),
        "angina_after_infarction": N_("angina after infarction"),
        "other": N_("another heart condition"),
    },
    "parental_custody": {
        "both_agree": N_("both parents agree"),
        "sole": N_("sole custody"),
        "unclear": N_("unclear or not agreed"),
    },
    "max_wait_step": {
        "first_exam": N_("first examination"),
        "surgery": N_("surgery"),
        "medical_first": N_("medical treatment first"),
        "radiotherapy_first": N_("radiotherapy first"),
        "after_treatment": N_("after-treatment"),
        "revascularisation": N_("revascularisation"),
    },
}
_WORDS["at"] = _WORDS["changed_at"]
_PARTS = {
    "from": N_("Put off from"),
    "to": N_("Put off to"),
    "old_date": N_("Old date"),
    "new_date": N_("New date"),
    "changed_on": N_("Changed on"),
    "cause": N_("Why"),
    "at": N_("Which kind of hospital"),
}


def part_name(part: str) -> str:
    """The name of a part of an entry. Raises KeyError."""
    return _(_PARTS[part])


def entry_words(entry: Mapping[str, Any]) -> str:
    """One entry of a listed fact: from - to, when it was changed, why and where; `?` for a day not known."""
    first, last = (entry.get(name) or entry.get(other) for name, other in (("from", "old_date"), ("to", "new_date")))
    words = [f"{_day(first)} - {_day(last)}"]
    if entry.get("changed_on"):
        words.append(_("changed on {day}").format(day=_day(entry["changed_on"])))
    words += [choice(part, entry[part]) for part in ("cause", "at") if entry.get(part)]
    return ", ".join(words)


def _day(value: str | None) -> str:
    return in_figures(date.fromisoformat(value)) if value else "?"


def choice(fact: str, code: str) -> str:
    """What a code of a fact says. Raises KeyError for a code the fact does not have."""
    return _(_WORDS[fact][code])


def is_choice(fact: str) -> bool:
    """Whether a fact is one of a few codes."""
    return fact in _WORDS

"""Judging facts in tests: fields as in JSON, a day, and the hint of one right."""

from datetime import date
from typing import Any

from pkui.base.calendar import public_holidays
from pkui.base.law import packaged_law
from pkui.domain.rights.answers import Hint
from pkui.domain.rights.engine import check
from pkui.domain.rights.law import Law
from pkui.domain.rights.reading import read_facts

DUF_CLEAR: dict[str, Any] = {
    "agreement_exists": True,
    "agreement_hospital_can_do_it": True,
    "private_wait_days": 20,
    "public_wait_days": 90,
    "excluded_treatment": "none",
    "custodial_status": "none",
    "residence_region": "1082",
    "free_choice_already_used": False,
}
"""Every exception of the private choice known to be absent."""


def judge(on: str, law: Law | None = None, /, **facts: Any) -> list[Hint]:
    """All hints on that day."""
    return check(read_facts(facts), on=date.fromisoformat(on), law=law or packaged_law(), calendar=public_holidays())


def find(hints: list[Hint], right: str, limb: str | None = None) -> Hint | None:
    """The hint of a right, if there is one."""
    return next((hint for hint in hints if (hint.right, hint.limb) == (right, limb)), None)


def one(on: str, right: str, limb: str | None = None, /, **facts: Any) -> Hint:
    """The hint of a right that must be there."""
    hint = find(judge(on, **facts), right, limb)
    assert hint is not None, f"no hint for {right} {limb}"
    return hint

"""What the hints about rights mean for the ladder."""

from collections.abc import Iterable

from pkui.domain.providers.ladder import RightsPicture
from pkui.domain.providers.segments import ASSESSMENT, DIAGNOSTIC, TREATMENT
from pkui.domain.rights.answers import Answer, Hint, Right

_LIMBS = {DIAGNOSTIC: "diagnostic", ASSESSMENT: "assessment", TREATMENT: "treatment"}
_CHANGED = "changed_surgery_date"


def picture_of(hints: Iterable[Hint], kind: str) -> RightsPicture:
    """The rights that decide where a patient can go; `kind` as in table 2 says which limb of the private right counts.

    A date the hospital changed opens the private right by itself; imaging inside an assessment follows the assessment.
    """
    held = list(hints)
    free = next((hint.answer for hint in held if hint.right is Right.FREE_CHOICE), None)
    extended = {hint.limb: hint for hint in held if hint.right is Right.EXTENDED_FREE_CHOICE}
    changed = extended.get(_CHANGED)
    if changed is not None and changed.answer in (Answer.YES, Answer.LIKELY):
        return RightsPicture(free, changed.answer, changed.deadline, changed_date=True)
    limb = extended.get(_LIMBS[kind]) or (extended.get("assessment") if kind == DIAGNOSTIC else None)
    if limb is None:
        own = next((hint for hint in held if hint.right is Right.ASSESSMENT), None)
        return RightsPicture(free, None, own.deadline if own else None)
    return RightsPicture(free, limb.answer, limb.deadline)

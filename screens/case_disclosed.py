"""What may be said to whom about the case on the screen: for the call card and for whoever answers the telephone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pkui.domain.disclosure import Agreed, Said, may_be_said
from pkui.services.trusted import custody_of

if TYPE_CHECKING:
    from pkui.services.case_view import CaseView


def disclosed(view: CaseView, today: date) -> tuple[Said, ...]:
    """What consent, age and custody allow today; representatives by their place in the view."""
    return may_be_said(
        [one.basis for one in view.representatives],
        [Agreed(one.type, one.given, one.ends_on, one.withdrawn_at is not None) for one in view.consents],
        age=view.patient.age,
        custody=custody_of(view.facts),
        protected=view.patient.protected,
        today=today,
    )

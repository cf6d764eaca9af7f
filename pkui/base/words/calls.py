"""The words around a call to a patient: what may be said on a voicemail, who decides for the young, what comes next."""

from datetime import datetime

from pkui.base.words import _
from pkui.base.words.dates import near_instant

OF_AGE = 18
DECIDES_HERSELF = 15
"""From this age on the young person consents herself (Sundhedsloven § 17)."""


def on_voicemail() -> str:
    """What may be left behind without saying why one rings: somebody else may hear it."""
    return _("Voicemail: your name, Region Midtjylland and the number; never why.")


def young(age: int) -> str:
    """Who consents for somebody under age."""
    if age < DECIDES_HERSELF:
        return _("those who have custody (both agree?)")
    return _("the patient, who consents herself")


def next_attempt(when: datetime, adviser: str, now: datetime) -> str:
    """The attempt planned by itself after one in vain."""
    return _("Next attempt %(when)s, %(who)s") % {"when": near_instant(when, now), "who": adviser}


def no_usable_time() -> str:
    """Nobody can ring in the next five working days: said with what to ask, never silence."""
    return _("No call time can be used in the next five working days. Ask: When else can we ring?")

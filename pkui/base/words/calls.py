"""The words around a call to a patient: what may be said on a voicemail, who decides for the young, what comes next."""

from datetime import datetime

from pkui.base.words import _
from pkui.base.words.choices import choice
from pkui.base.words.dates import near_time
from pkui.domain.codes import ParentalCustody
from pkui.domain.facts import CUSTODY
from pkui.domain.intake.form import OWN_CONSENT_FROM


def on_voicemail() -> str:
    """What may be left behind without saying why one rings: somebody else may hear it."""
    return _("Voicemail: your name, Region Midtjylland and the number; never why.")


def young(age: int, custody: ParentalCustody | None) -> str:
    """Who consents for somebody under age."""
    if age >= OWN_CONSENT_FROM:
        return _("the patient, who consents herself")
    if custody is None:
        return _("those who have custody (both agree?)")
    return _("those who have custody (%(how)s)") % {"how": choice(CUSTODY, custody)}


def next_attempt(when: datetime, adviser: str, now: datetime) -> str:
    """The attempt planned by itself after one in vain."""
    return _("Next attempt %(when)s, %(who)s") % {"when": near_time(when, now), "who": adviser}


def no_usable_time() -> str:
    """Nobody can ring in the next five working days: said with what to ask, never silence."""
    return _("No call time can be used in the next five working days. Ask: When else can we ring?")


def no_usable_time_short() -> str:
    """The same in a line that has more to say."""
    return _("Ask for a call time.")

"""What every private choice asks (Sundhedsloven § 87): who it is for, what is excluded, agreement, partner and waits.

Source: § 87, stk. 1-4; sygehusbekendtgørelsen §§ 19-21.
"""

from dataclasses import dataclass
from datetime import date

from pkui.domain.rights.counting import PATIENTS_OWN, Limit, Pause, calendar_limit, days_after, pauses
from pkui.domain.rights.facts import Cause, Custody, Excluded, OfferedBy, Postponement
from pkui.domain.rights.sheet import Sheet, State

EXCEPTIONS = (
    "agreement_exists",
    "agreement_hospital_can_do_it",
    "private_wait_days",
    "excluded_treatment",
    "custodial_status",
    "residence_region",
    "free_choice_already_used",
)


def who(sheet: Sheet) -> None:
    """Residence, custody and an earlier free choice are for a person."""
    sheet.person()
    custody = sheet.get("custodial_status")
    if custody not in (None, Custody.NONE):
        sheet.review("custody")
    if sheet.get("free_choice_already_used"):
        sheet.review("free_choice_used")


def excluded(sheet: Sheet) -> None:
    """Treatments the private choice does not reach; what is cosmetic is a medical question."""
    found = sheet.get("excluded_treatment")
    if found is Excluded.COSMETIC:
        sheet.clinical_reason("cosmetic")
    elif found not in (None, Excluded.NONE):
        sheet.bar("excluded_treatment", treatment=found.value)


def agreement(sheet: Sheet) -> None:
    """No agreement for the service, or nobody with one who can: no right, even when the limit is missed."""
    if sheet.get("agreement_exists") is False:
        sheet.bar("no_agreement")
    if sheet.get("agreement_hospital_can_do_it") is False:
        sheet.bar("no_hospital_can")


@dataclass(frozen=True, slots=True)
class Clock:
    """A private clock: from `start`, `days` long, with its last day and the last one were the illness less serious."""

    start: date
    days: int
    limit: Limit
    outer: date

    @property
    def last(self) -> date:
        """The last day of the limit."""
        return self.limit.last


def clock(sheet: Sheet, start: date, days: int, outer: int | None = None) -> Clock:
    """The clock with the patient's own postponements left out (sygehusbekendtgørelsen § 20, stk. 2)."""
    left_out = _left_out(sheet, start, days_after(start, days))
    limit = calendar_limit(start, days, left_out)
    paused = (limit.last - start).days - days
    return Clock(start, days, limit, days_after(start, (outer or days) + paused))


def _left_out(sheet: Sheet, start: date, last: date) -> list[Pause]:
    """The pauses; none, and a person's look, where postponements are mixed, of unknown cause, or without an end."""
    found = [
        one
        for one in sheet.setting.facts.postponements or ()
        if not (one.start is not None and one.start > last) and not (one.end is not None and one.end < start)
    ]
    if not found:
        return []
    sheet.get("postponements")
    causes = {one.cause for one in found}
    if Cause.NO_SHOW in causes:
        sheet.late_review("no_show")
    if None in causes or any(_open(one) for one in found):
        sheet.late_review("postponement_unclear")
        sheet.incomplete("postponements")
    if causes & PATIENTS_OWN and Cause.HOSPITAL in causes:
        sheet.late_review("mixed_postponements")
    return [] if sheet.late_reviews else pauses(found)


def _open(one: Postponement) -> bool:
    return one.cause in PATIENTS_OWN and (one.start is None or one.end is None)


def public_offer(sheet: Sheet, start: date) -> date | None:
    """The date offered by a public hospital or partner; one before the clock began was another step's."""
    offered: date | None = sheet.get("offered_date")
    by = sheet.get("offered_by")
    if offered is None or offered < start or by is OfferedBy.AGREEMENT:
        return None
    return offered


def read(sheet: Sheet, clock: Clock, ended: date | None) -> State:
    """Where the private claim stands: an end, an offer, a public wait, or only today's date against the last day."""
    offered = public_offer(sheet, clock.start) if ended is None else None
    end = ended if ended is not None else offered
    if end is not None:
        return _against(sheet, clock, end)
    if sheet.on > clock.last:
        sheet.breached = True
    wait = sheet.get("public_wait_days")
    if wait is None:
        sheet.lacks("offered_date")
        if sheet.setting.facts.offered_date is not None:
            sheet.lacks("public_wait_days")
        return State.OPEN if sheet.on <= clock.last else State.UNKNOWN
    sheet.doubts("offered_date")
    earliest = days_after(max(sheet.on, clock.start), wait)
    return _severity(sheet, clock, earliest) if earliest > clock.last else State.OPEN


def _against(sheet: Sheet, clock: Clock, end: date) -> State:
    if end > clock.last:
        sheet.breached = True
        return _severity(sheet, clock, end)
    if sheet.provisional:
        return State.OPEN if sheet.on <= clock.last else State.UNKNOWN
    sheet.breached = False
    if any(one.code == "number_unsure" for one in sheet.late_reviews) or sheet.suspension_unsure:
        return State.MET
    return State.KEPT


def _severity(sheet: Sheet, clock: Clock, end: date) -> State:
    """Between 30 days for serious and 60 for less serious illness a doctor must say which it is."""
    if clock.last < end <= clock.outer:
        sheet.breached = None
        sheet.clinical_reason("severity")
    return State.MET


def partner_first(sheet: Sheet, clock: Clock) -> None:
    """A partner hospital that can do it inside the limit comes before any private right."""
    wait = sheet.get("partner_wait_days")
    if wait is None:
        if sheet.get("offered_by") is OfferedBy.PARTNER and sheet.setting.facts.offered_date is None:
            sheet.lacks("partner_wait_days")
        return
    inside_limit = wait <= (clock.last - clock.start).days
    if inside_limit and sheet.on > clock.last:
        sheet.late_review("partner_wait_of_unknown_day")
    elif inside_limit and days_after(max(sheet.on, clock.start), wait) <= clock.last:
        sheet.bar("partner_in_time", days=wait)


def not_slower(sheet: Sheet, start: date) -> None:
    """The private wait may not be longer than the public or a partner's; equal waits are for a person."""
    private, public = sheet.get("private_wait_days"), sheet.get("public_wait_days")
    partner = sheet.get("partner_wait_days")
    if private is None:
        return
    stated = [wait for wait in (public, partner) if wait is not None]
    if stated:
        shortest = min(stated)
        if private > shortest:
            sheet.bar("private_slower", private=private, public=shortest)
        elif private == shortest:
            sheet.late_review("equal_waits", days=private)
        return
    offered = public_offer(sheet, start)
    if offered is None:
        sheet.doubts("public_wait_days")
        return
    derived = (offered - (sheet.on if offered > sheet.on else start)).days
    if private >= derived:
        sheet.late_review("private_maybe_slower", private=private)
        sheet.doubts("public_wait_days")

"""Payment for transport to a hospital (Sundhedsloven § 171, BEK 816/2018 §§ 15, 17, 31): a condition and a minimum."""

from dataclasses import dataclass

from pkui.domain.rights.answers import Hint, Right
from pkui.domain.rights.facts import CaseKind, OfferedBy, RightsFacts
from pkui.domain.rights.law import FIRM, Rule
from pkui.domain.rights.sheet import Setting, Sheet, State

PENSIONER, OTHERS, DISTANCE = "transport_minimum_pensioner", "transport_minimum_others", "transport_distance"
_SIGNS = (
    "social_pension", "distance_km_chosen", "distance_km_visitation", "fare_chosen", "fare_visitation",
    "recalled_ambulant", "cannot_use_public_transport", "visit_date", "treatment_carried_out",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Minimum:
    """What the return fare must exceed, in kroner: known to be at least `low` and at most `high` (None: unknown)."""

    low: int | None
    high: int | None

    def exceeded(self, fare: float) -> bool | None:
        """Whether the fare exceeds it; None where the number is not verified and decides."""
        if self.high is not None and fare > self.high:
            return True
        return False if self.low is not None and fare <= self.low else None


def check(setting: Setting) -> Hint | None:
    """The hint, or None where transport is not in question."""
    facts = setting.facts
    if facts.case_kind is not CaseKind.TRANSPORT and not facts.known(*_SIGNS):
        return None
    sheet = Sheet(setting, Right.TRANSPORT)
    sheet.cites("Sundhedsloven § 171", "BEK 816/2018 § 15", "BEK 816/2018 § 31")
    sheet.person()
    sheet.step("transport_office")
    if sheet.get("treatment_carried_out") is False:
        sheet.bar("not_carried_out")
    by_region = sheet.get("referred_by_region")
    if by_region is None or by_region is False:
        sheet.cites("BEK 816/2018 § 17")
    if sheet.get("offered_by") is OfferedBy.AGREEMENT and not by_region:
        sheet.review("transport_private")
    state = _judge(sheet, by_region)
    sheet.doubts("treatment_carried_out", "referred_by_region")
    return sheet.hint(state)


def _judge(sheet: Sheet, by_region: bool | None) -> State:
    """Free choice must pass at both hospitals; somebody the region referred passes at the chosen one alone."""
    chosen = _passes(sheet, "distance_km_chosen", "fare_chosen")
    if chosen is False:
        sheet.bar("transport_not_met")
        return State.MET
    if by_region:
        return _state(chosen)
    known = sheet.setting.facts.known("distance_km_visitation", "fare_visitation")
    if by_region is None and not known:
        return _state(chosen)
    there = _passes(sheet, "distance_km_visitation", "fare_visitation")
    if there is False and by_region is False:
        sheet.bar("transport_free_choice")
        return State.MET
    if there is False:
        sheet.lacks("referred_by_region")
        return State.UNKNOWN
    if by_region is False:
        sheet.note("transport_cap")
    return _state(chosen if there is True else there)


def _state(passed: bool | None) -> State:
    return State.MET if passed else State.UNKNOWN


def _passes(sheet: Sheet, distance: str, fare: str) -> bool | None:
    """Whether condition and minimum are met at one hospital; None while a fact is missing (which it names)."""
    met = _condition(sheet, distance)
    if met is False:
        return False
    enough = _fare_enough(sheet, fare)
    if enough is False:
        return False
    return True if met and enough else None


def _pensioner(sheet: Sheet) -> bool | None:
    """Old-age or early retirement pension; nobody below eighteen has either."""
    pension: bool | None = sheet.get("social_pension")
    facts = sheet.setting.facts
    if pension is None and facts.age is not None and facts.age < sheet.law.pension_from_age:
        sheet.get("age")
        return False
    return pension


def _condition(sheet: Sheet, distance: str) -> bool | None:
    """One of three: a social pension, more than 50 km, or recalled and unable to go by bus or train."""
    visit = sheet.get("visit_date")
    row = sheet.law.in_force(DISTANCE, visit or sheet.on)
    km = sheet.get(distance)
    far = None if km is None or row is None or row.value is None else km > row.value
    recalled, cannot = sheet.get("recalled_ambulant"), sheet.get("cannot_use_public_transport")
    unable = False if recalled is False or cannot is False else (True if recalled and cannot else None)
    answers = (_pensioner(sheet), far, unable)
    if any(answers):
        return True
    if all(one is False for one in answers):
        return False
    sheet.lacks(*(() if _pensioner(sheet) is False else ("social_pension",)), distance)
    if unable is None:
        sheet.lacks("recalled_ambulant", "cannot_use_public_transport")
    return None


def _fare_enough(sheet: Sheet, fare: str) -> bool | None:
    """Whether the return fare exceeds the year's minimum for pensioners or for others."""
    price, visit = sheet.get(fare), sheet.get("visit_date")
    pensioner = _pensioner(sheet)
    sheet.lacks(fare, "visit_date")
    if price is None or visit is None:
        return None
    groups = {None: (PENSIONER, OTHERS), True: (PENSIONER,), False: (OTHERS,)}[pensioner]
    bounds = [minimum(sheet.law.rule(group), sheet, sheet.setting.facts) for group in groups]
    verdicts = {one.exceeded(price) for one in bounds}
    if verdicts == {True}:
        return True
    if verdicts == {False}:
        return False
    if pensioner is None:
        sheet.lacks("social_pension")
    if None in verdicts:
        sheet.review("minimum_not_verified", year=visit.year)
    return None


def minimum(rule: Rule, sheet: Sheet, facts: RightsFacts) -> Minimum:
    """The year's minimum; in a year not verified it lies between its verified neighbours, as it is indexed yearly."""
    visit = facts.visit_date
    row = sheet.law.in_force(rule.id, visit) if visit is not None else None
    if visit is None:
        return Minimum(None, None)
    if row is not None and row.confidence in FIRM and row.value is not None:
        return Minimum(row.value, row.value)
    verified = [one for one in rule.rows if one.confidence in FIRM and one.value is not None]
    before = [one.value for one in verified if one.end is not None and one.end < visit]
    after = [one.value for one in verified if one.start > visit and row is not None]
    return Minimum(before[-1] if before else None, after[0] if after else None)

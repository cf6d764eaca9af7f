"""The extended free choice for assessment, treatment and diagnostic examination (§ 87, stk. 1-2, and § 82 a)."""

from datetime import date

from pkui.domain.rights import private_choice as private
from pkui.domain.rights.answers import Hint, Right
from pkui.domain.rights.assessment import CHILD, assessment_row, assessment_rules, referral_start
from pkui.domain.rights.facts import CaseKind, RightsFacts
from pkui.domain.rights.law import Row
from pkui.domain.rights.sheet import Setting, Sheet, State

TREATMENT_RULES = {False: ("duf_treatment_somatic",), True: ("duf_treatment_psychiatry",)}
BOTH_RULES = ("duf_treatment_somatic", "duf_treatment_psychiatry")


def _begin(setting: Setting, limb: str, *citations: str) -> Sheet:
    sheet = Sheet(setting, Right.EXTENDED_FREE_CHOICE, limb)
    sheet.cites(*citations)
    sheet.get("case_kind")
    sheet.lacks("case_kind")
    private.who(sheet)
    private.excluded(sheet)
    private.agreement(sheet)
    return sheet


def _clock(sheet: Sheet, start: date | None, row: Row | None) -> private.Clock | None:
    """The private clock; none while the start or the row is unknown, or where the right was certainly suspended."""
    if start is None or row is None or row.value is None or (row.suspended and row.firm):
        return None
    return private.clock(sheet, start, row.value, row.outer)


def _finish(sheet: Sheet, clock: private.Clock | None, ended: date | None) -> Hint:
    """Reads the clock and what the private choice asks besides, and gives the hint."""
    if clock is None:
        sheet.doubts(*private.EXCEPTIONS)
        return sheet.hint(State.UNKNOWN)
    sheet.deadline, sheet.count = clock.last, list(clock.limit.rows)
    state = private.read(sheet, clock, ended)
    if ended is None:
        private.partner_first(sheet, clock)
    private.not_slower(sheet, clock.start)
    sheet.doubts(*private.EXCEPTIONS)
    unsaid = sheet.setting.facts.case_kind is None
    if unsaid or (state is State.MET and sheet.lacking_apart_from_start):
        state = State.UNKNOWN
    if state is State.MET:
        sheet.step("send_complete_referral")
        sheet.step("tell_of_transport")
    elif state is State.OPEN:
        sheet.step("ask_for_date_inside_limit")
    return sheet.hint(state)


def check_assessment(setting: Setting) -> Hint | None:
    """§ 87, stk. 1: assessment at an agreement hospital when the region cannot finish it within the month."""
    facts = setting.facts
    unsaid = facts.case_kind is None and facts.known("referral_received", "referral_date_in_letter")
    if facts.case_kind is not CaseKind.ASSESSMENT and not (
        unsaid and not facts.known("treatment_referred_on", "max_wait_step")
    ):
        return None
    sheet = _begin(setting, "assessment", "Sundhedsloven § 87, stk. 1")
    start = referral_start(sheet)
    row = _assessment_days(sheet, start) if start else None
    clock = _clock(sheet, start, row)
    informed: date | None = sheet.get("informed_of_diagnosis_on")
    if informed is not None and start is not None and informed < start:
        sheet.review("dates_out_of_order")
    _returned(sheet)
    return _finish(sheet, clock, informed)


def _assessment_days(sheet: Sheet, start: date) -> Row | None:
    """The month of § 87, stk. 1, suspended whenever the assessment right was."""
    own = sheet.law.in_force("duf_assessment", start)
    if own is None:
        sheet.review("no_row")
        return None
    row = assessment_row(sheet, start)
    if row is not None:
        sheet.row_reviews(row)
    return own if row is not None else None


def _returned(sheet: Sheet) -> None:
    """A referral that was sent back or declined gives nothing to move."""
    if sheet.get("referral_returned_on") is not None or sheet.get("referral_accepted") is False:
        sheet.review("referral_not_accepted")


def check_diagnostic(setting: Setting) -> Hint | None:
    """§ 82 a and BEK 657/2019 § 13: an examination for the patient's own doctor, not offered within the month."""
    if setting.facts.case_kind is not CaseKind.DIAGNOSTIC:
        return None
    sheet = _begin(setting, "diagnostic", "Sundhedsloven § 82 a", "BEK 657/2019 § 13")
    start = referral_start(sheet)
    row = sheet.law.in_force("duf_diagnostic", start) if start else None
    if start and row is None:
        sheet.review("no_row")
    if row is not None:
        sheet.row_reviews(row)
    _returned(sheet)
    return _finish(sheet, _clock(sheet, start, row), None)


def _about_treatment(facts: RightsFacts) -> bool:
    if facts.case_kind is CaseKind.TREATMENT:
        return True
    if facts.case_kind is CaseKind.ASSESSMENT:
        return facts.treatment_referred_on is not None
    return facts.case_kind is None and facts.known("treatment_referred_on")


def check_treatment(setting: Setting) -> Hint | None:
    """§ 87, stk. 2: treatment at an agreement hospital when it does not begin within the limit of the day."""
    if not _about_treatment(setting.facts):
        return None
    sheet = _begin(setting, "treatment", "Sundhedsloven § 87, stk. 2")
    informed: date | None = sheet.get("informed_of_diagnosis_on")
    referred: date | None = sheet.get("treatment_referred_on")
    starts = [day for day in (informed, referred) if day is not None]
    begun: date | None = sheet.get("real_treatment_started_on")
    if not starts:
        sheet.lacks("informed_of_diagnosis_on", "treatment_referred_on", "psychiatric", "offered_date")
        return _finish(sheet, None, begun)
    sheet.lacks("psychiatric")
    start = max(starts)
    row = _treatment_row(sheet, start, starts)
    return _finish(sheet, _clock(sheet, start, row), begun)


def _treatment_row(sheet: Sheet, start: date, starts: list[date]) -> Row | None:
    """The row of the later date; for a person when dates fall on both sides of a change."""
    rules = BOTH_RULES if sheet.get("psychiatric") is None else TREATMENT_RULES[sheet.get("psychiatric")]
    rows = [sheet.law.in_force(rule, start) for rule in rules]
    if len({_number(row) for row in rows}) > 1:
        return None
    row = rows[0]
    if row is None:
        sheet.review("no_row")
        return None
    sheet.row_reviews(row)
    if any(_number(sheet.law.in_force(rule, day)) != _number(row) for rule in rules for day in starts):
        sheet.review("both_sides")
    _referral_side(sheet, rules, row, start)
    if len(rules) == 1 and CHILD in assessment_rules(sheet):
        childs = sheet.law.in_force(CHILD, start)
        if childs is not None and not childs.firm and not childs.suspended:
            sheet.late_review("number_unsure", confidence=childs.confidence)
    return row


def _referral_side(sheet: Sheet, rules: tuple[str, ...], row: Row, start: date) -> None:
    """Referral and assessment on different sides of the change between 30 and 60 days (middling confidence)."""
    received = sheet.setting.facts.referral_received
    if received is None or received >= start or row.suspended:
        return
    earlier = [sheet.law.in_force(rule, received) for rule in rules]
    if any(one is not None and not one.suspended and one.value != row.value for one in earlier):
        sheet.get("referral_received")
        sheet.review("both_sides")


def _number(row: Row | None) -> tuple[int | None, int | None, str | None] | None:
    return None if row is None else (row.value, row.outer, row.suspended)

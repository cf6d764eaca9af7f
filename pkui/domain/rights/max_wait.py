"""Maximum waiting times for cancer and three heart conditions (Sundhedsloven § 88, BEK 584/2015), step by step."""

from dataclasses import dataclass
from datetime import date

from pkui.domain.rights.answers import CountRow, Hint, Reason, Right
from pkui.domain.rights.counting import Limit, calendar_limit
from pkui.domain.rights.facts import CaseKind, Cause, HeartCondition, RightsFacts, Step
from pkui.domain.rights.law import Row
from pkui.domain.rights.sheet import Setting, Sheet, State

CANCER_FACTS = ("cancer_suspicion_on", "cancer_type", "bmt_required", "recurrence")
HOSPITAL = (None, CaseKind.ASSESSMENT, CaseKind.TREATMENT, CaseKind.DIAGNOSTIC)


def concerns(facts: RightsFacts) -> bool:
    """Whether the facts speak of cancer, its suspicion, or a heart condition."""
    if facts.case_kind in (CaseKind.MAX_WAIT_CANCER, CaseKind.MAX_WAIT_HEART):
        return True
    return facts.case_kind in HOSPITAL and facts.known(*CANCER_FACTS, "heart_condition", "max_wait_step")


def _is_heart(facts: RightsFacts) -> bool | None:
    """Heart or cancer; None when the facts do not say."""
    if facts.case_kind is CaseKind.MAX_WAIT_HEART:
        return True
    if facts.case_kind is CaseKind.MAX_WAIT_CANCER:
        return False
    heart = facts.known("heart_condition") or facts.max_wait_step is Step.REVASCULARISATION
    if heart and facts.known(*CANCER_FACTS):
        return None
    if heart:
        return True
    return False if facts.known(*CANCER_FACTS) else None


@dataclass(frozen=True, slots=True)
class Starts:
    """The days the two limits count from: A from consent (or receipt), B from receipt; `unsure`: an earlier start."""

    a: date | None
    b: date | None = None
    unsure: date | None = None


def check(setting: Setting) -> Hint | None:
    """The hint, or None where neither cancer nor a heart condition is in question."""
    facts = setting.facts
    if not concerns(facts):
        return None
    sheet = Sheet(setting, Right.MAXIMUM_WAITING_TIME)
    sheet.get("case_kind")
    sheet.person()
    heart = _is_heart(facts)
    sheet.cites("Sundhedsloven § 88, stk. 2" if heart else "Sundhedsloven § 88, stk. 1", "BEK 584/2015")
    if heart is None:
        sheet.incomplete("case_kind")
        return sheet.hint(State.UNKNOWN)
    rule = _heart_rule(sheet) if heart else _cancer_rule(sheet)
    if sheet.get("offer_within_limit_refused"):
        sheet.bar("offer_refused")
    if rule is None:
        return sheet.hint(State.UNKNOWN)
    starts = _first_exam(sheet) if rule.endswith("first_exam") else _treatment(sheet, heart)
    state = _judge(sheet, rule, starts, heart)
    _what_to_do(sheet, state)
    return sheet.hint(state)


def _cancer_rule(sheet: Sheet) -> str | None:
    _cancer_covered(sheet)
    step: Step | None = sheet.get("max_wait_step")
    if step is None:
        sheet.lacks("max_wait_step")
        return None
    if step is Step.REVASCULARISATION:
        sheet.review("step_does_not_fit")
        return None
    return f"max_wait.{step.value}"


def _cancer_covered(sheet: Sheet) -> None:
    """Outside: skin cancer other than melanoma, and cancers that need bone-marrow transplantation."""
    kind = sheet.get("cancer_type")
    if kind is not None and _skin_outside(sheet, kind.casefold()):
        sheet.bar("cancer_outside")
    if sheet.get("bmt_required"):
        sheet.bar("bone_marrow")


def _skin_outside(sheet: Sheet, kind: str) -> bool:
    law = sheet.law
    if any(word in kind for word in law.skin_outside_words):
        return True
    return any(word in kind for word in law.skin_words) and not any(word in kind for word in law.skin_covered_words)


def _heart_rule(sheet: Sheet) -> str | None:
    """Only three ischaemic conditions, and of them only the revascularising treatment."""
    condition: HeartCondition | None = sheet.get("heart_condition")
    step = sheet.get("max_wait_step")
    if condition is HeartCondition.OTHER:
        sheet.bar("heart_outside")
        return None
    if step not in (None, Step.REVASCULARISATION):
        sheet.bar("only_revascularisation")
    if condition is None:
        sheet.lacks("heart_condition")
        return None
    return f"max_wait.{condition.value}"


def _first_exam(sheet: Sheet) -> Starts:
    """From receipt; perhaps already from the answer that raised suspicion. A recurrence is a new event."""
    received: date | None = sheet.get("referral_received")
    suspicion: date | None = sheet.get("cancer_suspicion_on")
    if suspicion is not None and received is not None and suspicion > received and sheet.get("recurrence"):
        return Starts(suspicion)
    if received is None:
        sheet.lacks("referral_received")
        received = sheet.get("referral_date_in_letter") if suspicion is None else None
        sheet.provisional = received is not None
    earlier = suspicion is not None and (received is None or suspicion < received)
    return Starts(received, unsure=suspicion if earlier else None)


def _treatment(sheet: Sheet, heart: bool) -> Starts:
    """A from consent, B from the conference's decision or receipt; neither before the patient is fit for it."""
    facts = sheet.setting.facts
    consent: date | None = sheet.get("consent_on")
    conference: date | None = None if heart else sheet.get("conference_decision_on")
    received: date | None = conference or sheet.get("treatment_referred_on")
    informed_after = (
        facts.informed_of_diagnosis_on is not None
        and facts.referral_received is not None
        and facts.informed_of_diagnosis_on > facts.referral_received
    )
    if received is None and not informed_after:
        received = sheet.get("referral_received")
        if received is None and consent is None:
            received = sheet.get("referral_date_in_letter")
            sheet.provisional = received is not None
    fit: date | None = sheet.get("fit_for_treatment_on")
    a = max(day for day in (consent, conference, fit) if day is not None) if consent is not None else None
    b = max(received, fit) if received is not None and fit is not None else received or fit
    if sheet.provisional:
        sheet.lacks("referral_received")
    if a is None and (b is None or sheet.provisional):
        sheet.lacks("consent_on", "treatment_referred_on")
    return Starts(a, b)


def _judge(sheet: Sheet, rule: str, starts: Starts, heart: bool) -> State:
    limits = _limits(sheet, rule, starts)
    sheet.doubts(*(() if heart else ("cancer_type", "bmt_required")))
    sheet.doubts("professional_reason_recorded", "offer_within_limit_refused")
    if not limits:
        return State.UNKNOWN
    days = {name: limit.last for name, limit in limits.items()}
    sheet.deadline = min(days.values())
    first = min(limits.values(), key=lambda limit: limit.last)
    sheet.count = list(first.rows)
    for name, limit in limits.items():
        if limit is not first:
            sheet.count.append(CountRow(limit.last, limit.rows[-1].number, Reason("other_limit", {"limit": name})))
    end = _end(sheet, rule, min(limit.rows[0].day for limit in limits.values()))
    breach_day = _breach_day(rule, days)
    return _state(sheet, rule, days, end, breach_day)


def _limits(sheet: Sheet, rule: str, starts: Starts) -> dict[str, Limit]:
    """The limits whose start is known, each by the row of its own start."""
    found: dict[str, Limit] = {}
    for name, start in (("a", starts.a), ("b", starts.b), ("suspicion", starts.unsure)):
        if start is None:
            continue
        row = sheet.law.in_force(rule, start)
        if row is None:
            sheet.review("no_row")
            continue
        days = row.outer if name == "b" else row.value
        if days is None:
            continue
        _row(sheet, row)
        found[name] = calendar_limit(start, days)
    return found


def _row(sheet: Sheet, row: Row) -> None:
    if not any(one.code == "number_unsure" for one in sheet.late_reviews):
        sheet.row_reviews(row)


def _end(sheet: Sheet, rule: str, start: date) -> date | None:
    """What ends the step: the examination or operation offered, the medicine or rays begun."""
    offered: date | None = sheet.get("offered_date")
    if offered is not None and offered < start:
        offered = None
    if rule.endswith("first_exam"):
        return offered
    begun: date | None = sheet.get("real_treatment_started_on")
    if begun is not None and begun < start:
        begun = None
    at_surgery = rule.endswith("surgery")
    return (offered or begun) if at_surgery else (begun or offered)


def _breach_day(rule: str, days: dict[str, date]) -> date | None:
    """The day after which the limit is broken: the earliest, for after-treatment limit B alone."""
    if rule.endswith("after_treatment"):
        return days.get("b")
    return min(days.values())


def _state(sheet: Sheet, rule: str, days: dict[str, date], end: date | None, breach_day: date | None) -> State:
    seen = end if end is not None else sheet.on
    late = seen > min(days.values())
    if breach_day is not None and seen > breach_day:
        sheet.breached = True
    elif end is not None and (breach_day is not None):
        sheet.breached = False
    if not late:
        return _in_time(sheet, rule, days, end)
    if sheet.breached is not True:
        sheet.late_review("sources_differ")
    if set(days) == {"suspicion"} or ("suspicion" in days and "a" in days and seen <= days["a"]):
        sheet.late_review("start_from_suspicion")
    if end is None and sheet.setting.facts.offered_date is None:
        sheet.doubts("offered_date")
    _excuses(sheet)
    return State.MET


def _in_time(sheet: Sheet, rule: str, days: dict[str, date], end: date | None) -> State:
    both = rule.endswith("first_exam") or {"a", "b"} <= set(days)
    unsure = any(one.code == "number_unsure" for one in sheet.late_reviews)
    if not rule.endswith("first_exam"):
        sheet.lacks(*(() if "a" in days else ("consent_on",)), *(() if "b" in days else ("treatment_referred_on",)))
    if end is None:
        sheet.lacks("offered_date")
        return State.OPEN
    if both and not sheet.provisional and "a" in days:
        return State.MET if unsure else State.KEPT
    if sheet.provisional:
        sheet.breached = None
    return State.OPEN if sheet.on <= min(days.values()) else State.UNKNOWN


def _excuses(sheet: Sheet) -> None:
    """A reason in the record, or alternatives shown and a longer wait accepted, excuses; acceptance alone does not."""
    if sheet.get("professional_reason_recorded"):
        sheet.bar("professional_reason")
        sheet.breached = False
    accepted, shown = sheet.get("patient_accepted_longer"), sheet.get("concrete_alternatives_recorded")
    if accepted and shown:
        sheet.bar("accepted_with_alternatives")
        sheet.breached = False
    elif accepted:
        sheet.note("acceptance_not_enough")
        sheet.doubts("concrete_alternatives_recorded")
    elif shown:
        sheet.doubts("patient_accepted_longer")
    else:
        sheet.names("concrete_alternatives_recorded")
    causes = {one.cause for one in sheet.setting.facts.postponements or ()}
    if causes & {Cause.PATIENT_WISH, Cause.HEALTH, Cause.NO_SHOW}:
        sheet.get("postponements")
        sheet.late_review("postponed_under_max_wait")


def _what_to_do(sheet: Sheet, state: State) -> None:
    sheet.step("call_coordinator")
    if state is State.MET and not sheet.bars:
        sheet.step("duty_to_act")
        sheet.step("tell_of_complaint")

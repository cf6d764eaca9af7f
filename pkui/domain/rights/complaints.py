"""Limits for complaints and compensation, and the day on which the office's receipt counts as lodging.

Source: Klage- og erstatningsloven § 3 a (2 and 5 years), four weeks for decisions on patients' rights, 3 and 10 years
for injuries; Forældelsesloven § 27 moves an expiry; Sundhedsloven § 51, stk. 5, makes receipt here the lodging.
"""

from datetime import date

from pkui.domain.rights.answers import CountRow, Hint, Reason, Right
from pkui.domain.rights.counting import expiry, weeks_limit, years_after
from pkui.domain.rights.facts import CaseKind
from pkui.domain.rights.sheet import Setting, Sheet, State

LODGED = "received_by_patientkontor_on"


def check(setting: Setting) -> list[Hint]:
    """The hints the dates concern; a complaint case is told all three limits."""
    facts, found = setting.facts, []
    complaint = facts.case_kind is CaseKind.COMPLAINT
    if complaint or facts.event_on is not None:
        found.append(_years(setting, Right.COMPLAINT_TREATMENT, "event_on"))
    if complaint or facts.decision_received_on is not None:
        found.append(_decision(setting))
    if complaint or facts.harm_caused_on is not None:
        found.append(_years(setting, Right.COMPENSATION, "harm_caused_on"))
    return found


def _years(setting: Setting, right: Right, absolute: str) -> Hint:
    """Years from when it was or should have been known, and an absolute limit from the event or the cause."""
    sheet = Sheet(setting, right)
    rule = sheet.law.rule(right.value)
    sheet.cites(*rule.citations, "Forældelsesloven § 27", "Sundhedsloven § 51, stk. 5")
    event: date | None = sheet.get(absolute)
    known: date | None = sheet.get("known_on")
    row = sheet.law.in_force(rule.id, event or known or sheet.on)
    if row is None or row.value is None or row.outer is None:
        sheet.review("no_row")
        return sheet.hint(State.UNKNOWN)
    limits = []
    if known is not None:
        limits.append((years_after(known, row.value), known, "from_known"))
    if event is not None:
        limits.append((years_after(event, row.outer), event, "from_event"))
    sheet.lacks("known_on", absolute)
    return _judge(sheet, limits, whole=known is not None and event is not None)


def _decision(setting: Setting) -> Hint:
    """Four weeks from receipt of a decision about a right; special reasons may excuse."""
    sheet = Sheet(setting, Right.COMPLAINT_RIGHTS)
    rule = sheet.law.rule(Right.COMPLAINT_RIGHTS.value)
    sheet.cites(*rule.citations, "Sundhedsloven § 51, stk. 5")
    received: date | None = sheet.get("decision_received_on")
    row = sheet.law.in_force(rule.id, received or sheet.on)
    if row is None or row.value is None:
        sheet.review("no_row")
        return sheet.hint(State.UNKNOWN)
    sheet.lacks("decision_received_on")
    if received is None:
        sheet.note("no_decision_no_limit")
        return sheet.hint(State.UNKNOWN)
    return _judge(sheet, [(weeks_limit(received, row.value), received, "from_decision")], whole=True)


def _judge(sheet: Sheet, limits: list[tuple[date, date, str]], *, whole: bool) -> Hint:
    """The earliest limit, moved to the next day it can end on, against the day of lodging here or today."""
    if not limits:
        return sheet.hint(State.UNKNOWN)
    plain_last, start, code = min(limits)
    moved = expiry(plain_last, sheet.calendar, sheet.law)
    if moved is None:
        sheet.review("outside_calendar")
    last = moved or plain_last
    sheet.deadline = last
    sheet.count = [
        CountRow(start, 0, Reason(code)),
        CountRow(plain_last, (plain_last - start).days, Reason("last_day")),
    ]
    if last != plain_last:
        sheet.count.append(CountRow(last, (last - start).days, Reason("expiry_moved")))
    return sheet.hint(_state(sheet, plain_last, last, whole))


def _state(sheet: Sheet, plain_last: date, last: date, whole: bool) -> State:
    lodged: date | None = sheet.get(LODGED)
    day = lodged or sheet.on
    by_analogy = sheet.right is not Right.COMPENSATION
    if plain_last < day <= last and by_analogy:
        sheet.review("expiry_by_analogy")
    if day <= last:
        sheet.breached = False if lodged is not None else None
        sheet.step("lodged_here" if lodged is not None else "lodge_now")
        return State.MET
    sheet.breached = True
    if sheet.right is Right.COMPLAINT_RIGHTS:
        sheet.review("late_may_be_excused")
    elif lodged is not None:
        sheet.bar("lodged_late")
    if lodged is None:
        sheet.incomplete(LODGED)
    return State.UNKNOWN

"""The private choice when a hospital changes an operation date (§ 87, stk. 3): no 30 days, no quicker private date."""

from pkui.domain.rights import private_choice as private
from pkui.domain.rights.answers import Hint, Right
from pkui.domain.rights.facts import Cause, DateChange, Excluded, Place
from pkui.domain.rights.sheet import Setting, Sheet, State

RULE = "duf_changed_surgery_date"


def triggers(change: DateChange) -> bool:
    """Whether this change alone opens the right: the hospital's doing, at a regional hospital."""
    return change.cause is Cause.HOSPITAL and change.at is Place.REGIONAL


def check(setting: Setting) -> Hint | None:
    """The hint, or None where no operation date was changed."""
    if not setting.facts.surgery_date_history:
        return None
    sheet = Sheet(setting, Right.EXTENDED_FREE_CHOICE, "changed_surgery_date")
    sheet.cites("Sundhedsloven § 87, stk. 3", "Sundhedsloven § 90, stk. 2")
    history: tuple[DateChange, ...] = sheet.get("surgery_date_history")
    private.who(sheet)
    if sheet.get("excluded_treatment") not in (None, Excluded.NONE):
        sheet.late_review("excluded_unsure")
    private.agreement(sheet)
    sheet.get("specialty_level")
    state = _state(sheet, history)
    sheet.doubts("agreement_exists", "agreement_hospital_can_do_it", "specialty_level")
    if state is State.MET:
        sheet.step("send_complete_referral")
        sheet.step("tell_of_transport")
    return sheet.hint(state)


def _state(sheet: Sheet, history: tuple[DateChange, ...]) -> State:
    hits = [change for change in history if triggers(change)]
    if hits:
        _law_of_the_day(sheet, hits)
        return State.MET
    if any(change.cause is None or (change.cause is Cause.HOSPITAL and change.at is None) for change in history):
        sheet.incomplete("surgery_date_history")
        return State.UNKNOWN
    causes = {change.cause for change in history}
    if Cause.HOSPITAL in causes:
        sheet.review("changed_elsewhere")
    elif Cause.NO_SHOW in causes:
        sheet.review("no_show")
    else:
        sheet.bar("changed_by_patient")
    return State.MET


def _law_of_the_day(sheet: Sheet, hits: list[DateChange]) -> None:
    """Each change counts anew: the right stands when one of them has a row in force that is not in doubt."""
    days = [change.changed_on for change in hits if change.changed_on is not None]
    rows = [sheet.law.in_force(RULE, day) for day in days]
    if any(row is not None and not row.suspended for row in rows):
        pass
    elif len(days) < len(hits):
        sheet.incomplete("surgery_date_history")
    elif rows[-1] is None:
        sheet.review("no_row")
    else:
        sheet.row_reviews(rows[-1])
    earlier = [c for c in hits if c.old_date is not None and c.new_date is not None and c.new_date < c.old_date]
    if len(earlier) == len(hits):
        sheet.late_review("moved_earlier")

"""The office's settings in words."""

from typing import Any

from pkui.base.words import N_, _

_NAMES = {
    "opens": N_("The office opens"),
    "closes": N_("The office closes"),
    "calls_from": N_("Calls from"),
    "calls_to": N_("Calls until"),
    "closed_days": N_("Closed days"),
    "same_day_before": N_("Class 1: same day if before"),
    "next_day_by": N_("Class 1: else next day by"),
    "target_days_class_2": N_("Class 2: working days"),
    "target_days_class_3": N_("Class 3: working days"),
    "target_days_class_4": N_("Class 4: working days"),
    "deadline_near_days": N_("A deadline is near, days"),
    "appointment_near_days": N_("An appointment is near, days"),
    "attempts": N_("Attempts to ring"),
    "plan_above_waiting": N_("Offer a plan above, waiting"),
    "plan_held_back_percent": N_("Plan: held back, percent"),
    "plan_longest_wait_days": N_("Plan: longest wait, days"),
    "lock_after_minutes": N_("The desk locks after, minutes"),
    "break_glass_minutes": N_("Opened with a reason, minutes"),
    "log_kept_months": N_("The access log is kept, months"),
    "kept_months": N_("Closed cases kept, months"),
    "kept_months_complaints": N_("Complaints kept, months"),
    "kept_months_records": N_("Record questions kept, months"),
    "review_sample": N_("Log review: sample a week"),
    "review_within_days": N_("Log review: within days"),
    "first_to_all_minutes": N_("Class 1 to everyone, minutes"),
    "kept_percent": N_("Simple cases kept, percent"),
    "approved_first": N_("Temporary: first ones approved"),
    "simple_topics": N_("Topics that can be simple"),
    "ordinary_because": N_("Makes a case ordinary"),
    "simple_from_age": N_("Simple from age"),
    "common_areas": N_("Common areas"),
    "psychiatry_words": N_("Words of psychiatry"),
    "limit_words": N_("Words of a limit"),
}


def setting_name(key: str) -> str:
    """What a setting is about; its key where it has no words."""
    return _(_NAMES[key]) if key in _NAMES else key


def setting_value(value: Any) -> str:
    """A value as it is shown and typed."""
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or _("none")
    return str(value)

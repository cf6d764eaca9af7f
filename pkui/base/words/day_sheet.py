"""The lines of the day's sheet."""

from pkui.base.words import N_, _

_LINES = {
    "class_1": N_("Maximum waiting times, not answered"),
    "deadlines": N_("Legal deadline passed or within two working days"),
    "last_windows": N_("Last call time is today and nobody has room"),
    "overdue": N_("Overdue"),
    "agreed": N_("Calls agreed with patients today"),
    "follow_ups": N_("Follow-ups due"),
    "to_approve": N_("Courses to be approved by a colleague"),
    "orphans": N_("Cases nobody may be dealt"),
    "new": N_("New since the office last closed"),
    "parked": N_("Enquiries parked for a person"),
    "drafts": N_("Drafts not yet sent"),
    "short_answers": N_("Short answers given on the telephone today"),
    "review_overdue": N_("Weeks of the access log whose review is overdue"),
    "break_glass": N_("Protected people and colleagues opened, this week and last"),
}
URGENT = ("class_1", "deadlines", "last_windows", "orphans", "review_overdue")
"""The lines that are marked when they count anything."""


def line(code: str) -> str:
    """What a line counts."""
    return _(_LINES[code])

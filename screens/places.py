"""The screens one goes to from where a day starts, by the command that opens each; loaded when first gone to."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from screens.bench import Bench
    from screens.work_screen import WorkScreen

PLACES = {
    "drafts": "screens.drafts:DraftsScreen",
    "phone_book": "screens.phone_book:PhoneBookScreen",
    "texts": "screens.texts:TextsScreen",
    "law": "screens.law:LawScreen",
    "log": "screens.log_review:LogReviewScreen",
    "day": "screens.day:DayScreen",
    "people": "screens.people:PeopleScreen",
    "settings": "screens.settings:SettingsScreen",
    "sparring_list": "screens.sparring:SparringScreen",
    "office": "screens.office_calls:OfficeCallsScreen",
    "day_sheet": "screens.day_sheet:DaySheetScreen",
    "workload": "screens.workload:WorkloadScreen",
    "enquiry": "screens.enquiry:EnquiryScreen",
    "incoming": "screens.incoming:IncomingScreen",
    "parked": "screens.parked:ParkedScreen",
}
"""Module and class by command id; the class is made with the bench alone."""


def place(id: str, bench: Bench) -> WorkScreen:
    """The screen a command goes to."""
    module, _colon, name = PLACES[id].partition(":")
    return cast("WorkScreen", getattr(import_module(module), name)(bench))

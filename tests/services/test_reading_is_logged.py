"""Whatever is given one case asks for a reason where the case is not hers, and what gives it back stands in the log."""

import inspect
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from typing import Any

import pytest

from pkui.base.errors import Refused
from pkui.domain.codes import Role
from pkui.domain.office import COPENHAGEN
from pkui.domain.texts import TextKind
from pkui.services import callbacks, outbox, texts
from pkui.services.desk import PERMISSIONS, SILENT, Desk
from tests.conftest import DeskAs
from tests.data.submissions import submission
from tests.services.rota import at_work
from tests.services.steps import ALWAYS, received, stored
from tests.services.test_permissions import MODULES, ROOT

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"])
ONE_CASE = {"queue_number", "draft_id", "booking_id"}
"""What a use case calls its one case by."""
TELL_NOTHING = {"cases.find_number", "company.come_in", "company.look", "company.leave"}
"""Given a case they tell a number, or which colleagues are in it; nothing of the patient."""
ANSWERS = {"sparring.answer"}
"""Who was asked by a colleague may answer; the answer stands in the log as a change."""
LISTS = {
    "absences._begun", "absences.preview", "callbacks_alarm.alarm", "callbacks_day.office_day",
    "callbacks_plan._request", "callbacks_repair.repair", "day.evening", "day.my_day", "day_sheet._sheet",
    "followups.recipients", "intake.parked", "outbox.drafts", "parked.flagged", "parked.waiting",
    "providers_ending.endings", "queue.page", "queue.rows", "queue.snapshot", "rebalance.rebalance",
    "retention.over", "rights.overrulings", "sparring._open_questions", "workload.behind", "workload.workload",
}  # fmt: skip
"""Lists of work: names (or BESK.), topics, times and what colleagues asked, of many, without a row a name."""
OF_NOBODY = {
    "employment.changes", "employment.terms", "help_line._receipt", "help_line.call_hours",
    "help_line.short_answers_today", "law.law", "moving.open_teams", "office.list_settings", "people.list_staff",
    "phone_book.phone_book", "phone_book.phone_history", "phone_book.preview_phones", "providers.is_current",
    "providers.open_book", "providers_edit.agreements_of", "providers_edit.history",
    "providers_import.preview_import", "providers_refresh._known", "queue.attempts_allowed", "queue.changes_since",
    "queue.reported_away", "roster.roster", "roster.teams", "staff.preview_staff", "standing._to_be_placed",
    "texts.template_history", "texts.templates",
}  # fmt: skip
"""They tell of no patient, or only what she who asks has just written."""
MUST_ANSWER = {
    "callbacks.booking_of", "callbacks.booking_with", "callbacks.free", "callbacks_week.week",
    "cases.open_case", "note_draft.note_draft", "outbox.read_draft", "providers_search.patient_context",
    "rights.hints", "texts.fill_text",
}  # fmt: skip
"""The reading ones: that they leave a row is seen by calling them."""

KEPT_OUT = {"reason_to_break_glass", "reason_to_hand_out", "not_yours", "not_allowed", "not_merged"}
"""The refusals of who has not opened the case."""


def found() -> dict[str, Callable[..., Any]]:
    """Every use case by module and name."""
    for name in MODULES:
        import_module(name)
    named = [name.rpartition(".") for name in PERMISSIONS if ".demo." not in name]
    return {f"{short(module)}.{name}": getattr(import_module(module), name) for module, _dot, name in named}


def short(name: str) -> str:
    return name.removeprefix("pkui.services.")


def of_one_case() -> list[str]:
    """The use cases that are given one case and that screens and commands may call."""
    named = [name for name, call in found().items() if ONE_CASE & set(inspect.signature(call).parameters)]
    return sorted(name for name in named if "._" not in name)


def test_req_1_whatever_leaves_no_row_is_a_list_or_tells_of_nobody(engine_name: str) -> None:
    found()
    silent = {short(name) for name in SILENT}
    assert silent - TELL_NOTHING == LISTS | OF_NOBODY, "one of the two, or it opens its case and is logged"


def test_req_1_screens_and_commands_call_nothing_that_belongs_inside_a_service(engine_name: str) -> None:
    inner = "|".join(name.rpartition(".")[2] for name in found() if "._" in name)
    doors = [*(ROOT / "screens").rglob("*.py"), *(ROOT / "pkui" / "cli").rglob("*.py"), ROOT / "pkui" / "app.py"]
    calls = re.compile(rf"import [\w, ]*\b({inner})\b|\b(?!self\.)\w+\.({inner})\(")
    assert not [path.name for path in doors if calls.search(path.read_text("utf-8"))]


def planted(desk: Desk, adviser: Desk, number: int) -> dict[str, Any]:
    """A case with a draft and a booked call, and what use cases are told about it."""
    texts.draft_text(desk, number, TextKind.FORWARDED, {"videresendt_til": "Styrelsen"})
    at_work(desk.store, adviser.person.username)
    at = datetime(2026, 11, 24, 13, tzinfo=COPENHAGEN)
    booked = callbacks.book(desk, number, at=at, adviser=adviser.person.username)
    (draft,) = outbox.drafts(desk)
    then = datetime(2026, 11, 25, 9, tzinfo=COPENHAGEN)
    return {
        "queue_number": number, "draft_id": draft.id, "booking_id": booked.id, "kind": TextKind.NO_RIGHT,
        "items": (), "other": received(desk, 2), "when": then, "reason": "Aftalt", "text": "Tekst",
    }  # fmt: skip


def call(name: str, desk: Desk, known: dict[str, Any]) -> None:
    """Calls a use case with what it must be told, as well as it goes."""
    parameters = list(inspect.signature(found()[name]).parameters.values())[1:]
    given = [one for one in parameters if one.default is one.empty or one.name in ONE_CASE]
    named = {one.name: known.get(one.name, 1) for one in given if one.kind is not one.VAR_KEYWORD}
    found()[name](desk, **named)


def code(name: str, desk: Desk, known: dict[str, Any]) -> str:
    """With which code a use case is refused; how else it ends."""
    try:
        call(name, desk, known)
    except Refused as refused:
        return refused.code
    except Exception as error:
        return repr(error)
    return "done"


def test_req_8_whatever_is_given_a_case_refuses_who_has_not_opened_it(desk: Desk, desk_as: DeskAs) -> None:
    number = received(desk, 1, patient=submission(1)["patient"] | {"address_protected": True}, call_windows=ALWAYS)
    known = planted(desk, desk_as(Role.ADVISER), number) | {"reason": ""}
    strangers = [desk_as(Role.SUPERVISOR), desk_as(Role.ADVISER, teams=("health_record",))]
    let_in = {
        (name, ended)
        for name in set(of_one_case()) - TELL_NOTHING
        for stranger in strangers
        if (ended := code(name, stranger, known)) not in KEPT_OUT
    }
    assert not let_in


def test_req_1_whatever_gives_a_case_back_leaves_a_row(desk: Desk, desk_as: DeskAs) -> None:
    number, adviser = received(desk, 1, call_windows=ALWAYS), desk_as(Role.ADVISER)
    known = planted(desk, adviser, number)
    answered, without = set(), set()
    for name in sorted(
        set(of_one_case()) - TELL_NOTHING - {"phone_book.phone_book"}, key=lambda one: one not in MUST_ANSWER
    ):
        before = stored(desk.store, "SELECT count(*) FROM access_log")
        with suppress(Exception):
            call(name, adviser, known)
            answered.add(name)
            without |= {name} if stored(desk.store, "SELECT count(*) FROM access_log") == before else set()
    assert answered >= MUST_ANSWER
    assert without <= {"company.hold", "company.take_over"}, "they tell who works on the case"

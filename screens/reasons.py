"""Asking for the reason that a rule wants before a case is opened: a ready one by a key, or words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pkui.base.words.access import purpose
from pkui.base.words.errors import message
from pkui.domain.access_codes import Purpose
from screens.dialogs.line import Line

if TYPE_CHECKING:
    from pkui.base.errors import PkuiError
    from screens.work_screen import WorkScreen

ASKING = frozenset({"reason_to_open", "reason_to_break_glass", "reason_to_step_past", "only_in_a_call"})


def reasoned(screen: WorkScreen, error: PkuiError, again: Callable[[str], None]) -> None:
    """Asks for the reason a rule wants and tries again; other refusals are said."""
    if error.code not in ASKING:
        screen.refused(error)
        return
    ready = [Purpose.IN_A_CALL] if error.code in ("only_in_a_call", "reason_to_step_past") else list(Purpose)
    suggestions = [(one.value, purpose(one)) for one in ready if one is not Purpose.STATED]
    screen.app.push_screen(Line(message(error), suggestions=suggestions), lambda why: again(why) if why else None)

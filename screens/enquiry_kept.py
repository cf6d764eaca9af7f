"""Half-typed forms in the local journal: what stands there, and those of one's own that wait."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from datetime import datetime, time
from typing import TYPE_CHECKING
from uuid import UUID

from pkui.domain.intake.form import EnquiryForm
from pkui.domain.windows import CallWindow
from pkui.services.journal import FORM

if TYPE_CHECKING:
    from pkui.services.journal import Journal


def to_text(form: EnquiryForm, by: str) -> str:
    """The form as it is kept, with whose it is."""
    kept = {
        "id": form.id,
        "by": by,
        "begun_at": form.begun_at.isoformat(),
        "values": form.values,
        "windows": [[one.weekday, one.start.isoformat(), one.end.isoformat()] for one in form.windows],
        "parked": form.parked,
    }
    return json.dumps(kept, ensure_ascii=False)


def from_text(text: str) -> tuple[EnquiryForm, str]:
    """The form kept, and whose it is."""
    kept = json.loads(text)
    windows = tuple(CallWindow(day, time.fromisoformat(a), time.fromisoformat(b)) for day, a, b in kept["windows"])
    begun = datetime.fromisoformat(kept["begun_at"])
    return EnquiryForm(kept["id"], begun, kept["values"], windows, kept["parked"]), kept["by"]


def waiting_forms(journal: Journal, by: str, *, besides: Collection[str]) -> list[EnquiryForm]:
    """The half-typed forms of this person, oldest first, besides those that are open on the screen."""
    found = []
    for key in journal.unfinished(FORM):
        text = journal.kept(key, FORM)
        try:
            form, whose = from_text(text or "")
        except (ValueError, KeyError, TypeError):
            continue  # a file of another version stays where it is
        if whose == by and form.id not in besides:
            found.append(form)
    return sorted(found, key=lambda form: form.begun_at)


def keeping(journal: Journal, form: EnquiryForm, by: str) -> Callable[[], None]:
    """Takes the form as it is now and gives what keeps it; one in which nothing stands is forgotten."""
    return journal.keeping(UUID(form.id), "" if form.empty else to_text(form, by), FORM)

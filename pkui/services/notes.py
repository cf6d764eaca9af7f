"""Notes: what an adviser wrote down stays; a correction is a new note."""

from uuid import UUID

from pkui.base.errors import BadInput
from pkui.base.keys import new_key
from pkui.domain.codes import EventKind
from pkui.domain.permissions import Permission
from pkui.services.case_view import CaseView, view_of
from pkui.services.cases import LONGEST_TEXT, not_longer, open_for_change
from pkui.services.desk import Work, use_case
from storage.tables.records import Note


@use_case(Permission.REGISTER)
def add_note(
    work: Work, queue_number: int, text: str, *, version: int | None = None, corrects: UUID | None = None
) -> CaseView:
    """Adds a note to a case; one that `corrects` another stands beside it, and no note is ever changed.

    Raises Stale when the case has moved on since `version` (the caller keeps the text), BadInput('no_such_note').
    """
    case = open_for_change(work, queue_number, version)
    text = text.strip()
    if not text:
        raise BadInput("text_needed")
    not_longer(text, LONGEST_TEXT)
    if corrects is not None and getattr(work.session.get(Note, corrects), "case_id", None) != case.id:
        raise BadInput("no_such_note")
    note = Note(
        id=new_key(work.now), case_id=case.id, author_id=work.person.id, at=work.now, text=text, corrects_id=corrects
    )
    work.session.add(note)
    work.event(case, EventKind.NOTE_ADDED, note=str(note.id))
    return view_of(work, case)

"""The outbox: every part of the program only adds drafts; people read, correct, send or discard them, and can undo."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pkui.base.errors import BadInput, Refused, Stale
from pkui.base.keys import new_key
from pkui.domain.access_codes import AccessKind
from pkui.domain.codes import DigitalPost, DraftKind, DraftState, EventKind, Party, ReplyChannel, Topic
from pkui.domain.permissions import Permission
from pkui.domain.texts import has_gap, sms_length
from pkui.services.approvals import require_sendable
from pkui.services.cases import LONGEST_NAME, LONGEST_TEXT, not_longer, open_for_change
from pkui.services.consents import require_consent
from pkui.services.desk import Work, use_case
from pkui.services.openings import open_to_read
from storage.cases import patient_of
from storage.outbox import DraftRecord as DraftRecord
from storage.outbox import StepRecord as StepRecord
from storage.outbox import draft_for_change, read_drafts, read_steps, steps_of
from storage.patients import read_identifier
from storage.tables.cases import Case
from storage.tables.outbox import Draft, DraftStep

MOST_LISTED = 500
_CHANGES = ("corrected", "sent", "discarded")
"""The steps that can be undone; copying and printing change nothing."""


@dataclass(frozen=True)
class DraftView:
    """One draft with what is needed for the second look before it is sent: whose case, and her number."""

    record: DraftRecord
    identifier: str | None
    gap: bool
    steps: tuple[StepRecord, ...]


def add_draft(
    work: Work,
    case: Case,
    *,
    text: str,
    recipient: Party = Party.PATIENT,
    recipient_name: str | None = None,
    subject: str | None = None,
    kind: DraftKind | None = None,
) -> Draft:
    """Puts a text in the outbox, within another use case; to the patient in the way she wants her answer."""
    draft = Draft(
        id=new_key(work.now),
        case_id=case.id,
        kind=kind or (way_to_patient(case) if recipient is Party.PATIENT else DraftKind.LETTER),
        recipient=recipient,
        recipient_name=recipient_name[:LONGEST_NAME] if recipient_name else None,
        subject=subject,
        text=not_longer(text, LONGEST_TEXT),
        made_by=work.person.id,
        made_at=work.now,
    )
    work.session.add(draft)
    return draft


def way_to_patient(case: Case) -> DraftKind:
    """Digital Post where she wants it and may get it, else a letter: e-mail is no place for health."""
    digital = case.reply_channel in (ReplyChannel.DIGITAL_POST, ReplyChannel.EMAIL)
    return DraftKind.DIGITAL_POST if digital and case.digital_post is not DigitalPost.EXEMPT else DraftKind.LETTER


def passes_on(case: Case, recipient: Party) -> bool:
    """Whether a letter passes health information on, for which consent is needed (Sundhedsloven § 51, stk. 4).

    A private hospital that asks for acceptance has told of the patient itself.
    """
    asked = case.topic is Topic.ACCEPTANCE_REQUEST
    return recipient is Party.DEPARTMENT or (recipient is Party.PRIVATE_HOSPITAL and not asked)


@use_case(Permission.READ_QUEUE, writes=False)
def drafts(
    work: Work, *, states: Collection[DraftState] = (DraftState.DRAFT,), mine: bool = False, limit: int = MOST_LISTED
) -> list[DraftRecord]:
    """What waits in the outbox, without its text, the oldest first; `mine`: what I wrote, or about cases I hold."""
    return read_drafts(work.session, states=states, holder=work.person.id if mine else None, limit=limit)


@use_case(Permission.READ_QUEUE)
def read_draft(work: Work, draft_id: UUID) -> DraftView:
    """One draft in full; the look-up is logged."""
    record = _record(work, draft_id)
    return _view(work, open_to_read(work, record.queue_number, "draft"), draft_id)


@use_case(Permission.REGISTER)
def correct_draft(work: Work, draft_id: UUID, text: str, *, version: int | None = None) -> DraftView:
    """Writes the text anew; the one before is kept and can be brought back."""
    draft, case = _open(work, draft_id, version)
    if not text.strip():
        raise BadInput("text_needed")
    if draft.text != text.strip():
        _step(work, draft, "corrected", before=draft.text)
        draft.text = not_longer(text.strip(), LONGEST_TEXT)
    return _view(work, case, draft_id)


@use_case(Permission.REGISTER)
def send_draft(work: Work, draft_id: UUID, *, way: DraftKind, sent_to: str, version: int | None = None) -> DraftView:
    """Marks a draft as sent: how, to whom, when and by whom. Refused while something in it is marked as missing."""
    draft, case = _open(work, draft_id, version)
    sent_to = not_longer(sent_to, LONGEST_NAME).strip()
    if not sent_to:
        raise BadInput("sent_to_needed")
    if has_gap(draft.text):
        raise Refused("draft_has_gap")
    length = sms_length(draft.text)
    if way is DraftKind.NEMSMS and not length.fits:
        raise Refused("sms_too_long", used=length.used, most=length.most)
    require_sendable(work, case, draft)
    if passes_on(case, draft.recipient):
        require_consent(work, case)
    draft.state = DraftState.SENT
    _step(work, draft, "sent", way=way, sent_to=sent_to)
    work.event(case, EventKind.DRAFT_DECIDED, what="sent", way=way.value, party=draft.recipient.value)
    return _view(work, case, draft_id)


@use_case(Permission.REGISTER)
def discard_draft(work: Work, draft_id: UUID, *, version: int | None = None) -> DraftView:
    """Takes a draft out of the list; its text stays and can be brought back."""
    draft, case = _open(work, draft_id, version)
    draft.state = DraftState.DISCARDED
    _step(work, draft, "discarded")
    work.event(case, EventKind.DRAFT_DECIDED, what="discarded", party=draft.recipient.value)
    return _view(work, case, draft_id)


@use_case(Permission.REGISTER)
def undo_draft(work: Work, draft_id: UUID, *, version: int | None = None) -> DraftView:
    """Takes back the last thing that changed the draft: sent, discarded or corrected."""
    draft, case = _current(work, draft_id, version)
    standing: list[DraftStep] = []
    for one in steps_of(work.session, draft_id):
        if one.step in _CHANGES:
            standing.append(one)
        elif one.step == "undone" and standing:
            standing.pop()
    if not standing:
        raise Refused("nothing_to_undo_here")
    last = standing[-1]
    if last.step == "corrected":
        draft.text = last.before or draft.text
    else:
        draft.state = DraftState.DRAFT
        work.event(case, EventKind.DRAFT_DECIDED, what="undone", party=draft.recipient.value)
    _step(work, draft, "undone")
    return _view(work, case, draft_id)


@use_case(Permission.REGISTER)
def take_out(work: Work, draft_id: UUID, how: AccessKind) -> DraftView:
    """Notes that a draft was copied or printed; both are logged."""
    record = _record(work, draft_id)
    case = open_for_change(work, record.queue_number, None)
    step = {AccessKind.COPY: "copied", AccessKind.PRINT: "printed"}[how]
    work.session.add(DraftStep(draft_id=draft_id, at=work.now, staff_id=work.person.id, step=step))
    work.log(how, "draft", patient_id=case.patient_id, case_id=case.id)
    return _view(work, case, draft_id)


def _current(work: Work, draft_id: UUID, version: int | None) -> tuple[Draft, Case]:
    case = open_for_change(work, _record(work, draft_id).queue_number, None)
    draft = draft_for_change(work.session, draft_id)
    if draft is None:
        raise BadInput("no_draft")
    if version is not None and version != draft.version:
        raise Stale(based_on=version, now_at=draft.version or 0)
    return draft, case


def _open(work: Work, draft_id: UUID, version: int | None) -> tuple[Draft, Case]:
    draft, case = _current(work, draft_id, version)
    if draft.state is not DraftState.DRAFT:
        raise Refused("draft_done")
    return draft, case


def _step(work: Work, draft: Draft, step: str, **about: Any) -> None:
    work.session.add(DraftStep(draft_id=draft.id, at=work.now, staff_id=work.person.id, step=step, **about))


def _record(work: Work, draft_id: UUID) -> DraftRecord:
    found = read_drafts(work.session, draft_id=draft_id)
    if not found:
        raise BadInput("no_draft")
    return found[0]


def _view(work: Work, case: Case, draft_id: UUID) -> DraftView:
    work.shows(case, "draft")
    work.session.flush()
    record = _record(work, draft_id)
    return DraftView(
        record=record,
        identifier=read_identifier(patient_of(work.session, case), work.cipher),
        gap=has_gap(record.text),
        steps=tuple(read_steps(work.session, draft_id)),
    )

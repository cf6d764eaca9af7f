"""The hints of a case: which rights, by which date, why, and what to ask next; and what people say of them."""

from datetime import date

from pkui.base.errors import BadInput, Refused
from pkui.base.words import _
from pkui.base.words.rights import summary_for_patient
from pkui.domain.access_codes import AccessKind
from pkui.domain.codes import EventKind
from pkui.domain.permissions import Permission
from pkui.domain.rights.answers import Answer, Right
from pkui.services.case_view import CaseView, view_of
from pkui.services.cases import LONGEST_REASON, open_for_change
from pkui.services.desk import Work, use_case
from pkui.services.hints import RightsView, hints_of, rights_view
from pkui.services.openings import open_to_read
from pkui.services.outbox import add_draft
from storage.rights import Overruling as Overruling
from storage.rights import add_overruling, read_overrulings


@use_case(Permission.READ_QUEUE)
def hints(work: Work, queue_number: int, *, on: date | None = None) -> RightsView:
    """The hints as of today, or by the law of an earlier day; the look-up is logged."""
    case = open_to_read(work, queue_number, "rights")
    return rights_view(work, case, on or work.today)


@use_case(Permission.WORK_CASES)
def overrule(
    work: Work,
    queue_number: int,
    right: Right,
    limb: str | None,
    *,
    answer: Answer,
    reason: str,
    version: int | None = None,
) -> CaseView:
    """Records an adviser's other answer to a hint, with the reason; both are shown from then on."""
    case = open_for_change(work, queue_number, version)
    reason = reason.strip()
    if not reason:
        raise Refused("reason_needed")
    if len(reason) > LONGEST_REASON:
        raise BadInput("text_too_long", longest=LONGEST_REASON)
    found = hints_of(work, case, work.today)
    hint = next((one for one in found if (one.right, one.limb) == (right, limb)), None)
    if hint is None:
        raise BadInput("no_such_hint")
    add_overruling(
        work.session,
        case.id,
        right,
        limb,
        hint=hint.answer,
        answer=answer,
        reason=reason,
        by=work.person.id,
        at=work.now,
    )
    work.event(case, EventKind.HINT_OVERRULED, reason=reason, right=right.value, limb=limb, answer=answer.value)
    return view_of(work, case)


@use_case(Permission.LAW, writes=False)
def overrulings(work: Work) -> list[Overruling]:
    """Every overruling, the newest first: where advisers and rules disagree."""
    return read_overrulings(work.session)


@use_case(Permission.WORK_CASES)
def draft_summary(work: Work, queue_number: int, *, version: int | None = None) -> str:
    """Puts the summary for the patient in the outbox as a draft and returns it; nothing internal is in it."""
    case = open_for_change(work, queue_number, version)
    text = summary_for_patient(hints_of(work, case, work.today), work.today)
    add_draft(work, case, text=text, subject=_("Your rights"))
    work.log(AccessKind.EXPORT, "summary", patient_id=case.patient_id, case_id=case.id)
    work.event(case, EventKind.DRAFT_MADE, what="summary")
    return text

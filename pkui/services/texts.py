"""Templates: what stands in force, setting another wording from a day on, and filling one for a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pkui.base.errors import BadInput, Refused
from pkui.base.texts import packaged_texts
from pkui.base.words.texts import sample
from pkui.domain.codes import DraftKind, EventKind, Party
from pkui.domain.permissions import Permission
from pkui.domain.texts import (
    LONGEST_TEMPLATE,
    RECIPIENTS,
    BadTemplate,
    Filled,
    SmsLength,
    TemplateVersion,
    TextKind,
    check_template,
    fields_for,
    fields_in,
    fill,
    in_force,
    sms_length,
)
from pkui.services.approvals import ask_for_request
from pkui.services.cases import LONGEST_TEXT, not_longer, open_for_change
from pkui.services.consents import require_consent
from pkui.services.desk import Work, use_case
from pkui.services.openings import open_to_read
from pkui.services.outbox import add_draft
from pkui.services.text_values import values_for
from storage.cases import patient_of
from storage.tables.cases import Case
from storage.tables.outbox import Draft
from storage.tables.texts import TextTemplate
from storage.texts import read_versions


@dataclass(frozen=True)
class FilledText:
    """A template filled for a case: the text with gaps marked, what is missing, and its length where it is an SMS."""

    kind: TextKind
    subject: str
    text: str
    missing: tuple[str, ...]
    recipient: Party
    sms: SmsLength | None
    withheld: str | None = None
    """A protected patient's name, which no command tells."""

    @property
    def spoken(self) -> bool:
        """Whether it is said and never sent."""
        return self.kind is TextKind.VOICEMAIL


@use_case(Permission.READ_QUEUE, writes=False)
def templates(work: Work, *, on: date | None = None) -> list[TemplateVersion]:
    """The wording of every kind that holds on a day, the office's own before the one that came along."""
    held = read_versions(work.session)
    return [_holding([one for one in held if one.kind is kind], kind, on or work.today) for kind in TextKind]


@use_case(Permission.READ_QUEUE, writes=False)
def template_history(work: Work, kind: TextKind) -> list[TemplateVersion]:
    """Every wording of a kind, the newest first, the one that came along last."""
    return [*reversed(read_versions(work.session, kind)), packaged_texts()[kind]]


@use_case(Permission.TEXTS)
def set_template(
    work: Work, kind: TextKind, text: str, *, subject: str, valid_from: date, valid_to: date | None = None
) -> TemplateVersion:
    """Gives a template another wording from a day on, today or later; earlier ones stay for the days they held."""
    text, subject = text.strip(), subject.strip()
    _checked(kind, text, subject)
    if valid_from < work.today:
        raise Refused("setting_in_the_past", on=valid_from.isoformat())
    if valid_to is not None and valid_to < valid_from:
        raise BadInput("ends_before_it_begins")
    if not subject:
        raise BadInput("subject_needed")
    work.session.add(
        TextTemplate(
            kind=kind,
            subject=subject,
            text=text,
            valid_from=valid_from,
            valid_to=valid_to,
            set_by=work.person.id,
            set_at=work.now,
        )
    )
    return TemplateVersion(kind, subject, text, valid_from, valid_to, work.person.name, work.now)


def preview(kind: TextKind, text: str, *, subject: str = "", today: date) -> Filled:
    """A wording filled with a made-up case. Raises BadInput with what is wrong and the fields that are known."""
    _checked(kind, text, subject)
    return fill(text, sample(today))


@use_case(Permission.READ_QUEUE)
def fill_text(work: Work, queue_number: int, kind: TextKind, given: Mapping[str, str] | None = None) -> FilledText:
    """A template filled from a case; `given` are values a person has told. Only the look-up is written, to the log."""
    return _filled(work, open_to_read(work, queue_number, "text"), kind, given or {})


@use_case(Permission.REGISTER)
def draft_text(
    work: Work,
    queue_number: int,
    kind: TextKind,
    given: Mapping[str, str] | None = None,
    *,
    version: int | None = None,
) -> FilledText:
    """Puts the filled template in the outbox. What is said into a telephone is no draft; an SMS is one SMS."""
    case = open_for_change(work, queue_number, version)
    filled = _filled(work, case, kind, given or {})
    if filled.spoken:
        raise Refused("text_is_spoken")
    if kind is TextKind.DEPARTMENT_REQUEST:
        require_consent(work, case)
    if filled.sms is not None and not filled.sms.fits:
        raise Refused("sms_too_long", used=filled.sms.used, most=filled.sms.most)
    draft_filled(work, case, filled)
    work.event(case, EventKind.DRAFT_MADE, what=kind.value)
    if kind is TextKind.DEPARTMENT_REQUEST:
        ask_for_request(work, case)
    return filled


def draft_from_template(
    work: Work,
    case: Case,
    kind: TextKind,
    values: Mapping[str, str | None] | None = None,
    *,
    recipient_name: str | None = None,
) -> FilledText:
    """Fills a template within another use case and puts it in the outbox; gaps stay marked for a person to fill."""
    filled = _filled(work, case, kind, values or {})
    draft_filled(work, case, filled, recipient_name)
    return filled


def draft_filled(work: Work, case: Case, filled: FilledText, recipient_name: str | None = None) -> Draft:
    """Puts a filled template in the outbox, within another use case."""
    way = DraftKind.NEMSMS if filled.kind is TextKind.SMS else None
    return add_draft(
        work,
        case,
        text=filled.text,
        subject=filled.subject,
        recipient=filled.recipient,
        recipient_name=recipient_name,
        kind=way,
    )


def _filled(work: Work, case: Case, kind: TextKind, given: Mapping[str, str | None]) -> FilledText:
    held = _holding(read_versions(work.session, kind), kind, work.today)
    if unknown := [name for name in given if name not in fields_for(kind)]:
        raise BadInput("template_unknown_field", fields=", ".join(unknown[:3]), known=", ".join(fields_for(kind)))
    for value in given.values():
        not_longer(value or "", LONGEST_TEMPLATE)
    wanted = [name for name in fields_in(f"{held.subject}\n{held.text}") if name not in given]
    patient = patient_of(work.session, case)
    values = values_for(work, case, wanted, to_patient=RECIPIENTS[kind] is Party.PATIENT) | dict(given)
    filled = fill(held.text, values)
    return FilledText(
        kind=kind,
        subject=fill(held.subject, values).text,
        text=not_longer(filled.text, LONGEST_TEXT),
        missing=filled.missing,
        recipient=RECIPIENTS[kind],
        sms=sms_length(filled.text) if kind is TextKind.SMS else None,
        withheld=patient.name if patient.protected else None,
    )


def _holding(versions: list[TemplateVersion], kind: TextKind, on: date) -> TemplateVersion:
    return in_force(versions, on) or packaged_texts()[kind]


def _checked(kind: TextKind, text: str, subject: str) -> None:
    """Raises BadInput with what is wrong, and with the fields that the kind may use."""
    known = ", ".join(fields_for(kind))
    try:
        check_template(kind, text, subject)
    except BadTemplate as error:
        fields = ", ".join(error.fields)
        match error.code:
            case "unknown_field":
                raise BadInput("template_unknown_field", fields=fields, known=known) from error
            case "private_field":
                raise BadInput("template_private_field", fields=fields, known=known) from error
            case "stray_brace":
                raise BadInput("template_stray_brace", known=known) from error
            case "empty":
                raise BadInput("text_needed") from error
            case _:
                raise BadInput("text_too_long", longest=LONGEST_TEMPLATE) from error
